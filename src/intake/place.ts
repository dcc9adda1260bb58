/** Where an entry stands in the source's text (after decompression and decoding to UTF-8). */
export interface Place {
  /** Bytes from the start of the decoded text. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  /** 1-based line of the first byte. */
  readonly line: number;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
