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
  #young = new Generation();
  #old = new Generation();

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

  /**
   * @param type the name that `typeId` stands for
   * @param hash of the value, the same whenever the value is
   */
  id(typeId: number, type: string, value: string, hash: number): number {
    const known = this.#young.get(typeId, value, hash);
    if (known !== 0) return known;
    let id = this.#old.get(typeId, value, hash);
    if (id === 0 && this.#select !== undefined) id = this.#select.get(value, typeId) ?? 0;
    if (id === 0) {
      id = this.#next++;
      this.#onNew?.(type, value);
      this.#rows.cells.push(id, typeId, value);
      this.#rows.written();
    }
    if (this.#young.size >= this.#limit) {
      // Rows that only the cache knows must be findable before the cache forgets them.
      this.seal();
      this.#old = this.#young;
      this.#young = new Generation();
    }
    this.#young.add(typeId, value, hash, id);
    return id;
  }
}

/**
 * A hash table (open addressing, at most half full) of identifiers by hashes that were computed elsewhere: a `Map` would hash every text again and
 * keep one table a type.
 */
class Generation {
  size = 0;
  /** Place → 1 + index into the lists below; 0: free. */
  #places = new Uint32Array(1 << 12);
  #hashes = new Float64Array(1 << 11);
  #types = new Uint32Array(1 << 11);
  #ids = new Uint32Array(1 << 11);
  readonly #values: string[] = [];

  /** The id; 0 when it is not there. */
  get(type: number, value: string, hash: number): number {
    const mask = this.#places.length - 1;
    for (let place = placeOf(type, hash) & mask; ; place = (place + 1) & mask) {
      const index = this.#places[place]! - 1;
      if (index < 0) return 0;
      if (this.#hashes[index] === hash && this.#types[index] === type && this.#values[index] === value) return this.#ids[index]!;
    }
  }

  /** Adds what is not there. */
  add(type: number, value: string, hash: number, id: number): void {
    if (this.size === this.#hashes.length) this.#grow();
    const index = this.size++;
    this.#hashes[index] = hash;
    this.#types[index] = type;
    this.#ids[index] = id;
    this.#values.push(value);
    this.#put(index);
  }

  #put(index: number): void {
    const mask = this.#places.length - 1;
    let place = placeOf(this.#types[index]!, this.#hashes[index]!) & mask;
    while (this.#places[place] !== 0) place = (place + 1) & mask;
    this.#places[place] = index + 1;
  }

  #grow(): void {
    const room = 2 * this.#hashes.length;
    this.#hashes = lengthened(this.#hashes, new Float64Array(room));
    this.#types = lengthened(this.#types, new Uint32Array(room));
    this.#ids = lengthened(this.#ids, new Uint32Array(room));
    this.#places = new Uint32Array(2 * room);
    for (let index = 0; index < this.size; index++) this.#put(index);
  }
}

function lengthened<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function placeOf(type: number, hash: number): number {
  const mixed = Math.imul((hash | 0) ^ Math.floor(hash / 0x4000000) ^ Math.imul(type, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
