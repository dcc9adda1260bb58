import type { DurationModel } from '../flows/index.ts';
import type { Hop, Journey, Step } from '../model/journey.ts';
import type { DetectorContext } from './types.ts';
import type { JourneyView } from './view.ts';
import { MIN_OBSERVATIONS } from './finding.ts';
import { viewOf } from './view.ts';

/**
 * The journey with its hops drawn from the learned causes. Time alone cannot tell that two steps are parallel when one of them
 * happens to come first; the expectations know which step each one really waits for. Hops that rest on more than time (spans,
 * executions) stay. Steps, ids and times are the same; hops and branches may differ. Without expectations nothing changes.
 */
export function withLearnedHops(journey: Journey, context: DetectorContext): Journey {
  const view = viewOf(journey, context);
  if ((view.prepared?.type.journeys ?? 0) < MIN_OBSERVATIONS) return journey;
  const position = new Map(journey.steps.map((step, i) => [step.id, i]));
  let changed = false;
  const hops = journey.hops.map((hop): Hop => {
    const at = position.get(hop.to) ?? -1;
    const cause = hop.reason === 'time' ? learnedCause(view, at) : undefined;
    if (cause === undefined || cause.id === hop.from) return hop;
    changed = true;
    const to = journey.steps[at] as Step;
    return { ...hop, from: cause.id, latency: latencyBetween(cause, to), crossesSystem: cause.system !== to.system };
  });
  return changed ? { ...journey, hops, steps: branch(journey.steps, hops) } : journey;
}

/** What is usual for a hop, when enough journeys made it: durations in microseconds. */
export function usualLatency(journey: Journey, hop: Hop, context: DetectorContext): DurationModel | undefined {
  const view = viewOf(journey, context);
  const numberOf = (id: string): number => view.numbers[journey.steps.findIndex((step) => step.id === id)] ?? -1;
  const follow = view.followOf(numberOf(hop.to));
  if (follow === undefined || follow.after !== numberOf(hop.from)) return undefined;
  return (follow.latency?.observations ?? 0) >= MIN_OBSERVATIONS ? follow.latency : undefined;
}

/** The latest occurrence before a step of what it usually waits for; undefined for repeats, which time orders better. */
function learnedCause(view: JourneyView, at: number): Step | undefined {
  const number = view.numbers[at] ?? -1;
  if (at <= 0 || number < 0 || view.positionOf(number) !== at) return undefined;
  const follow = view.followOf(number);
  return follow === undefined ? undefined : view.journey.steps[view.numbers.lastIndexOf(follow.after, at - 1)];
}

function latencyBetween(from: Step, to: Step): number | undefined {
  if (to.startedAt === undefined) return undefined;
  const encloses = from.endedAt !== undefined && from.endedAt > to.startedAt;
  const since = encloses ? from.startedAt : (from.endedAt ?? from.startedAt);
  return since === undefined ? undefined : to.startedAt - since;
}

/** The first step that follows another stays on its branch; each further one opens its own. */
function branch(steps: readonly Step[], hops: readonly Hop[]): readonly Step[] {
  const from = new Map(hops.map((hop) => [hop.to, hop.from]));
  const branches = new Map<string, number>();
  const continued = new Set<string>();
  let count = 1;
  return steps.map((step) => {
    const cause = from.get(step.id);
    let own = 0;
    if (cause !== undefined) own = continued.has(cause) ? count++ : (branches.get(cause) ?? 0);
    if (cause !== undefined) continued.add(cause);
    branches.set(step.id, own);
    return own === step.branch ? step : { ...step, branch: own };
  });
}
