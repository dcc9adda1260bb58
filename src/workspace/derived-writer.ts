import type { Statement } from 'better-sqlite3';
import type { Identity } from '../identity/types.ts';
import type { CarriedBy } from '../model/carrier.ts';
import { BulkInsert, type Cell } from './bulk-insert.ts';
import { Dictionary } from './dictionary.ts';
import type { Carrying } from './event-at.ts';
import { writeConflicts } from './identity-conflicts.ts';
import { derivedIndexes, identifierIndex } from './migrations/001-initial.ts';
import { derivedIndexes as lifecycleIndexes } from './migrations/003-finding-lifecycle.ts';
import { derivedIndexes as completenessIndexes } from './migrations/005-completeness.ts';
import type { Db } from './open.ts';

const DERIVED_TABLES = [
  'shadowed',
  'carried',
  'sidecar',
  'record',
  'alias',
  'link',
  'system_set',
  'journey',
  'finding',
  'identity_conflict',
  'conflict_journey',
];

/** What is full when identity is written. */
const IDENTITY_TABLES: ReadonlySet<string> = new Set(['alias', 'link']);

/** Cells of one row of `journey` and of `finding`, in the order of their columns; names stand as text where the column holds an id. */
export const JOURNEY_CELLS = 17;
export const FINDING_CELLS = 10;

/** What a source told that others tell too: events that were known when it came, and events that brought others up to date. */
export interface SourceTold {
  readonly duplicates: number;
  readonly updated: number;
}

/** Rows of judged journeys and their findings, cell after cell: one flat list each, which crosses between threads cheaply. */
export interface JudgedRows {
  /** id, type, key, status, status_reason, from_us, to_us, duration_us, systems (JSON), steps, attempts, events, findings, severity, event_ids, completeness, completeness_counts. */
  readonly journeys: (number | string | null)[];
  /** id, journey_id, kind, subkind, severity, confidence, system, step, at_us, body. */
  readonly findings: (number | string | null)[];
}

/**
 * Replaces everything that analysis derives, in one transaction: readers see the old result until `commit()`, then the new one.
 * Indexes are dropped first and made when the tables are full.
 */
export class DerivedWriter {
  readonly #db: Db;
  readonly #names: Dictionary;
  readonly #journeys: BulkInsert;
  readonly #findings: BulkInsert;
  readonly #systemSet: Statement<[number, string]>;
  readonly #systemSets = new Map<string, number>();

