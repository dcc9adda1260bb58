import type { CarriedBy } from '../../model/carrier.ts';
import { aheadAt } from '../../model/clock.ts';
import { EVENT_KINDS, type Event } from '../../model/event.ts';
import { micros, PRECISIONS, type Micros } from '../../model/time.ts';
import type { Corrections } from '../clocks.ts';
import type { ColumnBatch } from '../column-batch.ts';
import { ColumnStore } from '../column-store.ts';
import { attributesAt, eventAt, executionAt } from '../event-at.ts';
import type { Db } from '../open.ts';
import { prepared } from '../prepared.ts';
import { carriedBy } from './carriers.ts';

/** One event in a list. */
export interface EventListRow {
  readonly id: number;
  readonly time: number | undefined;
  readonly end: number | undefined;
  readonly system: string;
  readonly flow: string | undefined;
  readonly step: string;
  readonly kind: number;
  readonly status: number;
  readonly statusRaw: string | undefined;
  readonly error: string | undefined;
  readonly source: string;
  readonly line: number;
  /** Of a document: how it came to its execution. */
  readonly carriedBy: CarriedBy | undefined;
}

/** An event by clocks that are right, and as its source tells it. */
export interface ToldEvent {
  readonly event: Event;
  readonly told: Event;
  /** Source id. */
  readonly source: number;
}

/** Where an event came from, to show as evidence. */
export interface EvidenceRow {
  readonly event: number;
  readonly source: string;
  readonly line: number;
  readonly time: number | undefined;
  readonly system: string;
  readonly step: string;
}

/** Everything stored about one event except its bytes. */
export interface EventDetailRow extends EventListRow {
  readonly sourceId: number;
  readonly precision: (typeof PRECISIONS)[number];
  readonly attempt: number | undefined;
  readonly execution: string | undefined;
  readonly offset: number;
  readonly length: number;
  readonly format: string;
  readonly options: string;
  readonly profile: string;
  readonly zone: string | undefined;
  readonly sha256: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string; readonly path: string; readonly key: string }[];
  readonly attributes: readonly { readonly name: string; readonly number: number | undefined; readonly text: string | undefined }[];
}

type Carried = ReturnType<typeof carriedBy>;

interface SourceRow {
  readonly name: string;
  readonly format: string;
  readonly options: string;
  readonly profile: string;
  readonly zone: string | null;
  readonly sha256: string;
  /** 1 for documents, whose name may say which execution carried them. */
  readonly is_document: number;
}

/** Words kept in memory; what is looked at repeats itself. */
const MOST_WORDS = 50_000;

/** Events of single journeys and their evidence, read from the column batches over one connection. */
export class EventReader {
  readonly #db: Db;
  readonly #store: ColumnStore;
  readonly #names: (id: number) => string;
  readonly #texts: (id: number) => string;

  constructor(db: Db) {
    this.#db = db;
    this.#store = new ColumnStore(db);
    this.#names = wordsOf(db, 'name');
    this.#texts = wordsOf(db, 'text');
  }

