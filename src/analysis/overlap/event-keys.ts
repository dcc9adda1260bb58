import { EVENT_KINDS } from '../../model/event.ts';
import { isTerminal, STATUSES, statusCode } from '../../model/status.ts';
import { PRECISIONS } from '../../model/time.ts';
import type { ColumnBatch } from '../../workspace/column-batch.ts';
import { Hash64 } from './hash64.ts';

/** How far a run had come when it was told: nothing that can be updated, not finished, not known, finished, finished with an end. */
export const RUN_STATE = { none: 0, open: 1, unsaid: 2, finished: 3, ended: 4 } as const;

/** The bytes of a place in a source's decoded text. */
export type BytesAt = (source: number, offset: number, length: number) => Uint8Array;

const STEP = EVENT_KINDS.indexOf('step');
const NOTE = EVENT_KINDS.indexOf('note');
const UNKNOWN = statusCode('unknown');
const DAY = PRECISIONS.indexOf('day');
const MILLISECOND = PRECISIONS.indexOf('millisecond');
const OPEN = Uint8Array.from(STATUSES, (status) => Number(status === 'started' || status === 'running' || status === 'waiting'));
const TERMINAL = Uint8Array.from(STATUSES, (status) => Number(isTerminal(status)));
const TELLING_SEED = 0x77617962;
const RUN_SEED = 0x696c6c21;

/**
 * What events are known by. `a` and `b` hold the key that was asked for last: two hashes of 32 bits, equal for equal events.
 *
 * Two kinds of keys: that of a *telling* covers everything that was understood of an entry, so that what is left out for an equal one says
 * nothing that the other does not say. That of a *run* covers only what stays the same while the run goes on.
 */
export class EventKeys {
  readonly #hash = new Hash64();
  readonly #bytesAt: BytesAt;
  readonly #content = { source: 0, offset: -1, length: 0, a: 0, b: 0 };

  constructor(bytesAt: BytesAt) {
    this.#bytesAt = bytesAt;
  }

  get a(): number {
    return this.#hash.a;
  }
  get b(): number {
    return this.#hash.b;
  }

  /** Makes the key of a telling. Returns false for an event that nothing tells from another one: no time, no run and no record. */
  telling(batch: ColumnBatch, i: number): boolean {
    if (Number.isNaN(batch.time[i]!) && !namesRun(batch, i) && !mentions(batch, i)) return false;
    const ownBytes = needsBytes(batch, i);
    if (ownBytes) this.#readContent(batch, i);
    const hash = this.#hash;
    hash.begin(TELLING_SEED);
    if (ownBytes) {
      hash.word(this.#content.a);
      hash.word(this.#content.b);
    }
    hash.double(batch.time[i]!);
    hash.double(batch.end[i]!);
    hash.double(batch.span[i]!);
    hash.double(batch.parentSpan[i]!);
    hash.double(batch.fingerprint[i]!);
    hash.word(batch.system[i]!);
    hash.word(batch.flow[i]!);
    hash.word(batch.step[i]!);
    hash.word(batch.statusRaw[i]!);
    hash.word(batch.execution[i]!);
    hash.word(batch.parentExecution[i]!);
    hash.word(batch.error[i]!);
    hash.word((batch.attempt[i]! << 16) | (batch.status[i]! << 8) | batch.kind[i]!);
    this.#mentions(batch, i);
    hash.end();
    return true;
  }

  /**
   * Makes the key of the run whose step the event tells, by its ids or, where it has none, by the records it works on. Returns false for an
   * event that tells of no run that could be known again.
   */
  run(batch: ColumnBatch, i: number): boolean {
    const named = namesRun(batch, i);
    if (batch.kind[i] !== STEP) return false;
    // On one day the same may be done to a record several times.
    if (!named && (!mentions(batch, i) || Number.isNaN(batch.time[i]!) || batch.precision[i] === DAY)) return false;
    const hash = this.#hash;
    hash.begin(RUN_SEED);
    hash.double(batch.time[i]!);
    hash.double(batch.span[i]!);
    hash.word(batch.system[i]!);
    hash.word(batch.flow[i]!);
    hash.word(batch.step[i]!);
    hash.word(batch.execution[i]!);
    hash.word(batch.attempt[i]!);
    if (!named) this.#mentions(batch, i);
    hash.end();
    return true;
  }

  #mentions(batch: ColumnBatch, i: number): void {
    const from = batch.idStart[i]!;
    const to = batch.idStart[i + 1]!;
    this.#hash.word(to - from);
    for (let k = from; k < to; k++) this.#hash.word(batch.identifier[k]!);
  }

  /** Hashes the entry's bytes. Events of one entry follow each other: it is read once. */
  #readContent({ source, offset, length }: ColumnBatch, i: number): void {
    const content = this.#content;
    if (content.source === source && content.offset === offset[i] && content.length === length[i]) return;
    content.source = source;
    content.offset = offset[i]!;
    content.length = length[i]!;
    this.#hash.begin(TELLING_SEED);
    this.#hash.bytes(this.#bytesAt(source, content.offset, content.length));
    this.#hash.end();
    content.a = this.#hash.a;
    content.b = this.#hash.b;
  }
}

/** What an event says of how far its run had come, see `RUN_STATE`. */
export function runState(batch: ColumnBatch, i: number): number {
  const status = batch.status[i]!;
  if (OPEN[status] === 1) return RUN_STATE.open;
  const hasEnd = !Number.isNaN(batch.end[i]!);
  if (TERMINAL[status] === 1) return hasEnd ? RUN_STATE.ended : RUN_STATE.finished;
  return status === UNKNOWN && !hasEnd ? RUN_STATE.unsaid : RUN_STATE.none;
}

/**
 * Whether what was understood may be the same of two different happenings, so that only the bytes of the entries can tell whether they are one:
 * a log line (its message is in no column), and what has no id of a run and no content, or a time too coarse for two never to share it.
 * Where none of that holds bytes are not asked: exports number their rows anew, and documents of a run grow.
 */
function needsBytes(batch: ColumnBatch, i: number): boolean {
  if (batch.kind[i] === NOTE) return true;
  return !namesRun(batch, i) && (batch.fingerprint[i] === 0 || batch.precision[i]! < MILLISECOND);
}

function namesRun(batch: ColumnBatch, i: number): boolean {
  return batch.execution[i] !== 0 || batch.span[i] !== 0;
}

function mentions(batch: ColumnBatch, i: number): boolean {
  return batch.idStart[i] !== batch.idStart[i + 1];
}
