import { describe, expect, it } from 'vitest';
import { usualLatency, withLearnedHops } from './index.ts';
import { world } from './testing.ts';
import type { Journey } from '../model/journey.ts';

describe('learned hops', () => {
  // A few orders lost their CRM branch: what still happened without it does not wait for it.
  const edits = Object.fromEntries(
    [5, 50, 150].map((order) => [
      order,
      (lines: Parameters<NonNullable<NonNullable<Parameters<typeof world>[0]>['edits']>[number]>[0]) =>
        lines.filter((line) => line.system !== 'crm'),
    ]),
  );
  const { journeys, context } = world({ edits });
  const journey = journeys[100] as Journey;
  const named = (of: Journey) => {
    const name = (id: string) => of.steps.find((step) => step.id === id)?.step;
    return of.hops.map((hop) => `${name(hop.from)}>${name(hop.to)}`);
  };

  it('draws parallel branches from their common cause', () => {
    const learned = withLearnedHops(journey, context);
    expect(named(learned)).toEqual(expect.arrayContaining(['confirm>allocate', 'confirm>update', 'allocate>ship', 'ship>fulfilled']));
    expect(new Set(learned.steps.map((step) => step.branch)).size).toBe(2);
    expect(learned.steps.map((step) => step.id)).toEqual(journey.steps.map((step) => step.id));
  });

  it('tells what is usual for a learned hop, and nothing for another', () => {
    const learned = withLearnedHops(journey, context);
    for (const hop of learned.hops) expect(usualLatency(learned, hop, context)?.observations, `${hop.from}>${hop.to}`).toBeGreaterThan(150);
    expect(usualLatency(journey, { from: 's1', to: 's6', latency: 0, crossesSystem: false, reason: 'time' }, context)).toBeUndefined();
  });

  it('changes nothing with too few journeys', () => {
    const few = world({ orders: 10 });
    expect(withLearnedHops(few.journeys[3] as Journey, few.context)).toBe(few.journeys[3]);
  });
});
