import type { Statement } from 'better-sqlite3';
import { BulkInsert } from './bulk-insert.ts';
import { HashIndex, hashText } from './hash-index.ts';
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

/**
 * (type, value) → identifier id. What was looked up lately is kept as text, in two generations. Of all others of a first load only a hash
 * is kept, some 14 bytes, and the table is asked whether it is the one: so memory hardly grows, a new identifier is known to be
 * new without a look into the table, and the table needs no index while it is filled: in random order, that costs more than the rows.
 */
export class IdentifierDictionary {
  readonly #db: Db;
  readonly #rows: BulkInsert;
  readonly #limit: number;
  readonly #hash: typeof hashText;
  readonly #onNew: ((type: string, value: string) => void) | undefined;
  /** All identifiers, where the table was empty at the start; else its own index is asked. */
  readonly #hashes: HashIndex | undefined;
  #searched: Statement<[string, number], number> | undefined;
  #row: Statement<[number], [type: number, value: string]> | undefined;
  #next: number;
  /** The first one that may not stand in the table yet. */
  #unwritten: number;
  #size = 0;
  #young = new Map<number, Map<string, number>>();
  #old = new Map<number, Map<string, number>>();

  /**
   * @param onNew is told every identifier that is added, in the order of their ids
   * @param limit of a generation
   */
  constructor(db: Db, onNew?: (type: string, value: string) => void, limit = 150_000, hash = hashText) {
    this.#db = db;
    this.#onNew = onNew;
    this.#rows = new BulkInsert(db, 'INTO identifier', 3);
    this.#limit = limit;
    this.#hash = hash;
    this.#next = (db.prepare('SELECT coalesce(max(id), 0) FROM identifier').pluck().get() as number) + 1;
    this.#unwritten = this.#next;
    if (this.#next > 1) this.seal();
    else {
      db.exec('DROP INDEX IF EXISTS identifier_value');
      this.#hashes = new HashIndex();
    }
  }

  /** Makes the table searchable. */
  seal(): void {
    this.flush();
    this.#db.exec(identifierIndex);
  }

  /** Writes the rows that are still collected. */
  flush(): void {
    this.#rows.flush();
    this.#unwritten = this.#next;
  }

  /** @param type the name that `typeId` stands for */
  id(typeId: number, type: string, value: string): number {
    let young = this.#young.get(typeId);
    if (young === undefined) this.#young.set(typeId, (young = new Map()));
    const known = young.get(value);
    if (known !== undefined) return known;
    const id = this.#old.get(typeId)?.get(value) ?? this.#stored(typeId, type, value);
    if (++this.#size > this.#limit) {
      // What is forgotten must be findable in the table.
      this.flush();
      this.#old = this.#young;
      this.#young = new Map([[typeId, (young = new Map())]]);
      this.#size = 1;
    }
    young.set(value, id);
    return id;
  }

  #stored(typeId: number, type: string, value: string): number {
    if (this.#hashes === undefined) return this.#search(typeId, value) ?? this.#add(typeId, type, value);
    const hash = this.#hash(typeId, value);
    const known = this.#hashes.find(hash, (id) => this.#is(id, typeId, value));
    if (known !== undefined) return known;
    const id = this.#add(typeId, type, value);
    this.#hashes.add(hash, id);
    return id;
  }

  #add(typeId: number, type: string, value: string): number {
    const id = this.#next++;
    this.#onNew?.(type, value);
    this.#rows.cells.push(id, typeId, value);
    this.#rows.written();
    return id;
  }

  #search(typeId: number, value: string): number | undefined {
    this.#searched ??= this.#db.prepare<[string, number], number>('SELECT id FROM identifier WHERE value = ? AND type_id = ?').pluck();
    return this.#searched.get(value, typeId);
  }

  #is(id: number, typeId: number, value: string): boolean {
    if (id >= this.#unwritten) this.flush();
    this.#row ??= this.#db.prepare<[number], [number, string]>('SELECT type_id, value FROM identifier WHERE id = ?').raw();
    const row = this.#row.get(id);
    return row !== undefined && row[0] === typeId && row[1] === value;
  }
}
