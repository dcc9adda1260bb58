import { describe, expect, it } from 'vitest';
import { goldenOf, kindsOf, world } from '../testing.ts';
import type { Edit } from '../testing.ts';
import type { Verdict } from '../types.ts';
import { edited, ORDER, patch, until } from './testing.ts';

/** Compares with the golden file, without the bars of the charts. */
function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

describe('gap', () => {
  it('confirms a branch that never came', async () => {
    const verdict = edited((lines) => lines.filter((line) => line.system !== 'crm'));
    expect(kindsOf(verdict)).toEqual(['gap/partial']);
    expect(verdict.status).toBe('incomplete');
    expect(verdict.ghosts.map(({ system, step, absence }) => [system, step, absence])).toEqual([['crm', 'update', 'confirmed']]);
    await golden(verdict, 'gap/partial');
  });

  it('confirms a message that never arrived, and draws what would have followed', async () => {
    const verdict = edited((lines) => lines.slice(0, 1));
    expect(kindsOf(verdict)).toEqual(['gap/missing-step']);
    expect(verdict.findings[0]).toMatchObject({ system: 'erp', step: 'create', absence: 'confirmed', severity: 'critical' });
    expect(verdict.ghosts.length).toBeGreaterThan(4);
    await golden(verdict, 'gap/missing-step');
  });

  it('says where a system stopped', async () => {
    const verdict = edited(until('confirm'));
    expect(kindsOf(verdict)).toEqual(['gap/stopped']);
    expect(verdict.findings[0]).toMatchObject({ system: 'erp', step: 'create' });
    await golden(verdict, 'gap/stopped');
  });

  it('claims nothing where the log of the system had ended', async () => {
    const { verdicts } = world({ endsAt: { crm: 150 * 600 } });
    const late = verdicts[170] as Verdict;
    expect(late.findings.map(({ kind, absence, severity }) => [kind, absence, severity])).toEqual([['gap', 'outside-coverage', 'info']]);
    expect(late.status).toBe('unknown');
    await golden(late, 'gap/outside-coverage');
    expect(kindsOf(verdicts[100])).toEqual([]);
  });

  it('calls it open while there is time', async () => {
    const { verdicts } = world({ after: -560 });
    const last = verdicts[199] as Verdict;
    expect(last.findings.map(({ kind, absence, severity }) => [kind, absence, severity])).toEqual([['gap', 'still-open', 'info']]);
    expect(last.status).toBe('open');
    await golden(last, 'gap/still-open');
  });

  it('excuses a variant that does not go on', () => {
    const cancel: Edit = (lines) => [...until('ship')(lines, 0), { system: 'shop', step: 'cancel', at: 400 }];
    const edits = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i * 15, cancel]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('says which of two shipments never left', async () => {
    const split: Edit = (lines) =>
      lines.flatMap((line) =>
        line.system === 'wms' ? ['shipment A', 'shipment B'].map((child) => ({ ...line, children: [child] })) : [line],
      );
    const edits: Record<number, Edit> = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i * 5, split]));
    edits[ORDER] = (lines, order) =>
      split(lines, order).filter((line) => !(line.step === 'ship' && line.children?.[0] === 'shipment B') && line.system !== 'shop');
    const { verdicts } = world({ edits });
    expect(verdicts.flatMap((verdict, i) => (i === ORDER ? [] : kindsOf(verdict)))).toEqual([]);
    const gap = verdicts[ORDER]?.findings.find((finding) => finding.kind === 'gap' && finding.record?.key === 'B');
    expect(gap).toMatchObject({ subkind: 'partial', step: 'ship', record: { type: 'shipment', key: 'B' } });
  });

  it('misses no branch that one order in ten does without', () => {
    const without: Edit = (lines) => lines.filter((line) => line.system !== 'crm');
    const edits = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i * 10, without]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('misses nothing where one order in ten ends', () => {
    const edits = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i * 10, until('confirm')]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('misses nothing after a failure: the error says it', () => {
    const verdict = edited((lines) => until('allocate')(patch('confirm', { status: 'failed' })(lines, 0), 0));
    expect(kindsOf(verdict)).toEqual(['error/failed']);
  });
});
