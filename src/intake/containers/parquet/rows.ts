import type { DecodedArray, SchemaTree } from 'hyparquet';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { UserError } from '../../../model/errors.ts';
import { whyOf } from './damage.ts';
import { inPieces } from '../generated.ts';
import type { ColumnChunk, ParquetFile, RowGroup } from './metadata.ts';
import { readPages } from './pages.ts';
import type { RandomAccess } from '../random-access.ts';
import { type ToJson, toJsonOf } from './values.ts';

/** Most bytes and values of the nested columns of a row group, which are assembled together. */
const MOST_NESTED_BYTES = 512 * 1024 ** 2;
const MOST_NESTED_VALUES = 16_000_000;

/** What gives the values of one column of the table, a stretch at a time. */
interface Column {
  readonly key: string;
  readonly toJson: ToJson;
  readonly stretches: AsyncIterator<DecodedArray>;
  data: DecodedArray;
  at: number;
}

/**
 * The rows of a file as JSON objects, one a line, in pieces of many. Nulls are left out. Flat columns are read page by page; lists, maps and structs need
 * their row group in memory.
 * @param annotated the schema with its annotations, which say how values are written.
 * @throws UserError when the file is damaged or a limit is passed.
 */
export async function* rowPieces(
  access: RandomAccess,
  file: ParquetFile,
  annotated: SchemaTree,
  name: string,
  onDisk: (bytes: number) => void,
): AsyncGenerator<string> {
  for (const group of file.groups) yield* groupPieces(access, group, file.schema, annotated, name, onDisk);
}

async function* groupPieces(
  access: RandomAccess,
  group: RowGroup,
  schema: SchemaTree,
  annotated: SchemaTree,
  name: string,
  onDisk: (bytes: number) => void,
): AsyncGenerator<string> {
  const columns = schema.children.map((node, i): Column => {
    const chunks = group.columns.filter((chunk) => chunk.path[1] === node);
    const flat = node.children.length === 0 && node.element.repetition_type !== 'REPEATED';
    const stretches =
      flat && chunks.length === 1 ? flatData(access, chunks[0]!, name, onDisk) : nestedData(access, node, chunks, name, onDisk);
    return { key: `${JSON.stringify(node.element.name)}:`, toJson: toJsonOf(annotated.children[i]!), stretches, data: [], at: 0 };
  });
  try {
    for (let left = group.rows; left > 0;) {
      let ready = left;
      for (const column of columns) ready = Math.min(ready, await fill(column, name));
      yield* inPieces(linesOf(columns, ready));
      left -= ready;
    }
  } finally {
    for (const column of columns) await column.stretches.return?.();
  }
}

function* linesOf(columns: readonly Column[], count: number): Generator<string> {
  for (let i = 0; i < count; i++) {
    let line = '';
    for (const column of columns) {
      const json = column.toJson(column.data[column.at++]);
      if (json !== '') line += line === '' ? column.key + json : `,${column.key}${json}`;
    }
    yield `{${line}}`;
  }
}

/** How many values of a column are there; more are read when there is none. */
async function fill(column: Column, name: string): Promise<number> {
  while (column.at >= column.data.length) {
    const next = await column.stretches.next();
    if (next.done === true) {
      const key = column.key.slice(0, -1);
      throw new UserError(
        'file-unreadable',
        `${name} is a damaged Parquet file: the column ${key} has fewer values than there are rows`,
        name,
      );
    }
    column.data = next.value;
    column.at = 0;
  }
  return column.data.length - column.at;
}

async function* flatData(
  access: RandomAccess,
  chunk: ColumnChunk,
  name: string,
  onDisk: (bytes: number) => void,
): AsyncGenerator<DecodedArray> {
  for await (const { data } of readPages(access, chunk, name, false, onDisk)) yield data;
}

async function* nestedData(
  access: RandomAccess,
  node: SchemaTree,
  chunks: readonly ColumnChunk[],
  name: string,
  onDisk: (bytes: number) => void,
): AsyncGenerator<DecodedArray> {
  const bytes = chunks.reduce((sum, chunk) => sum + Number(chunk.meta.total_uncompressed_size), 0);
  const values = chunks.reduce((sum, chunk) => sum + chunk.values, 0);
  if (bytes > MOST_NESTED_BYTES || values > MOST_NESTED_VALUES) {
    throw new UserError(
      'limit-exceeded',
      `${name} has a row group with ${values} values in the nested column ${node.element.name}, the most is ${MOST_NESTED_VALUES}: write it with smaller row groups`,
      name,
    );
  }
  const parts = new Map<string, DecodedArray>();
  for (const chunk of chunks) {
    const pieces: DecodedArray[] = [];
    for await (const { data } of readPages(access, chunk, name, true, onDisk)) pieces.push(data);
    parts.set(
      chunk.meta.path_in_schema.join('.'),
      pieces.length === 1 ? pieces[0]! : pieces.flatMap((piece) => Array.from<unknown>(piece)),
    );
  }
  try {
    assembleNested(parts, node, DEFAULT_PARSERS);
  } catch (error) {
    throw new UserError(
      'file-unreadable',
      `${name} is a damaged Parquet file: the column ${node.element.name} cannot be put together (${whyOf(error)})`,
      name,
    );
  }
  yield parts.get(node.path.join('.')) ?? [];
}
