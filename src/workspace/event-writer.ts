import type { Statement } from 'better-sqlite3';
import { EXECUTION, type EventBatch } from '../intake/batch.ts';
import { hash52 } from '../intake/hash.ts';
import { ColumnEncoder, sliceColumns, STORED_EVENTS, type ColumnBatch } from './column-batch.ts';
import { Dictionary, IdentifierDictionary } from './dictionary.ts';
import type { Db } from './open.ts';
import { meta } from './readers/meta.ts';

/** Time span of a system within one source, gathered while its events are written. */
interface SystemSpan {
  events: number;
  /** Of them, those without a time. */
  untimed: number;
  from: number;
  to: number;
}

/** Running totals of one source while it is being loaded. */
export interface SourceTotals {
  events: number;
  from: number;
  to: number;
  readonly systems: Map<number, SystemSpan>;
}

/** Follows a load from the first event on: what can be learned from events while they are written need not be read again. */
export interface LoadObserver {
  /** The next identifier; the first one has the id 1. */
  identifier(type: string, value: string): void;
  /** The next events, after all of their identifiers. */
  observe(columns: ColumnBatch): void;
  /** Something that was observed was taken back. */
  spoil(): void;
}

/** Turns event batches into stored column batches. Runs inside the writer's open transaction. */
export class EventWriter {
  readonly names: Dictionary;
  readonly texts: Dictionary;
  readonly identifiers: IdentifierDictionary;
  readonly #columnBatch: Statement<[number, number, number, number | null, number | null, Uint8Array]>;
  readonly #encoder = new ColumnEncoder();
  readonly #columns = new ColumnSpace();
  #nextEvent: number;

  readonly #observer: LoadObserver | undefined;

  /** @param observer may only be given for a workspace that holds nothing yet */
  constructor(db: Db, observer?: LoadObserver) {
    this.#observer = observer;
    this.names = new Dictionary(db, 'name');
    this.texts = new Dictionary(db, 'text');
    this.identifiers = new IdentifierDictionary(db, observer === undefined ? undefined : (type, value) => observer.identifier(type, value));
    this.#columnBatch = db.prepare(
      'INSERT INTO column_batch (first_event, count, source_id, from_us, to_us, body) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#nextEvent = nextEvent(db);
  }

  /** Writes one batch of a source and adds to its totals. */
  write(source: number, batch: EventBatch, totals: SourceTotals): void {
    const columns = this.#resolve(source, batch);
    for (let from = 0; from < columns.count; from += STORED_EVENTS) {
      const stored = sliceColumns(columns, from, Math.min(columns.count, from + STORED_EVENTS));
      this.#columnBatch.run(stored.firstEvent, stored.count, source, ...startsOf(stored), this.#encoder.encode(stored));
    }
    this.#observer?.observe(columns);
    addTotals(columns, totals);
    this.#nextEvent += batch.count;
  }

  /** Makes the id of an execution known that no event names, for documents whose file or sidecar names it. */
  execution(type: string | undefined, value: string): void {
    const name = type ?? EXECUTION;
    this.identifiers.id(this.names.id(name), name, value, hash52(value));
  }

  flush(): void {
    this.identifiers.flush();
  }

