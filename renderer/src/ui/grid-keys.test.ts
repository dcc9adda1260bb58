import { expect, it } from 'vitest';
import { moveIndex } from './grid-keys.ts';

it('moves and never leaves the list', () => {
  expect(moveIndex('ArrowDown', 0, 3, 10)).toBe(1);
  expect(moveIndex('ArrowDown', 2, 3, 10)).toBe(2);
  expect(moveIndex('ArrowUp', 0, 3, 10)).toBe(0);
  expect(moveIndex('PageDown', 5, 100, 20)).toBe(25);
  expect(moveIndex('PageUp', 5, 100, 20)).toBe(0);
  expect(moveIndex('Home', 50, 100, 20)).toBe(0);
  expect(moveIndex('End', 50, 100, 20)).toBe(99);
});

it('leaves other keys and empty lists alone', () => {
  expect(moveIndex('a', 1, 3, 10)).toBeUndefined();
  expect(moveIndex('ArrowDown', 0, 0, 10)).toBeUndefined();
});
