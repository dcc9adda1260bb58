import type { DecodedArray, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { UserError } from '../../../model/errors.ts';
import { checkPage } from './check-page.ts';
import { checkThrift } from './check-thrift.ts';
import { type Unpack, unpackerOf } from './codecs.ts';
import { whyOf } from './damage.ts';
import type { ColumnChunk } from './metadata.ts';
import type { RandomAccess } from '../random-access.ts';

type ColumnDecoder = Parameters<typeof readPage>[2];

const WINDOW_BYTES = 1024 * 1024;
const MOST_HEADER_BYTES = 16 * 1024 * 1024;
/** Most bytes and values of a page; writers aim at 1 MB. */
const MOST_PAGE_BYTES = 256 * 1024 ** 2;
const MOST_PAGE_VALUES = 16_000_000;

/** Values of one page; for nested columns `goes on` where the page before ended. */
interface Page {
  readonly data: DecodedArray;
}

/**
 * The pages of a column chunk, one after the other: memory is one page and its dictionary.
 * @param nested keeps what has been assembled so far, because a record may go over two pages.
 * @throws UserError when the column is damaged.
 */
export async function* readPages(
  file: RandomAccess,
  chunk: ColumnChunk,
  name: string,
  nested: boolean,
  onDisk: (bytes: number) => void,
): AsyncGenerator<Page> {
  const unpack = await unpackerOf(chunk.meta.codec);
  if (unpack === undefined) {
    throw new UserError('file-unreadable', `${name} is compressed in a way that is not supported (${chunk.meta.codec})`, name);
  }
  const decoder = decoderOf(chunk);
  const window = new Window(file, chunk.start, chunk.end);
  let dictionary: DecodedArray | undefined;
  let previous: DecodedArray | undefined;
  let values = 0;
  while (values < chunk.values) {
    const before = window.position;
    const { header, bytes } = await nextPage(window, chunk, name, unpack);
    onDisk(window.position - before);
    try {
      if (header.type === 'DICTIONARY_PAGE') {
        const facts = header.dictionary_page_header;
        if (facts === undefined || facts.num_values > bytes.length * 8) throw new Error('a dictionary has more values than bytes');
        const { data } = decodePage(header, bytes, decoder, undefined, undefined);
        dictionary = data === undefined ? undefined : convert(data, decoder);
        continue;
      }
      if (header.type === 'INDEX_PAGE') continue;
      const facts = factsOf(header, chunk.path, decoder);
      if (facts.values < 0 || facts.values > Math.min(MOST_PAGE_VALUES, chunk.values - values))
        throw new Error('a page has too many values');
      checkPage(bytes, facts);
      const { data } = decodePage(header, bytes, decoder, dictionary, nested ? previous : undefined);
      values += facts.values;
      if (data === undefined) continue;
      const goesOn = nested && data === previous;
      previous = data;
      if (!goesOn) yield { data };
    } catch (error) {
      throw damaged(chunk, name, error);
    }
  }
}

function damaged(chunk: ColumnChunk, name: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const column = chunk.meta.path_in_schema.join('.');
  return new UserError('file-unreadable', `${name} is a damaged Parquet file: the column ${column} cannot be read (${whyOf(error)})`, name);
}

/** The next page, unpacked; levels of the second version are never packed. */
async function nextPage(
  window: Window,
  chunk: ColumnChunk,
  name: string,
  unpack: Unpack,
): Promise<{ header: PageHeader; bytes: Uint8Array }> {
  try {
    const header = await readHeader(window);
    const packed = header.compressed_page_size;
    const plain = header.uncompressed_page_size;
    if (!isSize(packed) || !isSize(plain)) throw new Error('a page has no valid size');
    const raw = await window.take(packed);
    const v2 = header.data_page_header_v2;
    if (header.type !== 'DATA_PAGE_V2' || v2 === undefined) return { header, bytes: exact(unpack(raw, plain), plain) };
    const levels = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
    if (!isSize(levels) || levels > raw.length || levels > plain) throw new Error('levels go beyond their page');
    if (v2.is_compressed === false) return { header, bytes: raw };
    const rest = raw.subarray(levels);
    const values = rest.length === 0 ? rest : exact(unpack(rest, plain - levels), plain - levels);
    return { header, bytes: Buffer.concat([raw.subarray(0, levels), values]) };
  } catch (error) {
    throw damaged(chunk, name, error);
  }
}

function exact(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new Error(`a page unpacks to ${bytes.length} bytes and not to ${length}`);
  return bytes;
}

function isSize(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MOST_PAGE_BYTES;
}

/** A header's length is known only when it has been read; statistics in it may be long. */
async function readHeader(window: Window): Promise<PageHeader> {
  for (let length = 4096; ; length *= 8) {
    const bytes = await window.peek(length);
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    try {
      checkThrift(bytes, 0);
      const header = parquetHeader(reader);
      window.skip(reader.offset);
      return header;
    } catch (error) {
      if (bytes.length < length || length > MOST_HEADER_BYTES) throw error;
    }
  }
}

function decodePage(
  header: PageHeader,
  bytes: Uint8Array,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | undefined,
  previous: DecodedArray | undefined,
) {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const v2 = header.data_page_header_v2;
  // It is unpacked already.
  const unpacked: PageHeader = {
    ...header,
    compressed_page_size: bytes.length,
    uncompressed_page_size: bytes.length,
    ...(v2 === undefined ? {} : { data_page_header_v2: { ...v2, is_compressed: false } }),
  };
  return readPage(reader, unpacked, decoder, dictionary, previous, 0);
}

function factsOf(header: PageHeader, path: readonly SchemaTree[], decoder: ColumnDecoder) {
  const levels = { repetition: 0, definition: 0 };
  for (const { element } of path.slice(1)) {
    if (element.repetition_type === 'REPEATED') levels.repetition++;
    if (element.repetition_type !== 'REQUIRED') levels.definition++;
  }
  const isBoolean = decoder.type === 'BOOLEAN';
  const v1 = header.data_page_header;
  const v2 = header.data_page_header_v2;
  if (header.type === 'DATA_PAGE' && v1 !== undefined) {
    return { values: v1.num_values, nulls: undefined, encoding: v1.encoding, isBoolean, ...levels, levelBytes: undefined };
  }
  if (header.type !== 'DATA_PAGE_V2' || v2 === undefined) throw new Error('a page is of an unknown kind');
  const levelBytes = { repetition: v2.repetition_levels_byte_length, definition: v2.definition_levels_byte_length };
  return { values: v2.num_values, nulls: v2.num_nulls, encoding: v2.encoding, isBoolean, ...levels, levelBytes };
}

function decoderOf(chunk: ColumnChunk): ColumnDecoder {
  const element = chunk.path.at(-1)!.element;
  return {
    pathInSchema: chunk.meta.path_in_schema,
    type: chunk.meta.type,
    element,
    schemaPath: [...chunk.path],
    codec: 'UNCOMPRESSED',
    // The one conversion that the decoder makes of a type without annotations.
    parsers: { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanos) => nanos },
    utf8: false,
  };
}

/** Reads forward through a part of the file, some ahead. */
class Window {
  readonly #file: RandomAccess;
  readonly #end: number;
  position: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #start: number;

  constructor(file: RandomAccess, start: number, end: number) {
    this.#file = file;
    this.#start = start;
    this.position = start;
    this.#end = end;
  }

  /** Fewer only at the end. */
  async peek(length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, this.#end - this.position);
    const from = this.position - this.#start;
    if (from + wanted > this.#bytes.length) {
      const read = Math.min(Math.max(wanted, WINDOW_BYTES), this.#end - this.position);
      this.#bytes = await this.#file.read(this.position, read);
      this.#start = this.position;
      return this.#bytes.subarray(0, wanted);
    }
    return this.#bytes.subarray(from, from + wanted);
  }

  skip(length: number): void {
    this.position += length;
  }

  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length);
    if (bytes.length < length) throw new Error('a page goes beyond its column');
    this.skip(length);
    return bytes;
  }
}
