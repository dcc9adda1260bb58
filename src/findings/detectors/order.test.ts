import { describe, expect, it } from 'vitest';
import { goldenOf, kindsOf, world } from '../testing.ts';
import type { Edit } from '../testing.ts';
import type { Verdict } from '../types.ts';
import { edited, patch } from './testing.ts';

/** Compares with the golden file, without the bars of the charts. */
function golden(verdict: Verdict, path: string) {
  return expect(goldenOf(verdict)).toMatchFileSnapshot(`../../../test/golden/findings/${path}.json`);
}

describe('order', () => {
  /** The warehouse allocates before the ERP confirms, by so many seconds. */
  const early =
    (seconds: number): Edit =>
    (lines) => {
      const confirmed = lines.find((line) => line.step === 'confirm')?.at ?? 0;
      return patch('allocate', { at: confirmed - seconds })(lines, 0);
    };

  it('reports an effect that came before its cause', async () => {
    const verdict = edited(early(60), { orders: 400 });
    expect(kindsOf(verdict)).toContain('order/out-of-order');
    expect(verdict.findings.find(({ kind }) => kind === 'order')).toMatchObject({
      system: 'wms',
      step: 'allocate',
      title: 'wms allocate came 1 m before erp confirm',
    });
    await golden(verdict, 'order/out-of-order');
  });

  it('is silent about what the clocks may be off by', () => {
    const within = (clockErrors: Record<string, number>): string[] => kindsOf(edited(early(60), { orders: 400, clockErrors }));
    expect(within({ wms: 1_000_000, erp: 1_000_000 })).toContain('order/out-of-order');
    expect(within({ wms: 60_000_000, erp: 1_000_000 })).not.toContain('order/out-of-order');
    expect(within({ wms: Number.MAX_SAFE_INTEGER })).not.toContain('order/out-of-order');
    expect(kindsOf(edited(early(2.5), { orders: 400 }))).not.toContain('order/out-of-order');
    expect(kindsOf(edited(early(3.5), { orders: 400 }))).toContain('order/out-of-order');
  });

  it('tells of each of a few journeys that have the same', () => {
    const edits = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [i * 40 + 1, early(60)]));
    const { verdicts } = world({ orders: 400, edits });
    expect(verdicts.filter((verdict) => kindsOf(verdict).includes('order/out-of-order'))).toHaveLength(8);
  });

  /** All warehouses allocate so many seconds after the confirmation (`0` to `1` tells the orders apart); one of them 60 s before. */
  const usually = (after: (jitter: number) => number): string[] => {
    const edits = Object.fromEntries(
      Array.from({ length: 400 }, (_, i): [number, Edit] => [
        i,
        (lines) => {
          const confirmed = lines.find((line) => line.step === 'confirm')?.at ?? 0;
          return patch('allocate', { at: confirmed + (i === 100 ? -60 : after(((i * 37) % 101) / 101)), took: 0 })(lines, 0);
        },
      ]),
    );
    return kindsOf(world({ orders: 400, edits }).verdicts[100]).filter((kind) => kind.startsWith('order'));
  };

  it('is silent where waits begin at nothing, are nothing, or are those of a timetable', () => {
    expect(usually((jitter) => 10 + 10 * jitter)).toEqual(['order/out-of-order']);
    expect(usually((jitter) => 2 + 600 * jitter)).toEqual([]);
    expect(usually(() => 0)).toEqual([]);
    expect(usually((jitter) => 3600 + 60 * jitter)).toEqual([]);
  });

  it('is silent where both orders are frequent, where too few were seen, and where the cause never came', () => {
    const edits = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i * 10, early(60)]));
    expect(
      world({ orders: 400, edits })
        .verdicts.flatMap(kindsOf)
        .filter((kind) => kind.startsWith('order')),
    ).toEqual([]);
    expect(kindsOf(edited(early(60), { orders: 90 }))).not.toContain('order/out-of-order');
    expect(kindsOf(edited((lines) => lines.filter((line) => line.step !== 'confirm'), { orders: 400 }))).not.toContain(
      'order/out-of-order',
    );
  });

  it('is silent where the cause was late, and the effect came when it would have followed a cause in time', () => {
    // The ERP confirms ten minutes later than usual; the warehouse did not wait for it.
    const late: Edit = (lines) => lines.map((line) => (line.step === 'confirm' ? { ...line, at: (line.at ?? 0) + 600 } : line));
    expect(kindsOf(edited(late, { orders: 400 }))).not.toContain('order/out-of-order');
  });
});
