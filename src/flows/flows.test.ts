import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputOf } from '../findings/testing.ts';
import type { Line } from '../findings/testing.ts';
import { buildJourney } from '../journey/index.ts';
import { micros } from '../model/time.ts';
import {
  add,
  createLearner,
  createSketch,
  merge,
  prepareCoverage,
  quantile,
  summarise,
  upperTail,
  wilsonLower,
  wilsonUpper,
} from './index.ts';
import { survival } from './kaplan-meier.ts';
import type { TypeExpectations } from './index.ts';

const sketchOf = (values: readonly number[]) => {
  const sketch = createSketch();
  for (const value of values) add(sketch, value);
  return sketch;
};

describe('sketch', () => {
  it('keeps quantiles within 2.5 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 2, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] as number;
          expect(Math.abs(quantile(sketchOf(values), q) / exact - 1)).toBeLessThan(0.0251);
        },
      ),
    );
  });

  it('merges to what one sketch of everything would be', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9)), fc.array(fc.nat(1e9)), (a, b) => {
        const merged = sketchOf(a);
        merge(merged, sketchOf(b));
        expect(merged).toEqual(sketchOf([...a, ...b]));
      }),
    );
  });
});

describe('duration model', () => {
  const lognormal = Array.from({ length: 2_000 }, (_, i) => 1e6 * Math.exp(0.4 * inverseNormal((i + 0.5) / 2_000)));

  it('estimates centre and spread', () => {
    const model = summarise(sketchOf(lognormal));
    expect(model?.logMedian).toBeCloseTo(Math.log(1e6), 1);
    expect(model?.logSpread).toBeGreaterThan(0.36);
    expect(model?.logSpread).toBeLessThan(0.44);
  });

  it('raises no alarm for a log-normal, and one between it and outliers', () => {
    expect(summarise(sketchOf(lognormal))?.alarm).toBeUndefined();
    const alarm = summarise(sketchOf([...lognormal, 2e7, 3e7, 4e7]))?.alarm ?? 0;
    expect(alarm).toBeGreaterThan(5e6);
    expect(alarm).toBeLessThanOrEqual(2e7);
  });

  it('raises no alarm for what waits overnight in one case of five', () => {
    const overnight = Array.from({ length: 240 }, (_, i) =>
      i % 5 === 0 ? 5.4e10 + i * 2e7 : 3e9 * Math.exp(0.3 * inverseNormal((i + 0.5) / 240)),
    );
    const model = summarise(sketchOf(overnight));
    expect(model?.upperSpread).toBeGreaterThan(1.5);
    expect(model?.alarm).toBeUndefined();
    expect(summarise(sketchOf([...overnight, 5e13]))?.alarm).toBeGreaterThan(1e12);
  });

  it('finds outliers among constants', () => {
    const model = summarise(sketchOf([...Array.from({ length: 99 }, () => 5e5), 6e7]));
    expect(model?.logSpread).toBe(0.1);
    expect(model?.alarm).toBeLessThanOrEqual(6e7);
  });
});

describe('statistics', () => {
  it('bounds shares by Wilson intervals', () => {
    expect(wilsonLower(30, 30)).toBeCloseTo(0.8865, 3);
    expect(wilsonUpper(0, 30)).toBeCloseTo(0.1135, 3);
    expect([wilsonLower(0, 0), wilsonUpper(0, 0)]).toEqual([0, 1]);
  });

  it('knows the normal tail', () => {
    for (const [z, p] of [
      [0, 0.5],
      [1.96, 0.025],
      [3, 0.00135],
      [5, 2.867e-7],
    ] as const)
      expect(upperTail(z) / p).toBeCloseTo(1, 2);
  });
});

describe('Kaplan–Meier', () => {
  it('is the plain share where nothing is cut off', () => {
    const { share, horizon } = survival(sketchOf([1e6, 2e6, 3e6]), sketchOf([1e9]), 0.99);
    expect(share).toBeCloseTo(0.75);
    expect(horizon).toBeGreaterThan(3e6);
    expect(horizon).toBeLessThan(3.4e6);
  });

  it('does not count those against it who had no time', () => {
    // Half follow after 1 s or 10 s; ten were watched for half a second only.
    expect(survival(sketchOf([1e6, 1e6, 1e7, 1e7]), sketchOf(Array.from({ length: 10 }, () => 5e5)), 0.99).share).toBeCloseTo(1);
  });
});

describe('coverage', () => {
  it('joins touching intervals and sees breaks', () => {
    const coverage = prepareCoverage({
      coverage: [
        { system: 'a', from: micros(50), to: micros(90) },
        { system: 'a', from: micros(0), to: micros(50) },
        { system: 'a', from: micros(100), to: micros(120) },
      ],
    });
    expect([coverage.covers('a', 10, 80), coverage.covers('a', 80, 110), coverage.covers('b', 0, 1)]).toEqual([true, false, false]);
    expect([coverage.endOf('a'), coverage.endOf('b'), coverage.dataEnd]).toEqual([120, undefined, 120]);
  });
});

