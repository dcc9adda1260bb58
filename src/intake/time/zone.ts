import { Temporal } from 'temporal-polyfill';

/** A local time that does not exist (`gap`) or exists twice (`overlap`) in its zone. Either way the earlier instant is taken. */
export type Ambiguity = 'gap' | 'overlap';

/** Local seconds since the epoch (as if UTC) to UTC seconds. */
export type ZoneResolver = (localSeconds: number) => number;

/** Marks "the text carries no zone"; far outside of any offset. */
export const NO_ZONE = 1e9;

/** Clock changes happen on quarter hours of local time in every zone of the tz database since 1970. */
const BUCKET_SECONDS = 900;

/** Abbreviations that mean one offset everywhere they are used (seconds east of UTC). Ambiguous ones (BST, IST, CST of China) are left out, except the US zones, which RFC 2822 defines. */
const ZONE_WORDS: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  ut: 0,
  wet: 0,
  west: 3600,
  cet: 3600,
  cest: 7200,
  mez: 3600,
  mesz: 7200,
  eet: 7200,
  eest: 10_800,
  est: -18_000,
  edt: -14_400,
  cst: -21_600,
  cdt: -18_000,
  mst: -25_200,
  mdt: -21_600,
  pst: -28_800,
  pdt: -25_200,
};

/** Offset in seconds of `Z`, `+01:00`, `-0330`, `+02`, `GMT`, `CET`, `+01:00[Europe/Berlin]`; `NO_ZONE` for an empty text, NaN for anything else. */
export function parseOffset(text: string): number {
  let end = text.length;
  const bracket = text.indexOf('[');
  if (bracket >= 0 && text.charCodeAt(end - 1) === 0x5d) end = bracket;
  const word = text.slice(0, end).trim();
  if (word === '') return bracket >= 0 ? namedSuffix(text.slice(bracket)) : NO_ZONE;
  const sign = word.charCodeAt(0);
  if (sign !== 0x2b && sign !== 0x2d) return ZONE_WORDS[word.toLowerCase()] ?? Number.NaN;
  const digits = word.length === 6 && word.charCodeAt(3) === 0x3a ? word.slice(1, 3) + word.slice(4) : word.slice(1);
  if (!/^\d{2}(?:\d{2})?$/.test(digits)) return Number.NaN;
  const hours = Number(digits.slice(0, 2));
  const minutes = digits.length === 4 ? Number(digits.slice(2)) : 0;
  if (hours > 18 || minutes > 59) return Number.NaN;
  const seconds = hours * 3600 + minutes * 60;
  return sign === 0x2d ? -seconds : seconds;
}

/** A bracketed zone without an offset is read only where it means UTC; other zones go through the source's zone setting. */
function namedSuffix(text: string): number {
  const name = text.slice(1, -1);
  return name === 'UTC' || name === 'Etc/UTC' || name === 'Z' ? 0 : Number.NaN;
}

/** Whether a text names a zone that times can be read in: an IANA name, `UTC`, or a fixed offset such as `+02:00`. */
export function isZone(zone: string): boolean {
  if (isUtc(zone) || /^[+-]\d{2}:?\d{2}$/.test(zone)) return true;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isUtc(zone: string): boolean {
  return zone === '' || zone === 'UTC' || zone === 'Z' || zone === 'GMT' || zone === 'Etc/UTC';
}

/**
 * Compiles a zone to a function from local to UTC seconds. Offsets are cached per quarter hour of local time, so that the zone database
 * is asked about once for each one that occurs. In a gap or overlap the earlier instant is taken ('earlier' of the Temporal proposal)
 * and `onAmbiguous` is told. Throws RangeError for an unknown zone.
 */
export function compileZone(zone: string, onAmbiguous?: (kind: Ambiguity) => void): ZoneResolver {
  if (isUtc(zone)) return (seconds) => seconds;
  const fixed = /^[+-]\d{2}:?\d{2}$/.test(zone) ? parseOffset(zone) : NO_ZONE;
  if (fixed !== NO_ZONE) return (seconds) => seconds - fixed;
  if (!isZone(zone)) throw new RangeError(`${zone} is not a time zone`);
  const offsets = new Map<number, number>();
  const ambiguous = new Map<number, Ambiguity>();
  let lastBucket = Number.NaN;
  let lastOffset = 0;
  return (seconds) => {
    if (Number.isNaN(seconds)) return seconds;
    const bucket = Math.floor(seconds / BUCKET_SECONDS);
    if (bucket !== lastBucket) {
      let offset = offsets.get(bucket);
      if (offset === undefined) {
        const found = lookUp(bucket * BUCKET_SECONDS, zone);
        offset = found.offset;
        offsets.set(bucket, offset);
        if (found.ambiguity !== undefined) ambiguous.set(bucket, found.ambiguity);
      }
      lastBucket = bucket;
      lastOffset = offset;
    }
    if (onAmbiguous !== undefined && ambiguous.size > 0) {
      const kind = ambiguous.get(bucket);
      if (kind !== undefined) onAmbiguous(kind);
    }
    return seconds - lastOffset;
  };
}

function lookUp(localSeconds: number, zone: string): { offset: number; ambiguity: Ambiguity | undefined } {
  const local = Temporal.Instant.fromEpochMilliseconds(localSeconds * 1000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const offset = localSeconds - earlier.epochMilliseconds / 1000;
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { offset, ambiguity: undefined };
  const ambiguity = earlier.toPlainDateTime().equals(local) ? 'overlap' : 'gap';
  return { offset, ambiguity };
}
