import { expect, it } from 'vitest';
import { cellText, isNumberColumn } from './cells.ts';

it('shows values as they can be copied', () => {
  expect(cellText(1204113)).toBe('1204113');
  expect(cellText(null)).toBe('null');
  expect(cellText({ a: [1] })).toBe('{"a":[1]}');
  expect(cellText('x')).toBe('x');
});

it('finds number columns', () => {
  const rows = [
    [1, 'a', null],
    [null, 2, null],
  ];
  expect([0, 1, 2].map((at) => isNumberColumn(rows, at))).toEqual([true, false, false]);
});
