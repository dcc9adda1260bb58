import { create } from 'zustand';
import type { Client } from '../../../src/api/client.ts';
import type { WireJobProgress } from '../../../src/api/wire.ts';
import { errorText, isCancelled } from '../ui/error-text.ts';

interface JobsSlice {
  /** The latest of every job seen by this page, by id, oldest first. */
  readonly jobs: ReadonlyMap<string, WireJobProgress>;
}

/** Progress of imports and analyses. Written by `followJob` only. */
export const useJobs = create<JobsSlice>()(() => ({ jobs: new Map() }));

function keep(progress: WireJobProgress): void {
  useJobs.setState(({ jobs }) => ({ jobs: new Map(jobs).set(progress.job, progress) }));
}

/** The first progress of a job just started, before its stream has said anything. */
export function startingJob(job: string): WireJobProgress {
  return {
    job,
    state: 'running',
    stage: 'Starting',
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
}

/** Whether a job has not ended: it runs or waits to go on. */
export function isUnderWay(job: WireJobProgress): boolean {
  return job.state === 'running' || job.state === 'paused';
}

/**
 * Watches a job until it ends and keeps its progress in `useJobs`. Never throws: a broken watch is kept as the job's error.
 * Following a job that is followed already does nothing.
 */
export async function followJob(client: Client, job: string): Promise<void> {
  const known = useJobs.getState().jobs.get(job);
  if (known !== undefined && isUnderWay(known)) return;
  keep(startingJob(job));
  try {
    for await (const progress of await client.jobs.watch({ job })) keep(progress);
  } catch (error) {
    const last = useJobs.getState().jobs.get(job) ?? startingJob(job);
    if (!isUnderWay(last)) return;
    const text = errorText(error);
    keep(
      isCancelled(error)
        ? { ...last, state: 'cancelled' }
        : { ...last, state: 'failed', error: { code: text.code ?? 'bug', message: text.message } },
    );
  }
}

/** Follows what runs already: after a reload, or after the connection came back. */
export async function followRunning(client: Client): Promise<void> {
  for (const progress of await client.jobs.list()) {
    const known = useJobs.getState().jobs.get(progress.job);
    if (!isUnderWay(progress)) {
      keep(progress);
      continue;
    }
    // A watch that broke with the connection left `running` or `failed` behind: start from what the engine says.
    if (known !== undefined) keep({ ...progress, state: 'failed' });
    void followJob(client, progress.job);
  }
}

/** The job that is under way, if one is. */
export function runningJob(jobs: ReadonlyMap<string, WireJobProgress>): WireJobProgress | undefined {
  return [...jobs.values()].findLast(isUnderWay);
}

/** Share of the bytes done, 0..1; undefined when the total is not known or the stage no longer reads. */
export function jobShare(job: WireJobProgress): number | undefined {
  if (job.totalBytes === null || job.totalBytes === 0) return undefined;
  return Math.min(1, job.bytes / job.totalBytes);
}
