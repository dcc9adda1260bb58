import { describe, expect, it } from 'vitest';
import { layoutSwimlane } from './swimlane.ts';
import type { LayoutHop, LayoutStep, Swimlane } from './types.ts';

const MINUTE = 60_000;

function step(id: string, system: string, start: number | undefined, length = 100, more: Partial<LayoutStep> = {}): LayoutStep {
  return { id, system, start, end: start === undefined ? undefined : start + length, ghost: false, branch: 0, width: 100, ...more };
}

function chain(...ids: readonly string[]): readonly LayoutHop[] {
  return ids.slice(1).map((to, index) => ({ id: `${ids[index]}>${to}`, from: ids[index] ?? '', to, labelWidth: 30 }));
}

/** The grid as text: a lane a line, a column a cell; what stands in one cell is joined by `+`. */
function drawing(layout: Swimlane): readonly string[] {
  const columns = Math.max(0, ...layout.cards.map((card) => card.column)) + 1;
  return layout.lanes.map(({ system }, lane) => {
    const cells = Array.from({ length: columns }, (_, column) => {
      const here = layout.cards.filter((card) => card.lane === lane && card.column === column).toSorted((a, b) => a.slot - b.slot);
      return here.length === 0 ? '.' : here.map((card) => card.id).join('+');
    });
    return `${system}: ${cells.join(' ')}`;
  });
}

