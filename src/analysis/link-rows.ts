import type { LinkTable } from '../identity/types.ts';

/** The links of each record in both directions, as compressed rows in shared buffers: `rows[start[record]..start[record + 1]]`. */
export interface LinkRows {
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
}

/** Groups links by the records at both of their ends. */
export function linkRows(links: LinkTable, records: number): LinkRows {
  const start = new Uint32Array(new SharedArrayBuffer(4 * (records + 2)));
  for (let i = 0; i < links.count; i++) {
    start[links.parent[i]! + 1]!++;
    start[links.child[i]! + 1]!++;
  }
  for (let r = 1; r < start.length; r++) start[r]! += start[r - 1]!;
  const fill = start.slice();
  const rows = new Uint32Array(new SharedArrayBuffer(4 * 2 * links.count));
  for (let i = 0; i < links.count; i++) {
    rows[fill[links.parent[i]!]!++] = i;
    rows[fill[links.child[i]!]!++] = i;
  }
  return { start, rows };
}
