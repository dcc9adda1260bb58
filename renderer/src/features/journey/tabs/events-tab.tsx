import { useCallback, useState } from 'react';
import type { WireEventRow, WireJourney } from '../../../../../src/api/wire.ts';
import { useWindowed, type RowRange } from '../../../app/windowed.ts';
import { SystemChip } from '../../../ui/chip.tsx';
import { cx } from '../../../ui/cx.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatMs } from '../../../ui/format.ts';
import { StepStatusMark } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { VirtualGrid } from '../../../ui/virtual-grid.tsx';
import { baseName } from '../model/base-name.ts';
import { isoMs } from '../model/iso.ts';
import { useSelection } from '../selection.ts';
import styles from './events-tab.module.css';

const COLUMNS = [
  { id: 'time', title: 'Time', track: '188px' },
  { id: 'system', title: 'System', track: 'minmax(96px, 1fr)' },
  { id: 'step', title: 'Step', track: 'minmax(150px, 2fr)' },
  { id: 'status', title: 'Status', track: '140px' },
  { id: 'took', title: 'Took', track: '72px', align: 'end' },
  { id: 'place', title: 'Source', track: 'minmax(160px, 2fr)' },
] as const;

/** All events of the journey in time order, notes included: the text that stands for the graph. */
export function EventsTab({ journey }: { readonly journey: WireJourney }) {
  const { type, key } = journey.record;
  const { event: selected, selectEvent } = useSelection();
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const rows = useWindowed<WireEventRow>(
    ['journey-events', type, key],
    (client, page, signal) => client.journeys.events({ id: key, type, ...page }, { signal }),
    range,
  );
  if (rows.error !== undefined && rows.error !== null) return <ErrorPanel error={rows.error} onRetry={rows.refetch} />;
  if (rows.total === 0) return <Empty title="No events">This record is known only from what other records say of it.</Empty>;
  const cells = (index: number): readonly React.ReactNode[] | undefined => {
    const event = rows.rowAt(index);
    if (event === undefined) return undefined;
    const start = isoMs(event.at);
    const end = isoMs(event.endedAt);
    return [
      <span key="time" data-mono="" className={cx(event.id === selected && styles.selected)}>
        <Time at={event.at} style="full" />
      </span>,
      <SystemChip key="system" system={event.system} />,
      <span key="step" data-clip="" title={event.flow === null ? event.step : `${event.flow} · ${event.step}`}>
        {event.kind === 'note' ? <i className={styles.note}>{event.step}</i> : event.step}
        {event.kind !== 'step' && <small className={styles.kind}>{event.kind}</small>}
      </span>,
      event.kind === 'note' ? <span key="status" /> : <StepStatusMark key="status" status={event.status} raw={event.statusRaw} />,
      <span key="took">{start === undefined || end === undefined || end === start ? '' : formatMs(end - start)}</span>,
      <span key="place" data-mono="" className={styles.place} title={`${event.source}, line ${event.line}`}>
        <span data-clip="">{baseName(event.source)}</span>
        <span>:{event.line}</span>
      </span>,
    ];
  };
  return (
    <VirtualGrid
      label={`Events of ${type} ${key}`}
      placeKey={`events ${type} ${key}`}
      columns={COLUMNS}
      count={rows.total ?? journey.events}
      least={760}
      cells={cells}
      onRange={onRange}
      onOpen={(index) => {
        const event = rows.rowAt(index);
        if (event !== undefined) selectEvent(event.id);
      }}
    />
  );
}
