import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { reviveError, type WireError } from './rpc.ts';

type ThreadName = 'parse-thread' | 'write-thread' | 'read-thread' | 'journey-thread';

/** A thread that was started. What is posted to it before it is ready waits for it. */
export interface StartedThread {
  readonly worker: Worker;
  /** Rejects with what the thread says, or throws, before it is ready. */
  readonly ready: Promise<void>;
}

/**
 * Starts one of the engine's threads (a module beside this file). The ending of this module's own
 * URL tells whether sources (`.ts`, run by Node itself) or built files (`.js`) are running.
 * A thread's standard input is empty unless `stdin` is set: then it is what is written to the worker's `stdin`.
 */
export function startThread(name: ThreadName, workerData: unknown, options: { readonly stdin?: boolean } = {}): StartedThread {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const worker = new Worker(new URL(`./${name}${ending}`, import.meta.url), {
    workerData,
    name,
    ...options,
    // Batches and journeys live for milliseconds but are many: with the default 16 MB they are copied to the old generation first. With 128
    // an import of a million events was no faster and took 0.3 GB more.
    resourceLimits: { maxYoungGenerationSizeMb: 48 },
  });
  return { worker, ready: readiness(worker) };
}

async function readiness(worker: Worker): Promise<void> {
  for (;;) {
    // `once` rejects when the thread throws before it is ready.
    const [message] = (await once(worker, 'message')) as [{ ready?: true; failed?: WireError }];
    if (message.failed !== undefined) throw reviveError(message.failed);
    if (message.ready) return;
  }
}

/** Starts one of the engine's threads and waits until it is ready. */
export async function spawnThread(name: ThreadName, workerData: unknown, options: { readonly stdin?: boolean } = {}): Promise<Worker> {
  const { worker, ready } = startThread(name, workerData, options);
  await ready;
  return worker;
}
