import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import type { WireFinding, WireIncidentDetail } from '../../../../src/api/wire.ts';
import { FINDING_STATUSES, SEVERITIES } from '../../../../src/model/finding.ts';
import { useEngineQuery, useWorkspaceInfo } from '../../app/api.ts';
import { Page } from '../../app/page.tsx';
import { findingsSearch } from '../../app/search-schemas.ts';
import type { FindingsSearch } from '../../app/search-schemas.ts';
import { useRowRange, useWindowed } from '../../app/windowed.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { formatConfidence, humanise, plural } from '../../ui/format.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { SystemChip } from '../../ui/chip.tsx';
import { Time } from '../../ui/time.tsx';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import type { GridColumn, GridPick } from '../../ui/virtual-grid.tsx';
import { FindingStatusChip, STATUS_WORDS } from './finding-status.tsx';
import styles from './findings.module.css';
import { KindNav } from './kind-nav.tsx';
import { PickBar } from './pick-bar.tsx';
import { groupSummary } from './summary.ts';
import type { SummaryRow } from './summary.ts';
import { TaughtList } from './taught-list.tsx';

const route = getRouteApi('/findings');

const COLUMNS: readonly GridColumn[] = [
  { id: 'title', title: 'Finding', track: 'minmax(260px, 3fr)' },
  { id: 'record', title: 'Record', track: 'minmax(110px, 1fr)' },
  { id: 'where', title: 'Where', track: 'minmax(140px, 1.4fr)' },
  { id: 'at', title: 'Time', track: '144px' },
  { id: 'confidence', title: 'Confidence', track: '76px', align: 'end' },
];

/** All findings, filtered by kind, severity and system. Opening one opens its journey with the finding selected. */
export function FindingsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const info = useWorkspaceInfo().data;
  const summary = useEngineQuery<SummaryRow[]>(['findings-summary', search.status], (client, signal) =>
    client.findings.summary({ status: search.status }, { signal }),
  );
  const { range, onRange } = useRowRange();
  const rows = useWindowed<WireFinding>(
    ['findings', search],
    (client, page, signal) => client.findings.page({ filter: search, ...page }, { signal }),
    range,
  );

  const change = (patch: FindingsSearch): void => void navigate({ search: (previous) => ({ ...previous, ...patch }), replace: true });
  const clear = (): void =>
    change({ kind: undefined, subkind: undefined, severity: undefined, system: undefined, status: undefined, incident: undefined });
  const open = (index: number): void => {
    const finding = rows.rowAt(index);
    if (finding?.kind === 'clock') void navigate({ to: '/sources' });
    if (finding?.record === undefined || finding.record === null) return;
    void navigate({
      to: '/journey/$type/$key',
      params: { type: finding.record.type, key: finding.record.key },
      search: { finding: finding.id },
    });
  };
  const filtered = Object.values(search).some((value) => value !== undefined);
  const { picked, pick, letGo } = usePicked(rows.rowAt, search);

  return (
    <Page
      title="Findings"
      layout="fill"
      note={rows.total === undefined ? undefined : plural(rows.total, 'finding')}
      toolbar={
        picked.size > 0 ? (
          <PickBar picked={picked} onDone={letGo} />
        ) : (
          <>
            <FilterMenu
              label="Status"
              any="Open and acknowledged"
              value={search.status}
              onChange={(status) => change({ status: findingsSearch.parse({ status }).status })}
              choices={[
                ...FINDING_STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status] })),
                { value: 'all', label: 'All' },
              ]}
            />
            <FilterMenu
              label="Severity"
              value={search.severity}
              onChange={(severity) => change({ severity: findingsSearch.parse({ severity }).severity })}
              choices={SEVERITIES.toReversed().map((severity) => ({
                value: severity,
                label: humanise(severity),
                mark: <ToneMark tone={severity} />,
              }))}
            />
            <FilterMenu
              label="System"
              value={search.system}
              onChange={(system) => change({ system })}
              choices={(info?.coverage ?? []).map(({ system }) => ({ value: system, label: system }))}
            />
            {filtered && (
              <Button variant="ghost" size="small" onClick={clear}>
                Clear filters
              </Button>
            )}
            {search.incident !== undefined && <IncidentFilter id={search.incident} />}
            <TaughtList />
          </>
        )
      }
    >
      <div className={styles.split}>
        <KindNav groups={groupSummary(summary.data ?? [])} search={search} onChange={change} />
        {rows.error !== undefined && rows.error !== null ? (
          <div className={styles.pad}>
            <ErrorPanel error={rows.error} onRetry={rows.refetch} />
          </div>
        ) : rows.total === 0 ? (
          <Empty
            title={filtered ? 'No finding matches' : 'Nothing was found'}
            actions={filtered ? <Button onClick={clear}>Clear filters</Button> : undefined}
          >
            {filtered
              ? 'Remove a filter to see more.'
              : 'No journey retried, stalled, lost something or disagreed between systems, as far as the imported logs tell.'}
          </Empty>
        ) : (
          <VirtualGrid
            label="Findings"
            placeKey={`findings ${JSON.stringify(search)}`}
            columns={COLUMNS}
            count={rows.total ?? 40}
            least={820}
            rowAt={rows.rowAt}
            cells={(index) => {
              const finding = rows.rowAt(index);
              return finding === undefined ? [] : findingCells(finding);
            }}
            onRange={onRange}
            onOpen={open}
            pick={pick}
          />
        )}
      </div>
    </Page>
  );
}

