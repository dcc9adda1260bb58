import type { WirePlanPart } from '../../../../src/api/wire.ts';
import { SystemChip } from '../../ui/chip.tsx';
import { formatCount } from '../../ui/format.ts';
import { StepStatusMark } from '../../ui/status-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import styles from './import.module.css';

/** The first events of a part as they would be imported. */
export function PreviewTable({ part }: { readonly part: WirePlanPart }) {
  return (
    <section aria-label="First events">
      <h2 className={styles.heading}>First events</h2>
      {part.preview.length === 0 ? (
        <p className={styles.hint}>With these roles no entry becomes an event. An event needs at least a time or an identifier.</p>
      ) : (
        <div className={styles.scroll}>
          <Table aria-label="First events">
            <thead>
              <tr>
                <th data-fit="" data-number="">
                  Line
                </th>
                <th data-fit="">Time</th>
                <th data-fit="">System</th>
                <th>Step</th>
                <th data-fit="">Status</th>
                <th>Records</th>
              </tr>
            </thead>
            <tbody>
              {part.preview.map((event) => (
                <tr key={event.line}>
                  <td data-fit="" data-number="">
                    {formatCount(event.line)}
                  </td>
                  <td data-fit="">
                    <Time at={event.at} style="full" />
                  </td>
                  <td data-fit="">
                    <SystemChip system={event.system} />
                  </td>
                  <td title={[event.flow, event.step].filter((text) => text !== null).join(' · ')}>
                    {event.step}
                    {event.flow !== null && <span className={styles.hint}> · {event.flow}</span>}
                  </td>
                  <td data-fit="">
                    <StepStatusMark status={event.status} raw={event.statusRaw} />
                  </td>
                  <td data-mono="">
                    {event.records.length === 0 ? (
                      <span className={styles.hint}>none</span>
                    ) : (
                      event.records.map((record) => `${record.type} ${record.key}`).join(', ')
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
