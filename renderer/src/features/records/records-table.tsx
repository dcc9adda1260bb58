import { useTable } from '@tanstack/react-table';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { WireRecord } from '../../../../src/api/wire.ts';
import { useWorkspaceInfo } from '../../app/api.ts';
import { Page } from '../../app/page.tsx';
import { RECORD_SORTS } from '../../app/search-schemas.ts';
import type { RecordsSearch } from '../../app/search-schemas.ts';
import { useRowRange, useWindowed } from '../../app/windowed.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { plural } from '../../ui/format.ts';
import { MAX_ROWS, VirtualGrid } from '../../ui/virtual-grid.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { RECORD_LOOKS, recordColumns, recordFeatures } from './columns.tsx';
import type { Slot } from './columns.tsx';
import { NO_FILTERS, nextSort, recordsQuery } from './filter.ts';
import { RecordsFilters } from './records-filters.tsx';

const route = getRouteApi('/records');

/** The records as a table that the database sorts and filters; only the rows in view are asked for. */
export function RecordsTable() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const info = useWorkspaceInfo().data;
  const query = recordsQuery(search);
  const { range, onRange } = useRowRange();
  const rows = useWindowed<WireRecord>(
    ['records', query],
    (client, page, signal) => client.records.page({ ...query, ...page }, { signal }),
    range,
  );
  const total = rows.total ?? 0;

  const slots = useMemo<readonly Slot[]>(
    () =>
      Array.from({ length: Math.max(0, range.last - range.first + 1) }, (_, at) => ({
        index: range.first + at,
        record: rows.rowAt(range.first + at),
      })),
    // `rows` is new with every render; what it holds changes with the range and with every answer.
    [range, rows],
  );
  const table = useTable({ features: recordFeatures, columns: recordColumns, data: [...slots], getRowId: (slot) => String(slot.index) });
  const tableRows = table.getRowModel().rowsById;
  const visible = table.getVisibleLeafColumns().map((column) => ({ id: column.id, look: RECORD_LOOKS[column.id] }));

  const change = (patch: RecordsSearch): void => void navigate({ search: (previous) => ({ ...previous, ...patch }), replace: true });
  const open = (index: number): void => {
    const record = rows.rowAt(index);
    if (record !== undefined) void navigate({ to: '/journey/$type/$key', params: { type: record.type, key: record.key }, search: {} });
  };
  const sort = (column: string): void => {
    const sorted = RECORD_SORTS.find((one) => one === RECORD_LOOKS[column]?.sort);
    if (sorted !== undefined) change(nextSort(search, sorted));
  };
  const sortedColumn = Object.entries(RECORD_LOOKS).find(([, look]) => look.sort === query.sort)?.[0];

  return (
    <Page
      title="Records"
      layout="fill"
      note={
        rows.total === undefined
          ? undefined
          : total > MAX_ROWS
            ? `${plural(total, 'record')}, the first ${plural(MAX_ROWS, 'is', 'are')} listed`
            : plural(total, 'record')
      }
      actions={<ColumnsMenu columns={table.getAllLeafColumns()} />}
      toolbar={<RecordsFilters search={search} info={info} onChange={change} />}
    >
      {rows.error !== undefined && rows.error !== null ? (
        <div style={{ padding: 20 }}>
          <ErrorPanel error={rows.error} onRetry={rows.refetch} />
        </div>
      ) : rows.total === 0 ? (
        <Empty title="No record matches" actions={<Button onClick={() => change(NO_FILTERS)}>Clear filters</Button>}>
          Remove a filter, or search for another identifier of the same record.
        </Empty>
      ) : (
        <VirtualGrid
          label="Records"
          placeKey={JSON.stringify(query)}
          columns={visible.map(({ id, look }) => ({
            id,
            title: look?.title ?? id,
            track: look?.track ?? '1fr',
            align: look?.align,
            sortable: look?.sort !== undefined,
          }))}
          count={rows.total ?? 40}
          least={1080}
          rowAt={(index) => tableRows[String(index)]?.original.record}
          cells={(index) => tableRows[String(index)]?.getVisibleCells().map((cell) => <table.FlexRender key={cell.id} cell={cell} />) ?? []}
          onRange={onRange}
          onOpen={open}
          sort={sortedColumn === undefined ? undefined : { column: sortedColumn, descending: query.descending }}
          onSort={sort}
        />
      )}
    </Page>
  );
}
