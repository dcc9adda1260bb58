import { expect, it } from 'vitest';
import { totalRows } from './backtest-rows.ts';

it('sums kinds that differ in some week over all weeks', () => {
  const weeks = [
    { week: '2026-03-02', kind: 'gap/partial', before: 3, after: 3 },
    { week: '2026-03-02', kind: 'delay/window', before: 0, after: 2 },
    { week: '2026-03-09', kind: 'delay/window', before: 0, after: 5 },
    { week: '2026-03-02', kind: 'delay/hop', before: 4, after: 1 },
    { week: '2026-03-09', kind: 'delay/hop', before: 1, after: 1 },
  ];
  expect(totalRows(weeks)).toEqual([
    { week: '', kind: 'delay/hop', before: 5, after: 2 },
    { week: '', kind: 'delay/window', before: 0, after: 7 },
  ]);
});
