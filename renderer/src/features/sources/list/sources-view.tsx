import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { WireSource } from '../../../../../src/api/wire.ts';
import { SystemList } from '../../../ui/chip.tsx';
import { FileName } from '../../../ui/file-name.tsx';
import { formatCount } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { sharedFolder } from '../../../ui/shared-folder.ts';
import { useSystemColour } from '../../../ui/system-colour.tsx';
import { Time } from '../../../ui/time.tsx';
import { VirtualGrid } from '../../../ui/virtual-grid.tsx';
import type { GridColumn } from '../../../ui/virtual-grid.tsx';
import { CoverageChart } from '../../coverage/coverage-chart.tsx';
import { LaneTrack } from '../../coverage/lane-track.tsx';
import { extent, spanOf, systemLanes } from '../../coverage/lanes.ts';
import type { Span } from '../../coverage/lanes.ts';
import { RemoveSource } from './remove-source.tsx';
import { SourceDetail } from './source-detail.tsx';
import { sortSources } from './sort-sources.ts';
import type { SourceSort } from './sort-sources.ts';
import styles from './sources-view.module.css';

const route = getRouteApi('/sources');

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', title: 'File', track: 'minmax(230px, 3fr)', sortable: true },
  { id: 'coverage', title: 'Coverage', track: 'minmax(90px, 1.2fr)', sortable: true },
  { id: 'system', title: 'System', track: 'minmax(84px, 0.8fr)', sortable: true },
  { id: 'format', title: 'Format', track: '56px', sortable: true },
  { id: 'profile', title: 'Profile', track: 'minmax(96px, 1.2fr)', sortable: true },
  { id: 'zone', title: 'Zone', track: '84px' },
  { id: 'events', title: 'Events', track: '64px', align: 'end', sortable: true },
  { id: 'duplicates', title: 'Known', track: '52px', align: 'end', sortable: true },
  { id: 'updated', title: 'Updated', track: '60px', align: 'end', sortable: true },
  { id: 'rejected', title: 'Rejected', track: '68px', align: 'end', sortable: true },
  { id: 'imported', title: 'Imported', track: '88px', sortable: true },
];

/** The imported files with what came of each, the time they cover on one axis, and the details of the one that is marked. */
export function SourcesView({ sources, selected }: { readonly sources: readonly WireSource[]; readonly selected: number | undefined }) {
  const navigate = route.useNavigate();
  const colourOf = useSystemColour();
  const [removing, setRemoving] = useState<WireSource | undefined>(undefined);
  const [sort, setSort] = useState<SourceSort>({ column: 'name', descending: false });
  const rows = useMemo(() => sortSources(sources, sort), [sources, sort]);
  const folder = useMemo(() => sharedFolder(sources.map((source) => source.name)), [sources]);
  const lanes = useMemo(() => systemLanes(sources), [sources]);
  const whole = useMemo(() => extent(lanes.flatMap((lane) => lane.spans)), [lanes]);
  const select = (source: number | undefined): void => void navigate({ search: (now) => ({ ...now, source }), replace: true });
  const context = { folder, selected, whole, colourOf };
  const shown = sources.find((source) => source.id === selected);

  return (
    <div className={styles.view} data-detail={shown !== undefined}>
      <div className={styles.main}>
        {lanes.length > 0 && (
          <section aria-label="Coverage by system" className={styles.coverage} tabIndex={0}>
            <CoverageChart lanes={lanes} ticks={8} nameWidth={150} />
          </section>
        )}
        <VirtualGrid
          label="Sources"
          columns={COLUMNS}
          count={rows.length}
          least={1180}
          start={selected === undefined ? undefined : rows.findIndex((row) => row.id === selected)}
          placeKey={`sources ${sort.column} ${sort.descending}`}
          sort={sort}
          onSort={(column) => setSort((now) => ({ column, descending: now.column === column && !now.descending }))}
          onRange={() => undefined}
          onOpen={(index) => select(rows[index]?.id === selected ? undefined : rows[index]?.id)}
          cells={(index) => sourceCells(rows[index], context)}
        />
      </div>
      {shown !== undefined && (
        <SourceDetail key={shown.id} source={shown} onClose={() => select(undefined)} onRemove={() => setRemoving(shown)} />
      )}
      <RemoveSource
        source={removing}
        onClose={() => setRemoving(undefined)}
        onRemoved={() => {
          setRemoving(undefined);
          select(undefined);
        }}
      />
    </div>
  );
}

interface CellContext {
  /** Common beginning of the names, left out. */
  readonly folder: string;
  readonly selected: number | undefined;
  /** What the lanes of coverage span. */
  readonly whole: Span | undefined;
  readonly colourOf: (system: string) => string;
}

/** What the columns show of a source. */
function sourceCells(source: WireSource | undefined, { folder, selected, whole, colourOf }: CellContext): readonly ReactNode[] | undefined {
  if (source === undefined) return undefined;
  const span = spanOf(source);
  const system = source.system ?? source.systems[0] ?? source.name;
  return [
    <FileName key="name" name={source.name.slice(folder.length)} title={source.path} strong={source.id === selected} />,
    <span key="coverage" className={styles.lane}>
      {span !== undefined && whole !== undefined && <LaneTrack spans={[span]} whole={whole} colour={colourOf(system)} />}
    </span>,
    <SystemList key="system" systems={source.systems.length > 0 ? source.systems : source.system === null ? [] : [source.system]} />,
    source.format,
    <span key="profile" title={source.profile}>
      {source.profile}
    </span>,
    <span key="zone" title={source.zone ?? undefined}>
      {source.zone ?? '–'}
    </span>,
    formatCount(source.events),
    <Count key="known" value={source.duplicates} />,
    <Count key="updated" value={source.updated} />,
    source.rejected === 0 ? (
      <Count key="rejected" value={0} />
    ) : (
      <ToneMark key="rejected" tone="warning">
        {formatCount(source.rejected)}
      </ToneMark>
    ),
    <Time key="imported" at={source.importedAt} style="date" />,
  ];
}

function Count({ value }: { readonly value: number }) {
  return <span className={value === 0 ? styles.quiet : undefined}>{formatCount(value)}</span>;
}
