import type { Worker } from 'node:worker_threads';
import { Cancelled } from '../../model/errors.ts';
import { openReader } from '../../workspace/open.ts';
import { createQueries, type Queries } from '../queries/index.ts';
import type { ReadMethods } from '../threads/read-thread.ts';
import { remote, type Remote } from '../threads/rpc.ts';
import { spawnThread } from '../threads/spawn.ts';

/** Asks queries of one workspace, wherever they run. */
export interface Readers {
  ask<K extends keyof Queries>(name: K, args: Parameters<Queries[K]>, signal?: AbortSignal): Promise<ReturnType<Queries[K]>>;
  close(): Promise<void>;
}

/** In this thread: for the command line, where nothing else waits. */
export function inlineReaders(path: string): Readers {
  const db = openReader(path);
  const queries = createQueries(db, path);
  return {
    ask: async (name, args) => (queries[name] as (...values: unknown[]) => never)(...args),
    close: async () => {
      db.close();
    },
  };
}

interface ReadWorker {
  readonly worker: Worker;
  readonly methods: Remote<ReadMethods>;
  readonly cancel: Int32Array;
  busy: number;
}

/**
 * In threads of their own, so that a long query holds up neither the engine nor the next query. An aborted call stops the
 * running statement through `alive()`.
 */
export async function threadedReaders(path: string, threads: number): Promise<Readers> {
  const workers: ReadWorker[] = [];
  for (let i = 0; i < threads; i++) {
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const worker = await spawnThread('read-thread', { path, cancel });
    workers.push({ worker, methods: remote<ReadMethods>(worker), cancel, busy: 0 });
  }
  let next = 1;
  return {
    async ask(name, args, signal) {
      if (signal?.aborted) throw new Cancelled('the query');
      const chosen = workers.reduce((best, candidate) => (candidate.busy < best.busy ? candidate : best));
      const call = next++;
      const abort = (): void => {
        Atomics.store(chosen.cancel, 0, call);
      };
      signal?.addEventListener('abort', abort, { once: true });
      chosen.busy++;
      try {
        return (await chosen.methods.query(call, name, args)) as never;
      } catch (error) {
        if (error instanceof Error && error.message.includes('waybill:cancelled')) throw new Cancelled('the query');
        throw error;
      } finally {
        chosen.busy--;
        signal?.removeEventListener('abort', abort);
      }
    },
    async close() {
      for (const { worker, methods } of workers) {
        await methods.close();
        await worker.terminate();
      }
    },
  };
}
