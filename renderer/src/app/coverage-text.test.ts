import { expect, it } from 'vitest';
import { describeCoverage } from './coverage-text.ts';

const cover = (system: string, to: string) => ({ system, from: '2026-05-01T00:00:00Z', to });
const same = (at: string): string => at;

it('names the systems that end early', () => {
  const coverage = [cover('shop', '2026-05-03T00:00:00Z'), cover('erp', '2026-05-02T23:50:00Z'), cover('crm', '2026-05-02T00:00:00Z')];
  expect(describeCoverage(coverage, '2026-05-03T00:00:00Z', same)).toBe('Coverage: 2 systems to the end · crm until 2026-05-02T00:00:00Z');
});

it('says nothing without data', () => {
  expect(describeCoverage([], null, same)).toBe('');
});

it('counts one system in the singular', () => {
  expect(describeCoverage([cover('shop', '2026-05-03T00:00:00Z')], '2026-05-03T00:00:00Z', same)).toBe('Coverage: 1 system to the end');
});

it('counts what it does not name, and names what ends last', () => {
  const coverage = [
    cover('shop', '2026-05-09T00:00:00Z'),
    cover('erp', '2026-05-02T00:00:00Z'),
    cover('crm', '2026-05-04T00:00:00Z'),
    cover('wms', '2026-05-03T00:00:00Z'),
  ];
  expect(describeCoverage(coverage, '2026-05-09T00:00:00Z', same, 2)).toBe(
    'Coverage: 1 system to the end · crm until 2026-05-04T00:00:00Z · wms until 2026-05-03T00:00:00Z · 1 ends before that',
  );
});
