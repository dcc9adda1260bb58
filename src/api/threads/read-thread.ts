import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../../workspace/open.ts';
import { createQueries, type Queries } from '../queries/index.ts';
import { describeError, serve } from './rpc.ts';

/** What the engine asks of a read thread: one query at a time, by name. */
export type ReadMethods = {
  query(call: number, name: keyof Queries, args: readonly unknown[]): unknown;
  close(): void;
};

interface ReaderData {
  readonly path: string;
  /** [0]: the call to cancel; the thread compares it with the one it is running. */
  readonly cancel: Int32Array;
}

const { path, cancel } = workerData as ReaderData;
const port = parentPort!;
// What `alive()` looks at: set when the call that is running is the one to cancel.
const flag = new Int32Array(1);
let running = 0;

try {
  const db = openReader(path, flag);
  // Replaces the plain flag check: this thread's statements run between two messages, so the comparison must be made inside.
  db.function('alive', { deterministic: false }, () => {
    if (Atomics.load(cancel, 0) === running) throw new Error('waybill:cancelled');
    return 1;
  });
  const queries = createQueries(db, path) as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
  serve<ReadMethods>(port, {
    query: (call, name, args) => {
      running = call;
      try {
        return queries[name]!(...args);
      } finally {
        running = 0;
      }
    },
    close: () => {
      // The port stays open for the answer; the engine ends the thread.
      db.close();
    },
  });
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ failed: describeError(error) });
  port.close();
}
