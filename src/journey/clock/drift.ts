/** A bound on an offset at one time. */
export interface BoundAt {
  readonly time: number;
  readonly value: number;
}

/** An offset that grows evenly: `value + slope · (time − at)`. */
export interface Line {
  readonly at: number;
  readonly value: number;
  readonly slope: number;
}

/** The fastest drift that is believed: 500 µs a second. Quartz drifts by some ten (RFC 5905, "PHI"), a starved virtual machine by hundreds. */
const MOST_DRIFT = 500e-6;
const HALVINGS = 60;

/**
 * The line between upper and lower bounds that leaves the most room on both sides; with bounds on one side, the line through the edge of their convex
 * hull over the middle of the time, which is the one nearest to them all (Moon, Skelly and Towsley 1999). The room is negative where no line fits.
 */
export function fitLine(upper: readonly BoundAt[], lower: readonly BoundAt[], at: number): { readonly line: Line; readonly room: number } {
  const ceiling = (slope: number): number => least(upper, (bound) => bound.value - slope * (bound.time - at));
  const floor = (slope: number): number => -least(lower, (bound) => slope * (bound.time - at) - bound.value);
  // Both are concave in the slope, so that a search by thirds finds the best one. One side alone: the line that is highest at the middle.
  const gain = (slope: number): number =>
    lower.length === 0 ? ceiling(slope) : upper.length === 0 ? -floor(slope) : ceiling(slope) - floor(slope);
  let low = -MOST_DRIFT;
  let high = MOST_DRIFT;
  for (let i = 0; i < HALVINGS; i++) {
    const third = (high - low) / 3;
    if (gain(low + third) < gain(high - third)) low += third;
    else high -= third;
  }
  const slope = (low + high) / 2;
  const value = lower.length === 0 ? ceiling(slope) : upper.length === 0 ? floor(slope) : (ceiling(slope) + floor(slope)) / 2;
  const room = lower.length === 0 || upper.length === 0 ? Infinity : ceiling(slope) - floor(slope);
  return { line: { at, value, slope }, room };
}

function least<T>(items: readonly T[], of: (item: T) => number): number {
  let found = Infinity;
  for (const item of items) found = Math.min(found, of(item));
  return found;
}