describe('layoutSwimlane', () => {
  it('draws an order through four systems as a staircase', () => {
    const steps = [step('s1', 'shop', 0), step('s2', 'payments', 1000), step('s3', 'erp', 2000), step('s4', 'wms', 3000)];
    expect(drawing(layoutSwimlane(steps, chain('s1', 's2', 's3', 's4'), undefined))).toEqual([
      'shop: s1 . . .',
      'payments: . s2 . .',
      'erp: . . s3 .',
      'wms: . . . s4',
    ]);
  });

  it('lets branches that run at the same time share a column, a slot each', () => {
    const steps = [
      step('s1', 'erp', 0),
      step('s2', 'wms', 1000, 500),
      step('s3', 'wms', 1010, 500, { branch: 1 }),
      step('s4', 'crm', 1020, 500, { branch: 2 }),
    ];
    const hops = [...chain('s1', 's2'), ...chain('s1', 's3'), ...chain('s1', 's4')];
    expect(drawing(layoutSwimlane(steps, hops, undefined))).toEqual(['erp: s1 .', 'wms: . s2+s3', 'crm: . s4']);
  });

  it('hangs parts below the whole they run in', () => {
    const steps = [
      step('s1', 'service', 0, 1000),
      step('s2', 'service', 100, 400),
      step('s3', 'service', 150, 50),
      step('s4', 'service', 600, 100),
    ];
    const hops = [...chain('s1', 's2'), ...chain('s2', 's3'), ...chain('s1', 's4')];
    const cards = new Map(layoutSwimlane(steps, hops, undefined).cards.map((card) => [card.id, card.slot]));
    expect([...cards]).toEqual([
      ['s1', 0],
      ['s2', 1],
      ['s3', 2],
      ['s4', 1],
    ]);
  });

  it('places a missing step where it was expected, beside what came instead', () => {
    const steps = [step('s1', 'erp', 0), step('s2', 'wms', 5000), step('g1', 'crm', undefined, 0, { ghost: true })];
    expect(drawing(layoutSwimlane(steps, [...chain('s1', 's2'), ...chain('s1', 'g1')], 9000))).toEqual([
      'erp: s1 .',
      'wms: . s2',
      'crm: . g1',
    ]);
  });

  it('stands what is due after the end of the data behind that line, and everything else before it', () => {
    const steps = [step('s1', 'erp', 0), step('s2', 'wms', 5000), step('g1', 'crm', 90_000, 0, { ghost: true })];
    const layout = layoutSwimlane(steps, [...chain('s1', 's2'), ...chain('s2', 'g1')], 60_000);
    const [, s2, g1] = layout.cards;
    expect(layout.dataEnd?.x).toBeGreaterThan((s2?.x ?? 0) + (s2?.width ?? 0));
    expect(layout.dataEnd?.x).toBeLessThan(g1?.x ?? 0);
    const early = layoutSwimlane(steps, chain('s1', 's2', 'g1'), 200_000);
    expect(early.dataEnd?.x).toBeGreaterThan((early.cards.at(-1)?.x ?? 0) + 100);
  });

  it('shortens a long pause by a break that keeps its real duration, between the right cards', () => {
    const steps = [step('s1', 'shop', 0), step('s2', 'erp', 2000), step('s3', 'wms', 180 * MINUTE), step('s4', 'wms', 180 * MINUTE + 3000)];
    const layout = layoutSwimlane(steps, chain('s1', 's2', 's3', 's4'), undefined);
    expect(layout.breaks.map(({ from, to }) => [from, to])).toEqual([[2100, 180 * MINUTE]]);
    const [, s2, s3] = layout.cards;
    expect(layout.breaks[0]?.x).toBeGreaterThan((s2?.x ?? 0) + 99);
    expect((layout.breaks[0]?.x ?? 0) + (layout.breaks[0]?.width ?? 0)).toBeLessThan(s3?.x ?? 0);
  });

  it('keeps causes before effects when clocks disagree', () => {
    const layout = layoutSwimlane([step('s1', 'shop', 5000), step('s2', 'erp', 1000)], chain('s1', 's2'), undefined);
    expect(drawing(layout)).toEqual(['shop: s1 .', 'erp: . s2']);
  });

  it('orders by cause alone where there are no times', () => {
    const steps = [
      step('s1', 'a', undefined),
      step('s2', 'a', undefined),
      step('s3', 'b', undefined),
      step('s4', 'b', undefined, 0, { branch: 1 }),
      step('s5', 'b', undefined),
    ];
    const hops = [...chain('s1', 's2', 's3', 's5'), ...chain('s2', 's4', 's5')];
    const layout = layoutSwimlane(steps, hops, undefined);
    expect(drawing(layout)).toEqual(['a: s1 s2 . .', 'b: . . s3+s4 s5']);
    expect(layout.ticks).toEqual([]);
  });

  it('gives each line a card sends out a port of its own, and more than three one trunk', () => {
    const three = ['s2', 's3', 's4'].map((id, index) => step(id, `system-${id}`, 1000 + index * 1000));
    const few = layoutSwimlane(
      [step('s1', 'shop', 0), ...three],
      three.flatMap(({ id }) => chain('s1', id)),
      undefined,
    );
    expect(new Set(few.routes.map((route) => route.points[0]?.y)).size).toBe(3);
    const five = ['s2', 's3', 's4', 's5', 's6'].map((id, index) => step(id, `system-${id}`, 1000 + index * 1000));
    const many = layoutSwimlane(
      [step('s1', 'shop', 0), ...five],
      five.flatMap(({ id }) => chain('s1', id)),
      undefined,
    );
    expect(new Set(many.routes.map((route) => route.points[0]?.y)).size).toBe(1);
  });

  it('puts labels of hops into the margin between the lanes', () => {
    const layout = layoutSwimlane([step('s1', 'shop', 0), step('s2', 'erp', 2000)], chain('s1', 's2'), undefined);
    const [shop, erp] = layout.cards;
    const label = layout.routes[0]?.label;
    expect(label?.y).toBeGreaterThanOrEqual((shop?.y ?? 0) + (shop?.height ?? 0));
    expect((label?.y ?? 0) + (label?.height ?? 0)).toBeLessThanOrEqual(erp?.y ?? 0);
  });

  it('draws nothing for nothing', () => {
    expect(layoutSwimlane([], [], undefined)).toMatchObject({
      cards: [],
      lanes: [],
      routes: [],
      ticks: [],
      breaks: [],
      dataEnd: undefined,
    });
  });
});