  /**
   * All events of one journey, in event order, as the pure stages see them, each with its source and its times as the source tells them. `sourceRank`
   * breaks ties like analysis does.
   */
  ofJourney(journey: number, sourceRank: ReadonlyMap<number, number>, corrections: Corrections): ToldEvent[] {
    const places = this.#placesOf(journey);
    const records = this.#recordsOf(places);
    const carried = carriedBy(this.#db);
    const words = {
      name: this.#names,
      text: this.#texts,
      recordOf: (identifier: number) => records.get(identifier) ?? 0,
      sourceRank: (source: number) => sourceRank.get(source) ?? 0,
      carriedBy: carried,
    };
    return places.map(({ batch, i }) => {
      const told = eventAt(batch, i, words);
      const clock = corrections.get(batch.source)?.get(batch.system[i]!);
      const right = (time: Micros | undefined): Micros | undefined =>
        clock === undefined || time === undefined ? time : micros(time - aheadAt(clock, time));
      return { event: { ...told, time: right(told.time), end: right(told.end) }, told, source: batch.source };
    });
  }

  /** A page of a journey's events in time order; entries without a time come where their source had them, at the end. */
  page(journey: number, offset: number, limit: number): EventListRow[] {
    return this.#rows(this.#placesOf(journey), offset, limit);
  }

  /** The documents of a journey in time order, at most `limit`. */
  documents(journey: number, limit: number): EventListRow[] {
    const source = this.#sources();
    const places = this.#placesOf(journey).filter(({ batch, i }) => isDocument(batch, i, source(batch.source)));
    return this.#rows(places, 0, limit);
  }

  #rows(places: readonly { readonly batch: ColumnBatch; readonly i: number }[], offset: number, limit: number): EventListRow[] {
    const source = this.#sources();
    const carried = carriedBy(this.#db);
    const keyed = places.map(({ batch, i }) => ({
      batch,
      i,
      time: Number.isNaN(batch.time[i]!) ? Infinity : batch.time[i]!,
      source: source(batch.source)?.name ?? '',
    }));
    keyed.sort(
      (a, b) =>
        // Two entries without a time: infinity less infinity is no number.
        (a.time === b.time ? 0 : a.time - b.time) || compare(a.source, b.source) || a.batch.entry[a.i]! - b.batch.entry[b.i]!,
    );
    return keyed.slice(offset, offset + limit).map((row) => this.#listRow(row.batch, row.i, source(row.batch.source), carried));
  }

  /**
   * Which of some identifiers each event of a journey names, in event order, at most `limit` events; events that name none are left out. With the system of
   * each.
   */
  naming(
    journey: number,
    identifiers: ReadonlySet<number>,
    limit: number,
  ): { readonly event: number; readonly system: string; readonly named: readonly number[] }[] {
    return this.#placesOf(journey, limit).flatMap(({ batch, i }) => {
      const told = batch.identifier.subarray(batch.idStart[i], batch.idStart[i + 1]);
      const named = [...new Set(told)].filter((id) => identifiers.has(id));
      return named.length === 0 ? [] : [{ event: batch.firstEvent + i, system: this.#nameOf(batch.system[i]!) ?? '', named }];
    });
  }

  /** Evidence rows by event id; ids that are gone are left out. */
  evidence(events: readonly number[]): Map<number, EvidenceRow> {
    const source = this.#sources();
    const rows = new Map<number, EvidenceRow>();
    // Ascending, so that each batch is decoded once.
    for (const event of [...new Set(events)].sort((a, b) => a - b)) {
      const batch = this.#store.batchOf(event);
      const from = batch === undefined ? undefined : source(batch.source);
      if (batch === undefined || from === undefined) continue;
      const i = event - batch.firstEvent;
      rows.set(event, {
        event,
        source: from.name,
        line: batch.line[i]!,
        time: numberOrNone(batch.time[i]!),
        system: this.#nameOf(batch.system[i]!) ?? '',
        step: this.#nameOf(batch.step[i]!) ?? '',
      });
    }
    return rows;
  }

  /** Undefined when there is no such event. */
  detail(id: number): EventDetailRow | undefined {
    const batch = this.#store.batchOf(id);
    const source = batch === undefined ? undefined : this.#sources()(batch.source);
    if (batch === undefined || source === undefined) return undefined;
    const i = id - batch.firstEvent;
    const carried = carriedBy(this.#db);
    const execution = executionAt(batch, i, { carriedBy: carried });
    return {
      ...this.#listRow(batch, i, source, carried),
      sourceId: batch.source,
      precision: PRECISIONS[batch.precision[i]!] ?? 'second',
      attempt: batch.attempt[i] || undefined,
      execution: execution === 0 ? undefined : this.#identifierValue(execution),
      offset: batch.offset[i]!,
      length: batch.length[i]!,
      format: source.format,
      options: source.options,
      profile: source.profile,
      zone: source.zone ?? undefined,
      sha256: source.sha256,
      identifiers: this.#identifiers(batch, i),
      attributes: attributesAt(batch, i, { name: this.#names, text: this.#texts }),
    };
  }

  #placesOf(journey: number, limit = Infinity): { readonly batch: ColumnBatch; readonly i: number }[] {
    const json = prepared(this.#db, 'SELECT event_ids FROM journey WHERE id = ?').pluck().get(journey) as string | undefined;
    return (JSON.parse(json ?? '[]') as number[]).slice(0, limit).flatMap((id) => {
      const batch = this.#store.batchOf(id);
      return batch === undefined ? [] : [{ batch, i: id - batch.firstEvent }];
    });
  }

  /** Identifier id → record id, for everything that the events mention. */
  #recordsOf(places: readonly { readonly batch: ColumnBatch; readonly i: number }[]): ReadonlyMap<number, number> {
    const identifiers = new Set<number>();
    for (const { batch, i } of places)
      for (let k = batch.idStart[i]!; k < batch.idStart[i + 1]!; k++) identifiers.add(batch.identifier[k]!);
    const rows = prepared(
      this.#db,
      'SELECT j.value, coalesce(a.record_id, j.value) FROM json_each(?) j LEFT JOIN alias a ON a.identifier_id = j.value',
    )
      .raw()
      .all(JSON.stringify([...identifiers])) as [number, number][];
    return new Map(rows);
  }

  #listRow(batch: ColumnBatch, i: number, source: SourceRow | undefined, carried: Carried): EventListRow {
    return {
      id: batch.firstEvent + i,
      time: numberOrNone(batch.time[i]!),
      end: numberOrNone(batch.end[i]!),
      system: this.#nameOf(batch.system[i]!) ?? '',
      flow: this.#nameOf(batch.flow[i]!),
      step: this.#nameOf(batch.step[i]!) ?? '',
      kind: batch.kind[i]!,
      status: batch.status[i]!,
      statusRaw: this.#nameOf(batch.statusRaw[i]!),
      error: batch.error[i] === 0 ? undefined : this.#texts(batch.error[i]!),
      source: source?.name ?? '',
      line: batch.line[i]!,
      carriedBy: isDocument(batch, i, source) ? this.#carriedAt(batch, i, carried) : undefined,
    };
  }

  #carriedAt(batch: ColumnBatch, i: number, carried: Carried): CarriedBy | undefined {
    const own = batch.execution[i]!;
    const execution = executionAt(batch, i, { carriedBy: carried });
    if (execution !== own) return carried(batch.source)?.how;
    return own === 0 ? undefined : { via: 'content', id: this.#identifierValue(own) ?? '', place: '', known: true };
  }

  #nameOf(id: number): string | undefined {
    return id === 0 ? undefined : this.#names(id);
  }

  /** Not kept between questions: a source may be removed, and another may get its number. */
  #sources(): (id: number) => SourceRow | undefined {
    const select = this.#db.prepare(
      "SELECT name, format, options, profile, zone, sha256, coalesce(json_array_length(carrier, '$.names'), 0) > 0 AS is_document FROM source WHERE id = ? AND state = 'complete'",
    );
    const known = new Map<number, SourceRow | undefined>();
    return (id) => {
      if (!known.has(id)) known.set(id, select.get(id) as SourceRow | undefined);
      return known.get(id);
    };
  }

