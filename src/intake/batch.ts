import { EVENT_KINDS } from '../model/event.ts';
import { statusCode } from '../model/status.ts';
import { PRECISIONS } from '../model/time.ts';
import { BatchColumns, type ListColumns, type RowColumns } from './batch-columns.ts';
import type { Draft } from './draft.ts';
import type { Place } from './entry.ts';
import { hash52, mix52 } from './hash.ts';

/**
 * A few thousand events as columns: what a parse worker hands to the writer. All buffers are shared memory; strings are
 * sent once per batch in `strings`, index 0 is the empty string and means "not said".
 */
export interface EventBatch extends RowColumns, ListColumns {
  readonly count: number;
  readonly strings: readonly string[];
}

export const BATCH_EVENTS = 8192;

/** The type of execution ids whose source does not call them anything else. */
export const EXECUTION = 'execution';

/** The highest ordinal that a column holds. */
const MAX_ORDINAL = 0xffff_ffff;

/** Collects events into an `EventBatch`: drafts by `add`, or rows that are filled in place. `take()` hands the batch out and starts a new one. */
export class BatchBuilder {
  /** The columns of the batch under way, to be filled at the row that `begin` gave. */
  columns: BatchColumns;
  #count = 0;
  readonly #capacity: number;
  #strings: string[] = [''];
  #index = new Map<string, number>([['', 0]]);
  /** By type: value → pair. */
  #pairs: Map<number, number>[] = [];
  /** Columns of batches that were handed out, and those that came back. */
  readonly #lent = new Map<EventBatch, BatchColumns>();
  readonly #free: BatchColumns[] = [];
  /** Stands for the batch under way: texts that have it know their index in it. */
  #batch: object = {};

  constructor(capacity: number = BATCH_EVENTS) {
    this.#capacity = capacity;
    this.columns = this.#newColumns();
  }

  get count(): number {
    return this.#count;
  }

  get full(): boolean {
    return this.#count === this.#capacity;
  }

  /** A new row with its place; everything else is to be set. */
  begin(place: Place, entry: number): number {
    const { columns } = this;
    const row = this.#count++;
    columns.entry[row] = entry;
    columns.line[row] = place.line;
    columns.offset[row] = place.offset;
    columns.length[row] = place.length;
    columns.idStart[row] = columns.idPair.length;
    columns.attrStart[row] = columns.attrName.length;
    return row;
  }

  /** Copies the draft. `entry` is the 0-based ordinal of the entry in its source, which counts unless the draft has a sequence of its own. */
  add(draft: Draft, place: Place, entry: number): void {
    // What a source declares about its order goes before the order of the file, which may be newest first.
    const i = this.begin(place, draft.sequence >= 0 && draft.sequence <= MAX_ORDINAL ? draft.sequence : entry);
    const { columns } = this;
    columns.time[i] = draft.time;
    columns.end[i] = draft.end;
    columns.precision[i] = PRECISIONS.indexOf(draft.precision);
    columns.kind[i] = EVENT_KINDS.indexOf(draft.kind);
    columns.system[i] = this.intern(draft.system);
    columns.flow[i] = this.intern(draft.flow);
    columns.step[i] = this.intern(draft.step);
    columns.status[i] = statusCode(draft.status);
    columns.statusRaw[i] = this.intern(draft.statusRaw);
    const executionType = draft.executionType === '' ? EXECUTION : draft.executionType;
    columns.execution[i] = draft.execution === '' ? 0 : this.#pairOf(executionType, draft.execution);
    columns.parentExecution[i] = draft.parentExecution === '' ? 0 : this.#pairOf(executionType, draft.parentExecution);
    columns.span[i] = hash52(draft.span);
    columns.parentSpan[i] = hash52(draft.parentSpan);
    columns.attempt[i] = draft.attempt;
    columns.error[i] = this.intern(draft.error);
    columns.fingerprint[i] = fingerprint(draft);
    for (let k = 0; k < draft.idValues.length; k++) {
      columns.mention(this.#pairOf(draft.idTypes[k]!, draft.idValues[k]!), this.intern(draft.idPaths[k]!));
    }
    for (let k = 0; k < draft.attrNames.length; k++) {
      // A number needs no text beside it: amounts are nearly all different, and interning them costs more than parsing them.
      const text = Number.isNaN(draft.attrNumbers[k]!) ? this.intern(draft.attrTexts[k]!) : 0;
      columns.attribute(this.intern(draft.attrNames[k]!), text, draft.attrNumbers[k]!);
    }
  }

  take(): EventBatch {
    const { columns } = this;
    const batch: EventBatch = {
      count: this.#count,
      strings: this.#strings,
      ...columns.close(this.#count),
    };
    this.#count = 0;
    this.#strings = [''];
    this.#index = new Map([['', 0]]);
    this.#pairs = [];
    this.#batch = {};
    this.#lent.set(batch, columns);
    this.columns = this.#newColumns();
    return batch;
  }

  /** Takes back a batch that nobody reads any more: its columns will hold another one. */
  giveBack(batch: EventBatch): void {
    const columns = this.#lent.get(batch);
    if (columns === undefined) return;
    this.#lent.delete(batch);
    this.#free.push(columns);
  }

  #newColumns(): BatchColumns {
    const columns = this.#free.pop() ?? new BatchColumns(this.#capacity);
    columns.pair(0, 0, 0);
    return columns;
  }

  /** The index of a text in this batch's strings. */
  intern(value: string): number {
    const known = this.#index.get(value);
    if (known !== undefined) return known;
    const index = this.#strings.length;
    this.#strings.push(value);
    this.#index.set(value, index);
    return index;
  }

  /** As `intern`, for a text that remembers its index for as long as the batch is the same. */
  internCell(cell: InternedText): number {
    if (cell.batch !== this.#batch) {
      cell.batch = this.#batch;
      cell.index = this.intern(cell.text);
      cell.pair = 0;
    }
    return cell.index;
  }

  /** The pair of a type and a text that is a key of that type wherever it stands. */
  pairCell(type: InternedText, cell: InternedText): number {
    const value = this.internCell(cell);
    if (cell.pair === 0) cell.pair = this.#pair(this.internCell(type), value, cell.hash);
    return cell.pair;
  }

  #pairOf(type: string, value: string): number {
    return this.#pair(this.intern(type), this.intern(value), undefined);
  }

  #pair(type: number, value: number, hash: number | undefined): number {
    const ofType = (this.#pairs[type] ??= new Map());
    let pair = ofType.get(value);
    if (pair === undefined) {
      pair = this.columns.pair(type, value, hash ?? hash52(this.#strings[value]!));
      ofType.set(value, pair);
    }
    return pair;
  }
}

/** A text that stands in many events, and where it stands in the strings of one batch. */
export interface InternedText {
  readonly text: string;
  /** `hash52` of the text. */
  readonly hash: number;
  /** The batch that `index` and `pair` are of. */
  batch: object | undefined;
  index: number;
  /** 0: none yet. */
  pair: number;
}

/** Hash over what the entry says about the business, so that a repeat of the same work has the same value; 0 when it says nothing. */
function fingerprint(draft: Draft): number {
  if (draft.idValues.length === 0 && draft.attrNames.length === 0) return 0;
  let hash = hash52(draft.kind);
  for (let k = 0; k < draft.idValues.length; k++) hash = mix52(hash, hash52(draft.idValues[k]!));
  for (let k = 0; k < draft.attrNames.length; k++) {
    hash = mix52(hash, hash52(draft.attrNames[k]!));
    hash = mix52(hash, hash52(draft.attrTexts[k]!));
  }
  return hash === 0 ? 1 : hash;
}
