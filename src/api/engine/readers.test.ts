import { beforeAll, expect, test } from 'vitest';
import { bench, importPaths } from '../../../test/support/engine.ts';
import { put, tempFolder } from '../../../test/support/temp.ts';
import { Cancelled } from '../../model/errors.ts';
import { inlineReaders, threadedReaders, type Readers } from './readers.ts';

let workspace: string;
beforeAll(async () => {
  const lines = Array.from({ length: 1200 }, (_, i) =>
    JSON.stringify({
      timestamp: new Date(Date.UTC(2031, 4, 4, 8, 0, i)).toISOString(),
      system: 'erp',
      step: 'book',
      status: 'ok',
      order_id: `SO-${10_000 + i}`,
    }),
  );
  const opened = await bench();
  await importPaths(opened.client, [put(tempFolder(), 'orders.ndjson', lines.join('\n'))]);
  await opened.engine.close();
  workspace = opened.workspace;
});

/** Gives the threads enough to do that a call made now waits in the queue while this test goes on: it cannot be done before it is aborted. */
function occupy(readers: Readers): Promise<unknown> {
  return Promise.all(Array.from({ length: 200 }, (_, i) => readers.ask('search', [`no such thing ${i}`, 20])));
}

test('a search that is aborted is stopped in its thread, also when it finds nothing, and the thread goes on with the next', async () => {
  const readers = await threadedReaders(workspace, 1);
  try {
    const busy = occupy(readers);
    const abort = new AbortController();
    const search = readers.ask('search', ['nothing at all', 20], abort.signal);
    // Before the thread has begun: it meets the flag at the first row where it looks.
    abort.abort();
    await expect(search).rejects.toBeInstanceOf(Cancelled);
    await busy;
    expect(await readers.ask('search', ['SO-10007', 20])).toHaveLength(1);
    await expect(readers.ask('search', ['SO-10007', 20], AbortSignal.abort())).rejects.toBeInstanceOf(Cancelled);
  } finally {
    await readers.close();
  }
});

test('an abort of one call does not stop another', async () => {
  const readers = await threadedReaders(workspace, 2);
  try {
    const busy = occupy(readers);
    const abort = new AbortController();
    const doomed = readers.ask('search', ['nothing at all', 20], abort.signal);
    const others = Promise.all(Array.from({ length: 6 }, (_, i) => readers.ask('search', [`no such thing ${i}`, 20])));
    abort.abort();
    await expect(doomed).rejects.toBeInstanceOf(Cancelled);
    expect(await others).toEqual(Array.from({ length: 6 }, () => []));
    await busy;
  } finally {
    await readers.close();
  }
});

test('in a thread or not, the answers and the errors are the same', async () => {
  const threads = await threadedReaders(workspace, 1);
  const inline = inlineReaders(workspace);
  try {
    for (const readers of [threads, inline])
      await expect(readers.ask('journey', ['SO-9', undefined])).rejects.toMatchObject({ name: 'UserError', code: 'not-found' });
    expect(await threads.ask('journey', ['SO-10010', undefined])).toEqual(await inline.ask('journey', ['SO-10010', undefined]));
    expect(await threads.ask('info', ['x'])).toEqual(await inline.ask('info', ['x']));
  } finally {
    await threads.close();
    await inline.close();
  }
});
