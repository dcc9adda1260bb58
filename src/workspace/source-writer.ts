import type { EventBatch } from '../intake/batch.ts';
import type { Rejection } from '../intake/entry.ts';
import type { Mapping, TextPattern } from '../intake/mapper.ts';
import type { FormatOptions } from '../intake/format.ts';
import type { NoticeCounts } from '../intake/notices.ts';
import { citesAlike, type Carrier } from '../model/carrier.ts';
import { EventWriter, type LoadObserver, type SourceTotals } from './event-writer.ts';
import { identifierIndex } from './migrations/001-initial.ts';
import type { Db } from './open.ts';

/** What is known of a source before its first entry is read. */
export interface SourceStart {
  readonly name: string;
  readonly path: string;
  /** Name inside the archive it came from. */
  readonly member?: string | undefined;
  readonly format: string;
  readonly options: FormatOptions;
  readonly mapping: Mapping;
  readonly encoding: string;
  readonly diskBytes: number | undefined;
  readonly importedAt: string;
  /** What was looked for in its free text: needed to read it again without the files it came with. */
  readonly patterns?: readonly TextPattern[] | undefined;
  /** What its name says of the execution that carried it; undefined for a log. */
  readonly carrier?: Carrier | undefined;
}

/** What is known when the last byte has been read. */
export interface SourceEnd {
  readonly bytes: number;
  readonly sha256: string;
  readonly entries: number;
  readonly notices?: NoticeCounts | undefined;
  /** The source whose content this is: it is replaced, and keeps its id. */
  readonly replaces?: number | undefined;
  /** Whether its text was written anew, because its bytes were decoded in another way; else it keeps the text that it has. */
  readonly newText?: boolean | undefined;
}

export interface RawBlock {
  readonly offset: number;
  readonly length: number;
  readonly body: Uint8Array;
}

export interface SourceOutcome {
  readonly source: number;
  readonly outcome: 'imported' | 'known';
  readonly events: number;
  readonly rejected: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

interface OpenSource extends SourceTotals {
  rejected: number;
  readonly carrier: Carrier | undefined;
}

const BATCHES_PER_TRANSACTION = 16;

/**
 * The one writer of what intake delivers. A source is `loading` until its end is committed; whatever is found loading when a
 * workspace is opened is the rest of a killed import and is purged (`purgeUnfinished`).
 */
export class SourceWriter {
  readonly #db: Db;
  readonly #events: EventWriter;
  readonly #open = new Map<number, OpenSource>();
  #inTransaction = false;
  #batches = 0;

  readonly #observer: LoadObserver | undefined;

  /** @param observer may only be given for a workspace that holds nothing yet */
  constructor(db: Db, observer?: LoadObserver) {
    this.#db = db;
    this.#observer = observer;
    this.#events = new EventWriter(db, observer);
  }

  begin(start: SourceStart): number {
    this.#transaction();
    const id = Number(
      this.#db
        .prepare(
          `INSERT INTO source (name, path, member, format, profile, mapping, options, system, zone, encoding, disk_bytes, imported_at, patterns, carrier, state)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'loading')`,
        )
        .run(
          start.name,
          start.path,
          start.member ?? null,
          start.format,
          start.mapping.profile,
          JSON.stringify(start.mapping),
          JSON.stringify(start.options),
          start.mapping.system || null,
          start.mapping.zone || null,
          start.encoding,
          start.diskBytes ?? null,
          start.importedAt,
          JSON.stringify(start.patterns ?? []),
          start.carrier === undefined ? null : JSON.stringify(start.carrier),
        ).lastInsertRowid,
    );
    // Ids of sources that others cite are not given again: the one that cites a content has a higher one than who brought it.
    this.#db.prepare('UPDATE source SET content_id = id WHERE id = ?').run(id);
    // Durable at once: if the process dies now, the next start must find it loading.
    this.commit();
    this.#open.set(id, { events: 0, from: Infinity, to: -Infinity, systems: new Map(), rejected: 0, carrier: start.carrier });
    return id;
  }

