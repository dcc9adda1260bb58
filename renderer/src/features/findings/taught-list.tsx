import type { WireTaughtThreshold } from '../../../../src/api/wire.ts';
import { useEngineQuery } from '../../app/api.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { formatCount, formatMs, plural } from '../../ui/format.ts';
import { Popover } from '../../ui/popover.tsx';
import styles from './findings.module.css';
import { useDecide } from './use-decide.ts';

/** The thresholds that false alarms raised, each with the way to take it back. Not there while there is none. */
export function TaughtList() {
  const taught = useEngineQuery<WireTaughtThreshold[]>(['taught'], (client, signal) => client.findings.taught(undefined, { signal }));
  const decide = useDecide();
  if (taught.data === undefined || taught.data.length === 0) return undefined;
  return (
    <Popover
      label="Taught thresholds"
      trigger={
        <button type="button" className={buttonClass('ghost', 'small')}>
          {plural(taught.data.length, 'taught threshold')}
        </button>
      }
    >
      <p className={styles.quiet}>False alarms keep what is no worse at the same step silent.</p>
      <ul className={styles.taught}>
        {taught.data.map((one) => (
          <li key={one.finding}>
            <span>
              <b>
                {one.kind} {one.subkind}
              </b>{' '}
              {[one.system, one.step].filter((part) => part !== null).join(' ')} ({one.type}): silent up to {limitText(one)}
              <span className={styles.quiet}>
                {one.note !== '' && ` · ${one.note}`} · silences {formatCount(one.silences)} more
              </span>
            </span>
            <Button
              size="small"
              disabled={decide.isPending}
              onClick={() => decide.mutate({ findings: [one.finding], status: 'open', note: '' })}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function limitText({ parameter, value, facet }: WireTaughtThreshold): string {
  if (parameter === 'duration' || parameter === 'lag') return formatMs(value);
  return parameter === 'attempts'
    ? plural(value, 'attempt')
    : `a difference of ${Math.round(value * 1000) / 1000} in ${facet ?? 'the field'}`;
}
