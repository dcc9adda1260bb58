import { availableParallelism } from 'node:os';
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { AnalysisResult } from '../../analysis/analyse.ts';
import type { PlannedPart } from '../../intake/plan.ts';
import type { PartProgress } from '../../intake/read-part.ts';
import type { TextPattern } from '../../intake/mapper.ts';
import { Cancelled, UserError, type ErrorCode } from '../../model/errors.ts';
import { formatIso, micros } from '../../model/time.ts';
import type { ParseMethods, ReadOutcome } from '../threads/parse-thread.ts';
import { remote, type Remote } from '../threads/rpc.ts';
import { spawnThread } from '../threads/spawn.ts';
import type { WriteMethods } from '../threads/write-thread.ts';
import type { WireImportSummary } from '../wire.ts';
import type { JobReporter } from './jobs.ts';

/** A parse thread with the flag that stops it. The engine keeps one for planning; an import adds more where there are cores. */
export interface ParseWorker {
  readonly worker: Worker;
  readonly methods: Remote<ParseMethods>;
  readonly cancel: Int32Array;
}

export async function spawnParser(): Promise<ParseWorker> {
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const worker = await spawnThread('parse-thread', { cancel }, { stdin: true });
  return { worker, methods: remote<ParseMethods>(worker), cancel };
}

/** Hands the process's standard input on to a parse thread, at the speed at which it reads. Returns what ends that. */
export function feedStdin({ worker }: ParseWorker): () => void {
  const to = worker.stdin!;
  // A thread that is ended while it is fed has told why by other ways.
  to.on('error', () => undefined);
  process.stdin.pipe(to);
  return () => {
    process.stdin.unpipe(to);
    // An open pipe that nobody reads would keep the process alive.
    process.stdin.destroy();
  };
}

/** The writer of one job: opened for it, closed after it, so that the workspace is locked only meanwhile. */
interface WriteWorker {
  readonly worker: Worker;
  readonly methods: Remote<WriteMethods>;
  readonly cancel: Int32Array;
}

async function spawnWriter(path: string): Promise<WriteWorker> {
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const worker = await spawnThread('write-thread', { path, cancel });
  return { worker, methods: remote<WriteMethods>(worker), cancel };
}

/** Runs `work` with a writer, and ends its thread whatever happens: a thread that is left keeps the process alive. */
async function withWriter<T>(path: string, reporter: JobReporter, work: (writer: WriteWorker) => Promise<T>): Promise<T> {
  const writer = await spawnWriter(path);
  const abort = (): void => {
    Atomics.store(writer.cancel, 0, 1);
  };
  reporter.signal.addEventListener('abort', abort, { once: true });
  writer.worker.on('message', (message: { progress?: { stage: string; done: number; total: number } }) => {
    if (message.progress === undefined) return;
    const { stage, done, total } = message.progress;
    reporter.update({ stage, detail: total > 0 ? `${Math.round((100 * done) / total)} %` : '' });
  });
  try {
    const result = await work(writer);
    await writer.methods.close();
    return result;
  } catch (error) {
    // What went wrong first is what the user must hear: a writer in that state may fail to close as well.
    await writer.methods.close().catch(() => undefined);
    throw error;
  } finally {
    reporter.signal.removeEventListener('abort', abort);
    await writer.worker.terminate();
  }
}

export interface ImportJob {
  readonly workspace: string;
  readonly planId: string | undefined;
  /** The thread that planned: it holds the parts (stdin can be read only there). */
  readonly planner: ParseWorker;
  readonly parts: readonly PlannedPart[];
  readonly textPatterns: readonly TextPattern[];
}

interface PartResult {
  readonly part: PlannedPart;
  readonly outcome: ReadOutcome | undefined;
  readonly refusal: { readonly code: ErrorCode; readonly reason: string } | undefined;
}

/** Imports the ready parts of a plan, then analyses. What was complete when the user cancelled stays, and is analysed. */
export async function runImport(job: ImportJob, reporter: JobReporter): Promise<WireImportSummary> {
  const started = performance.now();
  const ready = job.parts.filter((part) => part.outcome === 'ready');
  reporter.update({ stage: 'Reading', totalBytes: totalBytes(ready) });
  return withWriter(job.workspace, reporter, async (writer) => {
    await writer.methods.bulkLoad(true);
    for (const part of job.parts) if (part.outcome === 'refused') await writer.methods.refuse(part.path, part.code, part.reason);
    const results = await readParts(job, ready, writer, reporter);
    for (const { part, refusal } of results)
      if (refusal !== undefined) await writer.methods.refuse(part.path, refusal.code, refusal.reason);
    if (reporter.signal.aborted) {
      Atomics.store(writer.cancel, 0, 0);
      if (await writer.methods.dirty()) await writer.methods.analyse();
      throw new Cancelled('the import');
    }
    reporter.update({ stage: 'Analysing', detail: '' });
    // Nothing new means nothing to analyse: importing the same content again changes nothing.
    const analysis = (await writer.methods.dirty()) ? await writer.methods.analyse() : undefined;
    await writer.methods.bulkLoad(false);
    return summarise(job.parts, results, analysis, (performance.now() - started) / 1000);
  });
}

/** Analyses again, for example after a source was removed or when a killed import had left the workspace unanalysed. */
export async function runAnalysis(
  workspace: string,
  reporter: JobReporter,
  before?: (writer: Remote<WriteMethods>) => Promise<void>,
): Promise<undefined> {
  await withWriter(workspace, reporter, async (writer) => {
    await before?.(writer.methods);
    await writer.methods.analyse();
  });
  return undefined;
}

