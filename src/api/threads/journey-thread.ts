import { parentPort, workerData } from 'node:worker_threads';
import { JourneyWork, chunkCount } from '../../analysis/journey-work.ts';
import type { JourneyMaterial } from '../../analysis/material.ts';
import type { DetectorContext } from '../../findings/types.ts';
import type { Expectations } from '../../flows/types.ts';
import { Cancelled } from '../../model/errors.ts';
import type { JudgedRows } from '../../workspace/derived-writer.ts';
import { openReader } from '../../workspace/open.ts';
import { isCancelled, pausePointBlocking, type Control } from './control.ts';
import { describeError, serve } from './rpc.ts';

/** What the write thread asks of the thread that helps it with journeys. */
export type JourneyMethods = {
  learn(): Expectations;
  /** Takes chunks until none is left, and posts each as a `JudgedChunk`. */
  judge(context: DetectorContext, cursor: Int32Array): void;
};

/** Posted by `judge`. */
export interface JudgedChunk {
  readonly chunk: number;
  readonly rows: JudgedRows;
}

/** What the thread is given. */
export interface JourneyThreadData {
  readonly path: string;
  readonly material: JourneyMaterial;
  readonly control: Control;
}

const { path, material, control } = workerData as JourneyThreadData;
const port = parentPort!;

try {
  const db = openReader(path);
  // Each batch is read about once and kept decoded: SQLite need not keep it as well.
  db.pragma('cache_size = -2048');
  const work = new JourneyWork(db, material, () => {
    pausePointBlocking(control);
    if (isCancelled(control)) throw new Cancelled('the analysis');
  });
  const chunks = chunkCount(material);
  serve<JourneyMethods>(port, {
    learn: () => work.learn(),
    judge: (context, cursor) => {
      for (let chunk = Atomics.add(cursor, 0, 1); chunk < chunks; chunk = Atomics.add(cursor, 0, 1)) {
        port.postMessage({ chunk, rows: work.judge(chunk, context) } satisfies JudgedChunk);
      }
    },
  });
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ failed: describeError(error) });
  port.close();
}
