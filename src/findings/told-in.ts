import type { JourneyView } from './view.ts';

/** The steps in which the values were told. */
export function stepsOf(view: JourneyView, events: readonly number[]): string[] {
  return view.journey.steps
    .filter((step) => step.attempts.some((attempt) => attempt.events.some((event) => events.includes(event))))
    .map((step) => step.id);
}

/** The step of a system in which an event told something. */
export function placeOf(view: JourneyView, system: string, event: number): string {
  const told = view.journey.steps.find((step) => step.attempts.some((attempt) => attempt.events.includes(event)));
  return (told ?? view.journey.steps.findLast((step) => step.system === system))?.step ?? '';
}
