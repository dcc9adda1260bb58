import type { Statement } from 'better-sqlite3';
import type { EventBatch } from '../intake/batch.ts';
import { BulkInsert } from './bulk-insert.ts';
import { encodeColumns, type ColumnBatch } from './column-batch.ts';
import { Dictionary, IdentifierDictionary } from './dictionary.ts';
import type { Db } from './open.ts';

/** Time span of a system within one source, gathered while its events are written. */
interface SystemSpan {
  events: number;
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

/** Turns event batches into rows and column batches. Runs inside the writer's open transaction. */
export class EventWriter {
  readonly names: Dictionary;
  readonly texts: Dictionary;
  readonly identifiers: IdentifierDictionary;
  readonly #events: BulkInsert;
  readonly #columnBatch: Statement<[number, number, number, Uint8Array]>;
  #nextEvent: number;

  constructor(db: Db) {
    this.names = new Dictionary(db, 'name');
    this.texts = new Dictionary(db, 'text');
    this.identifiers = new IdentifierDictionary(db);
    this.#events = new BulkInsert(db, 'INTO event', 24);
    this.#columnBatch = db.prepare('INSERT INTO column_batch (first_event, count, source_id, body) VALUES (?, ?, ?, ?)');
    this.#nextEvent = (db.prepare('SELECT coalesce(max(id), 0) FROM event').pluck().get() as number) + 1;
  }

  /** Writes one batch of a source and adds to its totals. */
  write(source: number, batch: EventBatch, totals: SourceTotals): void {
    const columns = this.#resolve(source, batch);
    this.#writeEvents(batch, columns);
    this.#columnBatch.run(columns.firstEvent, columns.count, source, encodeColumns(columns));
    addTotals(columns, totals);
    this.#nextEvent += batch.count;
  }

  flush(): void {
    this.#events.flush();
    this.identifiers.flush();
  }

