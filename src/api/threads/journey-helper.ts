import type { Worker } from 'node:worker_threads';
import type { JourneyHelper } from '../../analysis/hooks.ts';
import type { JudgedRows } from '../../workspace/derived-writer.ts';
import type { JourneyMaterial } from '../../analysis/material.ts';
import type { Expectations } from '../../flows/types.ts';
import type { Control } from './control.ts';
import type { JourneyMethods, JourneyThreadData, JudgedChunk, Learned } from './journey-thread.ts';
import { remote } from './rpc.ts';
import { spawnThread } from './spawn.ts';

/** Starts a thread that works on journeys beside the write thread. What is asked of it before it is ready waits. */
export function journeyHelper(path: string, material: JourneyMaterial, control: Control): JourneyHelper {
  const started = spawnThread('journey-thread', { path, material, control } satisfies JourneyThreadData).then((worker) => ({
    worker,
    methods: remote<JourneyMethods>(worker),
  }));
  // Thrown to whoever asks something of it; until then it must not count as unhandled.
  started.catch(() => undefined);
  return {
    work: (data, chunks, use) => {
      const { promise: learned, resolve, reject } = Promise.withResolvers<Expectations>();
      const judged = started.then(async ({ worker, methods }) => {
        const failed = receive(worker, resolve, use);
        await Promise.race([methods.work(data, chunks.shared), failed]);
      });
      // What fails before it has learned never will have.
      judged.catch(reject);
      return { learned, judged };
    },
    end: async () => {
      // What never started has nothing to end, and has told why.
      await started.then(
        ({ worker }) => worker.terminate(),
        () => undefined,
      );
    },
  };
}

/**
 * Takes what the thread sends. The result never resolves; it rejects when what came could not be used (the disk is full): thrown in the handler of a
 * message, that would end the process instead of the analysis.
 */
export function receive(
  worker: Pick<Worker, 'on'>,
  learned: (expectations: Expectations) => void,
  use: (chunk: number, rows: JudgedRows) => void,
): Promise<never> {
  return new Promise((_resolve, reject) => {
    worker.on('message', (message: Partial<Learned & JudgedChunk>) => {
      try {
        if (message.learned !== undefined) learned(message.learned);
        else if (message.chunk !== undefined && message.rows !== undefined) use(message.chunk, message.rows);
      } catch (error) {
        reject(error);
      }
    });
  });
}
