import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateClocks, MIN_BACKWARDS } from './estimate.ts';
import { latency, randomOf, SECOND, stamped, type Stamp, type TrueEvent } from './testing.ts';
import { aheadAt, type ClockSkew } from '../../model/clock.ts';

const DAY = 86_400 * SECOND;
const START = 1_780_000_000 * SECOND;

/** One journey: number, random numbers, when it begins. */
type Make = (journey: number, random: () => number, at: number) => readonly TrueEvent[];

function skewsOf(make: Make, stamp: Stamp, { seed = 1, journeys = 800, clocks = 3, resolution = 1 } = {}): readonly ClockSkew[] {
  const random = randomOf(seed);
  const made = Array.from({ length: journeys }, (_, i) => make(i + 1, random, START + Math.round((i / journeys) * 3 * DAY)));
  const told = stamped(made, stamp, resolution);
  return estimateClocks(clocks, told.steps, told.journeys);
}

/** Only clock 1 is off. */
const ahead =
  (by: number): Stamp =>
  (clock) =>
    clock === 1 ? by : 0;

/** A gateway (0) calls orders (1) and stock (2) and waits for both. */
const calls: Make = (journey, random, at) => {
  const events: TrueEvent[] = [];
  let now = at + latency(random, 0.05);
  for (const clock of [1, 2]) {
    const length = latency(random, 0.2);
    const begin = now + latency(random, 0.02);
    events.push({ clock, step: `work ${clock}`, time: begin, length, execution: journey, span: clock + 1, parentSpan: 1 });
    now = begin + length + latency(random, 0.02);
  }
  return [{ clock: 0, step: 'request', time: at, length: now + latency(random, 0.05) - at, execution: journey, span: 1 }, ...events];
};

/** The shop (0) hands orders to the warehouse (1): one direction, in runs of their own; the billing system (2) does so too. */
const handovers: Make = (journey, random, at) => [
  { clock: 0, step: 'place', time: at, length: 1000, execution: 2 * journey },
  { clock: 1, step: 'pick', time: at + latency(random, 0.3), length: 5000, execution: 2 * journey + 1, parentExecution: 2 * journey },
  { clock: 2, step: 'bill', time: at + latency(random, 0.5), length: 5000, execution: 9e6 + journey, parentExecution: 2 * journey },
];

/** Nothing is declared: order, call of the integration platform (1), order in the ERP (2), and back in the shop (0). */
const chain: Make = (_, random, at) => {
  const placed = latency(random, 0.2);
  const paid = at + placed + latency(random, 2.5);
  const run = paid + 400_000 + latency(random, 4);
  const create = run + latency(random, 0.9);
  const length = latency(random, 0.7);
  const runEnd = create + length + latency(random, 0.15);
  const confirm = create + length + latency(random, 45);
  return [
    { clock: 0, step: 'checkout', time: at, length: placed },
    { clock: 0, step: 'pay', time: paid, length: 400_000 },
    { clock: 1, step: 'run', time: run, length: runEnd - run },
    { clock: 2, step: 'create', time: create, length },
    { clock: 2, step: 'confirm', time: confirm, length: latency(random, 0.3) },
    { clock: 0, step: 'fulfil', time: confirm + latency(random, 15), length: 90_000 },
  ];
};

const isNear = (found: number, truth: number): boolean => Math.abs(found - truth) <= Math.max(0.05 * SECOND, 0.1 * Math.abs(truth));

