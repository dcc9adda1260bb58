import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregateRuns } from './aggregate.ts';
import { activity, idleBreaks } from './idle.ts';
import { neighbour, type Direction } from './neighbours.ts';
import { compareIds } from './order.ts';
import { layoutSwimlane } from './swimlane.ts';
import { timeScale } from './time-scale.ts';

const items = (text: string) =>
  [...text].map((letter, index) => ({ id: `s${index}`, lane: letter.toUpperCase() === letter ? 'upper' : 'lower', key: letter }));

describe('aggregateRuns', () => {
  const sizes = (text: string, expanded: readonly string[] = []): readonly number[] =>
    [...aggregateRuns(items(text), new Set(expanded), 5).values()].map((run) => run.length);

  it('leaves short journeys as they are', () => {
    expect(sizes('aaaaa')).toEqual([1, 1, 1, 1, 1]);
  });
  it('joins three and more neighbours, not two', () => {
    expect(sizes('aaaabbc')).toEqual([4, 1, 1, 1]);
  });
  it('ends a run where something new happens elsewhere', () => {
    expect(sizes('aaaaXaaaa')).toEqual([4, 1, 4]);
  });
  it('makes two cards of a long back and forth', () => {
    expect([...aggregateRuns(items('aXaXaXaX'), new Set(), 5).values()]).toEqual([['s0'], ['s1', 's3', 's5', 's7'], ['s2', 's4', 's6']]);
  });
  it('keeps what was expanded apart', () => {
    expect(sizes('aaaabbbb', ['s0'])).toEqual([1, 1, 1, 1, 4]);
  });
  it('never loses or doubles an item', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'X', 'Y'), maxLength: 40 }), (text) => {
        const all = [...aggregateRuns(items(text), new Set(), 3).values()].flat();
        expect(all.toSorted(compareIds)).toEqual(items(text).map((item) => item.id));
      }),
    );
  });
});

describe('compareIds', () => {
  it('counts numbers as numbers', () => {
    expect(['s10', 'g1', 's2', 's1'].toSorted(compareIds)).toEqual(['g1', 's1', 's2', 's10']);
  });
});

const intervals = fc.array(
  fc
    .record({ start: fc.integer({ min: 0, max: 100_000_000 }), length: fc.integer({ min: 0, max: 1_000_000 }) })
    .map(({ start, length }) => ({ start, end: start + length })),
  { minLength: 1, maxLength: 30 },
);

describe('idleBreaks', () => {
  it('breaks the one long pause and leaves the usual ones', () => {
    const at = (start: number) => ({ start, end: start + 1000 });
    expect(idleBreaks([at(0), at(5000), at(9000), at(3_600_000)])).toEqual([{ from: 10_000, to: 3_600_000 }]);
    expect(idleBreaks([at(0), at(5000), at(9000)])).toEqual([]);
  });
  it('never breaks into anything that happened', () => {
    fc.assert(
      fc.property(intervals, (given) => {
        for (const idle of idleBreaks(given))
          for (const part of activity(given)) expect(part.end <= idle.from || part.start >= idle.to).toBe(true);
      }),
    );
  });
});

describe('timeScale', () => {
  it('is monotone and stays on the axis', () => {
    fc.assert(
      fc.property(intervals, fc.array(fc.integer({ min: -1000, max: 101_000_000 }), { minLength: 2 }), (given, times) => {
        const scale = timeScale(given);
        const places = times.toSorted((a, b) => a - b).map((time) => scale.at(time));
        for (const [index, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(1.000001);
          expect(place).toBeGreaterThanOrEqual((places[index - 1] ?? 0) - 1e-9);
        }
      }),
    );
  });
  it('fills the whole axis with parts and breaks', () => {
    fc.assert(
      fc.property(intervals, (given) => {
        const { parts, breaks } = timeScale(given);
        expect([...parts, ...breaks].reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe('neighbour', () => {
  const steps = (count: number, systems: readonly number[]) =>
    Array.from({ length: count }, (_, index) => ({
      id: `s${index}`,
      system: `system ${systems[index] ?? 0}`,
      start: (index >> 1) * 1000,
      end: (index >> 1) * 1000 + 900,
      ghost: false,
      branch: index,
      width: 100,
    }));

  it('goes along a hop rather than to what is nearer', () => {
    const layout = layoutSwimlane(
      [
        { id: 's1', system: 'a', start: 0, end: 900, ghost: false, branch: 0, width: 100 },
        { id: 's2', system: 'b', start: 1000, end: 2000, ghost: false, branch: 0, width: 100 },
        { id: 's3', system: 'c', start: 1000, end: 2000, ghost: false, branch: 1, width: 100 },
      ],
      [{ id: 'h', from: 's1', to: 's3', labelWidth: 0 }],
      undefined,
    );
    expect(neighbour(layout.cards, layout.routes, 's1', 'right')).toBe('s3');
    expect(neighbour(layout.cards, layout.routes, 's3', 'left')).toBe('s1');
    expect(neighbour(layout.cards, layout.routes, 's3', 'up')).toBe('s2');
    expect(neighbour(layout.cards, layout.routes, 's1', 'left')).toBeUndefined();
  });

  it('reaches every card from every card', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(4), { minLength: 20, maxLength: 20 }),
        fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 12 }),
        (count, systems, pairs) => {
          const hops = pairs.flatMap(([a, b], index) =>
            a < b && b < count ? [{ id: `h${index}`, from: `s${a}`, to: `s${b}`, labelWidth: 0 }] : [],
          );
          const layout = layoutSwimlane(steps(count, systems), hops, undefined);
          for (const card of layout.cards) {
            const seen = new Set([card.id]);
            const queue = [card.id];
            for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
              for (const direction of ['left', 'right', 'up', 'down'] satisfies Direction[]) {
                const next = neighbour(layout.cards, layout.routes, id, direction);
                if (next !== undefined && !seen.has(next)) {
                  seen.add(next);
                  queue.push(next);
                }
              }
            }
            expect(seen.size).toBe(count);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
