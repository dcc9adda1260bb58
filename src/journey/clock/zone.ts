/** All zones lie whole quarters of an hour apart (IANA time zone database). */
const QUARTER = 15 * 60 * 1_000_000;
/** Between bounds further apart than this a whole quarter lies by chance too easily. */
const WIDEST = QUARTER / 5;
/** With bounds on one side only: the fastest of many hops takes less than this. */
const FASTEST_HOP = 60 * 1_000_000;

/**
 * The whole number of quarters of an hour by which a clock is off, if that is what its offset is: then a zone was read wrongly. Undefined where it is
 * another one, or none can be told.
 */
export function zoneError(low: number, high: number): number | undefined {
  const bounded = Number.isFinite(low) && Number.isFinite(high);
  if (bounded && high - low > WIDEST) return undefined;
  const from = bounded ? low : Number.isFinite(low) ? low : high - FASTEST_HOP;
  const to = bounded ? high : Number.isFinite(high) ? high : low + FASTEST_HOP;
  const quarters = Math.ceil(from / QUARTER);
  return quarters === 0 || quarters * QUARTER > to ? undefined : quarters * QUARTER;
}
