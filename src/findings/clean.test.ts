import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLearner } from '../flows/index.ts';
import { DETECTORS, judge } from './index.ts';
import { world } from './testing.ts';
import type { Edit, Line } from './testing.ts';

const fault: Edit = (lines) => lines.filter((line) => line.system !== 'crm');
const slow: Edit = (lines) =>
  lines.map((line) =>
    line.step === 'ship' || line.step === 'fulfilled' || line.kind === 'snapshot' ? { ...line, at: (line.at ?? 0) + 40_000 } : line,
  );
const faults = {
  20: fault,
  50: slow,
  90: ((lines: Line[]) =>
    lines.map((line) => (line.step === 'confirm' ? { ...line, status: 'failed' as const } : line)).slice(0, 3)) as Edit,
};

const essence = (of: ReturnType<typeof world>) =>
  of.verdicts.flatMap((verdict) =>
    verdict.findings.map(({ kind, subkind, record, system, step, severity, absence, actual }) => ({
      kind,
      subkind,
      key: record?.key,
      system,
      step,
      severity,
      absence,
      actual,
    })),
  );

describe('clean data', () => {
  it('raises nothing where all orders are healthy', () => {
    const { verdicts } = world();
    expect(verdicts.flatMap((verdict) => verdict.findings)).toEqual([]);
    expect(new Set(verdicts.map((verdict) => verdict.status))).toEqual(new Set(['completed']));
  });

  it('raises nothing for any number of orders, nor before there are enough to judge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), (orders) => {
        expect(world({ orders }).verdicts.flatMap((verdict) => verdict.findings)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('raises no warning when the data ends in the middle of orders', () => {
    for (const after of [0, 30, 100, 600, 2_000]) {
      const findings = world({ after }).verdicts.flatMap((verdict) => verdict.findings);
      expect(findings.filter((finding) => finding.severity !== 'info')).toEqual([]);
    }
  });
});

describe('metamorphic', () => {
  const base = world({ edits: faults });

  it('finds the injected faults in the first place', () => {
    expect(essence(base).map((finding) => `${finding.key} ${finding.kind}/${finding.subkind}`)).toEqual([
      'SO-1020 gap/partial',
      'SO-1050 delay/hop',
      'SO-1090 error/failed',
    ]);
  });

  it('finds the same when all times are shifted', () => {
    expect(essence(world({ edits: faults, shift: 12_345_678 }))).toEqual(essence(base));
  });

  it('finds the same under other system names', () => {
    const renamed = essence(world({ edits: faults, rename: (system) => `${system}-x` }));
    const plain = (text: string | undefined) => text?.replaceAll('-x', '');
    expect(renamed.map((finding) => ({ ...finding, system: plain(finding.system), actual: plain(finding.actual) }))).toEqual(essence(base));
  });

  it('finds the same when unrelated journeys are learned as well, in any order', () => {
    const learner = createLearner();
    const other = world({ orders: 60 }).journeys.map((journey) => ({ ...journey, record: { type: 'ticket', key: journey.record.key } }));
    for (const journey of [...base.journeys, ...other].toReversed()) learner.observe(journey);
    const context = { ...base.context, expectations: learner.finish(base.context.scope) };
    expect(essence({ ...base, verdicts: base.journeys.map((journey) => judge(journey, context)) })).toEqual(essence(base));
  });

  it('says the same with expectations that went through JSON', () => {
    const stored = JSON.parse(JSON.stringify(base.expectations)) as typeof base.expectations;
    const verdicts = base.journeys.map((journey) => judge(journey, { ...base.context, expectations: stored }));
    expect(verdicts).toEqual(base.verdicts);
  });

  it('gives every finding an id of its own, the same each time', () => {
    const ids = base.verdicts.flatMap((verdict) => verdict.findings.map((finding) => finding.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(world({ edits: faults }).verdicts.flatMap((verdict) => verdict.findings.map((finding) => finding.id))).toEqual(ids);
  });
});

describe('documentation', () => {
  it('describes every detector and its parameters', () => {
    for (const { id, doc, parameters, subkinds } of DETECTORS) {
      expect(
        Object.values(doc).every((text) => text.length > 40),
        id,
      ).toBe(true);
      expect(
        parameters.every((parameter) => parameter.meaning !== ''),
        id,
      ).toBe(true);
      expect(subkinds.length, id).toBeGreaterThan(0);
    }
  });
});
