import type { Statement } from 'better-sqlite3';
import { BulkInsert } from './bulk-insert.ts';
import { identifierIndex } from './migrations/001-initial.ts';
import type { Db } from './open.ts';

/**
 * Text → id, backed by a table. The cache has two generations: when the young one is full it becomes the old one, and what is
 * looked up again moves back; so memory is bounded while keys that are in use stay.
 */
export class Dictionary {
  readonly #select: Statement<[string], number>;
  readonly #insert: Statement<[string]>;
  readonly #limit: number;
  #young = new Map<string, number>();
  #old = new Map<string, number>();

  constructor(db: Db, table: 'name' | 'text', limit = 200_000) {
    this.#select = db.prepare<[string], number>(`SELECT id FROM ${table} WHERE value = ?`).pluck();
    this.#insert = db.prepare(`INSERT INTO ${table} (value) VALUES (?)`);
    this.#limit = limit;
  }

  id(value: string): number {
    const young = this.#young.get(value);
    if (young !== undefined) return young;
    const id = this.#old.get(value) ?? this.#select.get(value) ?? Number(this.#insert.run(value).lastInsertRowid);
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(value, id);
    return id;
  }

  /** Forgets everything: after a rollback the ids may not exist. */
  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
  }
}

/** (type, value) → identifier id, with the same two generations. */
export class IdentifierDictionary {
  readonly #db: Db;
  readonly #rows: BulkInsert;
  #select: Statement<[string, number], number> | undefined;
  readonly #limit: number;
  readonly #onNew: ((type: string, value: string) => void) | undefined;
  #next: number;
  #size = 0;
  #young = new Map<number, Map<string, number>>();
  #old = new Map<number, Map<string, number>>();

  /** @param onNew is told every identifier that is added, in the order of their ids */
  constructor(db: Db, onNew?: (type: string, value: string) => void, limit = 1_000_000) {
    this.#db = db;
    this.#onNew = onNew;
    this.#rows = new BulkInsert(db, 'INTO identifier', 3);
    this.#limit = limit;
    this.#next = (db.prepare('SELECT coalesce(max(id), 0) FROM identifier').pluck().get() as number) + 1;
    // While nothing was ever evicted and the table was empty at the start, a miss in the cache is a miss in the table, and the
    // table needs no index: filled in random order, that index costs more than the rows.
    if (this.#next > 1) this.seal();
    else db.exec('DROP INDEX IF EXISTS identifier_value');
  }

  /** Makes the table searchable: from here on a miss in the cache is looked up. */
  seal(): void {
    this.flush();
    this.#db.exec(identifierIndex);
    this.#select ??= this.#db.prepare<[string, number], number>('SELECT id FROM identifier WHERE value = ? AND type_id = ?').pluck();
  }

  /** Writes the rows that are still collected. */
  flush(): void {
    this.#rows.flush();
  }

  /** @param type the name that `typeId` stands for */
  id(typeId: number, type: string, value: string): number {
    let young = this.#young.get(typeId);
    if (young === undefined) this.#young.set(typeId, (young = new Map()));
    const known = young.get(value);
    if (known !== undefined) return known;
    let id = this.#old.get(typeId)?.get(value);
    if (id === undefined && this.#select !== undefined) {
      id = this.#select.get(value, typeId);
    }
    if (id === undefined) {
      id = this.#next++;
      this.#onNew?.(type, value);
      this.#rows.cells.push(id, typeId, value);
      this.#rows.written();
    }
    if (++this.#size > this.#limit) {
      // Rows that only the cache knows must be findable before the cache forgets them.
      this.seal();
      this.#old = this.#young;
      this.#young = new Map([[typeId, (young = new Map())]]);
      this.#size = 1;
    }
    young.set(value, id);
    return id;
  }
}
