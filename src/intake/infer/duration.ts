/** Units of a duration field, kept in the mapping as its format, in microseconds. `iso8601`, `go` and `clock` are ways of writing that carry their unit. */
export const DURATION_UNITS = { ns: 1e-3, us: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6, d: 86_400e6 } as const;
export type DurationUnit = keyof typeof DURATION_UNITS;
export type DurationFormat = DurationUnit | 'iso8601' | 'go' | 'clock';

export function isDurationFormat(text: string | undefined): text is DurationFormat {
  return text !== undefined && (Object.hasOwn(DURATION_UNITS, text) || text === 'iso8601' || text === 'go' || text === 'clock');
}

const GO_PART = /(\d{1,12}(?:\.\d{1,12})?)(ns|us|µs|μs|ms|s|m|h)/gy;
const GO_UNITS: Readonly<Record<string, number>> = { ns: 1e-3, us: 1, µs: 1, μs: 1, ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 };
const ISO = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?)?$/;
const CLOCK = /^(?:(\d{1,5})\.)?(\d{1,4}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?$/;

/** The way a duration with its own unit is written: `PT1.5S`, `1m2.5s`, `1.00:00:01.5`; undefined for bare numbers and anything else. */
export function durationShape(text: string): 'iso8601' | 'go' | 'clock' | undefined {
  if (text.length > 1 && text.startsWith('P') && ISO.test(text)) return 'iso8601';
  if (CLOCK.test(text)) return 'clock';
  return Number.isNaN(ofGo(text)) ? undefined : 'go';
}

/** A duration in microseconds (a fraction for nanoseconds is kept), NaN when it cannot be read. Sources: ISO 8601, Go `time.ParseDuration`, .NET `TimeSpan`. */
export function parseDuration(value: string | number, format: DurationFormat): number {
  if (format === 'go') return ofGo(String(value));
  if (format === 'iso8601') return ofIso(String(value));
  if (format === 'clock') return ofClock(String(value));
  const number =
    typeof value === 'number' ? value : value === '' ? Number.NaN : Number(value.includes(',') ? value.replace(',', '.') : value);
  return number * DURATION_UNITS[format];
}

function ofGo(text: string): number {
  const compact = text.includes(' ') ? text.replaceAll(' ', '') : text;
  let total = 0;
  let at = 0;
  GO_PART.lastIndex = 0;
  while (at < compact.length) {
    const part = GO_PART.exec(compact);
    if (part === null) return Number.NaN;
    total += Number(part[1]) * (GO_UNITS[part[2] ?? ''] ?? Number.NaN);
    at = GO_PART.lastIndex;
  }
  return compact === '' ? Number.NaN : total;
}

function ofIso(text: string): number {
  const m = ISO.exec(text);
  if (m === null || text === 'P' || text.endsWith('T')) return Number.NaN;
  return ((Number(m[1] ?? 0) * 24 + Number(m[2] ?? 0)) * 60 + Number(m[3] ?? 0)) * 60e6 + Number((m[4] ?? '0').replace(',', '.')) * 1e6;
}

function ofClock(text: string): number {
  const m = CLOCK.exec(text);
  if (m === null) return Number.NaN;
  const seconds = ((Number(m[1] ?? 0) * 24 + Number(m[2])) * 60 + Number(m[3])) * 60 + Number(m[4]);
  return seconds * 1e6 + Number((m[5] ?? '').slice(0, 6).padEnd(6, '0'));
}
