/**
 * The ways of writing a time that are understood. The ids stand in mappings and profiles (`FieldMapping.format`): never rename.
 *
 * - `iso`: `2031-03-04T09:15:02.431Z`, also with a space, slashes, a comma fraction, no zone, a zone word, or the date alone
 * - `compact`: `20310304 091502`, `20310304T091502.431Z`, `20310304091502431`, `20310304`
 * - `epoch-s|ms|us|ns`: numbers or digits in text, with or without a fraction
 * - `odata`: `/Date(1930382102431+0060)/`: milliseconds UTC, the offset is for display only
 * - `clf`: `04/Mar/2031:09:15:02 +0100`
 * - `rfc2822`: `Tue, 04 Mar 2031 09:15:02 GMT`, the weekday and the zone may be missing
 * - `ctime`: `Tue Mar  4 09:15:02 2031`, `Tue Mar 04 09:15:02 CET 2031`
 * - `month-name`: `Mar 4, 2031 @ 09:15:02.431`, `Mar 04, 2031 9:15:02 AM`
 * - `day-first`: `04.03.2031 09:15:02`, `04/03/2031 09:15`
 * - `month-first`: `3/4/2031, 9:15:02.431 AM`
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
] as const;
export type TimeShape = (typeof TIME_SHAPES)[number];

/** Whether a text is the id of a shape, for mappings that come from a profile. */
export function isTimeShape(text: string | undefined): text is TimeShape {
  return text !== undefined && (TIME_SHAPES as readonly string[]).includes(text);
}

/** How many microseconds one unit of an epoch shape is. */
export const EPOCH_UNIT = { 'epoch-s': 1e6, 'epoch-ms': 1e3, 'epoch-us': 1, 'epoch-ns': 1e-3 } as const;

export type EpochShape = keyof typeof EPOCH_UNIT;

export function isEpoch(shape: TimeShape): shape is EpochShape {
  return shape in EPOCH_UNIT;
}
