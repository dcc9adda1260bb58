import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/temp.ts';
import { lockForWriting } from './write-lock.ts';

test('a second writer is refused until the first has let go', () => {
  const path = join(tempFolder(), 'w.waybill');
  const release = lockForWriting(path);
  expect(() => lockForWriting(path)).toThrow(
    expect.objectContaining({
      code: 'workspace-busy',
      message: expect.stringContaining(`${path} is being written by another Waybill`) as string,
    }) as Error,
  );
  // Another workspace is none of its business.
  lockForWriting(join(tempFolder(), 'w.waybill'))();
  release();
  lockForWriting(path)();
});

test('a writer that is killed lets go', async () => {
  const path = join(tempFolder(), 'w.waybill');
  const module = new URL('./write-lock.ts', import.meta.url).href;
  const script = `const { lockForWriting } = await import(${JSON.stringify(module)}); globalThis.release = lockForWriting(${JSON.stringify(path)}); console.log('locked'); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(() => lockForWriting(path)).toThrow('is being written by another Waybill');
  } finally {
    child.kill('SIGKILL');
  }
  await ended;
  lockForWriting(path)();
});
