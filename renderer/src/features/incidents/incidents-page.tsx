import { getRouteApi } from '@tanstack/react-router';
import type { WireIncident } from '../../../../src/api/wire.ts';
import { Page } from '../../app/page.tsx';
import { useRowRange, useWindowed } from '../../app/windowed.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { SystemChip } from '../../ui/chip.tsx';
import { Time } from '../../ui/time.tsx';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import type { GridColumn } from '../../ui/virtual-grid.tsx';
import { IncidentDetail } from './incident-detail.tsx';
import { IncidentState } from './incident-state.tsx';
import styles from './incidents.module.css';

const route = getRouteApi('/incidents');

const COLUMNS: readonly GridColumn[] = [
  { id: 'title', title: 'Incident', track: 'minmax(220px, 3fr)' },
  { id: 'records', title: 'Records', track: '60px', align: 'end' },
  { id: 'system', title: 'System', track: 'minmax(72px, 0.6fr)' },
  { id: 'from', title: 'First', track: '144px' },
  { id: 'to', title: 'Last', track: '144px' },
  { id: 'state', title: 'State', track: '104px' },
];

/** Beside an open incident there is room for what tells one from the other. */
const FEW = COLUMNS.filter(({ id }) => id !== 'system' && id !== 'from');

/** Findings by cause: how many records each concerns, since when, and whether it is over; one of them opened beside the list. */
export function IncidentsPage() {
  const { incident } = route.useSearch();
  const navigate = route.useNavigate();
  const { range, onRange } = useRowRange();
  const rows = useWindowed<WireIncident>(['incidents'], (client, page, signal) => client.incidents.page(page, { signal }), range);
  const select = (id: string | undefined): void => void navigate({ search: { incident: id }, replace: true });

  return (
    <Page title="Incidents" layout="fill" note={rows.total === undefined ? undefined : plural(rows.total, 'incident')}>
      <div className={styles.split} data-open={incident !== undefined}>
        {rows.error !== undefined && rows.error !== null ? (
          <div className={styles.pad}>
            <ErrorPanel error={rows.error} onRetry={rows.refetch} />
          </div>
        ) : rows.total === 0 ? (
          <Empty title="No incidents">
            An incident is a cause that three records or more have in common: the same failure at the same step. None was found.
          </Empty>
        ) : (
          <VirtualGrid
            label="Incidents"
            placeKey="incidents"
            columns={incident === undefined ? COLUMNS : FEW}
            count={rows.total ?? 12}
            least={incident === undefined ? 820 : 560}
            rowAt={rows.rowAt}
            cells={(index) => {
              const row = rows.rowAt(index);
              return row === undefined ? undefined : incidentCells(row, incident !== undefined);
            }}
            onRange={onRange}
            onOpen={(index) => select(rows.rowAt(index)?.id)}
          />
        )}
        {incident !== undefined && <IncidentDetail key={incident} id={incident} onClose={() => select(undefined)} />}
      </div>
    </Page>
  );
}

function incidentCells(incident: WireIncident, few: boolean): readonly React.ReactNode[] {
  const title = (
    <span key="title" className={styles.title} title={incident.title}>
      <ToneMark tone={incident.severity} />
      <span data-clip="">{incident.title}</span>
    </span>
  );
  const system = incident.system === null ? '–' : <SystemChip key="system" system={incident.system} />;
  return [
    title,
    formatCount(incident.records),
    ...(few ? [] : [system, <Time key="from" at={incident.from} />]),
    <Time key="to" at={incident.to} />,
    <IncidentState key="state" incident={incident} />,
  ];
}
