import { describe, expect, it } from 'vitest';
import { goldenOf, kindsOf, world } from '../testing.ts';
import type { Edit, Line } from '../testing.ts';
import type { Verdict } from '../types.ts';
import { edited, patch, until } from './testing.ts';

/** Compares with the golden file, without the bars of the charts. */
function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

describe('retry', () => {
  it('tells a declared retry that went well', async () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, status: 'failed', attempt: 1 },
        { ...line, at: (line.at ?? 0) + 3, attempt: 2 },
      ]),
    );
    expect(kindsOf(verdict)).toEqual(['retry/declared']);
    expect(verdict.findings[0]?.severity).toBe('info');
    await golden(verdict, 'retry/declared');
  });

  it('infers a hidden retry from equal content and back-off', async () => {
    const verdict = edited(patch('allocate', (line) => [0, 5, 15].map((late) => ({ ...line, at: (line.at ?? 0) + late }))));
    expect(kindsOf(verdict)).toEqual(['retry/hidden']);
    await golden(verdict, 'retry/hidden');
  });

  it('takes another execution of the same flow for an attempt when it says which one it retries', () => {
    const verdict = edited(
      patch('confirm', (line) => [
        { ...line, status: 'failed', execution: 1 },
        { ...line, at: (line.at ?? 0) + 30, execution: 2, parentExecution: 1 },
      ]),
    );
    expect(kindsOf(verdict)).toContain('retry/declared');
  });

  it('leaves a run that failed in every try to the error, with the steps that went well each time', () => {
    const verdict = edited((lines) => [
      ...until('confirm')(lines, 0),
      ...[60, 360, 660].flatMap((at, i): Line[] => [
        { system: 'erp', step: 'listen', at, execution: i + 1 },
        { system: 'erp', step: 'run', at, took: 5, status: 'failed', execution: i + 1, ...(i > 0 ? { parentExecution: 1 } : {}) },
      ]),
    ]);
    expect(kindsOf(verdict)).toContain('error/exhausted');
    expect(kindsOf(verdict).filter((kind) => kind.startsWith('retry'))).toEqual([]);
  });

  it('calls dozens of attempts a storm', async () => {
    const verdict = edited(
      patch('confirm', (line) =>
        Array.from({ length: 25 }, (_, i) => ({
          ...line,
          at: (line.at ?? 0) + i / 10,
          took: 0.05,
          status: i < 24 ? ('failed' as const) : ('succeeded' as const),
        })),
      ),
    );
    expect(kindsOf(verdict)).toEqual(['retry/storm']);
    await golden(verdict, 'retry/storm');
  });

  it('is no delivery twice when another system’s step stands in the middle of the series', () => {
    const verdict = edited(
      (lines) => {
        const line = lines.find((one) => one.step === 'allocate') as Line;
        const at = line.at ?? 0;
        return [...lines, { system: 'crm', step: 'touch', at: at + 3 }, ...[5, 15, 35].map((late): Line => ({ ...line, at: at + late }))];
      },
      { orders: 400 },
    );
    expect(kindsOf(verdict)).toEqual(['retry/hidden']);
  });

  it('is silent where the content differs', () => {
    const verdict = edited(patch('allocate', (line) => [line, { ...line, at: (line.at ?? 0) + 5, fingerprint: 99_999 }]));
    expect(kindsOf(verdict)).not.toContain('retry/hidden');
  });

  it('is silent where every order repeats the step: polling', () => {
    const poll = patch('allocate', (line) => [line, { ...line, at: (line.at ?? 0) + 5 }]);
    const edits = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i, poll]));
    expect(world({ edits }).verdicts.flatMap(kindsOf)).toEqual([]);
  });

  it('takes a first attempt that went well for no retry, although it has a number', () => {
    expect(kindsOf(edited(patch('confirm', { attempt: 1 })))).toEqual([]);
  });

  it('tells of storms although one journey in fifty has one', () => {
    const storm: Edit = patch('allocate', (line) =>
      Array.from({ length: 24 }, (_, i) => ({
        ...line,
        at: (line.at ?? 0) + i,
        took: 0.5,
        status: i < 23 ? ('failed' as const) : ('succeeded' as const),
      })),
    );
    const { verdicts } = world({ edits: { 50: storm, 100: storm, 150: storm, 190: storm } });
    expect(verdicts.flatMap(kindsOf).filter((kind) => kind === 'retry/storm')).toHaveLength(4);
  });

  it('calls a few attempts less than a storm no storm', () => {
    const tries = (count: number) =>
      patch('confirm', (line) =>
        Array.from({ length: count }, (_, i) => ({
          ...line,
          at: (line.at ?? 0) + i / 10,
          took: 0.05,
          status: i < count - 1 ? ('failed' as const) : ('succeeded' as const),
        })),
      );
    expect(kindsOf(edited(tries(9)))).toEqual(['retry/hidden']);
    expect(kindsOf(edited(tries(10)))).toEqual(['retry/storm']);
  });
});
