import { expect, test } from 'vitest';
import { Chunks } from './chunks.ts';

test('every chunk is dealt once, whoever asks', () => {
  const chunks = new Chunks(5);
  const other = new Chunks(5, chunks.shared);
  expect([chunks.take(), other.take(), other.take(), chunks.take(), other.take()]).toEqual([0, 1, 2, 3, 4]);
  expect([chunks.take(), other.take()]).toEqual([undefined, undefined]);
});

test('who is far ahead of what is written waits, and hears of a cancel meanwhile', () => {
  const chunks = new Chunks(10_000);
  const never = (): void => {
    throw new Error('waited');
  };
  chunks.waitFor(256, never);
  expect(() => chunks.waitFor(257, never)).toThrow('waited');
  chunks.written(1);
  chunks.waitFor(257, never);
});
