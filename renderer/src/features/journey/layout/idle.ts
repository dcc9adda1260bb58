import type { IdleBreak } from './types.ts';

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Below this, a pause is not worth a break: one minute, in milliseconds. */
export const MIN_IDLE = 60_000;
/** What is much longer than usual but less than this share of the whole is drawn as it is. */
const LEAST_SHARE = 0.05;
/** More breaks than this would themselves be noise: only the longest are kept. */
const MAX_BREAKS = 8;

/** Merges intervals into the times in which something happened, in order. O(n log n). */
export function activity(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = intervals.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end: Math.max(start, end) });
  }
  return merged;
}

/**
 * The pauses that are drawn shortened: at least a minute long, and either much longer than the usual pause of this
 * journey (20 medians, and a twentieth of all of it) or a good part (a tenth) of all of it. Shared by the graph and the waterfall, so that both show the same breaks.
 */
export function idleBreaks(intervals: readonly Interval[]): readonly IdleBreak[] {
  const active = activity(intervals);
  const gaps: IdleBreak[] = [];
  for (const [index, part] of active.entries()) {
    const previous = active[index - 1];
    if (previous !== undefined && part.start > previous.end) gaps.push({ from: previous.end, to: part.start });
  }
  const first = active[0];
  const last = active.at(-1);
  if (first === undefined || last === undefined || gaps.length === 0) return [];
  const total = last.end - first.start;
  const lengths = gaps.map((gap) => gap.to - gap.from).toSorted((a, b) => a - b);
  const median = lengths[(lengths.length - 1) >> 1] ?? 0;
  return gaps
    .filter(
      ({ from, to }) =>
        to - from >= MIN_IDLE && (to - from >= total / 10 || (to - from >= 20 * median && to - from >= total * LEAST_SHARE)),
    )
    .toSorted((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
    .slice(0, MAX_BREAKS)
    .toSorted((a, b) => a.from - b.from);
}