describe('clocks of declared calls', () => {
  it.each([2.3, -2.3, 0.4, -0.4, 45, -3600 * 5])('finds a clock that is %s s ahead', (by) => {
    const [skew, ...others] = skewsOf(calls, ahead(by * SECOND));
    expect(others).toEqual([]);
    expect(skew).toMatchObject({ clock: 1, verdict: by === -18_000 ? 'zone' : 'clock' });
    expect(isNear(skew!.offset, by * SECOND)).toBe(true);
    expect(skew!.low).toBeLessThanOrEqual(by * SECOND);
    expect(skew!.high).toBeGreaterThanOrEqual(by * SECOND);
    expect(skew!.declared).toBeGreaterThanOrEqual(MIN_BACKWARDS);
  });

  it('finds offsets of any size, and none in clean data', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: -600, max: 600 }), (seed, tenths) => {
        const by = tenths * 0.1 * SECOND;
        const skews = skewsOf(calls, ahead(by), { seed, journeys: 300 });
        if (tenths === 0) return skews.length === 0;
        // A clock that is off by less than a call takes is seen in few of them, or in none.
        if (Math.abs(tenths) < 6) return skews.every((skew) => isNear(skew.offset, by));
        found++;
        return skews.length === 1 && skews[0]!.clock === 1 && isNear(skews[0]!.offset, by);
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(40);
  });

  it('says nothing of clocks that are right', () => {
    for (let seed = 1; seed <= 20; seed++) expect(skewsOf(calls, () => 0, { seed })).toEqual([]);
  });

  it('says nothing where times are whole seconds', () => {
    for (let seed = 1; seed <= 10; seed++) {
      expect(skewsOf(calls, () => 0, { seed, resolution: SECOND })).toEqual([]);
      expect(skewsOf(chain, () => 0, { seed, resolution: SECOND })).toEqual([]);
    }
  });

  it('follows a clock that drifts', () => {
    const drift = 40e-6;
    const truth = (time: number): number => 5 * SECOND + drift * (time - START);
    const [skew] = skewsOf(calls, (clock, time) => (clock === 1 ? Math.round(truth(time)) : 0));
    expect(skew).toMatchObject({ clock: 1, verdict: 'clock' });
    for (const day of [0, 1.5, 3]) expect(isNear(aheadAt(skew!, START + day * DAY), truth(START + day * DAY))).toBe(true);
  });

  it('sees a handful of hops and keeps quiet', () => {
    expect(skewsOf(calls, ahead(9 * SECOND), { journeys: MIN_BACKWARDS - 1 })).toEqual([]);
    expect(skewsOf(calls, ahead(9 * SECOND), { journeys: 2 * MIN_BACKWARDS })).toHaveLength(1);
  });

  it('corrects the clock that two others do not go with, though all hops are with it', () => {
    const skews = skewsOf(calls, (clock) => (clock === 0 ? 7 * SECOND : 0));
    expect(skews).toMatchObject([{ clock: 0, against: [1, 2] }]);
    expect(isNear(skews[0]!.offset, 7 * SECOND)).toBe(true);
  });

  it('shifts nothing when all times are shifted', () => {
    const shifted = (by: number): readonly ClockSkew[] => skewsOf(calls, (clock) => by + (clock === 1 ? 3 * SECOND : 0));
    const timeless = (skews: readonly ClockSkew[]): unknown[] => skews.map((skew) => ({ ...skew, at: 0 }));
    expect(timeless(shifted(DAY))).toEqual(timeless(shifted(0)));
  });
});

describe('clocks of hops in one direction', () => {
  it('finds a clock that is behind, and says that hops bound it on one side only', () => {
    const [skew, ...others] = skewsOf(handovers, ahead(-3 * SECOND));
    expect(others).toEqual([]);
    expect(skew).toMatchObject({ clock: 1, verdict: 'clock', low: -Infinity });
    expect(isNear(skew!.offset, -3 * SECOND)).toBe(true);
  });

  it('cannot see one that is ahead: that looks like a slow hop', () => {
    expect(skewsOf(handovers, ahead(3 * SECOND))).toEqual([]);
  });

  it('follows a drift', () => {
    const truth = (time: number): number => -2 * SECOND - 60e-6 * (time - START);
    const [skew] = skewsOf(handovers, (clock, time) => (clock === 1 ? Math.round(truth(time)) : 0), { journeys: 3000 });
    for (const day of [0.1, 1.5, 2.9]) expect(isNear(aheadAt(skew!, START + day * DAY), truth(START + day * DAY))).toBe(true);
  });
});

