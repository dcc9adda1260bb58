import { jsonCell } from '../json-cells.ts';
import { type Db, quoted } from './open.ts';

/** A real table of a database: views, virtual tables and their shadows, and SQLite's own are none. */
export interface Table {
  readonly name: string;
  /** Stored columns, in order; generated ones are left out, because reading them would run what the file says. */
  readonly columns: readonly string[];
  /** Rows, as far as that can be told without reading them: the largest rowid. */
  readonly rows: number;
  readonly empty: boolean;
}

/** A cell beyond this is left out, so that one row cannot fill the memory. */
const MOST_CELL_BYTES = 16 * 1024 * 1024;

/** The tables of a database, in the order in which they were made. */
export function tablesOf(db: Db): readonly Table[] {
  const listed = db
    .prepare<[], { name: string; type: string; wr: number }>(`SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'`)
    .all();
  const kinds = new Map(listed.map((table) => [table.name, table]));
  const names = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
    )
    .all();
  return names.flatMap(({ name }): Table[] => {
    const kind = kinds.get(name);
    if (kind?.type !== 'table') return [];
    const columns = db
      .prepare<[string], { name: string; hidden: number }>('SELECT name, hidden FROM pragma_table_xinfo(?)')
      .all(name)
      .filter((column) => column.hidden === 0)
      .map((column) => column.name);
    if (columns.length === 0) return [];
    const empty = db.prepare(`SELECT 1 FROM ${quoted(name)} NOT INDEXED LIMIT 1`).get() === undefined;
    return [{ name, columns, rows: kind.wr === 1 || empty ? 0 : largestRowid(db, name), empty }];
  });
}

function largestRowid(db: Db, name: string): number {
  const { last } = db.prepare<[], { last: number | null }>(`SELECT max(rowid) AS last FROM ${quoted(name)}`).get() ?? { last: null };
  return last === null || last < 0 ? 0 : last;
}

/**
 * The rows of a table as JSON objects, one a line, in the order in which they are stored. NULLs are left out.
 * @throws Error of SQLite when the table is damaged.
 */
export function* tableLines(db: Db, table: Table, onRow: () => void): Generator<string> {
  const keys = table.columns.map((name) => `${JSON.stringify(name)}:`);
  const rows = db
    .prepare(`SELECT ${table.columns.map((name) => cellOf(name)).join(', ')} FROM ${quoted(table.name)} NOT INDEXED`)
    .raw(true)
    .safeIntegers(true)
    .iterate() as IterableIterator<readonly unknown[]>;
  for (const row of rows) {
    onRow();
    const members: string[] = [];
    for (let i = 0; i < keys.length; i++) {
      const value = row[i];
      if (value !== null) members.push(keys[i]! + jsonCell(value));
    }
    yield `{${members.join(',')}}`;
  }
}

/** A column as SQL, with a sentence in place of what is too large. */
export function cellOf(column: string, table?: string): string {
  const name = table === undefined ? quoted(column) : `${table}.${quoted(column)}`;
  return `CASE WHEN octet_length(${name}) > ${MOST_CELL_BYTES} THEN '(' || octet_length(${name}) || ' bytes left out)' ELSE ${name} END`;
}
