import { describe, expect, it } from 'vitest';
import { BETWEEN, FIRST_PLACED, world, type Edit, type World } from '../findings/testing.ts';
import { modelAt, partOf, whenAt } from './rhythm-parts.ts';
import type { DurationModel, RhythmParts } from './types.ts';

const DAY = 86_400;
/** Orders of some days. */
const days = (count: number): number => (count * DAY) / BETWEEN;
const placed = (order: number): number => FIRST_PLACED + order * BETWEEN;
const isNight = (order: number): boolean => placed(order) % DAY < DAY / 4;

/** Orders in which the ERP takes longer to begin. */
function slower(orders: number, by: (order: number) => number): World {
  const edits: Record<number, Edit> = {};
  for (let order = 0; order < orders; order++) {
    const extra = by(order);
    if (extra > 0)
      edits[order] = (lines) => lines.map((line) => (line.step === 'checkout' ? line : { ...line, at: (line.at ?? 0) + extra }));
  }
  return world({ orders, edits });
}

function latencyOf({ expectations }: World, step: string): DurationModel {
  const { steps, follows } = expectations.byType['order']!;
  return follows.find((follow) => steps[follow.step]?.step === step)!.latency!;
}

const delays = ({ verdicts }: World, order: number): string[] =>
  verdicts[order]!.findings.filter(({ kind }) => kind === 'delay').map(({ explanation }) => explanation);

const at = (hour: number): number => (Math.ceil(FIRST_PLACED / DAY) * DAY + hour * 3600) * 1e6;

describe('the rhythm of a hop', () => {
  // 16 days from a Sunday on; at night the ERP begins two minutes later.
  const orders = days(16);
  const probe = [...Array(orders).keys()].find((order) => order > days(8) && placed(order) % DAY === 12 * 3600)!;
  const nightly = slower(orders, (order) => (isNight(order) || order === probe ? 120 : 0));

  it('is learned where nights differ from days, and only for the hop that has it', () => {
    const model = latencyOf(nightly, 'create');
    expect(model.rhythm?.parts).toBe('hours');
    expect(modelAt(model, at(1)).median / 1e6).toBeGreaterThan(115);
    expect(modelAt(model, at(13)).median / 1e6).toBeLessThan(10);
    expect(whenAt(model, at(13))).toBe('12–15 UTC');
    expect(latencyOf(nightly, 'confirm').rhythm).toBeUndefined();
  });

  it('makes slow at noon what is usual at night', () => {
    expect(delays(nightly, probe)).toEqual([expect.stringMatching(/of \d+ observations \(12–15 UTC\); 99 % stay below/) as string]);
    const night = [...Array(orders).keys()].filter((order) => isNight(order));
    expect(night.flatMap((order) => delays(nightly, order))).toEqual([]);
  });

  it('may be that of a weekday', () => {
    const isMonday = (order: number): boolean => new Date(placed(order) * 1000).getUTCDay() === 1;
    const weekly = latencyOf(
      slower(days(37), (order) => (isMonday(order) ? 300 : 0)),
      'create',
    );
    expect(weekly.rhythm?.parts).toBe('weekdays');
    const monday = Date.parse('2026-03-09T10:00:00Z') * 1000;
    expect(whenAt(weekly, monday)).toBe('Mondays');
    expect(modelAt(weekly, monday).median / 1e6).toBeGreaterThan(290);
  });

  it('is none where one day was slow, where nothing is, and where too few days were seen', () => {
    const incident = slower(days(10), (order) => (order >= days(4) && order < days(4) + 36 ? 120 : 0));
    expect(latencyOf(incident, 'create').rhythm).toBeUndefined();
    expect(
      latencyOf(
        slower(days(10), () => 0),
        'create',
      ).rhythm,
    ).toBeUndefined();
    expect(
      latencyOf(
        slower(days(2), (order) => (isNight(order) ? 120 : 0)),
        'create',
      ).rhythm,
    ).toBeUndefined();
  });
});

describe('parts of the day and week', () => {
  it.each([
    ['hours', '2026-03-02T08:59:59Z', 2],
    ['hours', '2026-03-02T09:00:00Z', 3],
    ['weekdays', '2026-03-02T00:00:00Z', 0],
    ['weekdays', '2026-03-08T23:59:59Z', 6],
    ['both', '2026-03-03T21:00:00Z', 15],
    ['weekdays', '1969-12-31T12:00:00Z', 2],
  ] as readonly [RhythmParts, string, number][])('%s of %s', (parts, time, part) => {
    expect(partOf(parts, Date.parse(time) * 1000)).toBe(part);
  });
});
