import type { WireIncident } from '../../../../src/api/wire.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';

const STATES = {
  over: { tone: 'fine', label: 'Over', title: 'nothing of it came for ten usual gaps, and the log goes on' },
  'going-on': { tone: 'warning', label: 'Not over', title: 'not known to be over as far as the log goes' },
  unknown: { tone: 'neutral', label: 'Unknown', title: 'all of it came in one moment, so its rhythm is not known' },
} as const;

/** What comes now and then all the time has no end to wait for. */
const RECURRING = { tone: 'neutral', label: 'Recurring', title: 'scattered over the whole time; not known to be over' } as const;

/** Whether an incident is over. */
export function IncidentState({ incident }: { readonly incident: Pick<WireIncident, 'state' | 'burst'> }) {
  const { tone, label, title } = incident.state === 'going-on' && !incident.burst ? RECURRING : STATES[incident.state];
  return (
    <ToneMark tone={tone} title={title}>
      {label}
    </ToneMark>
  );
}