  #identifierValue(id: number): string | undefined {
    return this.#db.prepare('SELECT value FROM identifier WHERE id = ?').pluck().get(id) as string | undefined;
  }

  #identifiers(batch: ColumnBatch, i: number): EventDetailRow['identifiers'] {
    const select = this.#db.prepare(
      `SELECT t.value AS type, i.value, coalesce(r.key, i.value) AS key FROM identifier i JOIN name t ON t.id = i.type_id
       LEFT JOIN alias a ON a.identifier_id = i.id LEFT JOIN record r ON r.id = coalesce(a.record_id, i.id) WHERE i.id = ?`,
    );
    const found: { type: string; value: string; path: string; key: string }[] = [];
    for (let k = batch.idStart[i]!; k < batch.idStart[i + 1]!; k++) {
      const row = select.get(batch.identifier[k]!) as { type: string; value: string; key: string } | undefined;
      if (row !== undefined) found.push({ ...row, path: this.#nameOf(batch.idPath[k]!) ?? '' });
    }
    return found.sort((a, b) => compare(a.type, b.type) || compare(a.value, b.value));
  }
}

export function journeyEventCount(db: Db, journey: number): number {
  return (db.prepare('SELECT events FROM journey WHERE id = ?').pluck().get(journey) as number | undefined) ?? 0;
}

/** Dictionary words by id, kept as they are met. Words are never removed, so none grows old. */
function wordsOf(db: Db, table: 'name' | 'text'): (id: number) => string {
  const select = db.prepare(`SELECT value FROM ${table} WHERE id = ?`).pluck();
  const known = new Map<number, string>();
  return (id) => {
    let word = known.get(id);
    if (word === undefined) {
      word = (select.get(id) as string | undefined) ?? '';
      if (known.size >= MOST_WORDS) known.clear();
      known.set(id, word);
    }
    return word;
  };
}

/** What shows a state, and the business messages that systems hand each other. */
function isDocument(batch: ColumnBatch, i: number, source: SourceRow | undefined): boolean {
  return source?.is_document === 1 || EVENT_KINDS[batch.kind[i]!] === 'snapshot';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberOrNone(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
