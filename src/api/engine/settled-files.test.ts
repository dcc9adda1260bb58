import { expect, test } from 'vitest';
import { SettledFiles, type SeenFile } from './settled-files.ts';

const file = (path: string, size: number, modified = 1): SeenFile => ({ path, size, modified });

test('a file is ready when nobody wrote it for a while, once', () => {
  const files = new SettledFiles(2000);
  expect(files.look([file('a', 10)], 0)).toEqual([]);
  expect(files.look([file('a', 10)], 1999)).toEqual([]);
  expect(files.unsettled).toBe(true);
  expect(files.look([file('a', 10)], 2000)).toEqual(['a']);
  // Whoever could not take it is offered it again.
  expect(files.look([file('a', 10)], 2100)).toEqual(['a']);
  files.handled('a');
  expect(files.look([file('a', 10)], 9000)).toEqual([]);
  expect(files.unsettled).toBe(false);
});

test('a file that grows, or is written again with the same size, waits anew', () => {
  const files = new SettledFiles(2000);
  files.look([file('a', 10)], 0);
  expect(files.look([file('a', 20)], 2000)).toEqual([]);
  expect(files.look([file('a', 20, 2)], 4000)).toEqual([]);
  expect(files.look([file('a', 20, 2)], 6000)).toEqual(['a']);
  files.handled('a');
  expect(files.look([file('a', 30, 3)], 6100)).toEqual([]);
  expect(files.look([file('a', 30, 3)], 8100)).toEqual(['a']);
});

test('what was written while it was read is read again', () => {
  const files = new SettledFiles(100);
  files.look([file('a', 10)], 0);
  expect(files.look([file('a', 10)], 100)).toEqual(['a']);
  files.handled('a');
  expect(files.look([file('a', 11)], 200)).toEqual([]);
  expect(files.look([file('a', 11)], 300)).toEqual(['a']);
});

test('an empty file is not ready, and one that went away is forgotten', () => {
  const files = new SettledFiles(100);
  files.look([file('a', 0), file('b', 5)], 0);
  expect(files.look([file('a', 0)], 100)).toEqual([]);
  expect(files.unsettled).toBe(false);
  expect(files.look([file('a', 0), file('b', 5)], 200)).toEqual([]);
  expect(files.look([file('b', 5)], 300)).toEqual(['b']);
});
