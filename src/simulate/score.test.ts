import { describe, expect, it } from 'vitest';
import { scoreText } from './score-text.ts';
import { normalKey, score } from './score.ts';
import type { ScoredFinding } from './score.ts';
import { sumScores } from './score-sum.ts';
import type { Truth, TruthFault } from './truth.ts';
import { wilson } from './wilson.ts';

const fault = (name: string, key: string, consequences: string[] = [], related: string[] = []): TruthFault => {
  const [kind, subkind] = name.split('/') as [string, string];
  return { kind, subkind, record: { type: 'order', key }, related, system: 'erp', step: 'create', at: '', note: '', consequences };
};

const truth = (faults: TruthFault[], more: Partial<Truth> = {}): Truth => ({
  waybill: 'simulation-truth',
  seed: 1,
  orders: 1000,
  format: 'company',
  start: '',
  dataEndsAt: '',
  coverage: [],
  faults,
  open: [],
  unprovable: [],
  outsideCoverage: [],
  clean: 1000 - faults.length,
  variants: {},
  ...more,
});

const finding = (name: string, key: string | null, more: Partial<ScoredFinding> = {}): ScoredFinding => {
  const [kind, subkind] = name.split('/') as [string, string];
  return { kind, subkind, severity: 'warning', record: key === null ? null : { type: 'order', key }, ...more };
};

const row = (result: ReturnType<typeof score>, name: string) =>
  [...result.bySubkind, ...result.byKind].find((entry) => entry.name === name)!;

