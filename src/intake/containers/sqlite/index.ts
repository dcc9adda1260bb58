import { UserError } from '../../../model/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { generatedPart, inPieces } from '../generated.ts';
import type { ContainerLimits, Part } from '../types.ts';
import { isOcel, ocelLines } from './ocel-log.ts';
import { databaseError, type Db, guard, isWorkspace, openerOf } from './open.ts';
import { type Table, tableLines, tablesOf } from './tables.ts';

/**
 * The tables of an SQLite database that have rows, each as JSON lines; an object-centric event log (OCEL 2.0) as one part in OCEL JSON. Nothing is
 * written, neither to the file nor beside it.
 * @param onDisk whether the source is a file of its own.
 * @throws UserError in one sentence: damaged, encrypted, a workspace of Waybill, no table with rows.
 */
export async function* sqliteParts(source: ByteSource, head: Uint8Array, limits: ContainerLimits, onDisk: boolean): AsyncGenerator<Part> {
  if (isWorkspace(head)) {
    throw new UserError('format-unknown', `${source.name} is a Waybill workspace, not an export: open it with --workspace`, source.path);
  }
  const file = await openerOf(source, head, onDisk);
  const db = file.open();
  let tables: readonly Table[];
  try {
    tables = guard(source, () => tablesOf(db));
  } finally {
    db.close();
  }
  if (tables.length > limits.maxMembers)
    throw new UserError('limit-exceeded', `${source.name} has ${tables.length} tables, the most is ${limits.maxMembers}`, source.path);
  if (isOcel(tables)) {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    yield tablePart(source, file, limits, undefined, { share: 1, rows }, (inner, onRow) => ocelLines(inner, tables, onRow));
    return;
  }
  const filled = tables.filter((table) => !table.empty);
  if (filled.length === 0) throw new UserError('file-empty', `${source.name} is a database without rows`, source.path);
  const total = filled.reduce((sum, table) => sum + Math.max(1, table.rows), 0);
  for (const table of filled) {
    const weight = { share: Math.max(1, table.rows) / total, rows: table.rows };
    yield tablePart(source, file, limits, table.name, weight, (inner, onRow) => tableLines(inner, table, onRow));
  }
}

function tablePart(
  source: ByteSource,
  file: { readonly open: () => Db; readonly bytes: number },
  limits: ContainerLimits,
  member: string | undefined,
  weight: { readonly share: number; readonly rows: number },
  linesOf: (db: Db, onRow: () => void) => Iterable<string>,
): Part {
  const bytes = source.diskBytes === undefined ? undefined : Math.round(source.diskBytes * weight.share);
  const name = member === undefined ? source.name : `${source.name} › ${member}`;
  function* pieces(onDisk: (bytes: number) => void): Generator<string> {
    const db = file.open();
    const perRow = weight.rows === 0 || bytes === undefined ? 0 : bytes / weight.rows;
    let left = bytes ?? 0;
    try {
      const lines = linesOf(db, () => {
        const step = Math.min(left, perRow);
        left -= step;
        onDisk(step);
      });
      yield* inPieces(lines);
      onDisk(left);
    } catch (error) {
      throw databaseError({ name, path: source.path }, error);
    } finally {
      db.close();
    }
  }
  const extension = member === undefined ? 'jsonocel' : 'ndjson';
  return generatedPart(source, { member, extension, diskBytes: bytes, packedBytes: file.bytes, pieces }, limits);
}
