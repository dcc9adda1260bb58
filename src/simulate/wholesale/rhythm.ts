/** Orders in each hour of the day (UTC): shops count their shelves in the morning and after closing. */
const HOURS = [1, 1, 1, 1, 2, 5, 9, 12, 12, 10, 8, 8, 7, 7, 7, 8, 9, 11, 12, 9, 5, 3, 2, 1] as const;
/** Sunday first, as `getUTCDay` counts. */
const WEEKDAYS = [0.5, 1.15, 1.1, 1.05, 1.05, 1.1, 0.9] as const;
const BUSIEST = 12 * 1.15;

/** Orders expected in the hour that begins at `at`, in arbitrary units. */
export function weight(at: number): number {
  const date = new Date(at);
  return HOURS[date.getUTCHours()]! * WEEKDAYS[date.getUTCDay()]!;
}

/** 0..1: how loaded the wholesaler is. */
export function load(at: number): number {
  return Math.min(1, weight(at) / BUSIEST);
}
