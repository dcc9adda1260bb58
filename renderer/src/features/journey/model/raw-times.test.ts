import { expect, it } from 'vitest';
import type { WireJourney } from '../../../../../src/api/wire.ts';
import { buildJourney } from '../../../../test-support/journey-builder.ts';
import { hasCorrectedTimes, withRawTimes } from './raw-times.ts';

function corrected(): WireJourney {
  const { journey } = buildJourney({
    type: 'order',
    key: 'SO-1',
    status: 'completed',
    reason: 'done',
    zero: '2026-05-04T09:00:00.000Z',
    steps: [
      { id: 's1', system: 'shop', step: 'place', tries: [{ at: 0, ms: 1000 }] },
      { id: 's2', system: 'wms', step: 'pick', tries: [{ at: 5000, ms: 2000 }] },
    ],
  });
  return {
    ...journey,
    steps: journey.steps.map((step) => {
      if (step.system !== 'wms') return step;
      const back = (iso: string | null): string | null => (iso === null ? null : new Date(Date.parse(iso) - 30_000).toISOString());
      return {
        ...step,
        raw: { startedAt: back(step.startedAt), endedAt: back(step.endedAt) },
        attempts: step.attempts.map((attempt) => ({ ...attempt, raw: { at: back(attempt.at), endedAt: back(attempt.endedAt) } })),
      };
    }),
  };
}

it('shows the times of the sources, and what they make of latencies', () => {
  const journey = corrected();
  expect(hasCorrectedTimes(journey)).toBe(true);
  expect(journey.hops[0]?.latencyMs).toBe(4000);
  const raw = withRawTimes(journey);
  expect(raw.steps.map(({ id }) => id)).toEqual(['s1', 's2']);
  expect(raw.hops[0]?.latencyMs).toBe(-26_000);
  expect(Date.parse(raw.steps[1]?.startedAt ?? '') - Date.parse(journey.steps[1]?.startedAt ?? '')).toBe(-30_000);
  expect(raw.steps[1]?.attempts[0]?.at).toBe(raw.steps[1]?.startedAt);
  expect(raw.startedAt).toBe(raw.steps[1]?.startedAt);
  expect(raw.durationMs).toBe(26_000);
});

it('changes nothing where no clock was corrected', () => {
  const journey = { ...corrected(), steps: corrected().steps.map((step) => ({ ...step, raw: null })) };
  expect(hasCorrectedTimes(journey)).toBe(false);
  expect(withRawTimes(journey)).toEqual(journey);
});
