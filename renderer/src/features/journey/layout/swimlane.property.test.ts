import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps } from './labels.ts';
import { layoutSwimlane } from './swimlane.ts';
import type { Card, LayoutHop, LayoutStep, Point, Route, Swimlane } from './types.ts';

const SYSTEMS = ['shop', 'payments', 'boomi', 'erp', 'wms', 'crm'];

interface Case {
  readonly steps: readonly LayoutStep[];
  readonly hops: readonly LayoutHop[];
}

/** Journeys of any shape: with and without times, ghosts, branches, fan-outs, joins, even circles. */
const journeys = (circles: boolean): fc.Arbitrary<Case> =>
  fc
    .array(
      fc.record({
        system: fc.integer({ min: 0, max: 5 }),
        start: fc.option(fc.integer({ min: 0, max: 20_000_000 }), { nil: undefined, freq: 8 }),
        length: fc.integer({ min: 0, max: 500_000 }),
        ghost: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
        branch: fc.integer({ min: 0, max: 2 }),
        width: fc.integer({ min: 90, max: 180 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .chain((rows) => {
      const steps = rows.map((row, index): LayoutStep => ({
        id: row.ghost ? `g${index}` : `s${index}`,
        system: SYSTEMS[row.system] ?? 'shop',
        start: row.start,
        end: row.start === undefined ? undefined : row.start + row.length,
        ghost: row.ghost,
        branch: row.branch,
        width: row.width,
      }));
      const index = fc.integer({ min: 0, max: steps.length - 1 });
      return fc.array(fc.tuple(index, index, fc.integer({ min: 0, max: 120 })), { maxLength: 60 }).map((pairs) => ({
        steps,
        hops: pairs.flatMap(([a, b, labelWidth], at): LayoutHop[] => {
          const [from, to] = circles || a < b ? [a, b] : [b, a];
          const left = steps[from];
          const right = steps[to];
          if (left === undefined || right === undefined || from === to) return [];
          return [{ id: `h${at}`, from: left.id, to: right.id, labelWidth }];
        }),
      }));
    });

function segments(route: Route): readonly [Point, Point][] {
  return route.points.slice(1).map((point, index) => [route.points[index], point]);
}

/** Whether an axis-parallel segment has a point in the inside of the card. */
function crosses([a, b]: readonly [Point, Point], card: Card): boolean {
  return (
    Math.min(a.x, b.x) < card.x + card.width &&
    Math.max(a.x, b.x) > card.x &&
    Math.min(a.y, b.y) < card.y + card.height &&
    Math.max(a.y, b.y) > card.y
  );
}

function onOneLine([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
  if (a.x === b.x && c.x === d.x && Math.abs(a.x - c.x) < 1) {
    return Math.min(a.y, b.y) < Math.max(c.y, d.y) && Math.min(c.y, d.y) < Math.max(a.y, b.y);
  }
  if (a.y === b.y && c.y === d.y && Math.abs(a.y - c.y) < 1) {
    return Math.min(a.x, b.x) < Math.max(c.x, d.x) && Math.min(c.x, d.x) < Math.max(a.x, b.x);
  }
  return false;
}

function forEachPair<T>(list: readonly T[], visit: (a: T, b: T) => void): void {
  for (const [index, a] of list.entries()) for (const b of list.slice(index + 1)) visit(a, b);
}

const layout = ({ steps, hops }: Case): Swimlane => layoutSwimlane(steps, hops, 20_000_000);

describe('layoutSwimlane keeps its promises for any journey', () => {
  it('places every step once, inside the lane of its system', () => {
    fc.assert(
      fc.property(journeys(true), (given) => {
        const result = layout(given);
        expect(result.cards.map((card) => card.id).toSorted()).toEqual(given.steps.map((step) => step.id).toSorted());
        for (const card of result.cards) {
          const lane = result.lanes[card.lane];
          expect(lane?.system).toBe(given.steps.find((step) => step.id === card.id)?.system);
          expect(card.y).toBeGreaterThanOrEqual(lane?.y ?? Number.NaN);
          expect(card.y + card.height).toBeLessThanOrEqual((lane?.y ?? 0) + (lane?.height ?? 0));
        }
      }),
    );
  });

  it('never lets two cards overlap, nor a label cover a card or another label', () => {
    fc.assert(
      fc.property(journeys(true), (given) => {
        const { cards, routes } = layout(given);
        const labels = routes.flatMap((route) => (route.label === undefined ? [] : [route.label]));
        forEachPair([...cards, ...labels], (a, b) => expect(overlaps(a, b)).toBe(false));
      }),
    );
  });

  it('never leads a hop across a card, and leads it from its source to its target', () => {
    fc.assert(
      fc.property(journeys(true), (given) => {
        const { cards, routes } = layout(given);
        const byId = new Map(cards.map((card) => [card.id, card]));
        for (const route of routes) {
          const from = byId.get(route.from) as Card;
          const to = byId.get(route.to) as Card;
          const first = route.points[0];
          const last = route.points.at(-1) as Point;
          expect(first.x).toBe(from.x + from.width);
          expect(first.y > from.y && first.y < from.y + from.height).toBe(true);
          expect(last.x).toBe(to.x);
          expect(last.y > to.y && last.y < to.y + to.height).toBe(true);
          for (const segment of segments(route)) {
            expect(segment[0].x === segment[1].x || segment[0].y === segment[1].y).toBe(true);
            for (const card of cards) expect(crosses(segment, card)).toBe(false);
          }
        }
      }),
    );
  });

  it('never lays two hops that share no card on one line', () => {
    fc.assert(
      fc.property(journeys(true), (given) => {
        forEachPair(layout(given).routes, (a, b) => {
          if (a.from === b.from || a.to === b.to || a.from === b.to || a.to === b.from) return;
          for (const left of segments(a)) for (const right of segments(b)) expect(onOneLine(left, right)).toBe(false);
        });
      }),
    );
  });

  it('stands no step left of one of its causes', () => {
    fc.assert(
      fc.property(journeys(false), (given) => {
        const byId = new Map(layout(given).cards.map((card) => [card.id, card]));
        for (const hop of given.hops) {
          const from = byId.get(hop.from) as Card;
          const to = byId.get(hop.to) as Card;
          expect(to.x).toBeGreaterThan(from.x + from.width);
        }
      }),
    );
  });

  it('runs time from left to right where nothing but time decides', () => {
    fc.assert(
      fc.property(journeys(false), ({ steps }) => {
        const timed = steps.filter((step) => step.start !== undefined && !step.ghost);
        const byId = new Map(layoutSwimlane(timed, [], undefined).cards.map((card) => [card.id, card]));
        forEachPair(
          timed.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0)),
          (a, b) => expect((byId.get(a.id) as Card).x).toBeLessThanOrEqual((byId.get(b.id) as Card).x),
        );
      }),
    );
  });

  it('does not depend on the order of its input', () => {
    fc.assert(
      fc.property(journeys(true), fc.infiniteStream(fc.integer()), ({ steps, hops }, random) => {
        // Hops between the same cards are one line: which id it carries is decided by the smallest.
        const shuffle = <T>(list: readonly T[]): readonly T[] =>
          list
            .map((item) => ({ item, key: random.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ item }) => item);
        expect(layoutSwimlane(shuffle(steps), shuffle(hops), 20_000_000)).toEqual(layoutSwimlane(steps, hops, 20_000_000));
      }),
    );
  });

  it('keeps breaks apart from cards, in order', () => {
    fc.assert(
      fc.property(journeys(false), (given) => {
        const { cards, breaks } = layout(given);
        for (const { x, width } of breaks) {
          for (const card of cards) expect(card.x >= x + width || card.x + card.width <= x).toBe(true);
        }
        forEachPair(breaks, (a, b) => expect(a.x + a.width).toBeLessThan(b.x));
      }),
    );
  });
});
