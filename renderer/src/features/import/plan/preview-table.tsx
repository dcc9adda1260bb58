import { ChevronRight } from 'lucide-react';
import { Fragment, useId, useState } from 'react';
import type { WirePlanPart } from '../../../../../src/api/wire.ts';
import { SystemChip } from '../../../ui/chip.tsx';
import { cx } from '../../../ui/cx.ts';
import { formatCount } from '../../../ui/format.ts';
import { StepStatusMark } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { markedText } from './marked-text.ts';
import styles from './preview-table.module.css';

type PreviewEvent = WirePlanPart['preview'][number];

interface PreviewTableProps {
  readonly part: WirePlanPart;
  readonly name: string;
  /** The last change is not in yet. */
  readonly pending: boolean;
}

/** The first entries of a part: what each says, and what was understood. */
export function PreviewTable({ part, name, pending }: PreviewTableProps) {
  const [open, setOpen] = useState<number | undefined>(0);
  const { preview, sampled } = part;
  return (
    <section aria-label="First entries" className={styles.preview} aria-busy={pending}>
      <div className={styles.bar}>
        <h3>First entries</h3>
        <span className={styles.quiet} data-clip="">
          {name}
        </span>
        {sampled !== null && (
          <span className={cx(styles.sampled, sampled.understood < sampled.entries && styles.short)}>
            {sampled.understood === sampled.entries
              ? `all ${formatCount(sampled.entries)} looked at are understood`
              : `${formatCount(sampled.understood)} of ${formatCount(sampled.entries)} looked at are understood`}
          </span>
        )}
      </div>
      {preview.length === 0 ? (
        <p className={styles.none}>With these roles no entry becomes an event. An event needs at least a time or an identifier.</p>
      ) : (
        <div className={styles.scroll} role="region" aria-label="First entries, scrollable" tabIndex={0}>
          <table className={cx(styles.table, pending && styles.pending)} aria-label="First entries">
            <thead>
              <tr>
                <th className={styles.lineColumn} data-number="">
                  Line
                </th>
                <th>What it says</th>
                <th className={styles.timeColumn}>Time</th>
                <th className={styles.stepColumn}>Step</th>
                <th className={styles.statusColumn}>Status</th>
                <th className={styles.recordsColumn}>Records</th>
              </tr>
            </thead>
            <tbody>
              {preview.map((event, index) => (
                // One line may give several events.
                <PreviewRow
                  key={`${event.line} ${index}`}
                  event={event}
                  open={open === index}
                  onOpen={(isOpen) => setOpen(isOpen ? index : undefined)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface PreviewRowProps {
  readonly event: PreviewEvent;
  readonly open: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

function PreviewRow({ event, open, onOpen }: PreviewRowProps) {
  const id = useId();
  const { raw } = event;
  const records = event.records.map((record) => `${record.type} ${record.key}`);
  return (
    <>
      <tr className={cx(open && raw !== null && styles.open)}>
        <td data-number="">{formatCount(event.line)}</td>
        <td>
          {raw === null ? (
            <span className={styles.quiet}>beyond what was looked at</span>
          ) : (
            <button
              type="button"
              className={styles.raw}
              aria-expanded={open}
              aria-controls={`${id}-raw`}
              aria-label={`Line ${event.line} as written`}
              onClick={() => onOpen(!open)}
            >
              <ChevronRight size={12} aria-hidden="true" />
              <code>{open ? '' : raw}</code>
            </button>
          )}
        </td>
        <td>{event.at === null ? <span className={styles.quiet}>no time</span> : <Time at={event.at} style="full" />}</td>
        <td title={[event.system, event.flow, event.step].filter((text) => text !== null).join(' · ')}>
          <span className={styles.step}>
            <SystemChip system={event.system} />
            <span data-clip="">
              {event.step}
              {event.flow !== null && <span className={styles.quiet}> · {event.flow}</span>}
            </span>
          </span>
        </td>
        <td>
          <StepStatusMark status={event.status} raw={event.statusRaw} />
        </td>
        <td data-mono="" title={records.join('\n')}>
          {records.length === 0 ? <span className={styles.quiet}>none</span> : records.join(', ')}
        </td>
      </tr>
      {open && raw !== null && (
        <tr className={styles.full}>
          <td colSpan={6}>
            <pre id={`${id}-raw`}>
              <Marked text={raw} event={event} />
            </pre>
          </td>
        </tr>
      )}
    </>
  );
}

/** The entry as written; what the event was made of stands out. */
function Marked({ text, event }: { readonly text: string; readonly event: PreviewEvent }) {
  const words = [
    ...event.records.map((record) => record.key),
    event.step,
    event.statusRaw ?? '',
    event.system,
    event.flow ?? '',
    event.at ?? '',
  ];
  return markedText(text, words).map((piece, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text have no other name
    <Fragment key={index}>{piece.hit ? <mark>{piece.text}</mark> : piece.text}</Fragment>
  ));
}
