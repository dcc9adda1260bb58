/** Items 0..n-1 grouped by a small integer key, in the order of the items: group k is `items[start[k]..start[k+1]]`. */
export interface Grouping {
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

/** Counting sort of `count` items by `keyOf(item)`, a key in `0..keys-1`. Linear. */
export function groupBy(count: number, keys: number, keyOf: (item: number) => number): Grouping {
  const start = new Uint32Array(keys + 1);
  for (let i = 0; i < count; i++) start[keyOf(i)]!++;
  // Where each group ends; filled from there backwards, which leaves where it starts.
  for (let k = 1; k <= keys; k++) start[k]! += start[k - 1]!;
  const items = new Uint32Array(count);
  for (let i = count - 1; i >= 0; i--) items[--start[keyOf(i)]!] = i;
  return { start, items };
}
