import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { analyse, type AnalysisResult } from '../../analysis/analyse.ts';
import { ObservedLoad } from '../../analysis/observed-load.ts';
import type { EventBatch } from '../../intake/batch.ts';
import type { Rejection } from '../../intake/entry.ts';
import type { LearnedMapping } from '../../intake/memory.ts';
import { Cancelled } from '../../model/errors.ts';
import type { IdentityWish } from '../../model/identity-decision.ts';
import { fillEventRows } from '../../workspace/event-rows.ts';
import { addIdentityDecision, removeIdentityDecision } from '../../workspace/identity-decisions.ts';
import { rememberMapping } from '../../workspace/learned-mappings.ts';
import { openWriter, type Db } from '../../workspace/open.ts';
import { putPassport, removePassport, type KeptPassport } from '../../workspace/passports.ts';
import { isDirty } from '../../workspace/readers/meta.ts';
import {
  isEmpty,
  purgeUnfinished,
  removeSource,
  SourceWriter,
  type RawBlock,
  type SourceEnd,
  type SourceOutcome,
  type SourceStart,
} from '../../workspace/source-writer.ts';
import { lockForWriting } from '../../workspace/write-lock.ts';
import { isCancelled, pausePointBlocking, type Control } from './control.ts';
import { journeyHelper } from './journey-helper.ts';
import { releaseMemory } from './release-memory.ts';
import { describeError, serve } from './rpc.ts';

/** What the engine asks of the writer. */
export type WriteMethods = {
  /** Takes a port on which a parse thread delivers (`SinkMethods`). */
  attach(port: MessagePort): void;
  refuse(path: string, code: string, reason: string): void;
  abort(source: number): void;
  removeSource(source: number): void;
  putPassport(passport: KeptPassport): void;
  removePassport(name: string): void;
  addIdentityDecision(wish: IdentityWish, at: string): void;
  removeIdentityDecision(id: number): void;
  analyse(): Promise<AnalysisResult>;
  /** Makes the rows that the user's own SQL reads, see `event-rows.ts`. */
  fillEventRows(): void;
  /** Whether derived data is older than what was imported. */
  dirty(): boolean;
  /** For a new workspace: durability is not needed before the first import has ended. */
  bulkLoad(on: boolean): void;
  close(): void;
};

/** What a parse thread asks of the writer. Answers are the backpressure: a parse thread has few calls under way. */
export type SinkMethods = {
  begin(start: SourceStart): number;
  events(source: number, batch: EventBatch): void;
  block(source: number, block: RawBlock): void;
  rejects(source: number, rejections: readonly Rejection[]): void;
  end(source: number, end: SourceEnd): SourceOutcome;
  abort(source: number): void;
  /** Keeps what the user corrected. */
  remember(learned: LearnedMapping): void;
};

interface WriterData {
  readonly path: string;
  readonly control: Control;
}

const { path, control } = workerData as WriterData;
const port = parentPort!;
const { db, unlock } = openOrReport();
purgeUnfinished(db);
/** What is being loaded. Its dictionaries can be as large as what analysis needs, so it is let go of before and made again after. */
let current: SourceWriter | undefined;
/** What was seen of the first load of a workspace, for its analysis. */
let observed: ObservedLoad | undefined;
const writer = (): SourceWriter => (current ??= newWriter());

function newWriter(): SourceWriter {
  observed = isEmpty(db) ? new ObservedLoad() : undefined;
  return new SourceWriter(db, observed);
}

/** A workspace that cannot be opened is the user's to hear about: the engine waits for `ready` or `failed`. */
function openOrReport(): { readonly db: Db; readonly unlock: () => void } {
  try {
    const release = lockForWriting(path);
    return { db: openWriter(path), unlock: release };
  } catch (error) {
    port.postMessage({ failed: describeError(error) });
    port.close();
    process.exit(1);
  }
}

/** Says at most ten times a second how far a stage has come. */
function reportProgress(): (stage: string, done: number, total: number) => void {
  let last = 0;
  return (stage, done, total) => {
    const now = Date.now();
    if (now - last < 100) return;
    last = now;
    port.postMessage({ progress: { stage, done, total } });
  };
}

const sink: SinkMethods = {
  begin: (start) => writer().begin(start),
  events: (source, batch) => writer().events(source, batch),
  block: (source, block) => writer().block(source, block),
  rejects: (source, rejections) => writer().rejects(source, rejections),
  end: (source, end) => writer().end(source, end),
  abort: (source) => writer().abort(source),
  remember: (learned) => {
    current?.commit();
    db.transaction(() => rememberMapping(db, learned))();
  },
};

serve<WriteMethods>(port, {
  attach: (from) => serve(from, sink),
  refuse: (file, code, reason) => writer().refuse(file, code, reason, new Date().toISOString()),
  abort: (source) => writer().abort(source),
  removeSource: (source) => {
    current?.commit();
    current = undefined;
    observed = undefined;
    removeSource(db, source);
  },
  putPassport: (passport) => {
    current?.commit();
    putPassport(db, passport);
  },
  removePassport: (name) => {
    current?.commit();
    removePassport(db, name);
  },
  addIdentityDecision: (wish, at) => {
    current?.commit();
    addIdentityDecision(db, wish, at);
  },
  removeIdentityDecision: (id) => {
    current?.commit();
    removeIdentityDecision(db, id);
  },
  analyse: async () => {
    current?.commit();
    current = undefined;
    const load = observed;
    observed = undefined;
    const hooks = {
      progress: reportProgress(),
      check: () => {
        pausePointBlocking(control);
        if (isCancelled(control)) throw new Cancelled('the analysis');
      },
      release: releaseMemory,
      helper: () => journeyHelper(path, control),
    };
    hooks.release();
    const result = await analyse(db, hooks, load);
    db.pragma('wal_checkpoint(PASSIVE)');
    return result;
  },
  fillEventRows: () => {
    current?.commit();
    const progress = reportProgress();
    fillEventRows(db, (done, total) => {
      pausePointBlocking(control);
      if (isCancelled(control)) throw new Cancelled('the query');
      progress('Making events readable for SQL', done, total);
    });
  },
  dirty: () => isDirty(db),
  bulkLoad: (on) => {
    current?.commit();
    db.pragma(`synchronous = ${on && isEmpty(db) ? 'OFF' : 'NORMAL'}`);
    if (!on) db.pragma('wal_checkpoint(TRUNCATE)');
  },
  close: () => {
    current?.finish();
    db.pragma('optimize');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    unlock();
    // The port stays open for the answer; the engine ends the thread.
  },
});
port.postMessage({ ready: true });
