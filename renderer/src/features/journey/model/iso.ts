/** ISO-8601 UTC text to milliseconds since the epoch, microseconds as fraction; undefined for null and for what is no time. */
export function isoMs(iso: string | null | undefined): number | undefined {
  if (iso === null || iso === undefined) return undefined;
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return undefined;
  const digits = /\.(\d{4,9})/.exec(iso)?.[1];
  // Date.parse keeps milliseconds only; the rest decides the order of spans.
  return digits === undefined ? ms : ms + Number(`0.${digits.slice(3)}`);
}

/** Milliseconds to ISO-8601 UTC text, for the parts that format times. */
export function msIso(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}