describe('clocks of chains that nothing declares', () => {
  it.each([2.3, -2.3, 8, -8, 30])('finds a clock that is %s s ahead', (by) => {
    const skews = skewsOf(chain, (clock) => (clock === 2 ? by * SECOND : 0), { journeys: 3000 });
    expect(skews).toMatchObject([{ verdict: 'clock', declared: 0 }]);
    // Of two clocks that contradict each other only, and both go with the third, either may be the one that is off.
    const [{ clock, offset }] = skews as [ClockSkew];
    expect([1, 2]).toContain(clock);
    expect(isNear(clock === 2 ? offset : -offset, by * SECOND)).toBe(true);
  });

  it('says nothing of clocks that are right', () => {
    for (let seed = 1; seed <= 12; seed++) expect(skewsOf(chain, () => 0, { seed, journeys: 1500 })).toEqual([]);
  });

  it('says nothing of two branches of a cause that nobody logged', () => {
    const branches: Make = (_, random, at) => {
      const placed = at + latency(random, 0.2);
      const told = placed + latency(random, 20, 0.8);
      const [stock, bill] = [told + latency(random, 0.5), told + latency(random, 0.4)];
      return [
        { clock: 0, step: 'checkout', time: at, length: placed - at },
        { clock: 1, step: 'reserve', time: stock, length: 1000 },
        { clock: 2, step: 'bill', time: bill, length: 1000 },
        { clock: 1, step: 'pack', time: Math.max(stock, bill) + latency(random, 600), length: 1000 },
      ];
    };
    for (let seed = 1; seed <= 12; seed++) expect(skewsOf(branches, () => 0, { seed, journeys: 3000 })).toEqual([]);
  });

  it('says nothing of a variant in which the order is another one', () => {
    const variants: Make = (journey, random, at) => {
      if (journey % 12 !== 0) return chain(journey, random, at);
      // Entered in the ERP by hand; the platform is told of it, and the shop.
      const run = at + latency(random, 30);
      return [
        { clock: 2, step: 'create', time: at, length: latency(random, 0.7) },
        { clock: 1, step: 'run', time: run, length: latency(random, 1) },
        { clock: 0, step: 'checkout', time: run + latency(random, 9), length: 1000 },
      ];
    };
    for (let seed = 1; seed <= 8; seed++) expect(skewsOf(variants, () => 0, { seed, journeys: 2400 })).toEqual([]);
  });
});

/** The chain goes on: the warehouse (3) allocates and ships what the ERP confirmed, the shop (0) is told. */
const delivered: Make = (journey, random, at) => {
  const events = chain(journey, random, at).filter(({ step }) => step !== 'fulfil');
  const confirm = events.find(({ step }) => step === 'confirm')!;
  const allocate = confirm.time + confirm.length! + latency(random, 20);
  const ship = allocate + latency(random, 900);
  return [
    ...events,
    { clock: 3, step: 'allocate', time: allocate, length: latency(random, 0.3) },
    { clock: 3, step: 'ship', time: ship, length: latency(random, 2) },
    { clock: 0, step: 'fulfil', time: ship + latency(random, 15), length: 90_000 },
  ];
};

/** One journey in thirty lacks what follows a step, is late from there on, or has a first try of the platform that failed five minutes before. */
const faulty =
  (make: Make): Make =>
  (journey, random, at) => {
    const events = make(journey, random, at);
    if (journey % 30 !== 0) return events;
    const from = events[1 + Math.floor(random() * (events.length - 1))]!.time;
    const how = random();
    if (how < 0.4) return events.filter(({ time }) => time <= from);
    if (how < 0.7) return events.map((event) => (event.time < from ? event : { ...event, time: event.time + latency(random, 3000) }));
    return events.flatMap((event) => (event.clock === 1 ? [{ ...event, time: event.time - 300 * SECOND }, event] : [event]));
  };

describe('clocks of chains of which some journeys lack steps, are late or were tried twice', () => {
  it.each([
    [2, 105],
    [2, -463],
    [3, 40],
    [3, -85],
  ])('finds that clock %i is %i s ahead', (off, by) => {
    const skews = skewsOf(faulty(delivered), (clock) => (clock === off ? by * SECOND : 0), { journeys: 1000, clocks: 4 });
    expect(skews).toMatchObject([{ clock: off, verdict: 'clock', declared: 0 }]);
    expect(isNear(skews[0]!.offset, by * SECOND)).toBe(true);
  });

  it('tells two clocks that are off from each other and from those that are right', () => {
    const stamp: Stamp = (clock) => (clock === 1 ? -48 * SECOND : clock === 3 ? 1400 * SECOND : 0);
    const skews = skewsOf(faulty(delivered), stamp, { journeys: 1000, clocks: 4 });
    expect(skews.map(({ clock }) => clock)).toEqual([1, 3]);
    expect(isNear(skews[0]!.offset, -48 * SECOND)).toBe(true);
    expect(isNear(skews[1]!.offset, 1400 * SECOND)).toBe(true);
  });

  it('follows a drift that hides what follows what', () => {
    const truth = (time: number): number => -80 * SECOND - 55e-6 * (time - START);
    const skews = skewsOf(faulty(delivered), (clock, time) => (clock === 2 ? Math.round(truth(time)) : 0), { journeys: 1000, clocks: 4 });
    expect(skews.map(({ clock }) => clock)).toEqual([2]);
    for (const day of [0.1, 1.5, 2.9]) expect(isNear(aheadAt(skews[0]!, START + day * DAY), truth(START + day * DAY))).toBe(true);
  });

  it('says nothing of clocks that are right', () => {
    for (let seed = 1; seed <= 25; seed++) expect(skewsOf(faulty(delivered), () => 0, { seed, journeys: 1000, clocks: 4 })).toEqual([]);
  });
});

