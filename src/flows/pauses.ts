import { eachLatency } from './latencies.ts';
import type { Predecessor } from './predecessors.ts';
import type { JourneyRows } from './rows.ts';
import type { DurationModel, Pause, Pauses } from './types.ts';

/** What is looked into takes at least so many times the median, and so much (µs) more: less is told by nobody. */
const SLOW_TIMES = 3;
const SLOW_MORE_THAN = 1_000_000;
/** A wait is for the next run when for at least this share of it nobody got the step. */
const IDLE_SHARE = 0.9;
/** Pauses are alike when they are at least this share as long. */
const ALIKE = 2 / 3;
/** A wait through a pause is usual when so many pauses were waited through for about as long, … */
const MIN_PAUSES = 3;
/** … and these are at least this share of all pauses of such a length: else nobody waited in them, because nobody came. */
const WAITED_SHARE = 0.5;
/** Pauses kept of each pair, the longest. */
const MOST_PAUSES = 1000;

/**
 * Finds the times at which a step was done for nobody, although somebody waited for it, as it is usual: between two runs of a job, over a Sunday. Journeys
 * that wait for the same run are one observation of it and no many slow ones (batch processing: Martin et al. 2017; the performance spectrum: Denisov, Fahland and van
 * der Aalst 2018). Answers for each pair the pauses, and up to which length a wait through one is nobody's delay; undefined where there are none.
 */
export function findPauses(
  rows: JourneyRows,
  pairs: readonly Predecessor[],
  latencies: readonly (DurationModel | undefined)[],
): readonly (Pauses | undefined)[] {
  const waits = latencies.map((model) =>
    model === undefined || !hasLong(model) ? undefined : { least: leastOf(model), since: [] as number[], until: [] as number[] },
  );
  if (waits.every((each) => each === undefined)) return waits.map(() => undefined);
  eachLatency(rows, pairs, (pair, since, start) => {
    const wait = waits[pair];
    if (wait === undefined || start - since < wait.least) return;
    wait.since.push(since);
    wait.until.push(start);
  });
  return waits.map((wait, i) =>
    wait === undefined || wait.since.length === 0 ? undefined : usualPauses(startsOf(rows, pairs[i]!.to), wait),
  );
}

function hasLong(model: DurationModel): boolean {
  return model.max >= leastOf(model);
}

/** From where on (µs) a wait may count as slow at any time of the week. */
function leastOf(model: DurationModel): number {
  const medians = (model.rhythm?.models ?? []).flatMap((part) => (part === null ? [] : [part.median]));
  const least = Math.min(model.median, ...medians);
  return Math.max(SLOW_TIMES * least, least + SLOW_MORE_THAN);
}

/** All times at which a step began, ascending. */
function startsOf({ step, start, rows }: JourneyRows, number: number): Float64Array {
  const times: number[] = [];
  for (let row = 0; row < rows; row++) if (step[row] === number && !Number.isNaN(start[row])) times.push(start[row]!);
  return Float64Array.from(times).sort();
}

function usualPauses(
  times: Float64Array,
  { since, until }: { readonly since: readonly number[]; readonly until: readonly number[] },
): Pauses | undefined {
  // The longest wait in each pause, by the place of the time that ends it.
  const longest = new Map<number, number>();
  for (let i = 0; i < since.length; i++) {
    const [from, to] = [since[i]!, until[i]!];
    const at = firstFrom(times, (from + to) / 2);
    if (at === 0 || at === times.length) continue;
    if (Math.min(to, times[at]!) - Math.max(from, times[at - 1]!) < IDLE_SHARE * (to - from)) continue;
    longest.set(at, Math.max(longest.get(at) ?? 0, to - from));
  }
  const waited = Float64Array.from(longest.values()).sort();
  const gaps = Float64Array.from({ length: times.length - 1 }, (_, i) => times[i + 1]! - times[i]!).sort();
  const isUsual = (length: number): boolean => {
    const alike = waited.length - firstFrom(waited, ALIKE * length);
    return alike >= MIN_PAUSES && alike >= WAITED_SHARE * (gaps.length - firstFrom(gaps, ALIKE * length));
  };
  // As long as the longest that is usual: a longer pause is waited through for as long by whoever comes late enough.
  const most = [...waited, ...waited.map((length) => length / ALIKE)].filter(isUsual).reduce((max, length) => Math.max(max, length), 0);
  if (most === 0) return undefined;
  const kept = [...longest].toSorted(([, a], [, b]) => b - a).slice(0, MOST_PAUSES);
  const spans = kept.map(([at]): Pause => [times[at - 1]!, times[at]!]).toSorted(([a], [b]) => a - b);
  return { spans, most };
}

/** Place of the first number that is not below another, in an ascending list. */
function firstFrom(times: Float64Array, least: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a wait (µs) is a usual one for the next run: it lies in a pause, but for what it takes to get in and out, and is no longer than is usual. */
export function isPaused(known: Pauses | undefined, from: number, to: number): boolean {
  if (known === undefined || to - from > known.most) return false;
  const pauses = known.spans;
  const middle = (from + to) / 2;
  let low = 0;
  let high = pauses.length;
  while (low < high) {
    const at = (low + high) >> 1;
    if (pauses[at]![1] < middle) low = at + 1;
    else high = at;
  }
  const pause = pauses[low];
  return pause !== undefined && Math.min(to, pause[1]) - Math.max(from, pause[0]) >= IDLE_SHARE * (to - from);
}
