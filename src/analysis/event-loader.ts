import { EVENT_KINDS, type Attribute, type Event } from '../model/event.ts';
import { statusOf } from '../model/status.ts';
import { micros } from '../model/time.ts';
import type { ColumnBatch } from '../workspace/column-batch.ts';

/** What turns workspace ids back into the words of an event. */
export interface Words {
  readonly names: readonly string[];
  readonly texts: readonly string[];
  /** Identifier id → record id. */
  readonly recordOf: Uint32Array;
  /** Source id → its rank among all sources, the same whatever the order of imports. */
  readonly sourceRank: ReadonlyMap<number, number>;
}

const NO_RECORDS: readonly number[] = Object.freeze([]);
const NO_ATTRIBUTES: readonly Attribute[] = Object.freeze([]);

/** Event `i` of a batch as the pure stages see it. */
export function eventAt(batch: ColumnBatch, i: number, words: Words): Event {
  const { names, texts } = words;
  const time = batch.time[i]!;
  const end = batch.end[i]!;
  return {
    id: batch.firstEvent + i,
    source: words.sourceRank.get(batch.source) ?? 0,
    entry: batch.entry[i]!,
    time: Number.isNaN(time) ? undefined : micros(time),
    end: Number.isNaN(end) ? undefined : micros(end),
    system: names[batch.system[i]!] ?? '',
    flow: batch.flow[i] === 0 ? undefined : names[batch.flow[i]!],
    step: names[batch.step[i]!] ?? '',
    status: statusOf(batch.status[i]!),
    statusRaw: batch.statusRaw[i] === 0 ? undefined : names[batch.statusRaw[i]!],
    execution: batch.execution[i] || undefined,
    parentExecution: batch.parentExecution[i] || undefined,
    span: batch.span[i] || undefined,
    parentSpan: batch.parentSpan[i] || undefined,
    attempt: batch.attempt[i] || undefined,
    error: batch.error[i] === 0 ? undefined : texts[batch.error[i]!],
    fingerprint: batch.fingerprint[i]!,
    records: recordsAt(batch, i, words.recordOf),
    attributes: attributesAt(batch, i, words),
    kind: EVENT_KINDS[batch.kind[i]!] ?? 'step',
  };
}

function recordsAt(batch: ColumnBatch, i: number, recordOf: Uint32Array): readonly number[] {
  const from = batch.idStart[i]!;
  const to = batch.idStart[i + 1]!;
  if (from === to) return NO_RECORDS;
  const records: number[] = [];
  for (let k = from; k < to; k++) {
    const record = recordOf[batch.identifier[k]!]!;
    if (record !== 0 && !records.includes(record)) records.push(record);
  }
  return records;
}

function attributesAt(batch: ColumnBatch, i: number, { names, texts }: Words): readonly Attribute[] {
  const from = batch.attrStart[i]!;
  const to = batch.attrStart[i + 1]!;
  if (from === to) return NO_ATTRIBUTES;
  const attributes: Attribute[] = [];
  for (let k = from; k < to; k++) {
    const number = batch.attrNumber[k]!;
    attributes.push({
      name: names[batch.attrName[k]!] ?? '',
      number: Number.isNaN(number) ? undefined : number,
      text: batch.attrText[k] === 0 ? undefined : texts[batch.attrText[k]!],
    });
  }
  return attributes;
}
