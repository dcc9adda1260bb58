import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { judge } from './index.ts';
import { findingId, numbered } from './key.ts';
import { taughtBy, taughtLookup } from './teaching.ts';
import { world, type Edit, type Line } from './testing.ts';

const at = (lines: readonly Line[], step: string): number => lines.find((line) => line.step === step)?.at ?? 0;

const failing: Edit = (lines) => lines.map((line) => (line.step === 'confirm' ? { ...line, status: 'failed' } : line));

function findingsOf(edit: Edit): readonly Finding[] {
  return world({ edits: { 100: edit } }).verdicts[100]!.findings;
}

describe('the id of a finding', () => {
  it('survives entries that come late, earlier and later than its step', () => {
    const [known] = findingsOf(failing);
    const late: Edit = (lines, order) => [
      ...failing(lines, order),
      { system: 'web', step: 'page', at: 0.5 },
      { system: 'erp', step: 'note', at: at(lines, 'ship') + 1 },
    ];
    expect(findingsOf(late).map(({ id }) => id)).toContain(known!.id);
  });

  it('survives an earlier, healthy occurrence of its step, which shifts the place of its own', () => {
    const twice: Edit = (lines) => [...lines, { system: 'crm', step: 'score', at: 4000, took: 1, status: 'failed', fingerprint: 2 }];
    const [known] = findingsOf(twice).filter(({ step }) => step === 'score');
    const late: Edit = (lines, order) => [...twice(lines, order), { system: 'crm', step: 'score', at: 3000, took: 1, fingerprint: 1 }];
    expect(findingsOf(late).flatMap(({ step, id }) => (step === 'score' ? [id] : []))).toEqual([known!.id]);
  });

  it('does not contain times', () => {
    const shifted = world({ edits: { 100: failing }, shift: 1_000_000 }).verdicts[100]!.findings;
    expect(shifted.map(({ id }) => id)).toEqual(findingsOf(failing).map(({ id }) => id));
  });

  it('tells apart several fields that disagree at one step', () => {
    const wrong: Edit = (lines) =>
      lines.map((line) =>
        line.attributes === undefined ? line : { ...line, attributes: { amount: line.attributes['amount']!, quantity: 3 } },
      );
    const all = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, wrong]));
    const both: Edit = (lines, order) =>
      wrong(lines, order).map((line) =>
        line.step === 'export' && line.attributes !== undefined ? { ...line, attributes: { amount: 9999, quantity: 7 } } : line,
      );
    const findings = world({ edits: { ...all, 100: both } }).verdicts[100]!.findings.filter(({ kind }) => kind === 'mismatch');
    expect(new Set(findings.map(({ facet }) => facet))).toEqual(new Set(['amount', 'quantity']));
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  it('is another for everything that it is made of, and the same for all else', () => {
    const [finding] = findingsOf(failing) as [Finding];
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (title, other) => {
        expect(findingId({ ...finding, title, at: undefined, confidence: 0 } as Finding)).toBe(finding.id);
        if (other !== finding.step) expect(findingId({ ...finding, step: other })).not.toBe(finding.id);
        if (other !== finding.record?.key)
          expect(findingId({ ...finding, record: { type: finding.record!.type, key: other } })).not.toBe(finding.id);
      }),
    );
  });

  it('is numbered where all else is equal, in order', () => {
    const [finding] = findingsOf(failing) as [Finding];
    const three = numbered([finding, finding, finding]);
    expect(three.map(({ nth }) => nth)).toEqual([undefined, 1, 2]);
    expect(new Set(three.map(({ id }) => id)).size).toBe(3);
    expect(three[0]!.id).toBe(finding.id);
  });
});

describe('teaching', () => {
  const slow =
    (seconds: number): Edit =>
    (lines) =>
      lines.map((line) =>
        line.step === 'ship' || line.step === 'fulfilled' || line.kind === 'snapshot' ? { ...line, at: (line.at ?? 0) + seconds } : line,
      );
  const { verdicts } = world({ orders: 400, edits: { 20: slow(40_000), 60: slow(40_500), 100: slow(90_000), 140: slow(38_000) } });
  const delayOf = (order: number): Finding => verdicts[order]!.findings.find(({ kind }) => kind === 'delay')!;

  it('silences what is as bad as the false alarm, and nothing clearly worse', () => {
    const silenced = taughtLookup(taughtBy([delayOf(20)]));
    expect([20, 60, 100, 140].map((order) => silenced(delayOf(order)) !== undefined)).toEqual([true, true, false, true]);
  });

  it('keeps the worst of several, and names it', () => {
    const [threshold, ...more] = taughtBy([delayOf(20), delayOf(100), delayOf(140)]);
    expect(more).toEqual([]);
    expect(threshold).toMatchObject({ finding: delayOf(100).id, parameter: 'duration', type: 'order', step: 'ship' });
    expect(threshold!.value).toBeGreaterThan(delayOf(100).measured!.value);
    expect(threshold!.value).toBeLessThan(1.1 * delayOf(100).measured!.value);
  });

  it('holds for its step, claim and record type only', () => {
    const silenced = taughtLookup(taughtBy([delayOf(20)]));
    const other = delayOf(60);
    expect(silenced({ ...other, step: 'pick' })).toBeUndefined();
    expect(silenced({ ...other, subkind: 'step' })).toBeUndefined();
    expect(silenced({ ...other, record: { type: 'return', key: 'R-1' } })).toBeUndefined();
    expect(silenced({ ...other, system: 'erp' })).toBeUndefined();
  });

  it('learns nothing where no threshold decided', () => {
    expect(taughtBy(findingsOf(failing))).toEqual([]);
    expect(taughtLookup([])(delayOf(20))).toBeUndefined();
  });

  it('works on findings that went through JSON', () => {
    const stored = JSON.parse(JSON.stringify(delayOf(20))) as Finding;
    expect(taughtLookup(taughtBy([stored]))(JSON.parse(JSON.stringify(delayOf(60))) as Finding)).toBeDefined();
  });

  it('never removes what a detector says: it only marks', () => {
    const { journeys, context } = world({ edits: { 20: slow(40_000) } });
    expect(judge(journeys[20]!, context).findings.map(({ kind }) => kind)).toContain('delay');
  });
});
