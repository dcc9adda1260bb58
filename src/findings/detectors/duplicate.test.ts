import { describe, expect, it } from 'vitest';
import { goldenOf, kindsOf, world } from '../testing.ts';
import type { WorldOptions } from '../testing.ts';
import type { Verdict } from '../types.ts';
import { edited, ORDER, patch, until } from './testing.ts';

/** Compares with the golden file, without the bars of the charts. */
function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

describe('duplicate', () => {
  it('reports what was done again after it had succeeded', async () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, execution: 1 },
        { ...line, at: (line.at ?? 0) + 400, execution: 2 },
      ]),
      { orders: 400 },
    );
    expect(kindsOf(verdict)).toContain('duplicate/delivery');
    await golden(verdict, 'duplicate/delivery');
  });

  it('says so when both were done at the same time', () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, took: 30, execution: 1 },
        { ...line, at: (line.at ?? 0) + 10, took: 30, execution: 2 },
      ]),
      { orders: 400 },
    );
    const found = verdict.findings.find(({ kind }) => kind === 'duplicate');
    expect(found?.title).toBe('erp confirm was done twice at the same time');
    expect(found?.explanation).toContain('and was done again while that was under way');
  });

  it('is silent for steps that many orders repeat', () => {
    const twice = patch('update', (line) => [line, { ...line, at: (line.at ?? 0) + 400, fingerprint: 5 }]);
    const edits = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i * 5, twice]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('is silent where the first had failed: the second is its retry', () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, execution: 1, status: 'failed' },
        { ...line, at: (line.at ?? 0) + 400, execution: 2 },
      ]),
      { orders: 400 },
    );
    expect(kindsOf(verdict).filter((kind) => kind.startsWith('duplicate'))).toEqual([]);
  });
});

describe('human work in one system', () => {
  const options: WorldOptions = { rename: () => 'office' };

  it('warns of what is absent or done again, and calls neither critical', () => {
    const absent = edited(until('ship'), options);
    expect(absent.findings.filter(({ kind }) => kind === 'gap').map(({ severity }) => severity)).toEqual(['warning']);
    const again = edited((lines) => [...lines, { system: 'erp', step: 'confirm', at: 4000, took: 1 }], { ...options, orders: 400 });
    expect(again.findings.map(({ kind, severity }) => [kind, severity])).toEqual([['duplicate', 'warning']]);
  });

  it('reports what was sent again, also where nothing told how the first sending went', () => {
    const untold = patch('update', { status: 'unknown' });
    const twice = patch('update', (line) => [
      { ...line, status: 'unknown', execution: 1 },
      { ...line, status: 'unknown', at: (line.at ?? 0) + 86_400, execution: 2 },
    ]);
    const orders = 400;
    const edits = Object.fromEntries(Array.from({ length: orders }, (_, i) => [i, i === ORDER ? twice : untold]));
    const { verdicts } = world({ orders, edits });
    expect(verdicts.flatMap((verdict, i) => (kindsOf(verdict).some((kind) => kind.startsWith('duplicate')) ? [i] : []))).toEqual([ORDER]);
    // Here the first one went well as far as anybody knows, and the second may never have ended.
    const unsure = patch('update', (line) => [line, { ...line, status: 'unknown', at: (line.at ?? 0) + 86_400, execution: 2 }]);
    expect(kindsOf(edited(unsure, { orders }))).not.toContain('duplicate/delivery');
  });
});
