/** How busy the shop is in each hour of the day (UTC): quiet nights, a noon shoulder, an evening peak. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 14, 14, 12, 11, 11, 12, 14, 17, 20, 18, 12, 7, 4] as const;
/** Sunday first, as `getUTCDay` counts. */
const WEEKDAYS = [1.1, 1.15, 1, 1, 1, 1.05, 0.9] as const;
const BUSIEST = 20 * 1.15;

/** Orders expected in the hour that begins at `at`, in arbitrary units. */
export function weight(at: number): number {
  const date = new Date(at);
  return HOURS[date.getUTCHours()]! * WEEKDAYS[date.getUTCDay()]!;
}

/** 0..1: how loaded the company is. Work takes longer when it is. */
export function load(at: number): number {
  return Math.min(1, weight(at) / BUSIEST);
}
