/**
 * The ways of writing a time that are understood. The ids stand in mappings and profiles (`FieldMapping.format`): never rename.
 * Beside them a format may be a day and a time of day that stood apart (`compact+HHmmss`, `day-and-clock.ts`), a pattern (`dd.MM.yyyy HH:mm:ss,SSS`, `pattern.ts`) or a code of EDI (`edi-102`, `edi.ts`).
 *
 * - `iso`: `2031-03-04T09:15:02.431Z`, also with a space, slashes, a comma fraction, no zone, a zone word, or the date alone
 * - `iso-week`, `iso-ordinal`: `2031-W10-2T09:15:02Z`, `2031-063T09:15:02Z`, also without hyphens and colons
 * - `compact`: `20310304 091502`, `20310304T091502.431Z`, `20310304091502431`, `20310304`, LDAP's `20310304091502.431Z`, HL7's
 * - `epoch-s|ms|us|ns`: numbers or digits in text, with or without a fraction
 * - `epoch`: seconds, milliseconds, microseconds and nanoseconds mixed; the magnitude of each number tells its unit
 * - `excel`: days since 1899-12-30 with a fraction (`47911.38543`)
 * - `ticks`: .NET's 100 ns since the year 1; `filetime`: Windows' 100 ns since 1601
 * - `odata`: `/Date(1930382102431+0060)/`: milliseconds UTC, the offset is for display only
 * - `clf`: `04/Mar/2031:09:15:02 +0100`
 * - `rfc2822`: `Tue, 04 Mar 2031 09:15:02 GMT`, `4. März 2031 09:15`, `04-MAR-31 09.15.02 AM`; the weekday and the zone may be missing
 * - `ctime`: `Tue Mar  4 09:15:02 2031`, `Tue Mar 04 09:15:02 CET 2031`
 * - `month-name`: `Mar 4, 2031 @ 09:15:02.431`, `Mar 04, 2031 9:15:02 AM`
 * - `syslog`: `Mar  4 09:15:02`: no year
 * - `day-first`: `04.03.2031 09:15:02`, `04/03/2031 09:15`
 * - `month-first`: `3/4/2031, 9:15:02.431 AM`
 *
 * Months may be named in English, German, French, Spanish, Italian, Portuguese or Dutch.
 */
export const TIME_SHAPES = [
  'iso',
  'compact',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'odata',
  'clf',
  'rfc2822',
  'ctime',
  'month-name',
  'day-first',
  'month-first',
  'iso-week',
  'iso-ordinal',
  'epoch',
  'excel',
  'ticks',
  'filetime',
  'syslog',
] as const;
export type TimeShape = (typeof TIME_SHAPES)[number];

/** Whether a text is the id of a shape, for mappings that come from a profile. */
export function isTimeShape(text: string | undefined): text is TimeShape {
  return text !== undefined && (TIME_SHAPES as readonly string[]).includes(text);
}

/** How many microseconds one unit of an epoch shape is. */
export const EPOCH_UNIT = { 'epoch-s': 1e6, 'epoch-ms': 1e3, 'epoch-us': 1, 'epoch-ns': 1e-3 } as const;

export type EpochShape = keyof typeof EPOCH_UNIT;

/** Shapes other than `iso` and the numbers: rarer, so they may cost a regular expression. */
export type TextShape = Exclude<TimeShape, EpochShape | NumberShape | 'iso'>;

/** Numbers that count from a day, other than those of one epoch unit. */
export type NumberShape = 'epoch' | 'excel' | 'ticks' | 'filetime';

/** Whether times of this shape are bare numbers, which say less than a spelled-out date. */
export function isEpoch(shape: TimeShape): boolean {
  return shape in EPOCH_UNIT || shape === 'epoch' || shape === 'excel' || shape === 'ticks' || shape === 'filetime';
}