describe('score', () => {
  it('counts hits under any spelling, misses and false alarms', () => {
    const result = score(
      truth([fault('delay/hop', 'SO-100001'), fault('delay/hop', 'SO-100002', [], ['PAY-7']), fault('delay/hop', 'SO-100003')]),
      [finding('delay/hop', '0000100001'), finding('delay/hop', 'pay-7'), finding('delay/hop', 'SO-100009')],
    );
    expect(row(result, 'delay/hop')).toMatchObject({ injected: 3, found: 2, missed: 1, falseAlarms: 1 });
    expect(row(result, 'delay/hop').f1).toBeCloseTo(2 / 3);
    expect(row(result, 'delay/hop').precision.value).toBeCloseTo(2 / 3);
    expect(result.alarmsOnClean).toBe(1);
    expect(result.missedExamples).toHaveLength(1);
  });

  it('takes what follows from a fault for neither', () => {
    const result = score(truth([fault('error/exhausted', 'SO-1', ['gap', 'mismatch/state'])]), [
      finding('error/exhausted', 'SO-1'),
      finding('error/exhausted', 'SO-1'),
      finding('gap/partial', 'SO-1'),
      finding('mismatch/state', 'SO-1'),
      finding('mismatch/field', 'SO-1'),
    ]);
    expect(result).toMatchObject({ consequences: 2, repeats: 1, alarmsOnClean: 0 });
    expect(row(result, 'mismatch/field').falseAlarms).toBe(1);
    expect(row(result, 'error/exhausted')).toMatchObject({ found: 1, falseAlarms: 0 });
  });

  it('tells the right kind from the right subkind', () => {
    const result = score(truth([fault('gap/stopped', 'SO-1', ['gap']), fault('retry/hidden', 'SO-2')]), [
      finding('gap/missing-step', 'SO-1'),
      finding('retry/declared', 'SO-2'),
    ]);
    expect(row(result, 'gap/stopped')).toMatchObject({ found: 0, otherSubkind: 1, missed: 1 });
    expect(row(result, 'gap')).toMatchObject({ found: 1, missed: 0, falseAlarms: 0 });
    expect(row(result, 'retry/declared')).toMatchObject({ injected: 0, falseAlarms: 1 });
    expect(row(result, 'retry')).toMatchObject({ found: 1, falseAlarms: 0 });
  });

  it('accepts an absence that is explained, and not one that is claimed', () => {
    const more = { open: ['SO-5'], outsideCoverage: ['SO-6'] };
    const result = score(truth([fault('gap/stopped', 'SO-1', ['gap'])], more), [
      finding('gap/stopped', 'SO-5', { absence: 'still-open', severity: 'info' }),
      finding('gap/partial', 'SO-6', { absence: 'outside-coverage', severity: 'info' }),
      finding('gap/partial', 'SO-6', { absence: 'confirmed' }),
      finding('gap/stopped', 'SO-1', { absence: 'still-open', severity: 'info' }),
      finding('gap/stopped', 'SO-8', { absence: 'still-open', severity: 'info' }),
    ]);
    expect(result.absencesExplained).toBe(2);
    expect(row(result, 'gap/partial').falseAlarms).toBe(1);
    expect(row(result, 'gap/stopped')).toMatchObject({ found: 0, missed: 1, falseAlarms: 1 });
    expect(result.alarmsOnClean).toBe(0);
  });

  it('leaves findings on a population aside', () => {
    const result = score(truth([]), [finding('loss/silent', null)]);
    expect(result).toMatchObject({ findings: 1, population: 1, alarmsOnClean: 0, bySubkind: [] });
  });

  it('sets accused clocks against those that were wrong', () => {
    const clocks = [
      { system: 'erp', offsetMs: 60_000, driftMs: 2_000 },
      { system: 'wms', offsetMs: -5_000, driftMs: 0 },
    ];
    const result = score(truth([], { clocks }), [
      finding('clock/skew', null, { system: 'erp', offsetMs: 60_500 }),
      finding('clock/skew', null, { system: 'erp', offsetMs: 1 }),
      finding('clock/skew', null, { system: 'shop' }),
    ]);
    expect(row(result, 'clock/skew')).toMatchObject({ injected: 2, found: 1, missed: 1, falseAlarms: 1 });
    expect(result.clockErrors).toEqual([{ system: 'erp', trueMs: 61_000, errorMs: -500, mostMs: 62_000 }]);
    expect(result.missedExamples).toEqual(['clock/skew wms: ahead by -5000 ms, and 0 ms more at the end']);
  });

  it('does not ask for clocks that turn nothing round', () => {
    const clocks = [
      { system: 'erp', offsetMs: 60_000, driftMs: 0 },
      { system: 'crm', offsetMs: 5_000, driftMs: 0 },
      { system: 'wms', offsetMs: 5_000, driftMs: 0 },
    ];
    const result = score(truth([], { clocks, backwards: { erp: 30, crm: 29 } }), [finding('clock/skew', null, { system: 'wms' })]);
    expect(row(result, 'clock/skew')).toMatchObject({ injected: 1, found: 0, missed: 1, falseAlarms: 0 });
    expect(result.missedExamples).toEqual(['clock/skew erp: ahead by 60000 ms, and 0 ms more at the end']);
  });

  it('sums up runs as if they were one', () => {
    const one = score(truth([fault('delay/hop', 'SO-1'), fault('delay/hop', 'SO-2')]), [finding('delay/hop', 'SO-1')]);
    const other = score(truth([fault('delay/hop', 'SO-1')]), [finding('delay/hop', 'SO-7'), finding('gap/partial', 'SO-8')]);
    const sum = sumScores([one, other]);
    expect(row(sum, 'delay/hop')).toMatchObject({ injected: 3, found: 1, missed: 2, falseAlarms: 1 });
    expect(row(sum, 'delay/hop').recall).toEqual(wilson(1, 3));
    expect(sum).toMatchObject({ findings: 3, cleanOrders: 1_997, alarmsOnClean: 2 });
    expect(sum.alarmsPerThousandClean).toBeCloseTo(2_000 / 1_997);
  });

  it('prints a table', () => {
    const text = scoreText(score(truth([fault('delay/hop', 'SO-1')]), [finding('delay/hop', 'SO-1')]));
    expect(text).toContain('delay/hop         1      1      0       0      0  1.000 [0.207–1.000]  1.000 [0.207–1.000]  1.000');
    expect(text).toContain('0.00 per 1,000');
  });
});

describe('normalKey', () => {
  it('meets the spellings of one order', () => {
    for (const key of ['SO-100042', 'SO100042', '0000100042', 'gid://shop/Order/100042', '100042', '#100042'])
      expect(normalKey(key)).toBe('100042');
    expect(normalKey('SHP-100042')).toBe('SHP-100042');
  });
});

describe('wilson', () => {
  it('gives the published interval', () => {
    // Newcombe 1998, table I: 81 of 263, and 0 of 20.
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20).low).toBe(0);
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
    expect(wilson(0, 0).value).toBeUndefined();
  });
});
