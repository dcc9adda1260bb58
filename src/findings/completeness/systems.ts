import type { FollowExpectation } from '../../flows/index.ts';
import type { FactorDetail, Lack } from '../../model/completeness.ts';
import { MIN_OBSERVATIONS } from '../finding.ts';
import { isExpected, isGiven, isNegative, isVariant } from '../missing.ts';
import type { JourneyView } from '../view.ts';
import { isPresent, type AbsentStep } from './absent.ts';

/**
 * Of the systems that the journey had to reach by now, those that it reached. A system has to be reached when a step of it usually follows what the
 * journey has, or is declared to, and its time was over while the system was logged. The one in which the journey began does not count, and one in
 * which all steps failed was not reached.
 */
export function systemsFactor(view: JourneyView, absent: readonly AbsentStep[]): FactorDetail {
  const first = view.journey.steps[0]?.system;
  const expected = expectedSystems(view);
  for (const step of absent) if (step.record === undefined) expected.add(step.system);
  expected.delete(first ?? '');
  const lacks: Lack[] = [];
  const undecided: Lack[] = [];
  let met = 0;
  for (const system of expected) {
    const there = view.journey.steps.findLastIndex((step) => step.system === system);
    if (there >= 0) {
      if (isReached(view, system)) met++;
      else lacks.push({ name: system, why: 'all that happened there failed', step: view.journey.steps[there]?.id });
      continue;
    }
    const missed = absent.filter((step) => step.system === system);
    const lack = (why: string): Lack => ({ name: system, why, step: undefined });
    if (missed.some(({ absence }) => absence === 'confirmed')) lacks.push(lack('never heard of the record'));
    else if (missed.some(({ absence }) => absence === 'still-open')) undecided.push(lack('its time was not over at the end of the data'));
    else undecided.push(lack('cannot be seen: it was not logged then'));
  }
  const of = met + lacks.length;
  return { met, of, lacks, undecided, unknown: of > 0 ? undefined : whyUnknown(view, undecided) };
}

/** The systems of all steps that are there and had to come. */
export function expectedSystems(view: JourneyView): Set<string> {
  const { prepared, numbers, journey } = view;
  const systems = new Set<string>();
  if (prepared === undefined || (prepared.type.journeys < MIN_OBSERVATIONS && !prepared.hasDeclared)) return systems;
  const seen = new Set<number>();
  const add = (number: number): void => {
    for (const follow of prepared.followsAfter[number] ?? []) {
      if (!isExpected(view, follow) || isVariant(view, follow) || !isGiven(view, follow)) continue;
      if (isPresent(view, follow)) systems.add(systemOf(view, follow));
      else if (!seen.has(follow.step)) {
        seen.add(follow.step);
        add(follow.step);
      }
    }
  };
  for (let position = 0; position < numbers.length; position++) {
    const number = numbers[position]!;
    if (number < 0 || view.positionOf(number) !== position || isNegative(journey.steps[position]!)) continue;
    add(number);
  }
  return systems;
}

function systemOf({ prepared }: JourneyView, { step, declared }: FollowExpectation): string {
  return declared?.system ?? prepared!.step(step).system;
}

function isReached({ journey, failedFinally }: JourneyView, system: string): boolean {
  return journey.steps.some((step, position) => step.system === system && !failedFinally(position));
}

function whyUnknown({ prepared }: JourneyView, undecided: readonly Lack[]): string {
  if (undecided.length > 0) return 'no other system had to be reached yet, as far as can be seen';
  if (prepared === undefined || prepared.type.journeys < MIN_OBSERVATIONS)
    return 'fewer than 30 comparable journeys show which systems it has to reach';
  return 'no other system is always reached from where it is';
}
