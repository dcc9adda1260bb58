import { describe, expect, it } from 'vitest';
import { inputOf } from '../findings/testing.ts';
import type { Line } from '../findings/testing.ts';
import { buildJourney } from '../journey/index.ts';
import { micros } from '../model/time.ts';
import { createLearner, measuredBy, openHoursText } from './index.ts';
import type { FollowExpectation, TypeExpectations } from './index.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** A Monday. */
const START = Date.UTC(2026, 2, 2) / 1000;
const WEEKS = 4;
const END = START + WEEKS * 7 * DAY;

interface Case {
  readonly at: number;
  readonly lines: readonly Line[];
}

const u = (i: number, k: number): number => ((i + 1) * [0.618034, 0.414214, 0.732051, 0.236068][k]!) % 1;

function learn(cases: readonly Case[], logged: { readonly [system: string]: readonly [from: number, to: number] } = {}): TypeExpectations {
  const learner = createLearner();
  const isLogged = (system: string, at: number): boolean => at >= (logged[system]?.[0] ?? START) && at <= (logged[system]?.[1] ?? END);
  cases.forEach(({ at, lines }, i) => {
    const seen = lines.filter((line) => isLogged(line.system, at + line.at!));
    learner.observe(buildJourney(inputOf(`C-${i}`, seen, at)));
  });
  const coverage = ['a', 'b', 'c'].map((system) => {
    const [from, to] = logged[system] ?? [START, END];
    return { system, from: micros(from * 1e6), to: micros(to * 1e6) };
  });
  return learner.finish({ coverage }).byType['order']!;
}

const followsOf = (type: TypeExpectations, step: string): FollowExpectation[] =>
  type.follows.filter((follow) => type.steps[follow.step]?.step === step);
const nameOf = (type: TypeExpectations, number: number | undefined): string | undefined =>
  number === undefined ? undefined : type.steps[number]?.step;

describe('a step that is reached in two ways', () => {
  // Opened, in two of three cases surveyed hours later, and approved minutes after whichever it was.
  const cases = Array.from({ length: 400 }, (_, i): Case => {
    const survey = i % 3 === 0 ? undefined : 5 * HOUR + 20 * HOUR * u(i, 0);
    return {
      at: START + i * 4_000,
      lines: [
        { system: 'a', step: 'opened', at: 0 },
        { system: 'b', step: 'reserved', at: 3 + u(i, 2) },
        ...(survey === undefined ? [] : [{ system: 'a', step: 'surveyed', at: survey } as Line]),
        { system: 'a', step: 'approved', at: (survey ?? 0) + 600 + 600 * u(i, 1) },
      ],
    };
  });

  it('follows the way round where there is one, and else its usual cause', () => {
    const type = learn(cases);
    const [round, direct] = followsOf(type, 'approved');
    expect(nameOf(type, round?.after)).toBe('surveyed');
    expect(['opened', 'reserved']).toContain(nameOf(type, direct?.after));
    expect(nameOf(type, direct?.detour)).toBe('surveyed');
    // Each knows the times of its own journeys only.
    expect(direct!.latency!.p99 / 1e6).toBeLessThan(1_300);
    expect(round!.latency!.p99 / 1e6).toBeLessThan(1_300);
    expect([round!.followed, direct!.followed]).toEqual([round!.eligible, direct!.eligible]);
    expect(direct!.latency!.observations + round!.latency!.observations).toBe(400);
  });

  it('has one cause where the step between tells no better', () => {
    // The survey is a branch of its own.
    const parallel = cases.map(({ at, lines }, i) => ({
      at,
      lines: lines.map((line) => (line.step === 'approved' ? { ...line, at: 30 * HOUR + 600 * u(i, 1) } : line)),
    }));
    expect(followsOf(learn(parallel), 'approved')).toHaveLength(1);
  });
});

describe('what waits for people', () => {
  const isOpen = (at: number): boolean => {
    const date = new Date(at * 1000);
    return date.getUTCDay() % 6 !== 0 && date.getUTCHours() >= 8 && date.getUTCHours() < 18;
  };
  /** When so many seconds of office time have passed. */
  const afterWork = (at: number, work: number): number => {
    let left = work;
    let now = at;
    while (left > 0 || !isOpen(now)) {
      if (isOpen(now)) left -= 60;
      now += 60;
    }
    return now;
  };
  const begun = (i: number): number => START + i * 4_100 + 1_000 * u(i, 3);
  const cases = Array.from({ length: 500 }, (_, i): Case => {
    const [at, work] = [begun(i), 1_800 + 1_800 * u(i, 0)];
    return {
      at,
      lines: [
        { system: 'a', step: 'asked', at: 0 },
        { system: 'b', step: 'answered', at: afterWork(at, work) - at },
        { system: 'c', step: 'noted', at: afterWork(at, work) - at + 5 + 5 * u(i, 1) },
      ],
    };
  });
  const type = learn(cases);
  const latencyOf = (step: string) => followsOf(type, step)[0]!.latency!;

  it('is measured in their hours', () => {
    const latency = latencyOf('answered');
    expect(openHoursText(latency.open!.hours)).toBe('Mondays to Fridays 08–18 UTC');
    expect(latency.p99 / 1e6).toBeGreaterThan(DAY);
    expect(latency.open!.model.p99 / 1e6).toBeLessThan(2 * HOUR);
    // Whoever waits for ten office hours is forgotten; by the calendar that would take a weekend.
    expect(latency.open!.horizon / 1e6).toBeLessThan(10 * HOUR);
    expect(followsOf(type, 'answered')[0]!.horizon / 1e6).toBeGreaterThan(2 * DAY);
    const friday = (START + 4 * DAY + 17 * HOUR) * 1e6;
    expect(measuredBy(latency, friday, friday + 64 * HOUR * 1e6).duration / 1e6).toBe(2 * HOUR);
  });

  it('makes no difference to what follows at once', () => {
    expect(latencyOf('noted').open).toBeUndefined();
  });

  it('is not learned from two days, in which a weekend may be a holiday', () => {
    const few = learn(cases.filter(({ at }) => at < START + 2 * DAY));
    expect(followsOf(few, 'answered')[0]?.latency?.open).toBeUndefined();
  });
});

describe('a log that begins late', () => {
  const cases = Array.from({ length: 300 }, (_, i): Case => ({
    at: START + i * 4_000,
    lines: [
      { system: 'a', step: 'asked', at: 0 },
      { system: 'b', step: 'checked', at: 10 + 10 * u(i, 0) },
      { system: 'a', step: 'done', at: 60 + 10 * u(i, 0) + 5 * u(i, 1) },
    ],
  }));
  const late = START + 4 * DAY;

  it('does not make rare what cannot be seen before', () => {
    const [checked] = followsOf(learn(cases, { b: [late, END] }), 'checked');
    expect(checked!.followed).toBe(checked!.eligible);
    expect(checked!.eligible).toBeGreaterThan(150);
  });

  it('does not hide the cause of what is seen before, nor one that ends early', () => {
    for (const part of [
      [late, END],
      [START, START + 10 * DAY],
    ] as const) {
      const type = learn(cases, { b: part });
      expect(followsOf(type, 'done').map(({ after }) => nameOf(type, after))).toEqual(['checked']);
    }
  });
});
