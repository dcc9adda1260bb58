import type { Worker } from 'node:worker_threads';
import type { JourneyHelper } from '../../analysis/hooks.ts';
import type { JudgedRows } from '../../workspace/derived-writer.ts';
import type { Expectations } from '../../flows/types.ts';
import type { Control } from './control.ts';
import type { JourneyMethods, JourneyThreadData, JudgedChunk, Learned } from './journey-thread.ts';
import { remote } from './rpc.ts';
import { startThread } from './spawn.ts';

/**
 * Starts a thread that works on journeys beside the write thread. It begins with what it is asked as soon as it is ready: it needs no answer of
 * the write thread, which has work of its own that lets no message in.
 */
export function journeyHelper(path: string, control: Control): JourneyHelper {
  const { worker, ready } = startThread('journey-thread', { path, control } satisfies JourneyThreadData);
  const methods = remote<JourneyMethods>(worker);
  // Thrown to whoever asks something of it; until then it must not count as unhandled.
  ready.catch(() => undefined);
  return {
    ready,
    work: (material, data, chunks, use) => {
      const { promise: learned, resolve, reject } = Promise.withResolvers<Expectations>();
      const failed = receive(worker, resolve, use);
      const judged = Promise.race([methods.work(material, data, chunks.shared), failed, ready.then(() => NEVER)]);
      // What fails before it has learned never will have.
      judged.catch(reject);
      return { learned, judged };
    },
    end: async () => {
      await worker.terminate();
    },
  };
}

const NEVER = new Promise<never>(() => undefined);

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
