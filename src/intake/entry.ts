import type { Json, JsonObject, Place } from './place.ts';
import type { SpanSink } from './spans.ts';

export type { Json, JsonObject, Place };

/**
 * An entry is one thing a format reader cut out of a source: a line, a CSV row, an element of an array, an XML element,
 * a span. It knows its exact place, so that every event can show the bytes it came from.
 */

/** A tree: parsed JSON, an XML element turned into one, or the parts of a text line. */
export interface TreeEntry {
  readonly kind: 'tree';
  readonly place: Place;
  readonly value: Json;
  /**
   * What surrounds the element and belongs to it, keyed by level: `{ resourceSpans: { resource }, scopeSpans: { scope } }` for an OTLP
   * span, `{ data: { processes } }` for a Jaeger span, `{ trace: { 'concept:name': … }, log: { … } }` for an XES event.
   */
  readonly context: JsonObject | undefined;
}

/** A row of a table; the header stands in the reader's `Shape`. */
export interface RowEntry {
  readonly kind: 'row';
  readonly place: Place;
  readonly cells: readonly string[];
}

export type Entry = TreeEntry | RowEntry;

/** Why something could not be read. The codes are stable; the reason is one clear sentence. */
export const REJECT_CODES = [
  'malformed',
  'too-many-cells',
  'too-few-cells',
  'truncated',
  'bad-encoding',
  'too-long',
  'too-deep',
  'no-time-no-order',
  'unsupported',
  'container',
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

export interface Rejection {
  readonly place: Place;
  readonly code: RejectCode;
  /** `the row has 9 cells, the header 8`. No file name: the caller knows it. */
  readonly reason: string;
  /** The beginning of the bytes, at most 200 characters, for the list. */
  readonly excerpt: string;
}

/** Where a reader puts what it finds. Calls are synchronous: a reader does not await per entry. */
export interface EntrySink {
  entry(entry: Entry): void;
  /** Missing where entries are wanted as trees only. */
  readonly spans?: SpanSink | undefined;
  reject(rejection: Rejection): void;
}
