import { jsonCell } from '../json-cells.ts';
import { type Db, quoted } from './open.ts';
import { cellOf, type Table } from './tables.ts';

/** Columns of the tables of types that are no attributes. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(['ocel_id', 'ocel_time', 'ocel_changed_field']);
const OBJECT_LINKS = `SELECT o.ocel_id, r.ocel_target_id, r.ocel_qualifier
  FROM object o JOIN object_object r ON r.ocel_source_id = o.ocel_id WHERE o.ocel_type = ? ORDER BY o.ocel_id`;
const EVENT_LINKS = `SELECT e.ocel_id, r.ocel_object_id, r.ocel_qualifier
  FROM event e JOIN event_object r ON r.ocel_event_id = e.ocel_id WHERE e.ocel_type = ? ORDER BY e.ocel_id`;

const NEEDED = ['event', 'object', 'event_object', 'event_map_type', 'object_map_type'];

/** Whether a database is an object-centric event log (OCEL 2.0 specification, section 6: the relational layout). */
export function isOcel(tables: readonly Table[]): boolean {
  const names = new Set(tables.map((table) => table.name));
  return NEEDED.every((name) => names.has(name));
}

/**
 * The log as OCEL 2.0 JSON, an event or object a line: the rows of `object_<type>` and `event_<type>` joined with their relations. Only tables
 * that the map tables name are read.
 * @throws Error of SQLite when a table is damaged or lacks a column.
 */
export function* ocelLines(db: Db, tables: readonly Table[], onRow: () => void): Generator<string> {
  const known = new Map(tables.map((table) => [table.name, table]));
  const objectTypes = typesOf(db, 'object_map_type');
  const eventTypes = typesOf(db, 'event_map_type');
  const names = (types: readonly TypeRow[]): string => types.map(({ type }) => `{"name":${JSON.stringify(type)}}`).join(',');
  yield `{"objectTypes":[${names(objectTypes)}],"eventTypes":[${names(eventTypes)}],"objects":[`;
  yield* separated(objectTypes, ({ type, map }) => objectsOf(db, type, known.get(`object_${map}`), known.has('object_object'), onRow));
  yield '],"events":[';
  yield* separated(eventTypes, ({ type, map }) => eventsOf(db, type, known.get(`event_${map}`), onRow));
  yield ']}';
}

function* separated(types: readonly TypeRow[], linesOf: (type: TypeRow) => Iterable<string>): Generator<string> {
  let held: string | undefined;
  for (const type of types) {
    for (const line of linesOf(type)) {
      if (held !== undefined) yield `${held},`;
      held = line;
    }
  }
  if (held !== undefined) yield held;
}

interface TypeRow {
  readonly type: string;
  readonly map: string;
}

function typesOf(db: Db, table: 'object_map_type' | 'event_map_type'): readonly TypeRow[] {
  return db
    .prepare<[], { ocel_type: unknown; ocel_type_map: unknown }>(`SELECT ocel_type, ocel_type_map FROM ${table} ORDER BY ocel_type`)
    .all()
    .map((row) => ({ type: String(row.ocel_type), map: String(row.ocel_type_map) }));
}

function objectsOf(db: Db, type: string, table: Table | undefined, related: boolean, onRow: () => void): Iterable<string> {
  const columns = attributesOf(table);
  const states = (): Iterator<Row> => statesOf(db, 'object', type, table, columns);
  const links = (): Iterator<Row> => (related ? rows(db, OBJECT_LINKS, type) : [].values());
  return merged(states, links, onRow, (id, changes, linked) => {
    const attributes = changes.flatMap((row) => {
      const [, time, changed] = row;
      return columns.flatMap((name, i) => {
        const value = row[i + 3];
        // A later row says one column only; what stands in the others means nothing.
        if (value === null || (typeof changed === 'string' && changed !== '' && changed !== name)) return [];
        return `{"name":${JSON.stringify(name)},"time":${jsonCell(time)},"value":${jsonCell(value)}}`;
      });
    });
    return `{"id":${jsonCell(id)},"type":${JSON.stringify(type)},"attributes":[${attributes.join(',')}],${relations(linked)}}`;
  });
}