  constructor(db: Db) {
    this.#db = db;
    db.exec('BEGIN IMMEDIATE');
    for (const table of DERIVED_TABLES) {
      // Also those that a former version made, and no query needs any more.
      for (const index of indexesOf(db, table)) db.exec(`DROP INDEX ${index}`);
      db.exec(`DELETE FROM ${table}`);
    }
    this.#names = new Dictionary(db, 'name');
    this.#journeys = new BulkInsert(db, 'INTO journey', JOURNEY_CELLS);
    this.#findings = new BulkInsert(
      db,
      'OR IGNORE INTO finding (id, journey_id, kind, subkind, severity, confidence, system_id, step_id, at_us, body)',
      FINDING_CELLS,
    );
    this.#systemSet = db.prepare('INSERT INTO system_set (id, systems) VALUES (?, ?)');
  }

  /**
   * Records, spellings and links, and the index of identifiers if the load left that to do. A record has the id of the identifier that is
   * its key, so that only other spellings need a row. Executions and traces that are part of a business record's journey are no records
   * of their own: their ids become further names of that record, so that any id that is searched for leads to a journey.
   */
  identity(identity: Identity): void {
    this.#db.exec(identifierIndex);
    this.#records(identity);
    this.#aliases(identity);
    this.#links(identity);
    writeConflicts(this.#db, identity);
    // Now, while another thread learns, and not when all wait for the end.
    this.#index((table) => IDENTITY_TABLES.has(table));
    this.meta('rules', identity.rules);
    this.meta('relations', identity.relations);
    this.meta('hubs', identity.hubs);
  }

  /** The events that are left out, as ranges of ids, and what is said of the sources for it. */
  overlap(ranges: Iterable<readonly [first: number, last: number]>, sources: ReadonlyMap<number, SourceTold>): void {
    const rows = new BulkInsert(this.#db, 'INTO shadowed', 2);
    for (const [first, last] of ranges) {
      rows.cells.push(first, last);
      rows.written();
    }
    rows.flush();
    this.#db.prepare('UPDATE source SET duplicates = 0, updated = 0 WHERE duplicates > 0 OR updated > 0').run();
    const told = this.#db.prepare('UPDATE source SET duplicates = ?, updated = ? WHERE id = ?');
    for (const [source, { duplicates, updated }] of sources) told.run(duplicates, updated, source);
  }

  /** Which execution carried the documents of a source, how that is known, and which sources are sidecars of which. */
  carried(carrying: ReadonlyMap<number, Carrying>, how: ReadonlyMap<number, CarriedBy>, sidecars: ReadonlyMap<number, number>): void {
    const carried = this.#db.prepare('INSERT INTO carried (source_id, identifier_id, replaces, how) VALUES (?, ?, ?, ?)');
    for (const [source, { execution, replaces }] of carrying)
      carried.run(source, execution, JSON.stringify([...replaces]), JSON.stringify(how.get(source)));
    const sidecar = this.#db.prepare('INSERT INTO sidecar (source_id, document_id) VALUES (?, ?)');
    for (const [source, document] of sidecars) sidecar.run(source, document);
  }

  #records(identity: Identity): void {
    const { records, rootOf } = identity;
    const { keeper } = records;
    const rows = new BulkInsert(this.#db, 'INTO record', 8);
    for (let id = 1; id <= records.count; id++) {
      if (isPartOfAnother(identity, id)) continue;
      rows.cells.push(
        keeper[id]!,
        this.#names.id(records.type(id)),
        records.key(id),
        records.technical[id]!,
        keeper[rootOf[id]!]!,
        numberOrNull(records.first[id]!),
        numberOrNull(records.last[id]!),
        records.events[id]!,
      );
      rows.written();
    }
    rows.flush();
  }

  #aliases(identity: Identity): void {
    const { records, recordOf, ruleOf, rootOf } = identity;
    const rows = new BulkInsert(this.#db, 'INTO alias', 3);
    for (let identifier = 1; identifier < recordOf.length; identifier++) {
      const record = recordOf[identifier]!;
      const row = records.keeper[isPartOfAnother(identity, record) ? rootOf[record]! : record]!;
      if (row === 0 || row === identifier) continue;
      rows.cells.push(identifier, row, ruleOf[identifier]!);
      rows.written();
    }
    rows.flush();
  }

  #links({ links, records }: Identity): void {
    const { keeper } = records;
    const rows = new BulkInsert(this.#db, 'OR IGNORE INTO link', 5);
    for (let i = 0; i < links.count; i++) {
      rows.cells.push(keeper[links.parent[i]!]!, keeper[links.child[i]!]!, links.relation[i]!, links.entries[i]!, links.evidence[i]!);
      rows.written();
    }
    rows.flush();
  }

  /** Journeys and their findings, as they were judged. */
  journeys(rows: JudgedRows): void {
    for (let at = 0; at < rows.journeys.length; at += JOURNEY_CELLS) {
      const to = this.#journeys.cells;
      for (let i = 0; i < JOURNEY_CELLS; i++) {
        const cell = rows.journeys[at + i]!;
        if (i === 1) to.push(this.#names.id(cell as string));
        else to.push(i === 8 ? this.#systems(cell as string) : cell);
      }
      this.#journeys.written();
    }
    for (let at = 0; at < rows.findings.length; at += FINDING_CELLS) {
      const to: Cell[] = this.#findings.cells;
      for (let i = 0; i < FINDING_CELLS; i++) {
        const cell = rows.findings[at + i]!;
        to.push((i === 6 || i === 7) && cell !== null ? this.#names.id(cell as string) : cell);
      }
      this.#findings.written();
    }
  }

  meta(key: string, value: unknown): void {
    this.#db
      .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, JSON.stringify(value));
  }

  /** Makes the tables whole: all rows and their indexes. What is said of findings can be looked up from here on. */
  finish(): void {
    this.#journeys.flush();
    this.#findings.flush();
    this.#index((table) => !IDENTITY_TABLES.has(table));
  }

  /** Makes it the state of the workspace. */
  commit(): void {
    this.#db.prepare("DELETE FROM meta WHERE key = 'dirty'").run();
    const revision = Number(this.#db.prepare("SELECT value FROM meta WHERE key = 'revision'").pluck().get() ?? 0) + 1;
    this.meta('revision', revision);
    this.#db.prepare("UPDATE source SET revision = ? WHERE revision IS NULL AND state = 'complete'").run(revision);
    this.#db.exec('COMMIT');
  }

  #index(wanted: (table: string) => boolean): void {
    for (const { table, sql } of [...derivedIndexes, ...lifecycleIndexes, ...completenessIndexes]) if (wanted(table)) this.#db.exec(sql);
  }

  rollback(): void {
    this.#db.exec('ROLLBACK');
  }

  /** @param key JSON array of the names of the systems, sorted. */
  #systems(key: string): number {
    let id = this.#systemSets.get(key);
    if (id === undefined) {
      id = this.#systemSets.size + 1;
      this.#systemSets.set(key, id);
      this.#systemSet.run(id, key);
    }
    return id;
  }
}

/** The indexes of a table that were made by statements of their own. */
function indexesOf(db: Db, table: string): string[] {
  return db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .pluck()
    .all(table) as string[];
}

function isPartOfAnother({ records, rootOf }: Identity, record: number): boolean {
  return records.technical[record] === 1 && rootOf[record] !== 0 && rootOf[record] !== record;
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
