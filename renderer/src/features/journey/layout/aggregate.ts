/** What a run is recognised by: neighbours in one lane with the same key. */
export interface RunItem {
  readonly id: string;
  readonly lane: string;
  readonly key: string;
}

/** From this many steps on, runs are drawn as one card each. */
export const AGGREGATE_FROM = 60;
const SHORTEST_RUN = 3;

/**
 * Groups repeats: at least three neighbours of one lane with the same key, in a journey of more than `from` items in causal order.
 * Something new in another lane ends the run, so that it keeps its place in time; what was seen before does not, so that
 * question and answer going back and forth become two cards. Answers the items by the id of their run's first item; an item
 * that is in no run stands alone. Runs named in `expanded` stay apart. O(n · lanes).
 */
export function aggregateRuns(
  items: readonly RunItem[],
  expanded: ReadonlySet<string>,
  from: number = AGGREGATE_FROM,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  const open = new Map<string, { readonly key: string; readonly members: string[] }>();
  const seen = new Set<string>();
  const close = (lane: string): void => {
    const members = open.get(lane)?.members ?? [];
    open.delete(lane);
    const first = members[0];
    if (first === undefined) return;
    if (items.length > from && members.length >= SHORTEST_RUN && !expanded.has(first)) groups.set(first, [...members]);
    else for (const id of members) groups.set(id, [id]);
  };
  for (const { id, lane, key } of items) {
    const name = `${lane}\n${key}`;
    if (!seen.has(name)) {
      seen.add(name);
      // Deleting the key that is visited does not disturb the iteration over a map.
      for (const other of open.keys()) close(other);
    }
    const run = open.get(lane);
    if (run !== undefined && run.key === key) run.members.push(id);
    else {
      close(lane);
      open.set(lane, { key, members: [id] });
    }
  }
  for (const lane of open.keys()) close(lane);
  return groups;
}
