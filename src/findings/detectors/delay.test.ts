import { describe, expect, it } from 'vitest';
import { goldenOf, kindsOf, world } from '../testing.ts';
import type { Edit, Line } from '../testing.ts';
import type { Verdict } from '../types.ts';
import { edited, later, ORDER, patch } from './testing.ts';

/** Compares with the golden file, without the bars of the charts. */
function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

describe('delay', () => {
  it('reports a slow hop once, against its baseline', async () => {
    const verdict = edited(later('ship', 40_000));
    expect(kindsOf(verdict)).toEqual(['delay/hop']);
    expect(verdict.findings[0]).toMatchObject({ step: 'ship', severity: 'warning' });
    await golden(verdict, 'delay/hop');
  });

  it('reports a slow step', async () => {
    const vary: Edit = patch('create', (line) => [{ ...line, took: 0.5 }]);
    const edits = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, vary]));
    edits[ORDER] = (lines) => later('confirm', 60)(patch('create', { took: 60 })(lines, 0), 0);
    const verdict = world({ edits }).verdicts[ORDER] as Verdict;
    expect(kindsOf(verdict)).toEqual(['delay/step']);
    await golden(verdict, 'delay/step');
  });

  it('does not take the order for the cause of a shipment because their numbers are equal', () => {
    const twoShipments = (second: string): Edit =>
      patch('ship', (line) => [
        { ...line, children: ['shipment A'] },
        { ...line, at: line.at! + 40_000, children: [`shipment ${second}`] },
      ]);
    expect(kindsOf(edited(twoShipments(`SO-${1000 + ORDER}`)))).toEqual(kindsOf(edited(twoShipments('B'))));
  });

  it('is silent at twice the usual, which is no news', () => {
    expect(kindsOf(edited(later('ship', 900)))).toEqual([]);
  });

  it('is silent with too few journeys to judge', () => {
    const { verdicts } = world({ orders: 20, edits: { 10: later('ship', 40_000) } });
    expect(verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('is silent for a step that took not quite three times as long, and for one that failed', () => {
    const vary: Edit = patch('create', (line) => [{ ...line, took: 4 }]);
    const slow = (took: number, status: 'succeeded' | 'failed') => {
      const edits = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, vary]));
      edits[ORDER] = (lines) => later('confirm', took)(patch('create', { took, status })(lines, 0), 0);
      return kindsOf(world({ edits }).verdicts[ORDER]);
    };
    expect(slow(11, 'succeeded')).toEqual([]);
    expect(slow(60, 'succeeded')).toEqual(['delay/step']);
    expect(slow(60, 'failed').filter((kind) => kind.startsWith('delay/step'))).toEqual([]);
  });
});

describe('a rare step', () => {
  it('explains the step that answers it: no delay by the clock of the usual cause', () => {
    // As after a return: half a day later somebody corrects the order, and the update goes out again the usual time after that.
    const corrected: Edit = (lines) => {
      const update = lines.find((line) => line.step === 'update') as Line;
      const confirmed = lines.find((line) => line.step === 'confirm')?.at ?? 0;
      const others = lines.filter((line) => line !== update);
      return [...others, { system: 'erp', step: 'correct', at: 40_000, took: 1 }, { ...update, at: 40_000 + (update.at ?? 0) - confirmed }];
    };
    expect(kindsOf(edited(corrected)).filter((kind) => kind.startsWith('delay'))).toEqual([]);
    expect(kindsOf(edited((lines) => corrected(lines, 0).filter((line) => line.step !== 'correct')))).toContain('delay/hop');
  });
});