describe('learner', () => {
  const scope = (to: number) => ({ coverage: ['a', 'b', 'c', 'd'].map((system) => ({ system, from: micros(0), to: micros(to * 1e6) })) });
  const learn = (orders: number, lines: (order: number) => Line[], to = 1e6, keep?: number): TypeExpectations => {
    const learner = createLearner(keep);
    for (let i = 0; i < orders; i++) learner.observe(buildJourney(inputOf(`SO-${i}`, lines(i), i * 100)));
    return learner.finish(scope(to)).byType['order'] as TypeExpectations;
  };
  const follows = (type: TypeExpectations) =>
    Object.fromEntries(
      type.follows.map((follow) => [
        type.steps[follow.step]?.step,
        { after: type.steps[follow.after]?.step, eligible: follow.eligible, followed: follow.followed },
      ]),
    );
  const u = (i: number, k: number): number => ((i + 1) * [0.618034, 0.414214, 0.732051, 0.236068][k]!) % 1;

  it('finds causes across parallel branches by the spread of latencies', () => {
    // a → b → c and b → d: c and d come in either order, and d nearly always stands right before or after c.
    const type = learn(400, (i) => [
      { system: 'a', step: 'a', at: 0 },
      { system: 'b', step: 'b', at: 5 + 10 * u(i, 0) },
      { system: 'c', step: 'c', at: 20 + 10 * u(i, 0) + 10 * u(i, 1) },
      { system: 'd', step: 'd', at: 20 + 10 * u(i, 0) + 10 * u(i, 2) },
    ]);
    expect(follows(type)).toMatchObject({ b: { after: 'a' }, c: { after: 'b' }, d: { after: 'b' } });
  });

  it('counts only those who had the time', () => {
    const type = learn(
      200,
      (i) => {
        const late = i * 100 + 50 > 15_000;
        return [{ system: 'a', step: 'a', at: 0 }, ...(late ? [] : [{ system: 'b', step: 'b', at: 50 } as Line])];
      },
      15_000,
    );
    const { eligible, followed } = follows(type)['b'] ?? { eligible: 0, followed: -1 };
    expect(followed).toBe(eligible);
    expect(eligible).toBeGreaterThan(140);
    expect(eligible).toBeLessThanOrEqual(150);
  });

  it('does not wait for ever where waits are of two kinds', () => {
    // On the same day or over the weekend: as a log-normal, one in ten thousand would take years.
    const type = learn(
      300,
      (i) => [
        { system: 'a', step: 'a', at: 0 },
        { system: 'b', step: 'b', at: i % 3 === 0 ? 3_600 * (60 + u(i, 0)) : 600 + 600 * u(i, 1) },
      ],
      1e8,
    );
    const [follow] = type.follows;
    expect(follow?.horizon).toBeGreaterThan(61 * 3_600e6);
    expect(follow?.horizon).toBeLessThan(200 * 3_600e6);
  });

  it('does not learn words that go together from journeys that are still in flight', () => {
    const end = 40_000;
    const type = learn(
      300,
      (i) => {
        const late = i * 100 + 5_000 > end;
        return [
          { system: 'a', step: 'export', kind: 'snapshot', at: 5, statusRaw: 'SENT' },
          { system: 'b', step: 'export', kind: 'snapshot', at: late ? 6 : 5_000, statusRaw: late ? 'NEW' : 'DONE' },
        ];
      },
      35_000,
    );
    expect(type.fields.find(({ field }) => field === 'status')?.pairs.map(({ b }) => b)).toEqual(['done']);
  });

  it('sets variants aside that do not go on', () => {
    const type = learn(200, (i) => [
      { system: 'a', step: 'a', at: 0 },
      i % 5 === 0 ? { system: 'a', step: 'cancel', at: 20 } : { system: 'b', step: 'b', at: 10 + u(i, 1) },
    ]);
    expect(follows(type)['b']).toEqual({ after: 'a', eligible: 160, followed: 160 });
    expect(type.follows.find((follow) => type.steps[follow.step]?.step === 'b')?.unless.map(({ step }) => type.steps[step]?.step)).toEqual([
      'cancel',
    ]);
  });

  it('learns where journeys end and what repeats', () => {
    const type = learn(100, (i) => [
      { system: 'a', step: 'a', at: 0 },
      { system: 'b', step: 'b', at: 10 },
      ...(i % 4 === 0 ? [{ system: 'b', step: 'b', at: 20, fingerprint: i + 1 } as Line] : []),
    ]);
    const [a, b] = type.steps;
    expect([a?.endsShare, b?.endsShare]).toEqual([0, 1]);
    expect([a?.repeatsShare, b?.repeatsShare]).toEqual([0, 0.25]);
  });

  it('learns the same from a bounded share of the journeys, chosen by key', () => {
    const lines = (i: number): Line[] => [
      { system: 'a', step: 'a', at: 0 },
      { system: 'b', step: 'b', at: 10 + u(i, 1) },
    ];
    const full = learn(4_000, lines);
    const thin = learn(4_000, lines, 1e6, 1_000);
    expect(thin.journeys).toBe(4_000);
    const [all, some] = [follows(full)['b'], follows(thin)['b']];
    expect(some?.after).toBe('a');
    expect(some?.eligible).toBeLessThan(800);
    expect(some?.eligible).toBeGreaterThan(100);
    expect((some?.followed ?? 0) / (some?.eligible ?? 1)).toBe((all?.followed ?? 0) / (all?.eligible ?? 1));
  });

  it('learns which words of different systems go together', () => {
    const type = learn(50, (i) => [
      { system: 'a', step: 'export', kind: 'snapshot', at: 5, attributes: { financial_status: i % 2 === 0 ? 'paid' : 'refunded' } },
      { system: 'b', step: 'export', kind: 'snapshot', at: 9, statusRaw: i % 2 === 0 ? 'CLOSED' : 'CREDITED' },
    ]);
    expect(type.fields).toMatchObject([
      {
        systemA: 'a',
        field: 'financial_status',
        systemB: 'b',
        fieldB: 'status',
        journeys: 50,
        agreed: 0,
        pairs: [
          { a: 'paid', b: 'closed', count: 25 },
          { a: 'refunded', b: 'credited', count: 25 },
        ],
      },
    ]);
  });
});

/** Acklam’s approximation is more than is needed here: bisection on the tail. */
function inverseNormal(p: number): number {
  let low = -8;
  let high = 8;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (1 - upperTail(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}
