import type { WireJourney, WireStep } from '../../../../../src/api/wire.ts';
import { isoMs } from './iso.ts';

/** Whether some times of a journey are corrected. */
export function hasCorrectedTimes(journey: WireJourney): boolean {
  return journey.steps.some((step) => step.raw !== null);
}

/** The journey with its times as the sources tell them. The order of its steps stays: it is what was found out. */
export function withRawTimes(journey: WireJourney): WireJourney {
  const moved = new Map(journey.steps.map((step) => [step.id, shiftOf(step)]));
  const ofEvent = new Map(
    journey.steps.flatMap((step) => step.attempts.flatMap(({ events }) => events.map((event) => [event, step] as const))),
  );
  const steps = journey.steps.map(rawStep);
  const times = steps.filter((step) => !step.absent).flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]);
  const known = times.filter((time) => time !== null).toSorted();
  const [startedAt, endedAt] = [known[0] ?? journey.startedAt, known.at(-1) ?? journey.endedAt];
  const [from, to] = [isoMs(startedAt), isoMs(endedAt)];
  return {
    ...journey,
    startedAt,
    endedAt,
    durationMs: from === undefined || to === undefined ? null : to - from,
    steps,
    hops: journey.hops.map((hop) => ({
      ...hop,
      latencyMs: hop.latencyMs === null ? null : hop.latencyMs + (moved.get(hop.to) ?? 0) - (moved.get(hop.from) ?? 0),
    })),
    state: journey.state.map((field) => ({
      ...field,
      values: field.values.map((value) => {
        const [at, step] = [isoMs(value.at), ofEvent.get(value.event)];
        return at === undefined || step === undefined || shiftOf(step) === 0
          ? value
          : { ...value, at: new Date(at + shiftOf(step)).toISOString() };
      }),
    })),
  };
}

function rawStep(step: WireStep): WireStep {
  if (step.raw === null) return step;
  const attempts = step.attempts.map((attempt) => (attempt.raw === null ? attempt : { ...attempt, ...attempt.raw }));
  return { ...step, ...step.raw, attempts };
}

/** By how many milliseconds the source's time of a step lies behind the corrected one. */
function shiftOf({ startedAt, raw }: WireStep): number {
  const [corrected, told] = [isoMs(startedAt), isoMs(raw?.startedAt ?? null)];
  return corrected === undefined || told === undefined ? 0 : told - corrected;
}