describe('what only looks like a clock', () => {
  /** Calls that are logged when they are done: without a duration, only the callee's times say when it was. */
  const lateLines =
    (steps: readonly number[]): Make =>
    (journey, random, at) =>
      [0, 1, 2].flatMap((n) => {
        const begin = at + n * 60 * SECOND;
        const work = latency(random, 2);
        const isLate = steps.includes(n);
        const run = 10 * journey + 2 * n;
        return [
          { clock: 0, step: `call ${n}`, time: isLate ? begin + work : begin, execution: run },
          { clock: 1, step: `work ${n}`, time: begin + latency(random, 0.1), length: work, execution: run + 1, parentExecution: run },
        ];
      });

  it('does not correct for one step whose line is written when the work is done', () => {
    const skews = skewsOf(lateLines([1]), () => 0, { clocks: 2 });
    expect(skews.map(({ verdict }) => verdict)).toEqual(['unclear']);
    expect(skewsOf(lateLines([]), () => 0, { clocks: 2 })).toEqual([]);
  });

  it('corrects where every step is late by the same', () => {
    const skews = skewsOf(lateLines([]), ahead(-4 * SECOND), { clocks: 2 });
    expect(skews).toMatchObject([{ verdict: 'clock' }]);
  });

  it('says nothing of jobs that keep to a timetable', () => {
    // Letters go out at six, the bank is told at seven: one hour apart, give or take some seconds, and neither causes the other.
    const nightly: Make = (_, random, at) => {
      const night = Math.ceil(at / DAY) * DAY;
      return [
        { clock: 0, step: 'order', time: at, length: latency(random, 0.3) },
        { clock: 1, step: 'bank', time: night + 7 * 3600 * SECOND + latency(random, 30), length: 1000 },
        { clock: 2, step: 'letter', time: night + 6 * 3600 * SECOND + latency(random, 20), length: 1000 },
        { clock: 1, step: 'close', time: night + 8 * 3600 * SECOND + latency(random, 300), length: 1000 },
      ];
    };
    for (let seed = 1; seed <= 8; seed++) expect(skewsOf(nightly, () => 0, { seed, journeys: 1500 })).toEqual([]);
  });

  it('says nothing of a timer that lets one branch wait', () => {
    const waits: Make = (_, random, at) => {
      const told = at + latency(random, 4);
      const begin = told + 60 * SECOND + latency(random, 0.1);
      return [
        { clock: 0, step: 'order', time: at, length: latency(random, 0.2) },
        { clock: 1, step: 'reserve', time: told + latency(random, 3), length: latency(random, 0.3) },
        { clock: 0, step: 'begin', time: begin, length: latency(random, 0.2) },
        { clock: 2, step: 'bill', time: begin + latency(random, 8), length: latency(random, 0.5) },
      ];
    };
    for (let seed = 1; seed <= 12; seed++) expect(skewsOf(waits, () => 0, { seed, journeys: 1500 })).toEqual([]);
  });

  it('does not take a damaged entry for a clock', () => {
    const damaged: Make = (journey, random, at) =>
      calls(journey, random, at).map((event) =>
        journey % 150 === 0 && event.clock === 1 ? { ...event, time: event.time - 600 * SECOND } : event,
      );
    expect(skewsOf(damaged, () => 0, { journeys: 3000 })).toEqual([]);
  });
});
