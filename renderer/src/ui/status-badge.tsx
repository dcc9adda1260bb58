import type { JourneyStatus } from '../../../src/model/journey.ts';
import type { Status } from '../../../src/model/status.ts';
import { humanise } from './format.ts';
import { journeyTone, statusTone } from './severity.ts';
import { ToneBadge, ToneMark } from './severity-mark.tsx';

/** The status of a journey. `badge` puts it on a wash and adds the reason. */
export function JourneyStatusMark({ status }: { readonly status: JourneyStatus }) {
  return <ToneMark tone={journeyTone(status)}>{humanise(status)}</ToneMark>;
}

/** The status of a journey with its reason, for the head of a page. */
export function JourneyStatusBadge({ status, reason }: { readonly status: JourneyStatus; readonly reason?: string }) {
  const text = reason === undefined || reason === '' ? humanise(status) : `${humanise(status)}: ${reason}`;
  return <ToneBadge tone={journeyTone(status)}>{text}</ToneBadge>;
}

/** The status of a step, an attempt or an event; what the source wrote as title. */
export function StepStatusMark({ status, raw }: { readonly status: Status; readonly raw?: string | null }) {
  return (
    <ToneMark tone={statusTone(status)} title={raw === null || raw === undefined ? undefined : `as written: ${raw}`}>
      {humanise(status)}
    </ToneMark>
  );
}
