import { EVENT_KINDS } from '../model/event.ts';
import { statusCode } from '../model/status.ts';
import { PRECISIONS } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { Place } from './entry.ts';
import { hash52, mix52 } from './hash.ts';

/**
 * A few thousand events as columns: what a parse worker hands to the writer. All buffers are transferable; strings are
 * sent once per batch in `strings`, index 0 is the empty string and means "not said".
 */
export interface EventBatch {
  readonly count: number;
  readonly strings: readonly string[];
  readonly time: Float64Array;
  readonly end: Float64Array;
  readonly precision: Uint8Array;
  readonly kind: Uint8Array;
  readonly entry: Uint32Array;
  readonly line: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  readonly system: Uint32Array;
  readonly flow: Uint32Array;
  readonly step: Uint32Array;
  readonly status: Uint8Array;
  readonly statusRaw: Uint32Array;
  readonly executionType: Uint32Array;
  readonly execution: Uint32Array;
  readonly parentExecution: Uint32Array;
  readonly span: Float64Array;
  readonly parentSpan: Float64Array;
  readonly attempt: Uint16Array;
  readonly error: Uint32Array;
  readonly fingerprint: Float64Array;
  /** `idStart[i]..idStart[i+1]` are the identifiers of event i. */
  readonly idStart: Uint32Array;
  readonly idType: Uint32Array;
  readonly idValue: Uint32Array;
  readonly idPath: Uint32Array;
  readonly attrStart: Uint32Array;
  readonly attrName: Uint32Array;
  readonly attrText: Uint32Array;
  readonly attrNumber: Float64Array;
}

export const BATCH_EVENTS = 8192;

/** The highest ordinal that a column holds. */
const MAX_ORDINAL = 0xffff_ffff;

/** Collects drafts into an `EventBatch`. `take()` hands the batch out and starts a new one. */
export class BatchBuilder {
  #count = 0;
  #capacity: number;
  #strings: string[] = [''];
  #index = new Map<string, number>([['', 0]]);
  #time!: Float64Array;
  #end!: Float64Array;
  #precision!: Uint8Array;
  #kind!: Uint8Array;
  #entry!: Uint32Array;
  #line!: Uint32Array;
  #offset!: Float64Array;
  #length!: Uint32Array;
  #system!: Uint32Array;
  #flow!: Uint32Array;
  #step!: Uint32Array;
  #status!: Uint8Array;
  #statusRaw!: Uint32Array;
  #executionType!: Uint32Array;
  #execution!: Uint32Array;
  #parentExecution!: Uint32Array;
  #span!: Float64Array;
  #parentSpan!: Float64Array;
  #attempt!: Uint16Array;
  #error!: Uint32Array;
  #fingerprint!: Float64Array;
  #idStart!: Uint32Array;
  #attrStart!: Uint32Array;
  #idType: number[] = [];
  #idValue: number[] = [];
  #idPath: number[] = [];
  #attrName: number[] = [];
  #attrText: number[] = [];
  #attrNumber: number[] = [];

  constructor(capacity: number = BATCH_EVENTS) {
    this.#capacity = capacity;
    this.#allocate();
  }

  get count(): number {
    return this.#count;
  }

  get full(): boolean {
    return this.#count === this.#capacity;
  }

