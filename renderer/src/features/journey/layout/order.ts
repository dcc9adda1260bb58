import type { LayoutHop, LayoutStep } from './types.ts';

/** Steps in causal order, and the hops that had to be ignored for it because they close a circle. */
export interface CausalOrder {
  readonly steps: readonly LayoutStep[];
  /** Distinct hops between known steps, sorted; back hops are among them. */
  readonly hops: readonly LayoutHop[];
  /** Ids of hops that run against the order. */
  readonly back: ReadonlySet<string>;
  /** Forward predecessors by step id. */
  readonly predecessors: ReadonlyMap<string, readonly string[]>;
}

/** `s2` before `s10`: by the text before the number, then by the number, then by code units. */
export function compareIds(a: string, b: string): number {
  const left = /^(\D*)(\d+)$/.exec(a);
  const right = /^(\D*)(\d+)$/.exec(b);
  if (left !== null && right !== null && left[1] === right[1]) {
    const difference = Number(left[2]) - Number(right[2]);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Ready {
  readonly step: LayoutStep;
  readonly time: number;
}

function before(a: Ready, b: Ready): boolean {
  return a.time < b.time || (a.time === b.time && compareIds(a.step.id, b.step.id) < 0);
}

/** A binary heap; an array and two loops, so that ordering stays O(n log n). */
function push(heap: Ready[], item: Ready): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !before(item, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = item;
}

function pop(heap: Ready[]): Ready | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const left = heap[child];
    if (left === undefined) break;
    const right = heap[child + 1];
    if (right !== undefined && before(right, left)) child += 1;
    const smaller = heap[child];
    if (smaller === undefined || !before(smaller, last)) break;
    heap[at] = smaller;
    at = child;
  }
  heap[at] = last;
  return top;
}

/**
 * Orders steps so that each stands after all its causal predecessors, and by time and id where causes leave it open
 * (Kahn 1962, with a heap). Circles are opened at the earliest step that is left. The result does not depend on the
 * order of the input. O((steps + hops) log steps).
 */
export function causalOrder(steps: readonly LayoutStep[], hops: readonly LayoutHop[]): CausalOrder {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const known = hops
    .filter((hop) => hop.from !== hop.to && byId.has(hop.from) && byId.has(hop.to))
    .toSorted((a, b) => compareIds(a.from, b.from) || compareIds(a.to, b.to) || compareIds(a.id, b.id));
  const distinct: LayoutHop[] = [];
  for (const hop of known) {
    const last = distinct.at(-1);
    if (last === undefined || last.from !== hop.from || last.to !== hop.to) distinct.push(hop);
  }

  const incoming = new Map<string, number>();
  const outgoing = new Map<string, LayoutHop[]>();
  for (const hop of distinct) {
    incoming.set(hop.to, (incoming.get(hop.to) ?? 0) + 1);
    const list = outgoing.get(hop.from);
    if (list === undefined) outgoing.set(hop.from, [hop]);
    else list.push(hop);
  }

  const inherited = new Map<string, number>();
  const key = (step: LayoutStep): number => step.start ?? inherited.get(step.id) ?? Number.NEGATIVE_INFINITY;
  const heap: Ready[] = [];
  const rest = [...byId.values()]
    // Where a circle must be opened, a step without a time is the last choice.
    .map((step) => ({ step, time: step.start ?? Number.POSITIVE_INFINITY }))
    .toSorted((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  for (const item of rest) if ((incoming.get(item.step.id) ?? 0) === 0) push(heap, { step: item.step, time: key(item.step) });

  const done = new Set<string>();
  const ordered: LayoutStep[] = [];
  const back = new Set<string>();
  const predecessors = new Map<string, string[]>();
  let cursor = 0;
  while (ordered.length < byId.size) {
    let next = pop(heap);
    while (next === undefined && cursor < rest.length) {
      const candidate = rest[cursor];
      cursor += 1;
      if (candidate !== undefined && !done.has(candidate.step.id)) next = candidate;
    }
    if (next === undefined) break;
    const { step } = next;
    if (done.has(step.id)) continue;
    done.add(step.id);
    ordered.push(step);
    const time = Math.max(key(step), step.end ?? Number.NEGATIVE_INFINITY);
    for (const hop of outgoing.get(step.id) ?? []) {
      if (done.has(hop.to)) {
        back.add(hop.id);
        continue;
      }
      const list = predecessors.get(hop.to);
      if (list === undefined) predecessors.set(hop.to, [step.id]);
      else list.push(step.id);
      inherited.set(hop.to, Math.max(inherited.get(hop.to) ?? Number.NEGATIVE_INFINITY, time));
      const left = (incoming.get(hop.to) ?? 1) - 1;
      incoming.set(hop.to, left);
      const target = byId.get(hop.to);
      if (left === 0 && target !== undefined) push(heap, { step: target, time: key(target) });
    }
  }
  return { steps: ordered, hops: distinct, back, predecessors };
}
