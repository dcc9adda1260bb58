import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { reviveError, type WireError } from './rpc.ts';

/**
 * Starts one of the engine's threads (a module beside this file) and waits until it is ready. The ending of this module's own
 * URL tells whether sources (`.ts`, run by Node itself) or built files (`.js`) are running.
 * A thread's standard input is empty unless `stdin` is set: then it is what is written to the worker's `stdin`.
 */
export async function spawnThread(
  name: 'parse-thread' | 'write-thread' | 'read-thread' | 'journey-thread',
  workerData: unknown,
  options: { readonly stdin?: boolean } = {},
): Promise<Worker> {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const worker = new Worker(new URL(`./${name}${ending}`, import.meta.url), {
    workerData,
    name,
    ...options,
    // Batches and journeys live for milliseconds but are many: with the default 16 MB they are copied to the old generation first. With 128
    // an import of a million events was no faster and took 0.3 GB more.
    resourceLimits: { maxYoungGenerationSizeMb: 48 },
  });
  for (;;) {
    // `once` rejects when the thread throws before it is ready.
    const [message] = (await once(worker, 'message')) as [{ ready?: true; failed?: WireError }];
    if (message.failed !== undefined) throw reviveError(message.failed);
    if (message.ready) return worker;
  }
}
