import type { EntrySink, Json } from './entry.ts';

/** The beginning of a stream: enough to recognise a format and to infer a mapping. */
export interface Head {
  /** Name of the file or archive member, for its ending and for hints about the system. */
  readonly name: string;
  /** The first bytes (64 KiB or fewer), decoded to UTF-8. */
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Whether `bytes` is the whole stream. */
  readonly complete: boolean;
}

/** Settings of a reader for one source, found by `sniff`, kept with the source, overridable by a profile: delimiter, header, envelope path, record element … JSON only. */
export type FormatOptions = { readonly [key: string]: Json };

export interface Detection {
  /** 0..1. */
  readonly confidence: number;
  /** One sentence: `every line of the first 64 KB is a JSON object`. */
  readonly reason: string;
  readonly options: FormatOptions;
}

/**
 * The same bytes from the beginning. Where only a sample is looked at they end where it does, unless the format must see the `end`.
 */
export type Again = (to?: 'end') => AsyncIterable<Uint8Array>;

/**
 * A syntax: bytes in, entries out. One file each in `formats/`, registered in `formats/index.ts`.
 *
 * Readers stream: memory does not grow with the file. A damaged entry is a rejection, never an exception; after
 * it the reader goes on with the next entry it can find. Chunks are UTF-8 and may end anywhere.
 */
export interface Format {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  /** Undefined: certainly not this format. */
  sniff(head: Head): Detection | undefined;
  /**
   * Reads a whole stream. Throws only `UserError` (nothing in it can be read) or what `chunks` throws. `again` gives the same bytes from
   * the beginning, for a format that must know the end of a file before its beginning; it is missing where a stream can be read only once.
   */
  read(chunks: AsyncIterable<Uint8Array>, options: FormatOptions, sink: EntrySink, again?: Again): Promise<void>;
  /** Header names when entries are rows, else undefined. */
  header(options: FormatOptions): readonly string[] | undefined;
  /** One entry's bytes back into a value for people to look at; `context` is not needed for that. Throws when the bytes do not parse. */
  parse(bytes: Uint8Array, options: FormatOptions): Json;
}
