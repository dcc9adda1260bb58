import type { RejectCode } from '../../entry.ts';

/** Told about every element, in order. */
export interface ElementSink {
  /** The element's bytes: balanced, though perhaps not valid JSON. */
  element(bytes: Buffer, offset: number, line: number): void;
  /** `beginning` holds the first bytes of what could not be read. */
  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void;
  /** A document with keys to its list begins; one that is damaged does not end. */
  begin?(): void;
  /**
   * A small member of the document, or of an object on the way to the list (`level`, 0 for the document), that does not lead to it. `key` is JSON. Without it members
   * are passed over.
   */
  member?(level: number, key: string, bytes: Buffer, offset: number, line: number): void;
  ended?(): void;
}

/** Which values of a document are elements. */
export interface ElementPath {
  /** Keys that lead from the document to the list, each with its alternative spellings, or `*` for any. Empty: the document is the list. */
  readonly keys: readonly (readonly string[])[];
  /** The document itself is the one element. */
  readonly whole: boolean;
}

/** A step of a path that every key matches: maps from names to documents. */
export const ANY_KEY = '*';
