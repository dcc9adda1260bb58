import { summarise } from './durations.ts';
import { horizonOf } from './follows.ts';
import { eachLatency } from './latencies.ts';
import { openTime } from './open-hours.ts';
import type { Predecessor } from './predecessors.ts';
import type { JourneyRows } from './rows.ts';
import { add, createSketch } from './sketch.ts';
import type { DurationModel, OpenClock, OpenHours } from './types.ts';

/** Steps that began less often are not judged by it. */
const MIN_OBSERVATIONS = 60;
/** The open clock is taken where slow latencies lie this much nearer to the usual one by it (standard deviations of the logarithm above the median). */
const CLEARER = 0.7;

/**
 * Which latencies are to be told in open hours. Working hours change the clock and not the threshold: what waits for a person over a weekend is not slow,
 * and who waits for two working days is, though nights make more of other waits. Taken where the days and hours at which the effect
 * begins are proven, and by that clock the upper half of the latencies spreads far less. By the pair.
 * @param hours of each step, see `learnOpenHours`
 */
export function learnOpenClocks(
  rows: JourneyRows,
  pairs: readonly Predecessor[],
  latencies: readonly (DurationModel | undefined)[],
  hours: readonly (OpenHours | undefined)[],
): readonly (OpenClock | undefined)[] {
  const clocks = pairs.map(({ to }, i) => {
    const open = (latencies[i]?.observations ?? 0) >= MIN_OBSERVATIONS ? hours[to] : undefined;
    return open === undefined ? undefined : { open, sketch: createSketch() };
  });
  if (clocks.every((clock) => clock === undefined)) return clocks.map(() => undefined);
  eachLatency(rows, pairs, (pair, since, start) => {
    const clock = clocks[pair];
    if (clock !== undefined) add(clock.sketch, openTime(clock.open, since, start));
  });
  return clocks.map((clock, i) => {
    const model = clock === undefined ? undefined : summarise(clock.sketch);
    const usual = latencies[i];
    if (clock === undefined || model === undefined || usual === undefined) return undefined;
    return model.upperSpread <= CLEARER * usual.upperSpread
      ? { hours: clock.open, model, horizon: horizonOf(clock.sketch, createSketch()) }
      : undefined;
  });
}
