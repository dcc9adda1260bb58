import type { WireStep } from '../../../../../src/api/wire.ts';
import { cx } from '../../../ui/cx.ts';
import { formatMs, formatTime } from '../../../ui/format.ts';
import { StepStatusMark } from '../../../ui/status-badge.tsx';
import { useZone } from '../../../ui/zone.ts';
import { isoMs } from '../model/iso.ts';
import { useSelection } from '../selection.ts';
import styles from './attempts.module.css';
import rows from './row.module.css';

/** Each try of a step: when, how it ended, how long it took, what went wrong. Selecting one shows its event. */
export function Attempts({ step, event }: { readonly step: WireStep; readonly event: number | undefined }) {
  const zone = useZone();
  const { selectEvent } = useSelection();
  return (
    <ol className={rows.rows} aria-label={step.attempts.length === 1 ? 'Attempt' : `${step.attempts.length} attempts`}>
      {step.attempts.map((attempt, index) => {
        const start = isoMs(attempt.at);
        const end = isoMs(attempt.endedAt);
        const current = attempt.event === event || attempt.events.includes(event ?? -1);
        return (
          <li key={attempt.event}>
            <button
              type="button"
              className={cx(rows.row, styles.row, current && rows.current)}
              aria-current={current ? 'true' : undefined}
              onClick={() => selectEvent(attempt.event)}
            >
              <span className={styles.number}>{index + 1}</span>
              <span data-mono="">{attempt.at === null ? '–' : formatTime(attempt.at, zone, 'time')}</span>
              <StepStatusMark status={attempt.status} raw={attempt.statusRaw} />
              <span className={styles.took}>{start === undefined || end === undefined || end === start ? '' : formatMs(end - start)}</span>
              {attempt.error !== null && (
                <span className={styles.error} title={attempt.error}>
                  {attempt.error}
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
