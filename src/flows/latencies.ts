import type { Predecessor } from './predecessors.ts';
import { AGAIN, eachJourney, FAILED } from './rows.ts';
import type { JourneyRows } from './rows.ts';

/** Calls back with every latency of a pair as the learner measures it: from `since` to `start`, µs. */
export function eachLatency(
  rows: JourneyRows,
  pairs: readonly Predecessor[],
  visit: (pair: number, since: number, start: number) => void,
): void {
  // The way round stands before the direct one: where both could be meant, it is.
  const pairsTo = Map.groupBy(pairs.keys(), (pair) => pairs[pair]!.to);
  const rowOf = new Map<number, number>();
  eachJourney(rows, (from, to) => {
    rowOf.clear();
    for (let row = from; row < to; row++) {
      const step = rows.step[row]!;
      const start = rows.start[row]!;
      const ways = (rows.flags[row]! & AGAIN) === 0 ? pairsTo.get(step) : undefined;
      const pair = ways?.find((way) => rowOf.has(pairs[way]!.from));
      if (pair !== undefined) {
        const cause = rowOf.get(pairs[pair]!.from)!;
        const since = (rows.flags[cause]! & FAILED) !== 0 ? Number.NaN : (pairs[pair]!.basis === 'end' ? rows.end : rows.lastStart)[cause]!;
        if (start >= since) visit(pair, since, start);
      }
      rowOf.set(step, row);
    }
  });
}
