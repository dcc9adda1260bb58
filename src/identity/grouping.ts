/** Items 0..n-1 grouped by a small integer key, in the order of the items: group k is `items[start[k]..start[k+1]]`. */
export interface Grouping {
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

/** Counting sort of `count` items by `keyOf(item)`, a key in `0..keys-1`. Linear. */
export function groupBy(count: number, keys: number, keyOf: (item: number) => number): Grouping {
  const start = new Uint32Array(keys + 1);
  const key = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const k = keyOf(i);
    key[i] = k;
    start[k + 1]!++;
  }
  for (let k = 0; k < keys; k++) start[k + 1]! += start[k]!;
  const next = start.slice(0, keys);
  const items = new Uint32Array(count);
  for (let i = 0; i < count; i++) items[next[key[i]!]!++] = i;
  return { start, items };
}
