import type { JourneyHelper } from '../../analysis/hooks.ts';
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
        worker.on('message', (message: Partial<Learned & JudgedChunk>) => {
          if (message.learned !== undefined) resolve(message.learned);
          else if (message.chunk !== undefined && message.rows !== undefined) use(message.chunk, message.rows);
        });
        await methods.work(data, chunks.shared);
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
