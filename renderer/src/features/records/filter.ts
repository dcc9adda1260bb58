import type { RecordFilter } from '../../../../src/api/contract.ts';
import type { RecordsSearch, RecordSort } from '../../app/search-schemas.ts';

/** What the engine is asked for a place in the address. */
export interface RecordsQuery {
  readonly filter: RecordFilter;
  readonly sort: RecordSort;
  readonly descending: boolean;
}

/** Sorted by start, latest first, unless the address says otherwise. */
export function recordsQuery(search: RecordsSearch): RecordsQuery {
  const sort = search.sort ?? 'started';
  return {
    filter: {
      text: search.q ?? '',
      type: search.type,
      status: search.status,
      system: search.system,
      finding: search.finding,
      severity: search.severity,
      completeness: search.completeness,
      conflict: search.conflict,
    },
    sort,
    descending: search.dir === undefined ? descendsFirst(sort) : search.dir === 'desc',
  };
}

/** The direction a column has at its first click: text upwards, amounts and times from the largest, completeness from what lacks most. */
export function descendsFirst(sort: RecordSort): boolean {
  return sort !== 'key' && sort !== 'status' && sort !== 'completeness';
}

/** The sort after a click on a column: its own first direction, then the other one. */
export function nextSort(search: RecordsSearch, clicked: RecordSort): Pick<RecordsSearch, 'sort' | 'dir'> {
  const now = recordsQuery(search);
  const descending = now.sort === clicked ? !now.descending : descendsFirst(clicked);
  return { sort: clicked, dir: descending ? 'desc' : 'asc' };
}

/** What narrows the list. */
const FILTERS = ['q', 'type', 'status', 'system', 'finding', 'severity', 'completeness', 'conflict'] as const;

/** Takes all of it away. */
export const NO_FILTERS: RecordsSearch = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

/** Whether anything narrows the list. */
export function isFiltered(search: RecordsSearch): boolean {
  return FILTERS.some((name) => search[name] !== undefined && search[name] !== '');
}
