import { availableParallelism } from 'node:os';
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { AnalysisResult } from '../../analysis/analyse.ts';
import type { PlannedPart } from '../../intake/plan.ts';
import type { PartProgress } from '../../intake/read-part.ts';
import type { TextPattern } from '../../intake/mapper.ts';
import { noticeTexts } from '../../intake/notices.ts';
import { sidecarText } from '../../model/carrier.ts';
import { Cancelled, UserError, type ErrorCode } from '../../model/errors.ts';
import { formatIso, micros } from '../../model/time.ts';
import { newControl, setControl, type Control } from '../threads/control.ts';
import type { ParseMethods, ReadOutcome } from '../threads/parse-thread.ts';
import { remote, type Remote } from '../threads/rpc.ts';
import { spawnThread } from '../threads/spawn.ts';
import type { WriteMethods } from '../threads/write-thread.ts';
import type { WireImportSummary } from '../wire.ts';
import type { JobReporter } from './jobs.ts';
import { PartBoard } from './part-progress.ts';

/** A parse thread with what steers it. The engine keeps one for planning; an import adds more where there are cores. */
export interface ParseWorker {
  readonly worker: Worker;
  readonly methods: Remote<ParseMethods>;
  readonly control: Control;
}

export async function spawnParser(): Promise<ParseWorker> {
  const control = newControl();
  const worker = await spawnThread('parse-thread', { control }, { stdin: true });
  return { worker, methods: remote<ParseMethods>(worker), control };
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
  readonly control: Control;
}

async function spawnWriter(path: string): Promise<WriteWorker> {
  const control = newControl();
  const worker = await spawnThread('write-thread', { path, control });
  return { worker, methods: remote<WriteMethods>(worker), control };
}

/** Runs `work` with a writer, and ends its thread whatever happens: a thread that is left keeps the process alive. */
async function withWriter<T>(path: string, reporter: JobReporter, work: (writer: WriteWorker) => Promise<T>): Promise<T> {
  const writer = await spawnWriter(path);
  const release = reporter.steer(writer.control);
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
    release();
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
  /** Told what became of each part that was ready. */
  readonly onPart?: ((result: PartResult) => void) | undefined;
}

export interface PartResult {
  readonly part: PlannedPart;
  readonly outcome: ReadOutcome | undefined;
  readonly refusal: { readonly code: ErrorCode; readonly reason: string } | undefined;
}

/** Imports the ready parts of a plan, then analyses. What was complete when the user cancelled stays, and is analysed. */
export async function runImport(job: ImportJob, reporter: JobReporter): Promise<WireImportSummary> {
  const ready = job.parts.filter((part) => part.outcome === 'ready');
  reporter.update({ stage: 'Reading', totalBytes: totalBytes(ready) });
  return withWriter(job.workspace, reporter, async (writer) => {
    await writer.methods.bulkLoad(true);
    for (const part of job.parts) if (part.outcome === 'refused') await writer.methods.refuse(part.path, part.code, part.reason);
    const results = await readParts(job, ready, writer, reporter);
    for (const { part, refusal } of results) {
      if (refusal === undefined) continue;
      // No file was at fault: the source is still as it was.
      if (part.reread !== undefined && part.reread.from !== 'file') throw new UserError(refusal.code, refusal.reason);
      await writer.methods.refuse(part.path, refusal.code, refusal.reason);
    }
    if (reporter.signal.aborted) {
      setControl(writer.control, { cancelled: false, paused: false });
      if (await writer.methods.dirty()) await writer.methods.analyse();
      throw new Cancelled('the import');
    }
    reporter.update({ stage: 'Analysing', detail: '' });
    // Nothing new means nothing to analyse: importing the same content again changes nothing.
    const analysis = (await writer.methods.dirty()) ? await writer.methods.analyse() : undefined;
    await writer.methods.bulkLoad(false);
    return withRereads(summarise(job.parts, results, analysis, reporter.activeMs() / 1000), results);
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
  const releases = parsers.map((parser) => reporter.steer(parser.control));
  if (job.planId !== undefined) await job.planner.methods.beginReading(job.planId);
  const board = new PartBoard(ready.length);
  const results: PartResult[] = [];
  const queue = [...ready];
  const onMessage = (message: { progress?: PartProgress & { part: string } }): void => {
    if (message.progress === undefined) return;
    board.advance(message.progress.part, message.progress);
    reporter.update(board.progress);
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
            board.begin(part);
            reporter.update({ detail: part.name, ...board.progress });
            const result = await readOne(job, parser, part);
            results.push(result);
            job.onPart?.(result);
            board.end(part.id, endOf(result));
            reporter.update(board.progress);
          }
        } finally {
          parser.worker.off('message', onMessage);
        }
      }),
    );
  } finally {
    for (const release of releases) release();
    for (const parser of parsers.slice(1)) await parser.worker.terminate();
    if (job.planId !== undefined) await job.planner.methods.endReading(job.planId);
  }
  return results;
}

