import { type ColumnMetaData, type FileMetaData, parquetMetadata, parquetSchema, type SchemaElement, type SchemaTree } from 'hyparquet';
import { UserError } from '../../../model/errors.ts';
import { checkThrift } from './check-thrift.ts';
import { whyOf } from './damage.ts';
import type { RandomAccess } from '../random-access.ts';

/** `<metadata> <length: 4 bytes> PAR1` at the end of the file. */
const TAIL_BYTES = 8;
const MOST_METADATA_BYTES = 128 * 1024 ** 2;
const MOST_COLUMNS = 20_000;

/** A file as its footer describes it, with what cannot be read refused. */
export interface ParquetFile {
  readonly schema: SchemaTree;
  readonly groups: readonly RowGroup[];
  readonly rows: number;
}

export interface RowGroup {
  readonly rows: number;
  /** In the order of the schema's leaves. */
  readonly columns: readonly ColumnChunk[];
}

export interface ColumnChunk {
  readonly meta: ColumnMetaData;
  /** From the schema's root to the column. */
  readonly path: readonly SchemaTree[];
  readonly start: number;
  readonly end: number;
  readonly values: number;
}

/** Codecs of compression that are read (Parquet format, Compression.md). */
const CODECS: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW']);

/**
 * Reads the footer. Annotations of values are taken off for the decoder (they are kept with the converters, which lose no digits); those of lists,
 * maps and texts stay.
 * @param name for sentences.
 * @throws UserError when it is damaged, encrypted, or uses what is not supported.
 */
export async function readFooter(
  file: RandomAccess,
  name: string,
): Promise<{ readonly file: ParquetFile; readonly annotated: SchemaTree }> {
  const damaged = (what: string): UserError => new UserError('file-unreadable', `${name} is a damaged Parquet file: ${what}`, name);
  if (file.size < TAIL_BYTES + 4) throw damaged('it is too short');
  const tail = Buffer.from(await file.read(file.size - TAIL_BYTES, TAIL_BYTES));
  const mark = tail.toString('latin1', 4);
  if (mark === 'PARE') throw new UserError('file-unreadable', `${name} is an encrypted Parquet file; write it without encryption`, name);
  const length = tail.readUInt32LE(0);
  if (mark !== 'PAR1' || length > file.size - TAIL_BYTES) throw damaged('its end is missing');
  if (length > MOST_METADATA_BYTES)
    throw new UserError('limit-exceeded', `${name} has ${length} bytes of metadata, the most is ${MOST_METADATA_BYTES}`, name);
  const footer = await file.read(file.size - TAIL_BYTES - length, length + TAIL_BYTES);
  let metadata: FileMetaData;
  let annotated: SchemaTree;
  try {
    checkThrift(footer, 0);
    metadata = parquetMetadata(footer, { geoparquet: false });
    if (metadata.schema.length < 2) throw new Error('it has no columns');
    if (metadata.schema.length > MOST_COLUMNS) throw new Error(`it has more than ${MOST_COLUMNS} columns`);
    annotated = parquetSchema({ ...metadata, schema: metadata.schema.map(withConvertedGroups) });
  } catch (error) {
    throw damaged(whyOf(error));
  }
  const schema = parquetSchema({ ...metadata, schema: metadata.schema.map(withConvertedGroups).map(plainElement) });
  const groups = metadata.row_groups.map((group): RowGroup => {
    const rows = safe(group.num_rows, damaged);
    return { rows, columns: group.columns.map((column) => chunkOf(column, schema, name, damaged)) };
  });
  return { file: { schema, groups, rows: groups.reduce((sum, group) => sum + group.rows, 0) }, annotated };
}

function chunkOf(
  column: FileMetaData['row_groups'][number]['columns'][number],
  schema: SchemaTree,
  name: string,
  damaged: (what: string) => UserError,
): ColumnChunk {
  const meta = column.meta_data;
  if (column.crypto_metadata !== undefined || column.encrypted_column_metadata !== undefined) {
    throw new UserError('file-unreadable', `${name} has encrypted columns; write it without encryption`, name);
  }
  if (meta === undefined || (column.file_path ?? '') !== '') throw damaged('a column is not in the file');
  if (!CODECS.has(meta.codec)) {
    throw new UserError('file-unreadable', `${name} is compressed in a way that is not supported (${meta.codec})`, name);
  }
  const path: SchemaTree[] = [schema];
  for (const part of meta.path_in_schema) {
    const child = path.at(-1)!.children.find((one) => one.element.name === part);
    if (child === undefined) throw damaged('a column is not in the schema');
    path.push(child);
  }
  if (path.length < 2 || path.at(-1)!.children.length > 0) throw damaged('a column is not in the schema');
  // Some writers leave the dictionary's place at 0.
  const dictionary = safe(meta.dictionary_page_offset ?? 0n, damaged);
  const data = safe(meta.data_page_offset, damaged);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  return { meta, path, start, end: start + safe(meta.total_compressed_size, damaged), values: safe(meta.num_values, damaged) };
}

function safe(value: bigint | undefined, damaged: (what: string) => UserError): number {
  const number = Number(value ?? -1n);
  if (!Number.isSafeInteger(number) || number < 0) throw damaged('a size is no number');
  return number;
}

/** Lists and maps that are only marked in the newer way. */
function withConvertedGroups(element: SchemaElement): SchemaElement {
  const kind = element.logical_type?.type;
  if (element.converted_type === 'MAP_KEY_VALUE' && element.num_children === 1) return { ...element, converted_type: 'MAP' };
  return element.converted_type === undefined && (kind === 'LIST' || kind === 'MAP') ? { ...element, converted_type: kind } : element;
}

/** An element as its physical type, unless it is a list, a map or text. */
function plainElement(element: SchemaElement): SchemaElement {
  const { converted_type: converted, logical_type: logical, ...plain } = element;
  if (converted === 'LIST' || converted === 'MAP') return { ...plain, converted_type: converted };
  const text = converted === 'UTF8' || converted === 'ENUM' || logical?.type === 'STRING' || logical?.type === 'ENUM';
  return text && element.type === 'BYTE_ARRAY' ? { ...plain, converted_type: 'UTF8' } : plain;
}