  /** Batch-local string indexes → workspace ids. Each distinct string is looked up once a batch. */
  #resolve(source: number, batch: EventBatch): ColumnBatch {
    const { count, strings } = batch;
    const nameIds = new Uint32Array(strings.length);
    const textIds = new Uint32Array(strings.length);
    const name = (index: number): number => {
      if (index === 0) return 0;
      return nameIds[index] || (nameIds[index] = this.names.id(strings[index]!));
    };
    const text = (index: number): number => {
      if (index === 0) return 0;
      return textIds[index] || (textIds[index] = this.texts.id(strings[index]!));
    };
    const nameColumn = (column: Uint32Array, length: number): Uint32Array => {
      const out = new Uint32Array(length);
      for (let i = 0; i < length; i++) out[i] = name(column[i]!);
      return out;
    };
    const textColumn = (column: Uint32Array, length: number): Uint32Array => {
      const out = new Uint32Array(length);
      for (let i = 0; i < length; i++) out[i] = text(column[i]!);
      return out;
    };
    // One numeric key a (type, value) pair of this batch, so that the string maps are asked once a pair.
    const pairs = new Map<number, number>();
    const identifier = (type: number, value: number): number => {
      const pair = type * strings.length + value;
      let id = pairs.get(pair);
      if (id === undefined) {
        id = this.identifiers.id(name(type), strings[value]!);
        pairs.set(pair, id);
      }
      return id;
    };
    const mentions = batch.idValue.length;
    const identifiers = new Uint32Array(mentions);
    for (let k = 0; k < mentions; k++) identifiers[k] = identifier(batch.idType[k]!, batch.idValue[k]!);
    const execution = new Uint32Array(count);
    const parentExecution = new Uint32Array(count);
    let executionName = -1;
    for (let i = 0; i < count; i++) {
      if (batch.execution[i] === 0) continue;
      let type = batch.executionType[i]!;
      if (type === 0) {
        if (executionName < 0) executionName = this.names.id('execution');
        execution[i] = this.identifiers.id(executionName, strings[batch.execution[i]!]!);
        if (batch.parentExecution[i] !== 0) parentExecution[i] = this.identifiers.id(executionName, strings[batch.parentExecution[i]!]!);
      } else {
        execution[i] = identifier(type, batch.execution[i]!);
        if (batch.parentExecution[i] !== 0) parentExecution[i] = identifier(type, batch.parentExecution[i]!);
      }
    }
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
      attrNumber: batch.attrNumber,
      entry: batch.entry.subarray(0, count),
      system: nameColumn(batch.system, count),
      flow: nameColumn(batch.flow, count),
      step: nameColumn(batch.step, count),
      statusRaw: nameColumn(batch.statusRaw, count),
      execution,
      parentExecution,
      error: textColumn(batch.error, count),
      idStart: batch.idStart.subarray(0, count + 1),
      identifier: identifiers,
      attrStart: batch.attrStart.subarray(0, count + 1),
      attrName: nameColumn(batch.attrName, attrs),
      attrText: textColumn(batch.attrText, attrs),
      attempt: batch.attempt.subarray(0, count),
      status: batch.status.subarray(0, count),
      kind: batch.kind.subarray(0, count),
    };
  }

  #writeEvents(batch: EventBatch, columns: ColumnBatch): void {
    const bulk = this.#events;
    for (let i = 0; i < columns.count; i++) {
      bulk.cells.push(
        columns.firstEvent + i,
        columns.source,
        batch.entry[i]!,
        batch.line[i]!,
        batch.offset[i]!,
        batch.length[i]!,
        numberOrNull(columns.time[i]!),
        numberOrNull(columns.end[i]!),
        batch.precision[i]!,
        batch.kind[i]!,
        columns.system[i]!,
        columns.flow[i]! || null,
        columns.step[i]!,
        columns.status[i]!,
        columns.statusRaw[i]! || null,
        columns.execution[i]! || null,
        columns.parentExecution[i]! || null,
        columns.span[i]! || null,
        columns.parentSpan[i]! || null,
        columns.attempt[i]! || null,
        columns.error[i]! || null,
        columns.fingerprint[i]!,
        this.#mentionsJson(batch, columns, i),
        attributesJson(batch, columns, i),
      );
      bulk.written();
    }
  }

  #mentionsJson(batch: EventBatch, columns: ColumnBatch, i: number): string | null {
    const from = columns.idStart[i]!;
    const to = columns.idStart[i + 1]!;
    if (from === to) return null;
    let json = '[';
    for (let k = from; k < to; k++) {
      const path = batch.idPath[k]!;
      json += `${k === from ? '' : ','}[${columns.identifier[k]},${path === 0 ? 0 : this.names.id(batch.strings[path]!)}]`;
    }
    return `${json}]`;
  }
}

function attributesJson(batch: EventBatch, columns: ColumnBatch, i: number): string | null {
  const from = columns.attrStart[i]!;
  const to = columns.attrStart[i + 1]!;
  if (from === to) return null;
  let json = '[';
  for (let k = from; k < to; k++) {
    const number = columns.attrNumber[k]!;
    const value = Number.isFinite(number) ? number : JSON.stringify(batch.strings[batch.attrText[k]!]);
    json += `${k === from ? '' : ','}[${columns.attrName[k]},${value}]`;
  }
  return `${json}]`;
}

function addTotals(columns: ColumnBatch, totals: SourceTotals): void {
  totals.events += columns.count;
  for (let i = 0; i < columns.count; i++) {
    const system = columns.system[i]!;
    let span = totals.systems.get(system);
    if (span === undefined) totals.systems.set(system, (span = { events: 0, from: Infinity, to: -Infinity }));
    span.events++;
    const time = columns.time[i]!;
    if (Number.isNaN(time)) continue;
    const end = columns.end[i]! > time ? columns.end[i]! : time;
    if (time < span.from) span.from = time;
    if (end > span.to) span.to = end;
    if (time < totals.from) totals.from = time;
    if (end > totals.to) totals.to = end;
  }
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
