import { inOrder, ROOT_KEY, type JourneyInput, type Ordered } from '../journey/index.ts';
import type { Attribute, Event } from '../model/event.ts';
import type { RelatedRecord } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { micros, type Micros } from '../model/time.ts';
import type { ColumnBatch } from '../workspace/column-batch.ts';
import type { ColumnStore } from '../workspace/column-store.ts';
import { attributeAt, eventAt, type Words } from '../workspace/event-at.ts';
import { Numbering } from './numbering.ts';

/** Longer journeys hardly ever share a shape. */
const MOST_EVENTS = 128;
/** Records that the events of one journey may name. */
const MOST_RECORDS = 64;

/** What a root's links say of a record that its events name. */
export type RelationTo = (root: number, record: number) => RelatedRecord['relation'] | undefined;

const RELATIONS: readonly (RelatedRecord['relation'] | undefined)[] = [undefined, 'child', 'parent', 'peer', 'context'];

/**
 * The events of one journey as numbers, straight from the columns: `codes` holds everything that its shape depends on (see `Shape`), so that two
 * journeys with the same codes have the same shape. One reading is used for all journeys, one after the other.
 */
export class JourneyReading {
  readonly #store: ColumnStore;
  readonly #words: Words;
  readonly #relationTo: RelationTo;
  /** Record id → name id of its type. */
  readonly #typeOf: (record: number) => number;
  #codes = new Uint32Array(4096);
  #length = 0;
  #count = 0;
  readonly #batches: ColumnBatch[] = [];
  readonly #index = new Uint32Array(MOST_EVENTS);
  /** All times of the journey, each once, ascending. */
  readonly #times = new Float64Array(2 * MOST_EVENTS);
  #timeCount = 0;
  readonly #records = new Uint32Array(MOST_RECORDS);
  #recordCount = 0;
  /** The records that the events name, event by event; 0 for none. */
  #mentions = new Uint32Array(1024);
  readonly #executions = new Numbering(2 * MOST_EVENTS);
  readonly #spans = new Numbering(2 * MOST_EVENTS);
  readonly #fingerprints = new Numbering(MOST_EVENTS);
  readonly #sources = new Numbering(MOST_EVENTS);

  constructor(store: ColumnStore, words: Words, typeOf: (record: number) => number, relationTo: RelationTo) {
    this.#store = store;
    this.#words = words;
    this.#typeOf = typeOf;
    this.#relationTo = relationTo;
  }

