import type { WireEventRow, WireJourney } from '../../../../../src/api/wire.ts';
import { MAX_PAGE } from '../../../../../src/api/contract.ts';
import { useEngineQuery } from '../../../app/api.ts';
import { SystemChip } from '../../../ui/chip.tsx';
import { cx } from '../../../ui/cx.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Skeleton } from '../../../ui/progress.tsx';
import { Time } from '../../../ui/time.tsx';
import { useSelection } from '../selection.ts';
import styles from './payloads-tab.module.css';

/** The documents among the events: each shows the record as one system saw it. */
export function PayloadsTab({ journey }: { readonly journey: WireJourney }) {
  const { type, key } = journey.record;
  const { event: selected, selectEvent } = useSelection();
  const query = useEngineQuery(['journey-events', type, key, 'all'], (client, signal) =>
    client.journeys.events({ id: key, type, limit: MAX_PAGE }, { signal }),
  );
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) {
    return (
      <div className={styles.wait} aria-busy="true">
        <Skeleton width="60%" />
        <Skeleton width="48%" />
      </div>
    );
  }
  const snapshots = query.data.rows.filter((event) => event.kind === 'snapshot' || event.carriedBy !== null);
  if (snapshots.length === 0) {
    return (
      <Empty title="No payloads">
        None of the {journey.events} events is a document. Select an event to see the entry it was read from.
      </Empty>
    );
  }
  return (
    <div className={styles.list} tabIndex={0} role="region" aria-label="Payloads">
      <div className={styles.head} aria-hidden="true">
        <span>Time</span>
        <span>System</span>
        <span>Document</span>
        <span>Carried by the execution</span>
        <span>Read from</span>
      </div>
      <ul>
        {snapshots.map((event) => (
          <PayloadRow key={event.id} event={event} current={event.id === selected} onOpen={() => selectEvent(event.id)} />
        ))}
      </ul>
      {query.data.total > query.data.rows.length && (
        <p className={styles.more}>Payloads of the first {query.data.rows.length} events. The others are under Events.</p>
      )}
    </div>
  );
}

const VIA = { content: 'by its content', 'file-name': 'by its file name', sidecar: 'by its sidecar' } as const;

/** How it is known which execution carried a document: its id, and where that stands. */
function Carried({ by }: { readonly by: WireEventRow['carriedBy'] }) {
  if (by === null)
    return (
      <span className={styles.unknown} data-clip="" title="Neither the document, its file name nor a file beside it names an execution">
        not known
      </span>
    );
  return (
    <span className={styles.execution} data-clip="" title={by.why}>
      <span data-mono="">{by.execution}</span> <span className={styles.via}>{VIA[by.via]}</span>
    </span>
  );
}

function PayloadRow({ event, current, onOpen }: { readonly event: WireEventRow; readonly current: boolean; readonly onOpen: () => void }) {
  return (
    <li>
      <button
        type="button"
        className={cx(styles.row, current && styles.current)}
        aria-current={current ? 'true' : undefined}
        onClick={onOpen}
      >
        <span data-mono="">
          <Time at={event.at} style="full" />
        </span>
        <SystemChip system={event.system} />
        <span data-clip="">{event.step}</span>
        <Carried by={event.carriedBy} />
        <span data-mono="" data-clip="" className={styles.place}>
          {event.source}:{event.line}
        </span>
      </button>
    </li>
  );
}