function eventsOf(db: Db, type: string, table: Table | undefined, onRow: () => void): Iterable<string> {
  const columns = attributesOf(table);
  const states = (): Iterator<Row> => statesOf(db, 'event', type, table, columns);
  const links = (): Iterator<Row> => rows(db, EVENT_LINKS, type);
  return merged(states, links, onRow, (id, [row = []], linked) => {
    const attributes = columns.flatMap((name, i) => {
      const value = row[i + 3];
      return value === null ? [] : `{"name":${JSON.stringify(name)},"value":${jsonCell(value)}}`;
    });
    const time = jsonCell(row[1] ?? '');
    return `{"id":${jsonCell(id)},"type":${JSON.stringify(type)},"time":${time},"attributes":[${attributes.join(',')}],${relations(linked)}}`;
  });
}

/** Joins entries with their links, both in the order of the entries' ids. */
function* merged(
  openStates: () => Iterator<Row>,
  openLinks: () => Iterator<Row>,
  onRow: () => void,
  lineOf: (id: unknown, states: readonly Row[], links: readonly Row[]) => string,
): Generator<string> {
  const states = new Groups(openStates(), onRow);
  try {
    const links = new Groups(openLinks(), onRow);
    try {
      for (let group = states.next(); group !== undefined; group = states.next()) yield lineOf(group.id, group.rows, links.of(group.id));
    } finally {
      links.close();
    }
  } finally {
    states.close();
  }
}

function attributesOf(table: Table | undefined): readonly string[] {
  return table === undefined ? [] : table.columns.filter((name) => !OWN_COLUMNS.has(name));
}

type Row = readonly unknown[];

/** Id, time, changed field and attributes of all entries of one type; entries without a row in the table of their type have none of the latter. */
function statesOf(db: Db, kind: 'event' | 'object', type: string, table: Table | undefined, columns: readonly string[]): Iterator<Row> {
  if (table === undefined) return rows(db, `SELECT ocel_id, NULL, NULL FROM ${kind} WHERE ocel_type = ? ORDER BY ocel_id`, type);
  const own = (name: string): string => (table.columns.includes(name) ? `t.${name}` : 'NULL');
  const cells = ['x.ocel_id', own('ocel_time'), own('ocel_changed_field'), ...columns.map((name) => cellOf(name, 't'))];
  return rows(
    db,
    `SELECT ${cells.join(', ')} FROM ${kind} x LEFT JOIN ${quoted(table.name)} t ON t.ocel_id = x.ocel_id WHERE x.ocel_type = ? ORDER BY x.ocel_id`,
    type,
  );
}

function rows(db: Db, sql: string, type: string): Iterator<Row> {
  return db.prepare(sql).raw(true).safeIntegers(true).iterate(type) as IterableIterator<Row>;
}

function relations(links: readonly Row[]): string {
  const items = links.map((row) => `{"objectId":${jsonCell(row[1])},"qualifier":${jsonCell(row[2] ?? '')}}`);
  return `"relationships":[${items.join(',')}]`;
}

/** Rows in the order of their first column, taken out by its value. */
class Groups {
  readonly #rows: Iterator<Row>;
  readonly #onRow: () => void;
  #ahead: Row | undefined;

  constructor(iterator: Iterator<Row>, onRow: () => void) {
    this.#rows = iterator;
    this.#onRow = onRow;
    this.#advance();
  }

  next(): { readonly id: unknown; readonly rows: readonly Row[] } | undefined {
    const first = this.#ahead;
    return first === undefined ? undefined : { id: first[0], rows: this.#take(first[0]) };
  }

  /** The rows of that id, which must not come before the one asked for last. */
  of(id: unknown): readonly Row[] {
    return this.#ahead?.[0] === id ? this.#take(id) : [];
  }

  /** An open statement keeps its database from being closed. */
  close(): void {
    this.#rows.return?.();
  }

  #take(id: unknown): Row[] {
    const taken: Row[] = [];
    while (this.#ahead !== undefined && this.#ahead[0] === id) {
      taken.push(this.#ahead);
      this.#advance();
    }
    return taken;
  }

  #advance(): void {
    const next = this.#rows.next();
    this.#ahead = next.done === true ? undefined : next.value;
    if (this.#ahead !== undefined) this.#onRow();
  }
}