  /** Reads a journey. False when it is none that shares its shape: too long, or with an error, whose text is its own. */
  read(root: number, events: Uint32Array): boolean {
    if (events.length > MOST_EVENTS) return false;
    if (!this.#gather(events) || !this.#collectTimes() || !this.#collectRecords()) return false;
    this.#encode(root);
    return true;
  }

  /** The key of the journey's shape; overwritten by the next reading. */
  get codes(): Uint32Array {
    return this.#codes.subarray(0, this.#length);
  }

  time(rank: number): Micros {
    return micros(this.#times[rank - 1]!);
  }

  event(place: number): number {
    return this.#batches[place]!.firstEvent + this.#index[place]!;
  }

  /** Id of the record that has a number. */
  record(number: number): number {
    return this.#records[number - 1]!;
  }

  execution(number: number): number {
    return this.#executions.value(number);
  }

  fingerprint(number: number): number {
    return this.#fingerprints.value(number);
  }

  attribute(place: number, index: number): Attribute {
    return attributeAt(this.#batches[place]!, this.#attributeAt(place, index), this.#words);
  }

  /** Whether two attributes, each of an event, hold the very same number, or the very same text. */
  isSame(place: number, index: number, otherPlace: number, otherIndex: number): boolean {
    const a = this.#batches[place]!;
    const b = this.#batches[otherPlace]!;
    const i = this.#attributeAt(place, index);
    const j = this.#attributeAt(otherPlace, otherIndex);
    const number = a.attrNumber[i]!;
    if (!Number.isNaN(number)) return number === b.attrNumber[j];
    return a.attrText[i] !== 0 && a.attrText[i] === b.attrText[j] && Number.isNaN(b.attrNumber[j]);
  }

  #attributeAt(place: number, index: number): number {
    return this.#batches[place]!.attrStart[this.#index[place]!]! + index;
  }

  /** What the shape is made from: the journey with ranks and numbers, see `shapeOf`. */
  input(root: number): JourneyInput {
    const refs = Array.from({ length: this.#recordCount }, (_, i): RecordRef => ({
      type: this.#words.name(this.#typeOf(this.#records[i]!)),
      key: this.#records[i] === root ? ROOT_KEY : String(i + 1),
    }));
    const related: RelatedRecord[] = [];
    refs.forEach((record, i) => {
      const relation = this.#relationTo(root, this.#records[i]!);
      if (relation !== undefined) related.push({ record, relation, events: [], confidence: 1 });
    });
    return {
      root: { type: this.#words.name(this.#typeOf(root)), key: ROOT_KEY },
      aliases: [],
      events: Array.from({ length: this.#count }, (_, place) => this.#ranked(place)),
      record: (number) => refs[number - 1]!,
      execution: String,
      related,
    };
  }

  #ranked(place: number): Event {
    const batch = this.#batches[place]!;
    const index = this.#index[place]!;
    const real = eventAt(batch, index, this.#words);
    return {
      ...real,
      id: place,
      source: this.#sources.number(real.source + 1),
      entry: place,
      time: this.#rankOrNone(batch.time[index]!),
      end: this.#rankOrNone(batch.end[index]!),
      execution: this.#executions.number(real.execution ?? 0) || undefined,
      parentExecution: this.#executions.number(real.parentExecution ?? 0) || undefined,
      span: this.#spans.number(real.span ?? 0) || undefined,
      parentSpan: this.#spans.number(real.parentSpan ?? 0) || undefined,
      fingerprint: this.#fingerprints.number(real.fingerprint),
      records: real.records.map((record) => this.#numberOf(record)),
      attributes: real.attributes.map(({ name }, number) => ({ name, number, text: undefined })),
    };
  }

  /** Finds the events in their batches and puts them in order. */
  #gather(events: Uint32Array): boolean {
    const { length } = events;
    this.#count = length;
    let last = Number.NEGATIVE_INFINITY;
    let isOrdered = true;
    for (let k = 0; k < length; k++) {
      const id = events[k]!;
      const batch = this.#store.batchOf(id);
      if (batch === undefined) throw new Error(`event ${id} is in no batch`);
      const i = id - batch.firstEvent;
      // The text of an error goes into the steps, and is hardly ever that of another journey.
      if (batch.error[i] !== 0) return false;
      this.#batches[k] = batch;
      this.#index[k] = i;
      const time = batch.time[i]!;
      isOrdered &&= time > last;
      last = time;
    }
    if (!isOrdered) this.#order();
    return true;
  }

  #order(): void {
    const events = Array.from({ length: this.#count }, (_, k): Ordered & { readonly batch: ColumnBatch; readonly index: number } => {
      const batch = this.#batches[k]!;
      const index = this.#index[k]!;
      return {
        id: batch.firstEvent + index,
        source: this.#words.sourceRank(batch.source),
        entry: batch.entry[index]!,
        time: numberOrNone(batch.time[index]!),
        end: numberOrNone(batch.end[index]!),
        span: batch.span[index] || undefined,
        batch,
        index,
      };
    });
    inOrder(events).forEach(({ batch, index }, k) => {
      this.#batches[k] = batch;
      this.#index[k] = index;
    });
  }

  /** Collects the times. False when one is not behind the epoch: what has no time counts as 0 in comparisons. */
  #collectTimes(): boolean {
    this.#timeCount = 0;
    for (let k = 0; k < this.#count; k++) {
      const batch = this.#batches[k]!;
      const i = this.#index[k]!;
      const time = batch.time[i]!;
      const end = batch.end[i]!;
      if (time <= 0 || end <= 0) return false;
      if (time > 0) this.#addTime(time);
      if (end > 0) this.#addTime(end);
    }
    return true;
  }

  #addTime(time: number): void {
    const times = this.#times;
    // Most are later than all before, or nearly.
    let at = this.#timeCount;
    while (at > 0 && times[at - 1]! > time) at--;
    if (at > 0 && times[at - 1] === time) return;
    for (let i = this.#timeCount; i > at; i--) times[i] = times[i - 1]!;
    times[at] = time;
    this.#timeCount++;
  }

  /** Rank of a time; 0 for NaN. */
  #rank(time: number): number {
    if (Number.isNaN(time)) return 0;
    let low = 0;
    let high = this.#timeCount - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  #rankOrNone(time: number): Micros | undefined {
    const rank = this.#rank(time);
    return rank === 0 ? undefined : micros(rank);
  }

  /** Collects the records that the events name, ascending: of two that could be meant the one with the lower id is. */
  #collectRecords(): boolean {
    this.#recordCount = 0;
    let at = 0;
    for (let k = 0; k < this.#count; k++) {
      const { idStart, identifier } = this.#batches[k]!;
      const from = idStart[this.#index[k]!]!;
      const to = idStart[this.#index[k]! + 1]!;
      if (at + to - from > this.#mentions.length) this.#mentions = grown(this.#mentions, at + to - from);
      for (let m = from; m < to; m++) {
        const record = this.#words.recordOf(identifier[m]!);
        this.#mentions[at++] = record;
        if (record !== 0 && !this.#addRecord(record)) return false;
      }
    }
    return true;
  }

  #addRecord(record: number): boolean {
    const records = this.#records;
    const count = this.#recordCount;
    let at = count;
    while (at > 0 && records[at - 1]! > record) at--;
    if (at > 0 && records[at - 1] === record) return true;
    if (count === MOST_RECORDS) return false;
    for (let i = count; i > at; i--) records[i] = records[i - 1]!;
    records[at] = record;
    this.#recordCount++;
    return true;
  }

  /** The number of a record. */
  #numberOf(record: number): number {
    let i = 0;
    while (this.#records[i] !== record) i++;
    return i + 1;
  }

  #encode(root: number): void {
    this.#executions.clear();
    this.#spans.clear();
    this.#fingerprints.clear();
    this.#sources.clear();
    this.#length = 0;
    this.#reserve(3 + 2 * this.#recordCount);
    const codes = this.#codes;
    let at = 0;
    codes[at++] = this.#typeOf(root);
    codes[at++] = this.#count;
    codes[at++] = this.#recordCount;
    for (let r = 0; r < this.#recordCount; r++) {
      const record = this.#records[r]!;
      codes[at++] = this.#typeOf(record);
      codes[at++] = record === root ? RELATIONS.length : RELATIONS.indexOf(this.#relationTo(root, record));
    }
    this.#length = at;
    let mention = 0;
    for (let k = 0; k < this.#count; k++) mention = this.#encodeEvent(this.#batches[k]!, this.#index[k]!, mention);
  }

  /** @param mention place of the event's first one in `#mentions`; returns that of the next event's. */
  #encodeEvent(batch: ColumnBatch, i: number, mention: number): number {
    const mentions = batch.idStart[i + 1]! - batch.idStart[i]!;
    const fromAttribute = batch.attrStart[i]!;
    const toAttribute = batch.attrStart[i + 1]!;
    this.#reserve(15 + mentions + toAttribute - fromAttribute);
    const codes = this.#codes;
    let at = this.#length;
    codes[at++] = batch.system[i]!;
    codes[at++] = batch.flow[i]!;
    codes[at++] = batch.step[i]!;
    codes[at++] = batch.statusRaw[i]!;
    codes[at++] = batch.attempt[i]! * 65_536 + batch.kind[i]! * 256 + batch.status[i]!;
    codes[at++] = this.#sources.number(this.#words.sourceRank(batch.source) + 1);
    codes[at++] = this.#executions.number(batch.execution[i]!);
    codes[at++] = this.#executions.number(batch.parentExecution[i]!);
    codes[at++] = this.#spans.number(orZero(batch.span[i]!));
    codes[at++] = this.#spans.number(orZero(batch.parentSpan[i]!));
    codes[at++] = this.#fingerprints.number(batch.fingerprint[i]!);
    codes[at++] = this.#rank(batch.time[i]!);
    codes[at++] = this.#rank(batch.end[i]!);
    codes[at++] = mentions;
    for (let m = mention; m < mention + mentions; m++) codes[at++] = this.#mentions[m] === 0 ? 0 : this.#numberOf(this.#mentions[m]!);
    codes[at++] = toAttribute - fromAttribute;
    for (let m = fromAttribute; m < toAttribute; m++) codes[at++] = batch.attrName[m]!;
    this.#length = at;
    return mention + mentions;
  }

  #reserve(more: number): void {
    if (this.#length + more > this.#codes.length) this.#codes = grown(this.#codes, this.#length + more);
  }
}

/** A copy with room for `least` numbers and twice as many as before. */
function grown(column: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(2 * column.length, least));
  larger.set(column);
  return larger;
}

function numberOrNone(time: number): Micros | undefined {
  return Number.isNaN(time) ? undefined : micros(time);
}

/** Spans that an event does not have are NaN, or 0. */
function orZero(span: number): number {
  return Number.isNaN(span) ? 0 : span;
}