function endOf({ outcome, refusal }: PartResult): 'imported' | 'known' | 'refused' | 'cancelled' {
  return outcome?.outcome ?? (refusal === undefined ? 'cancelled' : 'refused');
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

const NOTHING_KNOWN = { duplicates: 0, updated: 0 };

/** Says of sources that were read again what that was good for. */
function withRereads(summary: WireImportSummary, results: readonly PartResult[]): WireImportSummary {
  const rereads = new Map(
    results.flatMap(({ part, outcome }) => (part.reread === undefined || outcome === undefined ? [] : [[part.name, { part, outcome }]])),
  );
  if (rereads.size === 0) return summary;
  return {
    ...summary,
    sources: summary.sources.map((source) => {
      const found = rereads.get(source.name);
      if (found?.part.reread === undefined) return source;
      const { source: id, rejected } = found.part.reread;
      return { ...source, reread: { source: id, rejectedBefore: rejected, understood: Math.max(0, rejected - found.outcome.rejected) } };
    }),
  };
}

/** Of what a sidecar is, and that its document is missing. What was imported before is not named here: the list of sources does. */
function sidecarNotice({ sidecar }: PlannedPart, hasDocument: boolean): readonly string[] {
  if (sidecar === undefined || (hasDocument && sidecar.documents.length === 0)) return [];
  return [sidecarText(hasDocument ? sidecar.documents : [])];
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
    const isSidecar = outcome?.outcome === 'imported' && analysis?.sidecars.has(outcome.source) === true;
    // What it tells is told of its document.
    const events = isSidecar ? 0 : (outcome?.events ?? 0);
    const { duplicates, updated } = (outcome?.outcome === 'imported' ? analysis?.sources.get(outcome.source) : undefined) ?? NOTHING_KNOWN;
    return {
      name: part.name,
      format: part.format,
      profile: part.mapping?.profile ?? '',
      events,
      rejected: outcome?.rejected ?? 0,
      new: events - duplicates - updated,
      duplicates,
      updated,
      sha256: outcome?.sha256 ?? '',
      coverage: { from: iso(outcome?.from), to: iso(outcome?.to) },
      outcome: outcome?.outcome ?? ('known' as const),
      ...(isSidecar ? { sidecar: true as const } : {}),
      ...(outcome === undefined ? {} : { notices: [...sidecarNotice(part, isSidecar), ...noticeTexts(outcome.notices)] }),
    };
  });
  const refused = parts.flatMap((part) => {
    const reason = part.outcome === 'refused' ? part.reason : byPart.get(part.id)?.refusal?.reason;
    return reason === undefined ? [] : [{ path: part.path, reason }];
  });
  const total = (count: (source: (typeof sources)[number]) => number): number => sources.reduce((n, source) => n + count(source), 0);
  return {
    sources,
    refused,
    events: total((source) => source.events),
    new: total((source) => source.new),
    duplicates: total((source) => source.duplicates),
    updated: total((source) => source.updated),
    records: analysis?.records ?? 0,
    journeys: analysis?.journeys ?? 0,
    findings: analysis?.findings ?? 0,
    seconds: Math.round(seconds * 1000) / 1000,
  };
}
