import { describe, expect, it } from 'vitest';
import { goldenOf, kindsOf, world } from '../testing.ts';
import type { Edit } from '../testing.ts';
import type { Verdict } from '../types.ts';
import { edited, ORDER, patch } from './testing.ts';

/** Compares with the golden file, without the bars of the charts. */
function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

describe('mismatch', () => {
  it('names the system with the odd amount, and the factor', async () => {
    const verdict = edited((lines) =>
      lines.map((line) =>
        line.system === 'erp' && line.attributes !== undefined
          ? { ...line, attributes: { amount: (line.attributes['amount'] as number) * 100 } }
          : line,
      ),
    );
    expect(kindsOf(verdict)).toEqual(['mismatch/field']);
    expect(verdict.findings[0]).toMatchObject({ severity: 'critical' });
    expect(verdict.findings[0]?.explanation).toContain('factor is 100');
    await golden(verdict, 'mismatch/field');
  });

  it('lets rounding pass', () => {
    const verdict = edited((lines) =>
      lines.map((line) =>
        line.step === 'export' && line.attributes !== undefined
          ? { ...line, attributes: { amount: (line.attributes['amount'] as number) + 0.004 } }
          : line,
      ),
    );
    expect(kindsOf(verdict)).toEqual([]);
  });

  const cancelled: Edit = (lines) =>
    lines.map((line) => (line.step !== 'export' ? line : { ...line, statusRaw: line.system === 'erp' ? 'CANCELLED' : 'cancelled' }));
  const some = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i * 10 + 1, cancelled]));

  it('finds words of state that do not go together', async () => {
    const { verdicts } = world({
      edits: { ...some, [ORDER]: patch('export', (line) => [line.system === 'erp' ? { ...line, statusRaw: 'CANCELLED' } : line]) },
    });
    expect(kindsOf(verdicts[ORDER])).toEqual(['mismatch/state']);
    expect(kindsOf(verdicts[11])).toEqual([]);
    await golden(verdicts[ORDER] as Verdict, 'mismatch/state');
  });

  it('finds a system that never got the last update', async () => {
    const stale = patch('export', (line) => [line.system === 'erp' ? { ...line, at: 50, statusRaw: 'CONFIRMED' } : line]);
    const { verdicts } = world({ edits: { ...some, [ORDER]: stale } });
    expect(kindsOf(verdicts[ORDER])).toEqual(['mismatch/stale']);
    expect(verdicts[ORDER]?.findings[0]).toMatchObject({ system: 'erp' });
    await golden(verdicts[ORDER] as Verdict, 'mismatch/stale');
  });

  it('is silent while the update is on its way', () => {
    const stale = patch('export', (line) => [line.system === 'erp' ? { ...line, at: 50, statusRaw: 'CONFIRMED' } : line]);
    const orders = 200;
    const end = world({ orders }).journeys[orders - 1]?.endedAt ?? 0;
    const { verdicts } = world({ orders, edits: { ...some, [orders - 1]: stale }, after: end / 1e6 - 1_772_400_000 - orders * 600 - 1 });
    expect(kindsOf(verdicts[orders - 1])).not.toContain('mismatch/stale');
  });

  it('is silent about a field that two systems often tell differently', () => {
    const loose: Edit = (lines, order) =>
      lines.map((line) => (line.step === 'create' && order % 3 === 0 ? { ...line, attributes: { amount: 7 + order } } : line));
    const edits = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, loose]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('is silent about a pair of words that is rare, but not rarer than its words', () => {
    const returned: Edit = (lines) =>
      lines.map((line) => (line.step !== 'export' ? line : { ...line, statusRaw: line.system === 'erp' ? 'RETURNED' : 'returned' }));
    const { verdicts } = world({ edits: { ...some, [ORDER]: returned } });
    expect(kindsOf(verdicts[ORDER])).toEqual([]);
  });
});
