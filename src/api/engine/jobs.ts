import { randomUUID } from 'node:crypto';
import { Cancelled, UserError } from '../../model/errors.ts';
import type { WireImportSummary, WireJobProgress } from '../wire.ts';

/** What a job may say while it runs. */
export interface JobReporter {
  readonly signal: AbortSignal;
  update(change: Partial<Pick<WireJobProgress, 'stage' | 'detail' | 'bytes' | 'totalBytes' | 'entries' | 'rejected'>>): void;
}

interface Job {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  progress: WireJobProgress;
  listeners: Set<() => void>;
}

const SMOOTHING_MS = 3000;
const MOST_FINISHED = 20;

/** The jobs of one engine: started, watched, cancelled. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();

  /** Starts a job at once. Its promise never rejects: failure is part of the progress. */
  start(stage: string, run: (reporter: JobReporter) => Promise<WireImportSummary | undefined>): string {
    const id = randomUUID();
    const abort = new AbortController();
    const progress: WireJobProgress = {
      job: id,
      state: 'running',
      stage,
      detail: '',
      bytes: 0,
      totalBytes: null,
      entries: 0,
      rejected: 0,
      rate: 0,
      remainingSeconds: null,
      summary: null,
      error: null,
    };
    const meter = new RateMeter();
    const done = (async () => {
      // Let the caller have the id before the first step can fail.
      await Promise.resolve();
      try {
        const summary = await run({
          signal: abort.signal,
          update: (change) => {
            const job = this.#jobs.get(id)!;
            const merged = { ...job.progress, ...change };
            this.#set(id, { ...merged, ...meter.measure(merged) });
          },
        });
        this.#set(id, { ...this.#jobs.get(id)!.progress, state: 'done', stage: 'Done', remainingSeconds: null, summary: summary ?? null });
      } catch (error) {
        const last = this.#jobs.get(id)!.progress;
        if (error instanceof Cancelled || abort.signal.aborted) this.#set(id, { ...last, state: 'cancelled', remainingSeconds: null });
        else this.#set(id, { ...last, state: 'failed', remainingSeconds: null, error: describe(error) });
      }
      this.#forgetOld();
    })();
    this.#jobs.set(id, { abort, done, progress, listeners: new Set() });
    return id;
  }

  list(): WireJobProgress[] {
    return [...this.#jobs.values()].map((job) => job.progress);
  }

  get(id: string): WireJobProgress {
    return this.#of(id).progress;
  }

  cancel(id: string): boolean {
    const job = this.#of(id);
    if (job.progress.state !== 'running') return false;
    job.abort.abort();
    return true;
  }

  async finished(id: string): Promise<WireJobProgress> {
    await this.#of(id).done;
    return this.#of(id).progress;
  }

  /** Progress as it changes, at most ten times a second, ending with the final state. */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<WireJobProgress> {
    const job = this.#of(id);
    let seen: WireJobProgress | undefined;
    while (!signal?.aborted) {
      if (job.progress !== seen) {
        seen = job.progress;
        yield seen;
        if (seen.state !== 'running') return;
        await delay(100);
        continue;
      }
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          job.listeners.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        job.listeners.add(wake);
        signal?.addEventListener('abort', wake);
      });
    }
  }

  async cancelAll(): Promise<void> {
    for (const job of this.#jobs.values()) job.abort.abort();
    await Promise.all([...this.#jobs.values()].map((job) => job.done));
  }

  #of(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new UserError('not-found', 'this job is gone');
    return job;
  }

  #set(id: string, progress: WireJobProgress): void {
    const job = this.#jobs.get(id)!;
    job.progress = progress;
    // A listener takes itself off the set when it is called: a set may be changed while it is walked.
    for (const wake of job.listeners) wake();
  }

  #forgetOld(): void {
    const finished = [...this.#jobs].filter(([, job]) => job.progress.state !== 'running');
    for (const [id] of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED))) this.#jobs.delete(id);
  }
}

/** Entries a second over the last seconds, and from the bytes how long the rest will take. */
class RateMeter {
  #points: { readonly at: number; readonly entries: number; readonly bytes: number }[] = [];

  measure(progress: WireJobProgress): Pick<WireJobProgress, 'rate' | 'remainingSeconds'> {
    const now = performance.now();
    this.#points.push({ at: now, entries: progress.entries, bytes: progress.bytes });
    while (this.#points.length > 2 && now - this.#points[0]!.at > SMOOTHING_MS) this.#points.shift();
    const first = this.#points[0]!;
    const seconds = (now - first.at) / 1000;
    if (seconds < 0.2) return { rate: progress.rate, remainingSeconds: progress.remainingSeconds };
    const rate = Math.round((progress.entries - first.entries) / seconds);
    const bytesPerSecond = (progress.bytes - first.bytes) / seconds;
    const left = progress.totalBytes === null ? undefined : progress.totalBytes - progress.bytes;
    return { rate, remainingSeconds: left === undefined || bytesPerSecond <= 0 ? null : Math.round(left / bytesPerSecond) };
  }
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof UserError) return { code: error.code, message: error.message };
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
