import { expect, it } from 'vitest';
import { groupSummary } from './summary.ts';

it('groups by kind, the worst first, and adds up severities', () => {
  const groups = groupSummary([
    { kind: 'delay', subkind: 'hop', severity: 'warning', count: 40 },
    { kind: 'delay', subkind: 'hop', severity: 'info', count: 5 },
    { kind: 'delay', subkind: 'step', severity: 'info', count: 9 },
    { kind: 'error', subkind: 'exhausted', severity: 'critical', count: 2 },
    { kind: 'gap', subkind: 'partial', severity: 'critical', count: 3 },
  ]);
  expect(groups.map((group) => [group.kind, group.severity, group.count])).toEqual([
    ['gap', 'critical', 3],
    ['error', 'critical', 2],
    ['delay', 'warning', 54],
  ]);
  expect(groups[2]?.subkinds).toEqual([
    { subkind: 'hop', severity: 'warning', count: 45 },
    { subkind: 'step', severity: 'info', count: 9 },
  ]);
});

it('is empty for nothing', () => {
  expect(groupSummary([])).toEqual([]);
});
