/** Time as counted by what the company did: how many journeys had begun. */
export interface Activity {
  /** Journeys that began before a time (µs), with the share of the way to the next. */
  at(time: number): number;
}

/**
 * Clock time as operational time (Cox and Lewis, The Statistical Analysis of Series of Events, 1966, on trends): where problems come in proportion to the work,
 * they come at an even rate by this clock, whatever day, night and weekend do. So a busy hour is no burst, and a quiet night does not end an incident.
 *
 * @param starts when journeys began, ascending
 */
export function activityOf(starts: Float64Array): Activity {
  return {
    at(time) {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (starts[middle]! < time) low = middle + 1;
        else high = middle;
      }
      if (low === 0 || low === starts.length) return low;
      const [before, after] = [starts[low - 1]!, starts[low]!];
      return low - 1 + (time - before) / Math.max(1, after - before);
    },
  };
}
