import type { Statement } from 'better-sqlite3';
import { BulkInsert } from './bulk-insert.ts';
import { HashIndex, mixHash } from './hash-index.ts';
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
  readonly #onNew: ((type: string, value: string) => void) | undefined;
  /** All identifiers, where the table was empty at the start; else its own index is asked. */
  readonly #hashes: HashIndex | undefined;
  #searched: Statement<[string, number], number> | undefined;
  #row: Statement<[number], [type: number, value: string]> | undefined;
  #next: number;
  /** The first one that may not stand in the table yet. */
  #unwritten: number;
  #young = new Generation();
  #old = new Generation();

  /**
   * @param onNew is told every identifier that is added, in the order of their ids
   * @param limit of a generation
   */
  constructor(db: Db, onNew?: (type: string, value: string) => void, limit = 150_000) {
    this.#db = db;
    this.#onNew = onNew;
    this.#rows = new BulkInsert(db, 'INTO identifier', 3);
    this.#limit = limit;
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

  /**
   * @param type the name that `typeId` stands for
   * @param hash of the value, the same whenever the value is
   */
  id(typeId: number, type: string, value: string, hash: number): number {
    const key = mixHash(typeId, hash);
    const known = this.#young.get(key, typeId, value);
    if (known !== 0) return known;
    const id = this.#old.get(key, typeId, value) || this.#stored(key, typeId, type, value);
    if (this.#young.size >= this.#limit) {
      // What is forgotten must be findable in the table.
      this.flush();
      this.#old = this.#young;
      this.#young = new Generation();
    }
    this.#young.add(key, typeId, value, id);
    return id;
  }

  #stored(key: number, typeId: number, type: string, value: string): number {
    if (this.#hashes === undefined) return this.#search(typeId, value) ?? this.#add(typeId, type, value);
    const known = this.#hashes.find(key, (id) => this.#is(id, typeId, value));
    if (known !== undefined) return known;
    const id = this.#add(typeId, type, value);
    this.#hashes.add(key, id);
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

/** Identifiers by hashes that were made elsewhere: a `Map` would hash every text again, and keep one table a type. */
class Generation {
  size = 0;
  readonly #places = new HashIndex();
  readonly #types: number[] = [];
  readonly #ids: number[] = [];
  readonly #values: string[] = [];

  /** The id; 0 when it is not there. */
  get(key: number, type: number, value: string): number {
    const place = this.#places.find(key, (at) => this.#types[at - 1] === type && this.#values[at - 1] === value);
    return place === undefined ? 0 : this.#ids[place - 1]!;
  }

  /** Adds what is not there. */
  add(key: number, type: number, value: string, id: number): void {
    this.#types.push(type);
    this.#ids.push(id);
    this.#values.push(value);
    this.#places.add(key, ++this.size);
  }
}