  /** Batch-local string indexes → workspace ids. Each distinct string is looked up once a batch. The columns are good until the next batch. */
  #resolve(source: number, batch: EventBatch): ColumnBatch {
    const { count, strings } = batch;
    const columns = this.#columns;
    columns.reset();
    const nameIds = columns.zeroed(strings.length);
    const textIds = columns.zeroed(strings.length);
    const name = (index: number): number => {
      if (index === 0) return 0;
      return nameIds[index] || (nameIds[index] = this.names.id(strings[index]!));
    };
    const text = (index: number): number => {
      if (index === 0) return 0;
      return textIds[index] || (textIds[index] = this.texts.id(strings[index]!));
    };
    const nameColumn = (column: Uint32Array, length: number): Uint32Array => {
      const out = columns.next(length);
      for (let i = 0; i < length; i++) out[i] = name(column[i]!);
      return out;
    };
    const textColumn = (column: Uint32Array, length: number): Uint32Array => {
      const out = columns.next(length);
      for (let i = 0; i < length; i++) out[i] = text(column[i]!);
      return out;
    };
    const { pairType, pairValue, pairHash } = batch;
    const identifierIds = columns.zeroed(pairType.length);
    for (let k = 1; k < pairType.length; k++) {
      const type = pairType[k]!;
      identifierIds[k] = this.identifiers.id(name(type), strings[type]!, strings[pairValue[k]!]!, pairHash[k]!);
    }
    const identifierColumn = (column: Uint32Array, length: number): Uint32Array => {
      const out = columns.next(length);
      for (let i = 0; i < length; i++) out[i] = identifierIds[column[i]!]!;
      return out;
    };
    const mentions = batch.idPair.length;
    const attrs = batch.attrName.length;
    return {
      count,
      firstEvent: this.#nextEvent,
      source,
      time: batch.time.subarray(0, count),
      end: batch.end.subarray(0, count),
      span: batch.span.subarray(0, count),
      parentSpan: batch.parentSpan.subarray(0, count),
      fingerprint: batch.fingerprint.subarray(0, count),
      offset: batch.offset.subarray(0, count),
      attrNumber: batch.attrNumber,
      entry: batch.entry.subarray(0, count),
      line: batch.line.subarray(0, count),
      length: batch.length.subarray(0, count),
      system: nameColumn(batch.system, count),
      flow: nameColumn(batch.flow, count),
      step: nameColumn(batch.step, count),
      statusRaw: nameColumn(batch.statusRaw, count),
      execution: identifierColumn(batch.execution, count),
      parentExecution: identifierColumn(batch.parentExecution, count),
      error: textColumn(batch.error, count),
      idStart: batch.idStart.subarray(0, count + 1),
      identifier: identifierColumn(batch.idPair, mentions),
      idPath: nameColumn(batch.idPath, mentions),
      attrStart: batch.attrStart.subarray(0, count + 1),
      attrName: nameColumn(batch.attrName, attrs),
      attrText: textColumn(batch.attrText, attrs),
      attempt: batch.attempt.subarray(0, count),
      status: batch.status.subarray(0, count),
      kind: batch.kind.subarray(0, count),
      precision: batch.precision.subarray(0, count),
    };
  }
}

/** Columns that are needed for one batch at a time, in the order in which they are asked for. */
class ColumnSpace {
  readonly #columns: Uint32Array[] = [];
  #used = 0;

  /** All of them may be given again. */
  reset(): void {
    this.#used = 0;
  }

  /** One that holds anything. */
  next(length: number): Uint32Array {
    const index = this.#used++;
    let column = this.#columns[index];
    if (column === undefined || column.length < length) this.#columns[index] = column = new Uint32Array(Math.ceil(1.25 * length));
    return column.subarray(0, length);
  }

  zeroed(length: number): Uint32Array {
    return this.next(length).fill(0);
  }
}

/** Ids are never given twice, also not those of removed events: what is cached under one, or cites one, must not change its meaning. */
function nextEvent(db: Db): number {
  const last = db.prepare('SELECT first_event + count FROM column_batch ORDER BY first_event DESC LIMIT 1').pluck().get() as
    | number
    | undefined;
  return Math.max(last ?? 1, meta<number>(db, 'next_event') ?? 1);
}

/** The earliest and the latest time at which events of a batch begin; nulls when one of them has none. */
function startsOf({ time }: ColumnBatch): readonly [from: number | null, to: number | null] {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < time.length; i++) {
    if (Number.isNaN(time[i]!)) return [null, null];
    if (time[i]! < from) from = time[i]!;
    if (time[i]! > to) to = time[i]!;
  }
  return [from, to];
}

function addTotals(columns: ColumnBatch, totals: SourceTotals): void {
  totals.events += columns.count;
  for (let i = 0; i < columns.count; i++) {
    const system = columns.system[i]!;
    let span = totals.systems.get(system);
    if (span === undefined) totals.systems.set(system, (span = { events: 0, untimed: 0, from: Infinity, to: -Infinity }));
    span.events++;
    const time = columns.time[i]!;
    if (Number.isNaN(time)) {
      span.untimed++;
      continue;
    }
    const end = columns.end[i]! > time ? columns.end[i]! : time;
    if (time < span.from) span.from = time;
    if (end > span.to) span.to = end;
    if (time < totals.from) totals.from = time;
    if (end > totals.to) totals.to = end;
  }
}
