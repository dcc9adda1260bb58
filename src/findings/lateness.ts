import { measuredBy } from '../flows/index.ts';
import type { DurationModel } from '../flows/index.ts';
import type { Step } from '../model/journey.ts';
import type { JourneyView } from './view.ts';

/**
 * How much later a step began (µs) than if all that led to it had taken its usual time: what the ways to it and the steps before it took beyond their
 * medians, added up along the chain of causes. Only what took longer than 99 % do counts: where people work, one of several waits is always longer
 * than its median, and nothing is late. First occurrences count.
 */
export function lateBy(view: JourneyView, position: number): number {
  const { steps } = view.journey;
  let late = 0;
  let at = position;
  // At most once for each step: learned causes may form a circle.
  for (let round = 0; round < steps.length; round++) {
    const follow = view.followOf(view.numbers[at] as number);
    const before = follow === undefined ? -1 : view.positionOf(follow.after);
    if (follow?.latency === undefined || before < 0 || before === at) return late;
    const [step, cause] = [steps[at] as Step, steps[before] as Step];
    const since = follow.basis === 'end' ? cause.endedAt : cause.startedAt;
    if (step.startedAt === undefined || since === undefined) return late;
    late += excess(follow.latency, since, step.startedAt);
    const usual = view.prepared?.step(view.numbers[before] as number).duration;
    if (follow.basis === 'end' && usual !== undefined && cause.startedAt !== undefined) late += excess(usual, cause.startedAt, since);
    at = before;
  }
  return late;
}

/** What a wait took beyond its median, where it was long; 0 where it was not. */
function excess(model: DurationModel, from: number, to: number): number {
  const { usual, duration } = measuredBy(model, from, to);
  return duration > usual.p99 ? Math.max(0, to - from - model.median) : 0;
}