  /** Copies the draft. `entry` is the 0-based ordinal of the entry in its source, which counts unless the draft has a sequence of its own. */
  add(draft: Draft, place: Place, entry: number): void {
    const i = this.#count++;
    this.#time[i] = draft.time;
    this.#end[i] = draft.end;
    this.#precision[i] = PRECISIONS.indexOf(draft.precision);
    this.#kind[i] = EVENT_KINDS.indexOf(draft.kind);
    // What a source declares about its order goes before the order of the file, which may be newest first.
    this.#entry[i] = draft.sequence >= 0 && draft.sequence <= MAX_ORDINAL ? draft.sequence : entry;
    this.#line[i] = place.line;
    this.#offset[i] = place.offset;
    this.#length[i] = place.length;
    this.#system[i] = this.#intern(draft.system);
    this.#flow[i] = this.#intern(draft.flow);
    this.#step[i] = this.#intern(draft.step);
    this.#status[i] = statusCode(draft.status);
    this.#statusRaw[i] = this.#intern(draft.statusRaw);
    this.#executionType[i] = this.#intern(draft.executionType);
    this.#execution[i] = this.#intern(draft.execution);
    this.#parentExecution[i] = this.#intern(draft.parentExecution);
    this.#span[i] = hash52(draft.span);
    this.#parentSpan[i] = hash52(draft.parentSpan);
    this.#attempt[i] = draft.attempt;
    this.#error[i] = this.#intern(draft.error);
    this.#fingerprint[i] = fingerprint(draft);
    this.#idStart[i] = this.#idValue.length;
    for (let k = 0; k < draft.idValues.length; k++) {
      this.#idType.push(this.#intern(draft.idTypes[k]!));
      this.#idValue.push(this.#intern(draft.idValues[k]!));
      this.#idPath.push(this.#intern(draft.idPaths[k]!));
    }
    this.#attrStart[i] = this.#attrName.length;
    for (let k = 0; k < draft.attrNames.length; k++) {
      this.#attrName.push(this.#intern(draft.attrNames[k]!));
      // A number needs no text beside it: amounts are nearly all different, and interning them costs more than parsing them.
      this.#attrText.push(Number.isNaN(draft.attrNumbers[k]!) ? this.#intern(draft.attrTexts[k]!) : 0);
      this.#attrNumber.push(draft.attrNumbers[k]!);
    }
  }

  take(): EventBatch {
    const n = this.#count;
    this.#idStart[n] = this.#idValue.length;
    this.#attrStart[n] = this.#attrName.length;
    const batch: EventBatch = {
      count: n,
      strings: this.#strings,
      time: this.#time,
      end: this.#end,
      precision: this.#precision,
      kind: this.#kind,
      entry: this.#entry,
      line: this.#line,
      offset: this.#offset,
      length: this.#length,
      system: this.#system,
      flow: this.#flow,
      step: this.#step,
      status: this.#status,
      statusRaw: this.#statusRaw,
      executionType: this.#executionType,
      execution: this.#execution,
      parentExecution: this.#parentExecution,
      span: this.#span,
      parentSpan: this.#parentSpan,
      attempt: this.#attempt,
      error: this.#error,
      fingerprint: this.#fingerprint,
      idStart: this.#idStart,
      idType: Uint32Array.from(this.#idType),
      idValue: Uint32Array.from(this.#idValue),
      idPath: Uint32Array.from(this.#idPath),
      attrStart: this.#attrStart,
      attrName: Uint32Array.from(this.#attrName),
      attrText: Uint32Array.from(this.#attrText),
      attrNumber: Float64Array.from(this.#attrNumber),
    };
    this.#count = 0;
    this.#strings = [''];
    this.#index = new Map([['', 0]]);
    this.#idType = [];
    this.#idValue = [];
    this.#idPath = [];
    this.#attrName = [];
    this.#attrText = [];
    this.#attrNumber = [];
    this.#allocate();
    return batch;
  }

  #intern(value: string): number {
    const known = this.#index.get(value);
    if (known !== undefined) return known;
    const index = this.#strings.length;
    this.#strings.push(value);
    this.#index.set(value, index);
    return index;
  }

  #allocate(): void {
    const n = this.#capacity;
    this.#time = new Float64Array(n);
    this.#end = new Float64Array(n);
    this.#precision = new Uint8Array(n);
    this.#kind = new Uint8Array(n);
    this.#entry = new Uint32Array(n);
    this.#line = new Uint32Array(n);
    this.#offset = new Float64Array(n);
    this.#length = new Uint32Array(n);
    this.#system = new Uint32Array(n);
    this.#flow = new Uint32Array(n);
    this.#step = new Uint32Array(n);
    this.#status = new Uint8Array(n);
    this.#statusRaw = new Uint32Array(n);
    this.#executionType = new Uint32Array(n);
    this.#execution = new Uint32Array(n);
    this.#parentExecution = new Uint32Array(n);
    this.#span = new Float64Array(n);
    this.#parentSpan = new Float64Array(n);
    this.#attempt = new Uint16Array(n);
    this.#error = new Uint32Array(n);
    this.#fingerprint = new Float64Array(n);
    this.#idStart = new Uint32Array(n + 1);
    this.#attrStart = new Uint32Array(n + 1);
  }
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

/** The buffers of a batch, for `postMessage`'s transfer list. */
export function transferables(batch: EventBatch): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  for (const value of Object.values(batch) as unknown[]) {
    if (ArrayBuffer.isView(value)) buffers.push(value.buffer as ArrayBuffer);
  }
  return buffers;
}
