import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { receive } from './journey-helper.ts';

test('rows that cannot be written fail the analysis, not the process', async () => {
  const worker = new EventEmitter() as unknown as Worker & EventEmitter;
  const failed = receive(
    worker,
    () => undefined,
    () => {
      throw new Error('disk I/O error');
    },
  );
  expect(() => worker.emit('message', { chunk: 0, rows: {} })).not.toThrow();
  await expect(failed).rejects.toThrow('disk I/O error');
});

test('what was learned and judged is handed on, other messages are not', () => {
  const worker = new EventEmitter() as unknown as Worker & EventEmitter;
  const taken: unknown[] = [];
  const nothing = { version: 1, byType: {} };
  void receive(
    worker,
    (expectations) => taken.push(expectations),
    (chunk) => taken.push(chunk),
  );
  worker.emit('message', { ready: true });
  worker.emit('message', { learned: nothing });
  worker.emit('message', { chunk: 7, rows: {} });
  expect(taken).toEqual([nothing, 7]);
});
