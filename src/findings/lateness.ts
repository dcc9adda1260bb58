import type { DurationModel } from '../flows/index.ts';
import type { Step } from '../model/journey.ts';
import type { JourneyView } from './view.ts';

/**
 * How much later a step began (µs) than if all that led to it had taken its usual time: what the ways to it and the steps before it took beyond their
 * medians, where they took longer than 99 % do, added up along the chain of causes. First occurrences count.
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
    late += beyond(step.startedAt - since, follow.latency);
    const usual = view.prepared?.step(view.numbers[before] as number).duration;
    if (follow.basis === 'end' && usual !== undefined && cause.startedAt !== undefined) late += beyond(since - cause.startedAt, usual);
    at = before;
  }
  return late;
}

/** A night or a weekend is longer than the median, and nothing is late for it: people work by hours. */
function beyond(time: number, { median, p99 }: DurationModel): number {
  return time > p99 ? time - median : 0;
}