/** Makes the rows of events that the user's own SQL reads. */
export async function runEventRows(workspace: string, reporter: JobReporter): Promise<undefined> {
  await withWriter(workspace, reporter, (writer) => writer.methods.fillEventRows());
  return undefined;
}

async function readParts(job: ImportJob, ready: readonly PlannedPart[], writer: WriteWorker, reporter: JobReporter): Promise<PartResult[]> {
  // One core is the writer's. Parse threads beyond the number of parts would only wait.
  const extra = Math.max(0, Math.min(availableParallelism() - 2, ready.length - 1, 7));
  const parsers = [job.planner];
  for (let i = 0; i < extra; i++) parsers.push(await spawnParser());
  const progress = new Map<string, PartProgress>();
  const results: PartResult[] = [];
  const queue = [...ready];
  const stop = (): void => {
    for (const parser of parsers) Atomics.store(parser.cancel, 0, 1);
  };
  reporter.signal.addEventListener('abort', stop, { once: true });
  if (reporter.signal.aborted) stop();
  const onMessage = (message: { progress?: PartProgress & { part: string } }): void => {
    if (message.progress === undefined) return;
    progress.set(message.progress.part, message.progress);
    reporter.update(sum(progress.values()));
  };
  try {
    await Promise.all(
      parsers.map(async (parser, index) => {
        const channel = new MessageChannel();
        writer.worker.postMessage({ call: -1 - index, method: 'attach', args: [channel.port1] }, [channel.port1]);
        parser.worker.postMessage({ call: -1 - index, method: 'attach', args: [channel.port2] }, [channel.port2]);
        parser.worker.on('message', onMessage);
        try {
          for (let part = next(queue, index); part !== undefined && !reporter.signal.aborted; part = next(queue, index)) {
            reporter.update({ detail: part.name });
            results.push(await readOne(job, parser, part));
          }
        } finally {
          parser.worker.off('message', onMessage);
        }
      }),
    );
  } finally {
    reporter.signal.removeEventListener('abort', stop);
    for (const parser of parsers) Atomics.store(parser.cancel, 0, 0);
    for (const parser of parsers.slice(1)) await parser.worker.terminate();
  }
  return results;
}

/** Stdin is read where it was planned; everything else by whoever is free. */
function next(queue: PlannedPart[], parser: number): PlannedPart | undefined {
  const index = queue.findIndex((part) => part.path !== '-' || parser === 0);
  return index < 0 ? undefined : queue.splice(index, 1)[0];
}

async function readOne(job: ImportJob, parser: ParseWorker, part: PlannedPart): Promise<PartResult> {
  try {
    const plan = parser === job.planner ? job.planId : undefined;
    return { part, outcome: await parser.methods.read(plan, part, job.textPatterns), refusal: undefined };
  } catch (error) {
    if (error instanceof UserError) return { part, outcome: undefined, refusal: { code: error.code, reason: error.message } };
    if (error instanceof Cancelled) return { part, outcome: undefined, refusal: undefined };
    throw error;
  }
}

function totalBytes(parts: readonly PlannedPart[]): number | null {
  let total = 0;
  const seen = new Set<string>();
  for (const part of parts) {
    if (part.diskBytes === undefined) return null;
    // Members of one archive share its bytes.
    const key = part.member === undefined ? part.path : `${part.path}\u0000${part.member}`;
    if (!seen.has(key)) total += part.diskBytes;
    seen.add(key);
  }
  return total;
}

function sum(parts: Iterable<PartProgress>): { bytes: number; entries: number; rejected: number } {
  const total = { bytes: 0, entries: 0, rejected: 0 };
  for (const part of parts) {
    total.bytes += part.diskBytes;
    total.entries += part.entries;
    total.rejected += part.rejected;
  }
  return total;
}

function summarise(
  parts: readonly PlannedPart[],
  results: readonly PartResult[],
  analysis: AnalysisResult | undefined,
  seconds: number,
): WireImportSummary {
  const byPart = new Map(results.map((result) => [result.part.id, result]));
  const iso = (time: number | undefined): string | null => (time === undefined ? null : formatIso(micros(time)));
  const sources = parts.flatMap((part) => {
    const outcome = byPart.get(part.id)?.outcome;
    if (outcome === undefined && part.outcome !== 'known') return [];
    return {
      name: part.name,
      format: part.format,
      profile: part.mapping?.profile ?? '',
      events: outcome?.events ?? 0,
      rejected: outcome?.rejected ?? 0,
      duplicates: 0,
      sha256: outcome?.sha256 ?? '',
      coverage: { from: iso(outcome?.from), to: iso(outcome?.to) },
      outcome: outcome?.outcome ?? ('known' as const),
    };
  });
  const refused = parts.flatMap((part) => {
    const reason = part.outcome === 'refused' ? part.reason : byPart.get(part.id)?.refusal?.reason;
    return reason === undefined ? [] : [{ path: part.path, reason }];
  });
  return {
    sources,
    refused,
    events: sources.reduce((n, source) => n + source.events, 0),
    records: analysis?.records ?? 0,
    journeys: analysis?.journeys ?? 0,
    findings: analysis?.findings ?? 0,
    seconds: Math.round(seconds * 1000) / 1000,
  };
}
