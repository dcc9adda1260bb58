import { parentPort, workerData } from 'node:worker_threads';
import { Chunks } from '../../analysis/chunks.ts';
import type { DataRange } from '../../analysis/hooks.ts';
import { JourneyWork, chunkCount } from '../../analysis/journey-work.ts';
import type { JourneyMaterial } from '../../analysis/material.ts';
import { withPassports } from '../../flows/index.ts';
import type { Expectations } from '../../flows/types.ts';
import { Cancelled } from '../../model/errors.ts';
import type { JudgedRows } from '../../workspace/derived-writer.ts';
import { indexIdentifiers } from '../../workspace/identifier-index.ts';
import { openReader } from '../../workspace/open.ts';
import { isCancelled, pausePointBlocking, type Control } from './control.ts';
import { describeError, serve } from './rpc.ts';

/** What the write thread asks of the thread that helps it with journeys. */
export type JourneyMethods = {
  /** Learns, and posts what was learned as `Learned`; then takes chunks until none is left, and posts each as a `JudgedChunk`. */
  work(material: JourneyMaterial, data: DataRange, chunks: Int32Array<SharedArrayBuffer>): void;
};

/** Posted by `work` before it judges. */
export interface Learned {
  readonly learned: Expectations;
}

/** Posted by `work`. */
export interface JudgedChunk {
  readonly chunk: number;
  readonly rows: JudgedRows;
}

/** What the thread is given. */
export interface JourneyThreadData {
  readonly path: string;
  readonly control: Control;
}

const { path, control } = workerData as JourneyThreadData;
const port = parentPort!;

try {
  // While the thread that writes finds out who is who, and waits for nothing else.
  indexIdentifiers(path);
  const db = openReader(path);
  // Each batch is read about once and kept decoded: SQLite need not keep it as well.
  db.pragma('cache_size = -2048');
  const check = (): void => {
    pausePointBlocking(control);
    if (isCancelled(control)) throw new Cancelled('the analysis');
  };
  serve<JourneyMethods>(port, {
    work: (material, data, shared) => {
      const work = new JourneyWork(db, material, check);
      const learned = work.learn();
      port.postMessage({ learned } satisfies Learned);
      const context = { expectations: withPassports(learned, material.passports), ...data };
      const chunks = new Chunks(chunkCount(material), shared);
      for (let chunk = chunks.take(); chunk !== undefined; chunk = chunks.take()) {
        chunks.waitFor(chunk, check);
        port.postMessage({ chunk, rows: work.judge(chunk, context) } satisfies JudgedChunk);
      }
    },
  });
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ failed: describeError(error) });
  port.close();
}