  events(source: number, batch: EventBatch): void {
    const totals = this.#of(source);
    this.#transaction();
    this.#events.write(source, batch, totals);
    if (++this.#batches % BATCHES_PER_TRANSACTION === 0) this.commit();
  }

  block(source: number, block: RawBlock): void {
    // Blocks are compressed aside and may come after their source was given up. They must not get in: the next source may have its number.
    if (!this.#open.has(source)) return;
    this.#transaction();
    this.#db
      .prepare('INSERT INTO block (content_id, offset, length, body) VALUES (?, ?, ?, ?)')
      .run(source, block.offset, block.length, block.body);
  }

  rejects(source: number, rejections: readonly Rejection[]): void {
    const totals = this.#of(source);
    this.#transaction();
    const insert = this.#db.prepare(
      'INSERT INTO rejected (source_id, line, offset, length, code, reason, excerpt) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    for (const { place, code, reason, excerpt } of rejections) {
      insert.run(source, place.line, place.offset, place.length, code, reason, excerpt);
    }
    totals.rejected += rejections.length;
  }

  /** Closes a source; when its content is in the workspace already, all of it is taken back and the answer is `known`. */
  end(source: number, end: SourceEnd): SourceOutcome {
    const totals = this.#of(source);
    this.#transaction();
    for (const { value, type, sure } of totals.carrier?.ids ?? []) if (sure) this.#events.execution(type, value);
    this.#events.flush();
    const { replaces } = end;
    const twins = replaces === undefined ? twinsOf(this.#db, end.sha256) : [];
    const twin = twins.find((one) => citesAlike(one.carrier, totals.carrier));
    if (twin !== undefined) {
      this.commit();
      this.abort(source);
      return { source: twin.id, outcome: 'known', events: 0, rejected: 0, from: undefined, to: undefined };
    }
    const from = Number.isFinite(totals.from) ? totals.from : null;
    const to = Number.isFinite(totals.to) ? totals.to : null;
    this.#db
      .prepare(
        "UPDATE source SET bytes = ?, sha256 = ?, entries = ?, events = ?, rejected = ?, from_us = ?, to_us = ?, notices = ?, state = 'complete' WHERE id = ?",
      )
      .run(
        end.bytes,
        end.sha256,
        end.entries,
        totals.events,
        totals.rejected,
        from,
        to,
        end.notices === undefined ? null : JSON.stringify(end.notices),
        source,
      );
    citeContentOf(this.#db, source, twins);
    const span = this.#db.prepare(
      'INSERT INTO source_system (source_id, system_id, events, untimed, from_us, to_us) VALUES (?, ?, ?, ?, ?, ?)',
    );
    for (const [system, seen] of totals.systems) {
      const isTimed = Number.isFinite(seen.from);
      span.run(source, system, seen.events, seen.untimed, isTimed ? seen.from : null, isTimed ? seen.to : null);
    }
    this.#db.prepare("INSERT INTO meta (key, value) VALUES ('dirty', '1') ON CONFLICT (key) DO UPDATE SET value = '1'").run();
    if (replaces !== undefined) {
      this.#observer?.spoil();
      takePlaceOf(this.#db, replaces, source, end.newText === true);
    }
    this.commit();
    this.#open.delete(source);
    return {
      source: replaces ?? source,
      outcome: 'imported',
      events: totals.events,
      rejected: totals.rejected,
      from: from ?? undefined,
      to: to ?? undefined,
    };
  }

  /** Takes back everything that came from a source, finished or not. */
  abort(source: number): void {
    this.#observer?.spoil();
    this.#transaction();
    this.#events.flush();
    this.commit();
    removeSource(this.#db, source);
    this.#open.delete(source);
  }

  refuse(path: string, code: string, reason: string, at: string): void {
    this.#transaction();
    this.#db.prepare('INSERT OR IGNORE INTO refused (path, code, reason, at) VALUES (?, ?, ?, ?)').run(path, code, reason, at);
    this.commit();
  }

  commit(): void {
    if (!this.#inTransaction) return;
    this.#events.flush();
    this.#db.exec('COMMIT');
    this.#inTransaction = false;
  }

  /** After the last source of an import: what readers and later imports need is made now. */
  finish(): void {
    this.commit();
    this.#events.identifiers.seal();
  }

  #transaction(): void {
    if (this.#inTransaction) return;
    this.#db.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
  }

  #of(source: number): OpenSource {
    const totals = this.#open.get(source);
    if (totals === undefined) throw new Error(`source ${source} is not open`);
    return totals;
  }
}

/** Whether a workspace holds no events and no identifiers, not even ones that nothing names any more. */
export function isEmpty(db: Db): boolean {
  return db.prepare('SELECT 1 FROM column_batch UNION ALL SELECT 1 FROM identifier LIMIT 1').get() === undefined;
}

interface Twin {
  readonly id: number;
  readonly carrier: Carrier | undefined;
}

/** The sources with this content. */
function twinsOf(db: Db, sha256: string): readonly Twin[] {
  const rows = db.prepare("SELECT id, carrier FROM source WHERE sha256 = ? AND state = 'complete' ORDER BY id").all(sha256) as {
    id: number;
    carrier: string | null;
  }[];
  return rows.map(({ id, carrier }) => ({ id, carrier: carrier === null ? undefined : (JSON.parse(carrier) as Carrier) }));
}

/** Lets a source cite the text that one of its twins brought, if that was decoded in the same way, and drops its own copy. */
function citeContentOf(db: Db, source: number, twins: readonly Twin[]): void {
  const same = db.prepare(
    'SELECT t.content_id FROM source t JOIN source s ON s.encoding = t.encoding AND s.bytes = t.bytes WHERE t.id = ? AND s.id = ?',
  );
  for (const { id } of twins) {
    const content = same.pluck().get(id, source) as number | undefined;
    if (content === undefined) continue;
    db.prepare('DELETE FROM block WHERE content_id = ?').run(source);
    db.prepare('UPDATE source SET content_id = ? WHERE id = ?').run(content, source);
    return;
  }
}

/** Removes a source and all that came only from it. Derived data is stale afterwards: the workspace is marked dirty. */
export function removeSource(db: Db, source: number): void {
  db.transaction(() => {
    removeUnderstood(db, source);
    const content = (db.prepare('SELECT content_id FROM source WHERE id = ?').pluck().get(source) as number | undefined) ?? source;
    db.prepare('DELETE FROM source WHERE id = ?').run(source);
    // Who else cites it keeps it.
    const isCited = db.prepare('SELECT 1 FROM source WHERE content_id = ? LIMIT 1').get(content) !== undefined;
    if (!isCited) db.prepare('DELETE FROM block WHERE content_id = ?').run(content);
    db.prepare("INSERT INTO meta (key, value) VALUES ('dirty', '1') ON CONFLICT (key) DO UPDATE SET value = '1'").run();
  })();
}

/** What stands for a source beside its row and its text: what was made of its entries. */
const UNDERSTOOD = ['column_batch', 'rejected', 'source_system'];

function removeUnderstood(db: Db, source: number): void {
  const ranges = db.prepare('SELECT first_event, count FROM column_batch WHERE source_id = ? ORDER BY first_event').all(source) as {
    first_event: number;
    count: number;
  }[];
  const rows = db.prepare('DELETE FROM event WHERE id BETWEEN ? AND ?');
  for (const range of ranges) rows.run(range.first_event, range.first_event + range.count - 1);
  const last = ranges.at(-1);
  if (last !== undefined) keepNextEvent(db, last.first_event + last.count);
  for (const table of UNDERSTOOD) db.prepare(`DELETE FROM ${table} WHERE source_id = ?`).run(source);
}

/**
 * Puts a source that was read from the content of another in its place: the old events and rejections go, the id stays, and the text unless there is a new one.
 * Runs in the transaction that completes `source`, so that there is always exactly one of the two.
 */
function takePlaceOf(db: Db, old: number, source: number, newText: boolean): void {
  removeUnderstood(db, old);
  const { revision, content_id: content } = db.prepare('SELECT revision, content_id FROM source WHERE id = ?').get(old) as {
    revision: number | null;
    content_id: number;
  };
  db.prepare('DELETE FROM source WHERE id = ?').run(old);
  for (const table of UNDERSTOOD) db.prepare(`UPDATE ${table} SET source_id = ? WHERE source_id = ?`).run(old, source);
  // It came when it first came: what it shares with others is not newer now.
  db.prepare('UPDATE source SET id = ?, revision = ?, content_id = ? WHERE id = ?').run(old, revision, newText ? old : content, source);
  if (newText) takeText(db, old, content, source);
}

/** Gives the text that `source` brought to `old`, which has its place now. Who else cites the text that it had keeps that, under another number. */
function takeText(db: Db, old: number, content: number, source: number): void {
  const heir = db.prepare('SELECT min(id) FROM source WHERE content_id = ? AND id <> ?').pluck().get(content, old) as number | null;
  if (heir === null) db.prepare('DELETE FROM block WHERE content_id = ?').run(content);
  else if (content === old) {
    db.prepare('UPDATE block SET content_id = ? WHERE content_id = ?').run(heir, old);
    db.prepare('UPDATE source SET content_id = ? WHERE content_id = ? AND id <> ?').run(heir, old, old);
  }
  db.prepare('UPDATE block SET content_id = ? WHERE content_id = ?').run(old, source);
}

/** The writer that comes next goes on behind what is removed here, see `EventWriter`. */
function keepNextEvent(db: Db, next: number): void {
  db.prepare(
    `INSERT INTO meta (key, value) VALUES ('next_event', ?)
     ON CONFLICT (key) DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))`,
  ).run(String(next));
}

/** Removes what a killed import left behind, and makes the index that it may not have come to. Returns how many sources that were. */
export function purgeUnfinished(db: Db): number {
  db.exec(identifierIndex);
  const loading = db.prepare("SELECT id FROM source WHERE state = 'loading'").pluck().all() as number[];
  for (const source of loading) removeSource(db, source);
  return loading.length;
}
