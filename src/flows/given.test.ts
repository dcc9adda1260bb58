import { describe, expect, it } from 'vitest';
import { kindsOf, world } from '../findings/testing.ts';
import type { Edit, Line } from '../findings/testing.ts';

/** One order in three is by EDI, and only those get a notice when they were shipped. */
const isEdi = (order: number): boolean => order % 3 === 0;

function orders(lacking: readonly number[], tells: (order: number) => boolean = isEdi) {
  const edits = Object.fromEntries(
    Array.from({ length: 600 }, (_, order): [number, Edit] => [
      order,
      (lines) => [
        ...(tells(order) ? [{ system: 'crm', step: 'edi', at: -5 } satisfies Line] : []),
        ...lines,
        ...(isEdi(order) && !lacking.includes(order) ? [{ system: 'crm', step: 'notice', at: lines.at(-1)!.at! + 5 }] : []),
      ],
    ]),
  );
  return world({ orders: 600, edits });
}

describe('what follows in some journeys only', () => {
  it('is expected where an earlier step tells that it does', () => {
    const { expectations, verdicts } = orders([150]);
    const { steps, follows } = expectations.byType['order']!;
    const notice = follows.find(({ step }) => steps[step]?.step === 'notice')!;
    const { given } = notice;
    expect(given !== undefined && 'step' in given && steps[given.step]?.step).toBe('edi');
    expect(notice).toMatchObject({ eligible: 200, followed: 199 });
    expect(verdicts.flatMap((verdict, order) => (kindsOf(verdict).length > 0 ? [order] : []))).toEqual([150]);
    expect(verdicts[150]!.findings[0]).toMatchObject({
      kind: 'gap',
      step: 'notice',
      explanation: expect.stringContaining('those with crm edi before'),
    });
  });

  it('is expected of none where nothing tells in which', () => {
    const { expectations, verdicts } = orders([150], (order) => order % 2 === 0);
    expect(expectations.byType['order']!.follows.every(({ given }) => given === undefined)).toBe(true);
    expect(verdicts.flatMap(kindsOf)).toEqual([]);
  });
});
