import { columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { WireRecord } from '../../../../src/api/wire.ts';
import { percentText } from '../../../../src/model/completeness.ts';
import type { RecordSort } from '../../app/search-schemas.ts';
import { SystemDots } from '../../ui/system-dots.tsx';
import { formatCount } from '../../ui/format.ts';
import type { GridColumn } from '../../ui/virtual-grid.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { JourneyStatusMark } from '../../ui/status-badge.tsx';
import { Duration, Time } from '../../ui/time.tsx';
import styles from './records.module.css';

/** A row in view. Its record is undefined while it is on its way. */
export interface Slot {
  readonly index: number;
  readonly record: WireRecord | undefined;
}

export const recordFeatures = tableFeatures({ columnVisibilityFeature });
const helper = createColumnHelper<typeof recordFeatures, Slot>();

interface Look extends Omit<GridColumn, 'id' | 'sortable'> {
  /** The database's name of this order; without one the column cannot be sorted. */
  readonly sort?: RecordSort;
}

/** How each column looks and what the database sorts it by. The order is that of `recordColumns`. */
export const RECORD_LOOKS: Readonly<Record<string, Look>> = {
  severity: { title: <span title="Worst finding">!</span>, track: '14px', sort: 'severity' },
  type: { title: 'Type', track: '76px' },
  key: { title: 'Record', track: 'minmax(220px, 1.6fr)', sort: 'key' },
  status: { title: 'Status', track: '100px', sort: 'status' },
  started: { title: 'Started', track: '144px', sort: 'started' },
  duration: { title: 'Duration', track: '84px', align: 'end', sort: 'duration' },
  systems: { title: 'Systems', track: 'minmax(150px, 1fr)' },
  steps: { title: 'Steps', track: '52px', align: 'end', sort: 'steps' },
  attempts: { title: 'Tries', track: '48px', align: 'end' },
  findings: { title: 'Findings', track: '64px', align: 'end', sort: 'findings' },
  completeness: { title: 'Complete', track: '72px', align: 'end', sort: 'completeness' },
};

/** The columns of the records table. */
export const recordColumns = helper.columns([
  helper.display({
    id: 'severity',
    cell: ({ row }) =>
      cellOf(
        row.original,
        (record) => record.severity !== null && <ToneMark tone={record.severity} title={`worst finding: ${record.severity}`} />,
      ),
  }),
  helper.display({ id: 'type', cell: ({ row }) => cellOf(row.original, (record) => <span className={styles.type}>{record.type}</span>) }),
  helper.display({ id: 'key', cell: ({ row }) => cellOf(row.original, (record) => <KeyCell record={record} />) }),
  helper.display({ id: 'status', cell: ({ row }) => cellOf(row.original, (record) => <JourneyStatusMark status={record.status} />) }),
  helper.display({ id: 'started', cell: ({ row }) => cellOf(row.original, (record) => <Time at={record.startedAt} />) }),
  helper.display({ id: 'duration', cell: ({ row }) => cellOf(row.original, (record) => <Duration ms={record.durationMs} />) }),
  helper.display({ id: 'systems', cell: ({ row }) => cellOf(row.original, (record) => <SystemDots systems={record.systems} />) }),
  helper.display({ id: 'steps', cell: ({ row }) => cellOf(row.original, (record) => formatCount(record.steps)) }),
  helper.display({ id: 'attempts', cell: ({ row }) => cellOf(row.original, (record) => <Tries record={record} />) }),
  helper.display({
    id: 'findings',
    cell: ({ row }) =>
      cellOf(row.original, (record) => (record.findings === 0 ? <span className={styles.nothing}>0</span> : formatCount(record.findings))),
  }),
  helper.display({ id: 'completeness', cell: ({ row }) => cellOf(row.original, (record) => <Complete record={record} />) }),
]);

function cellOf(slot: Slot, show: (record: WireRecord) => React.ReactNode): React.ReactNode {
  return slot.record === undefined ? undefined : show(slot.record);
}

/** More tries than steps is what to look for: set off from the rest. */
function Tries({ record }: { readonly record: WireRecord }) {
  return <span className={record.attempts > record.steps ? styles.more : styles.nothing}>{formatCount(record.attempts)}</span>;
}

/** What is whole needs no look. */
function Complete({ record: { completeness } }: { readonly record: WireRecord }) {
  const { share, systems, fields, times } = completeness;
  const known = [
    systems.of > 0 ? `${systems.met} of ${systems.of} other systems reached` : undefined,
    fields.of > 0 ? `${fields.met} of ${fields.of} fields in agreement` : undefined,
    times.of > 0 ? `${times.met} of ${times.of} on time` : undefined,
  ].filter((text) => text !== undefined);
  return (
    <span
      className={share === null || share === 1 ? styles.nothing : undefined}
      title={known.length === 0 ? 'nothing is known of what it should have' : known.join('\n')}
    >
      {percentText(share)}
    </span>
  );
}

function KeyCell({ record }: { readonly record: WireRecord }) {
  return (
    <span className={styles.key} data-mono="" title={[record.key, ...record.aliases].join('\n')}>
      <span>{record.key}</span>
      {record.aliases.length > 0 && <span className={styles.alias}>{record.aliases.join('  ')}</span>}
    </span>
  );
}
