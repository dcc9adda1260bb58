import { describe, expect, it } from 'vitest';
import { placeInText } from './places.ts';

describe('a place in a text', () => {
  const text = 'a: 1\nbb: 2\n\nccc: 3';
  it.each([
    [1, 1, 'a: 1'],
    [2, 5, '2'],
    [3, 1, ''],
    [4, 1, 'ccc: 3'],
    [4, 99, ''],
    [9, 1, ''],
  ])('line %i, column %i is %j', (line, column, found) => {
    const { from, to } = placeInText(text, line, column);
    expect(text.slice(from, to)).toBe(found);
  });
});
