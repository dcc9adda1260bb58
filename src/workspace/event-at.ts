import { EVENT_KINDS, type Attribute, type Event } from '../model/event.ts';
import { statusOf } from '../model/status.ts';
import { micros } from '../model/time.ts';
import type { ColumnBatch } from './column-batch.ts';

/** The execution that carried the documents of a source. Identifier ids. */
export interface Carrying {
  readonly execution: number;
  /** Numbers of messages that its documents name of themselves, and that no other source names. */
  readonly replaces: ReadonlySet<number>;
}

/** What turns workspace ids back into the words of an event. Ids are never 0 here. */
export interface Words {
  name(id: number): string;
  text(id: number): string;
  /** Record id of an identifier; 0 when it has none. */
  recordOf(identifier: number): number;
  /** Rank of a source among all sources, the same whatever the order of imports. */
  sourceRank(source: number): number;
  /** The execution that carried the documents of a source; undefined where it is not known. */
  carriedBy(source: number): Carrying | undefined;
}

const NO_RECORDS: readonly number[] = Object.freeze([]);
const NO_ATTRIBUTES: readonly Attribute[] = Object.freeze([]);

/** Event `i` of a batch as the pure stages see it. */
export function eventAt(batch: ColumnBatch, i: number, words: Words): Event {
  const time = batch.time[i]!;
  const end = batch.end[i]!;
  const nameOrNone = (id: number): string | undefined => (id === 0 ? undefined : words.name(id));
  return {
    id: batch.firstEvent + i,
    source: words.sourceRank(batch.source),
    entry: batch.entry[i]!,
    time: Number.isNaN(time) ? undefined : micros(time),
    end: Number.isNaN(end) ? undefined : micros(end),
    system: nameOrNone(batch.system[i]!) ?? '',
    flow: nameOrNone(batch.flow[i]!),
    step: nameOrNone(batch.step[i]!) ?? '',
    status: statusOf(batch.status[i]!),
    statusRaw: nameOrNone(batch.statusRaw[i]!),
    execution: executionAt(batch, i, words) || undefined,
    parentExecution: batch.parentExecution[i] || undefined,
    span: batch.span[i] || undefined,
    parentSpan: batch.parentSpan[i] || undefined,
    attempt: batch.attempt[i] || undefined,
    error: batch.error[i] === 0 ? undefined : words.text(batch.error[i]!),
    fingerprint: batch.fingerprint[i]!,
    records: recordsAt(batch, i, words),
    attributes: attributesAt(batch, i, words),
    kind: EVENT_KINDS[batch.kind[i]!] ?? 'step',
  };
}

/**
 * The execution that event `i` of a batch names, or, of a document that names none, or only a number of its own that nobody else knows, the one that
 * carried it; 0 where there is none.
 */
export function executionAt(batch: ColumnBatch, i: number, words: Pick<Words, 'carriedBy'>): number {
  const own = batch.execution[i]!;
  const carrying = words.carriedBy(batch.source);
  return carrying !== undefined && (own === 0 || carrying.replaces.has(own)) ? carrying.execution : own;
}

/** Ids of the records that event `i` of a batch names, each once. */
export function recordsAt(batch: ColumnBatch, i: number, words: Pick<Words, 'recordOf'>): readonly number[] {
  const from = batch.idStart[i]!;
  const to = batch.idStart[i + 1]!;
  if (from === to) return NO_RECORDS;
  const records: number[] = [];
  for (let k = from; k < to; k++) {
    const record = words.recordOf(batch.identifier[k]!);
    if (record !== 0 && !records.includes(record)) records.push(record);
  }
  return records;
}

/** Attributes of event `i` of a batch. */
export function attributesAt(batch: ColumnBatch, i: number, words: Pick<Words, 'name' | 'text'>): readonly Attribute[] {
  const from = batch.attrStart[i]!;
  const to = batch.attrStart[i + 1]!;
  if (from === to) return NO_ATTRIBUTES;
  const attributes: Attribute[] = [];
  for (let k = from; k < to; k++) attributes.push(attributeAt(batch, k, words));
  return attributes;
}

/** Attribute `k` among those of all events of a batch. */
export function attributeAt(batch: ColumnBatch, k: number, words: Pick<Words, 'name' | 'text'>): Attribute {
  const number = batch.attrNumber[k]!;
  const text = batch.attrText[k]!;
  return {
    name: words.name(batch.attrName[k]!),
    number: Number.isNaN(number) ? undefined : number,
    text: text === 0 ? undefined : words.text(text),
  };
}