/** The findings that are picked, by id: a filter that changes lets go of them. */
function usePicked(rowAt: (index: number) => WireFinding | undefined, search: FindingsSearch) {
  const key = JSON.stringify(search);
  const [state, setState] = useState<{ readonly key: string; readonly ids: ReadonlySet<string> }>({ key, ids: NOTHING_PICKED });
  const picked = state.key === key ? state.ids : NOTHING_PICKED;
  const letGo = useCallback(() => setState({ key, ids: NOTHING_PICKED }), [key]);
  const pick: GridPick = {
    has: (index) => picked.has(rowAt(index)?.id ?? ''),
    set: (indexes, on) => {
      const ids = new Set(picked);
      for (const index of indexes) {
        const id = rowAt(index)?.id;
        if (id === undefined) continue;
        if (on) ids.add(id);
        else ids.delete(id);
      }
      setState({ key, ids });
    },
    clear: letGo,
  };
  return { picked, pick, letGo };
}

const NOTHING_PICKED: ReadonlySet<string> = new Set();

function IncidentFilter({ id }: { readonly id: string }) {
  const incident = useEngineQuery<WireIncidentDetail>(['incident', id], (client, signal) => client.incidents.get({ id }, { signal }));
  return (
    <span className={styles.incident}>
      <span className={styles.quiet}>of the incident</span>
      <Link to="/incidents" search={{ incident: id }} title={incident.data?.title}>
        {incident.data?.title ?? id}
      </Link>
    </span>
  );
}

function findingCells(finding: WireFinding): readonly React.ReactNode[] {
  return [
    <span key="title" className={styles.title} title={`${finding.title}\n${finding.explanation}`}>
      <ToneMark tone={finding.severity} />
      <span data-clip="">{finding.title}</span>
      {finding.status !== 'open' && <FindingStatusChip status={finding.status} taught={finding.taughtBy !== null} />}
    </span>,
    finding.record === null ? (
      <span key="record" className={styles.quiet}>
        {finding.kind === 'clock' ? 'all its records' : 'whole population'}
      </span>
    ) : (
      <span key="record" data-mono="" title={`${finding.record.type} ${finding.record.key}`}>
        {finding.record.key}
      </span>
    ),
    <span key="where" className={styles.where}>
      {finding.system !== null && <SystemChip system={finding.system} />}
      {finding.step !== null && (
        <span className={styles.quiet} data-clip="" title={finding.step}>
          {finding.step}
        </span>
      )}
    </span>,
    <Time key="at" at={finding.at} />,
    <span key="confidence" className={styles.quiet}>
      {formatConfidence(finding.confidence)}
    </span>,
  ];
}
