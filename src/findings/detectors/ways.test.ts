import { describe, expect, it } from 'vitest';
import { jitter, kindsOf, world } from '../testing.ts';
import type { Edit, Line, WorldOptions } from '../testing.ts';

const HOUR = 3_600;
const ORDERS = 300;

/** A dossier that most cases have surveyed; approved minutes after whichever it was, paid after that. */
function dossier(order: number): Line[] {
  const assigned = 600 * jitter(order, 1);
  const surveyed = assigned + 5 * HOUR * jitter(order, 2) ** 3;
  const approved = (order % 3 === 0 ? 0 : surveyed) + 900 * jitter(order, 3);
  const way: Line[] = [
    { system: 'erp', step: 'assigned', at: assigned },
    { system: 'erp', step: 'surveyed', at: surveyed },
  ];
  return [
    { system: 'erp', step: 'opened', at: 0 },
    { system: 'crm', step: 'reserved', at: 2 + jitter(order, 4) },
    ...(order % 3 === 0 ? [] : way),
    { system: 'erp', step: 'approved', at: approved },
    { system: 'wms', step: 'paid', at: approved + 60 * jitter(order, 5) },
  ];
}

const until =
  (last: string): Edit =>
  (lines) =>
    lines.slice(0, lines.findIndex(({ step }) => step === last) + 1);

function dossiers(edits: { readonly [order: number]: Edit }, options: WorldOptions = {}): ReturnType<typeof world> {
  const all = Array.from({ length: ORDERS }, (_, order): [number, Edit] => [
    order,
    (_lines, number) => {
      const lines = dossier(number);
      return edits[number]?.(lines, number) ?? lines;
    },
  ]);
  return world({ orders: ORDERS, after: 20 * 24 * HOUR, ...options, edits: Object.fromEntries(all) });
}

describe('a journey that ends on a way round', () => {
  const { verdicts } = dossiers({ 100: until('surveyed'), 103: until('assigned') });

  it('stopped there, although a branch that begins before it came', () => {
    expect(kindsOf(verdicts[100])).toEqual(['gap/stopped']);
    expect(verdicts[100]!.findings[0]).toMatchObject({ system: 'erp', step: 'surveyed', absence: 'confirmed' });
  });

  it('is told once: what comes behind the absent step waits for it', () => {
    expect(kindsOf(verdicts[103])).toEqual(['gap/stopped']);
    expect(verdicts[103]!.findings[0]).toMatchObject({ step: 'assigned' });
  });

  it('nothing else is found', () => {
    expect(verdicts.flatMap((verdict, order) => ([100, 103].includes(order) ? [] : kindsOf(verdict)))).toEqual([]);
  });
});

describe('an excuse that may be yet to come', () => {
  const COUNT = 900;
  /** Withdrawn hours later, and never checked; else checked at once. */
  const lines = (order: number): Line[] =>
    order % 10 === 0
      ? [
          { system: 'shop', step: 'asked', at: 0 },
          { system: 'shop', step: 'withdrawn', at: 6 * HOUR * jitter(order, 1) },
        ]
      : [
          { system: 'shop', step: 'asked', at: 0 },
          { system: 'erp', step: 'checked', at: 5 * jitter(order, 2) },
        ];
  const edits = Object.fromEntries(
    Array.from({ length: COUNT }, (_, order): [number, Edit] => [
      order,
      () => lines(order).slice(0, order === 60 || order >= COUNT - 4 ? 1 : 2),
    ]),
  );
  const { verdicts } = world({ orders: COUNT, edits, after: HOUR });
  const absences = (order: number) => verdicts[order]!.findings.map(({ kind, absence }) => `${kind} ${absence}`);

  it('leaves the absence open', () => {
    expect(absences(COUNT - 2)).toEqual(['gap still-open']);
  });

  it('confirms it when its time is over', () => {
    expect(absences(60)).toEqual(['gap confirmed']);
  });
});

describe('a hop whose cause may have happened again unseen', () => {
  const late: Edit = (lines) => lines.map((line) => (line.step === 'paid' ? { ...line, at: line.at! + 8 * HOUR } : line));

  it('is no delay where the log of the cause had ended', () => {
    const order = 200;
    const placed = order * 600;
    const seen = dossiers({ [order]: late });
    expect(kindsOf(seen.verdicts[order])).toEqual(['delay/hop']);
    const approved = dossier(order).find(({ step }) => step === 'approved')!.at!;
    const unseen = dossiers({ [order]: late }, { endsAt: { erp: placed + approved + 2 * HOUR } });
    expect(kindsOf(unseen.verdicts[order])).toEqual([]);
  });
});

describe('an effect that came before its cause, behind several waits of which one is always longer than usual', () => {
  it('is out of order: nothing was late', () => {
    const early: Edit = (lines, order) =>
      lines.map((line) =>
        line.step === 'paid' ? { ...line, at: dossier(order).find(({ step }) => step === 'approved')!.at! - 1_200 } : line,
      );
    const orders = [101, 107, 110, 118];
    const { verdicts } = dossiers(Object.fromEntries(orders.map((order) => [order, early])));
    expect(orders.map((order) => kindsOf(verdicts[order]))).toEqual(orders.map(() => ['order/out-of-order']));
  });
});
