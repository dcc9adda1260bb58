import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Client } from '../../../src/api/client.ts';
import { dataKey, useClient, useWorkspaceInfo } from './api.ts';
import { pagesFor, widened } from './window-pages.ts';
import type { RowRange } from './window-pages.ts';

/** Rows per request: small enough to come in a frame or two, large enough that scrolling asks rarely. */
export const PAGE_ROWS = 200;

export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

export interface Windowed<T> {
  /** How many rows there are; undefined until the first answer. */
  readonly total: number | undefined;
  /** A row, or undefined while it is on its way. */
  readonly rowAt: (index: number) => T | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  readonly fetching: boolean;
}

export type { RowRange };

/** The range of rows to hold, a good deal wider than what is in view, and the function that a grid tells its view to. */
export function useRowRange(): { readonly range: RowRange; readonly onRange: (first: number, last: number) => void } {
  const [range, setRange] = useState<RowRange>(() => widened(0, 0));
  const onRange = useCallback((first: number, last: number) => {
    const next = widened(first, last);
    setRange((now) => (now.first === next.first && now.last === next.last ? now : next));
  }, []);
  return { range, onRange };
}

/**
 * A long list of which only the pages in view are asked for. `name` says what is asked, with everything the answer depends on
 * but the place. Pages stay in the cache, so going back is at once.
 */
export function useWindowed<T>(
  name: readonly unknown[],
  ask: (client: Client, page: { readonly offset: number; readonly limit: number }, signal: AbortSignal) => Promise<Page<T>>,
  range: RowRange,
): Windowed<T> {
  const client = useClient();
  const info = useWorkspaceInfo().data;
  const key = [...dataKey(info), ...name];
  // The first page is always held: it knows the total.
  const pages = [...new Set([0, ...pagesFor(range.first, range.last, PAGE_ROWS)])];
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, 'rows', page],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(client, { offset: page * PAGE_ROWS, limit: PAGE_ROWS }, signal),
      enabled: info !== undefined,
      // The same page of a former revision stands until the new one is here: what somebody said of a row must not empty the list.
      placeholderData: (previous: Page<T> | undefined, query: { readonly queryKey: readonly unknown[] } | undefined) =>
        query !== undefined && isSamePage(query.queryKey, [...key, 'rows', page]) ? previous : undefined,
    })),
  });
  const byPage = new Map(pages.map((page, index) => [page, results[index]]));
  return {
    total: byPage.get(0)?.data?.total,
    rowAt: (index) => byPage.get(Math.floor(index / PAGE_ROWS))?.data?.rows[index % PAGE_ROWS],
    error: results.find((result) => result.isError)?.error,
    refetch: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
    fetching: results.some((result) => result.isFetching),
  };
}

/** Whether two keys ask for the same but of another revision, the third part of a key (see `dataKey`). */
function isSamePage(a: readonly unknown[], b: readonly unknown[]): boolean {
  return JSON.stringify(a.toSpliced(2, 1)) === JSON.stringify(b.toSpliced(2, 1));
}
