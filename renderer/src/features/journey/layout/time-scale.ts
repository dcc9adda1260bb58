import { activity, idleBreaks, type Interval } from './idle.ts';
import type { IdleBreak } from './types.ts';

/** A stretch of the time axis without a break in it, drawn linearly. `left` and `width` are fractions of the axis. */
export interface ScalePart {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly width: number;
}

export interface TimeScale {
  readonly parts: readonly ScalePart[];
  readonly breaks: readonly (IdleBreak & { readonly left: number; readonly width: number })[];
  /** Place of a time on the axis, 0..1; clamped outside. Monotone. */
  at(time: number): number;
}

/** Share of the axis that one break takes. */
const BREAK_SHARE = 0.08;

/**
 * A piecewise linear axis for the waterfall: the same breaks as the graph, and between them parts whose share grows with the
 * square root of what happens in them, so that a burst of 30 seconds stays readable beside one of 20 minutes.
 */
export function timeScale(intervals: readonly Interval[], breaks: readonly IdleBreak[] = idleBreaks(intervals)): TimeScale {
  const active = activity(intervals);
  const first = active[0];
  const last = active.at(-1);
  if (first === undefined || last === undefined) return { parts: [], breaks: [], at: () => 0 };
  const edges = [first.start, ...breaks.flatMap((idle) => [idle.from, idle.to]), last.end];
  const raw: { from: number; to: number; weight: number }[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const from = edges[index] ?? first.start;
    const to = Math.max(from, edges[index + 1] ?? last.end);
    const count = intervals.filter((interval) => interval.start >= from && interval.start <= to).length;
    raw.push({ from, to, weight: Math.sqrt(Math.max(1, count)) * Math.log2(2 + (to - from) / 100) });
  }
  const share = Math.min(BREAK_SHARE, breaks.length === 0 ? 0 : 0.4 / breaks.length);
  const room = 1 - share * breaks.length;
  const total = raw.reduce((sum, part) => sum + part.weight, 0);
  const parts: ScalePart[] = [];
  const placed: (IdleBreak & { left: number; width: number })[] = [];
  let left = 0;
  for (const [index, { from, to, weight }] of raw.entries()) {
    const width = (room * weight) / total;
    parts.push({ from, to, left, width });
    left += width;
    const idle = breaks[index];
    if (idle !== undefined) {
      placed.push({ ...idle, left, width: share });
      left += share;
    }
  }
  const at = (time: number): number => {
    for (const [index, part] of parts.entries()) {
      if (time <= part.from) {
        const idle = placed[index - 1];
        if (idle === undefined || time <= idle.from) return index === 0 ? 0 : part.left - share;
        return idle.left + (idle.width * (time - idle.from)) / (idle.to - idle.from);
      }
      if (time <= part.to) return part.left + (part.to === part.from ? 0 : (part.width * (time - part.from)) / (part.to - part.from));
    }
    return 1;
  };
  return { parts, breaks: placed, at };
}
