import type { Json, Place } from './place.ts';

/** What stands in a span. Strings are without their quotes: `TEXT` as they are (UTF-8), `ESCAPED` as JSON writes them. */
export const NULL = 0;
export const FALSE = 1;
export const TRUE = 2;
export const NUMBER = 3;
export const TEXT = 4;
export const ESCAPED = 5;

/** A structure that entries have alike: the same keys in the same order, whatever the values. One object for each, for as long as its source is read. */
export interface SpanShape {
  /** Counts from 0 in its source. */
  readonly index: number;
  readonly slots: number;
  /** An entry of this shape whose values are the texts that `slotOf` knows: what reads an entry can be asked where its values stand. */
  readonly probe: Json;
}

/** The text that stands in a probe in place of a slot's value. It can be no value that means something by itself. */
export function slotMark(slot: number): string {
  return `\u0001${slot}\u0001`;
}

/** The slot that a value of a probe stands for; undefined when it is something else. */
export function slotOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.charCodeAt(0) !== 1) return undefined;
  return Number(value.slice(1, -1));
}

/**
 * An entry as places of its scalar values in bytes, without any of them decoded. The arrays are used again for the next entry and may be longer than
 * the shape has slots.
 */
export interface Spans {
  bytes: Buffer;
  /** Whether no byte of the entry is above 0x7F. */
  ascii: boolean;
  shape: SpanShape;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** A hash of each span's bytes, for looking up what is known of them. */
  readonly hashes: Int32Array;
}

/** Takes an entry as spans. False: it is wanted as a tree, and nothing was done with it. */
export type SpanSink = (spans: Spans, place: Place) => boolean;

/** The scalar in a slot, as `JSON.parse` gives it. */
export function scalarAt(spans: Spans, slot: number): string | number | boolean | null {
  const { bytes } = spans;
  const start = spans.starts[slot]!;
  const end = spans.ends[slot]!;
  switch (spans.kinds[slot]!) {
    case NULL:
      return null;
    case FALSE:
      return false;
    case TRUE:
      return true;
    case NUMBER:
      return numberAt(bytes, start, end);
    case ESCAPED:
      return JSON.parse(`"${bytes.toString('utf8', start, end)}"`) as string;
    default:
      return spans.ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
  }
}

/**
 * The JSON number `bytes[start, end)`. Digits and power of ten that a double holds exactly need one division, which rounds as the standard asks
 * (Clinger, "How to read floating point numbers accurately", 1990); all others are read from their text.
 */
function numberAt(bytes: Buffer, start: number, end: number): number {
  let at = start;
  const isNegative = bytes[at] === 45;
  if (isNegative) at++;
  let digits = 0;
  let fraction = -1;
  for (let i = at; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === 46) fraction = end - i - 1;
    else if (byte < 48) return Number(bytes.toString('latin1', start, end));
    else if (byte > 57) return Number(bytes.toString('latin1', start, end));
    else digits = digits * 10 + byte - 48;
  }
  if (end - at > 16) return Number(bytes.toString('latin1', start, end));
  const value = fraction > 0 ? digits / TENS[fraction]! : digits;
  return isNegative ? -value : value;
}

const TENS = Array.from({ length: 17 }, (_, power) => 10 ** power);
