import { randomUUID } from 'node:crypto';
import { Cancelled, UserError } from '../../model/errors.ts';
import { setControl, type Control } from '../threads/control.ts';
import type { WireImportSummary, WireJobProgress } from '../wire.ts';

/** What a job may say while it runs. */
export interface JobReporter {
  readonly signal: AbortSignal;
  update(
    change: Partial<Pick<WireJobProgress, 'stage' | 'detail' | 'bytes' | 'totalBytes' | 'entries' | 'rejected' | 'files' | 'parts'>>,
  ): void;
  /** Lets the job's user stop and hold the thread of this control from now on. Returns the release, which leaves the control clear. */
  steer(control: Control): () => void;
  /** How long the job has run, pauses left out, in milliseconds. */
  activeMs(): number;
}

interface Job {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  readonly controls: Set<Control>;
  readonly clock: ActiveClock;
  readonly meter: RateMeter;
  progress: WireJobProgress;
  listeners: Set<() => void>;
}

/** Whether a job has not ended yet: it runs or it is paused. */
export function isActive(progress: WireJobProgress): boolean {
  return progress.state === 'running' || progress.state === 'paused';
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
      files: null,
      parts: [],
      rate: 0,
      remainingSeconds: null,
      summary: null,
      error: null,
    };
    const clock = new ActiveClock();
    const meter = new RateMeter(clock);
    const controls = new Set<Control>();
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
          steer: (control) => {
            controls.add(control);
            this.#steer(this.#jobs.get(id)!);
            return () => {
              controls.delete(control);
              setControl(control, { cancelled: false, paused: false });
            };
          },
          activeMs: () => clock.now(),
        });
        this.#set(id, { ...this.#jobs.get(id)!.progress, state: 'done', stage: 'Done', remainingSeconds: null, summary: summary ?? null });
      } catch (error) {
        const last = this.#jobs.get(id)!.progress;
        if (error instanceof Cancelled || abort.signal.aborted) this.#set(id, { ...last, state: 'cancelled', remainingSeconds: null });
        else this.#set(id, { ...last, state: 'failed', remainingSeconds: null, error: describe(error) });
      }
      this.#forgetOld();
    })();
    this.#jobs.set(id, { abort, done, controls, clock, meter, progress, listeners: new Set() });
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
    if (!isActive(job.progress)) return false;
    this.#abort(id, job);
    return true;
  }

  /** Holds a job at the next place where it can wait. False when there is nothing to hold: it ended, is paused, or is being cancelled. */
  pause(id: string): boolean {
    const job = this.#of(id);
    if (job.progress.state !== 'running' || job.abort.signal.aborted) return false;
    job.clock.stop();
    this.#set(id, { ...job.progress, state: 'paused', rate: 0 });
    this.#steer(job);
    return true;
  }

  /** Lets a paused job go on. False when it is not paused. */
  resume(id: string): boolean {
    const job = this.#of(id);
    if (job.progress.state !== 'paused') return false;
    job.clock.start();
    this.#set(id, { ...job.progress, state: 'running', ...job.meter.measure(job.progress) });
    this.#steer(job);
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
        if (!isActive(seen)) return;
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
    for (const [id, job] of this.#jobs) if (isActive(job.progress)) this.#abort(id, job);
    await Promise.all([...this.#jobs.values()].map((job) => job.done));
  }

  /** A paused job must run to come to where it stops; when it wakes, it must see that it is to stop. */
  #abort(id: string, job: Job): void {
    job.abort.abort();
    this.#steer(job);
    this.resume(id);
  }

  #steer(job: Job): void {
    const state = { cancelled: job.abort.signal.aborted, paused: job.progress.state === 'paused' };
    for (const control of job.controls) setControl(control, state);
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
    const finished = [...this.#jobs].filter(([, job]) => !isActive(job.progress));
    for (const [id] of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED))) this.#jobs.delete(id);
  }
}

/** Time that a job ran: it stands still while the job is paused. */
class ActiveClock {
  #ran = 0;
  #since: number | undefined = performance.now();

  now(): number {
    return this.#ran + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  stop(): void {
    this.#ran = this.now();
    this.#since = undefined;
  }

  start(): void {
    this.#since ??= performance.now();
  }
}

/** Entries a second over the last seconds, and from the bytes how long the rest will take. */
class RateMeter {
  readonly #clock: ActiveClock;
  #points: { readonly at: number; readonly entries: number; readonly bytes: number }[] = [];

  constructor(clock: ActiveClock) {
    this.#clock = clock;
  }

  measure(progress: WireJobProgress): Pick<WireJobProgress, 'rate' | 'remainingSeconds'> {
    // What was on its way when the job was paused is measured when it goes on.
    if (progress.state === 'paused') return { rate: 0, remainingSeconds: progress.remainingSeconds };
    const now = this.#clock.now();
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
