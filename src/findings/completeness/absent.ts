import type { FollowExpectation, StepKey } from '../../flows/index.ts';
import type { Absence, Step } from '../../model/journey.ts';
import type { RecordRef } from '../../model/record.ts';
import { deadlineAfter, doneAt } from '../declared.ts';
import { absenceOf, findAbsent, findMissing, isExpected, isGiven, isMet, isVariant } from '../missing.ts';
import type { JourneyView } from '../view.ts';

/** A step that the journey should have, by what it has or by what should have led to it. */
export interface AbsentStep {
  readonly number: number;
  readonly key: StepKey;
  /** Where any step of a system will do. */
  readonly system: string;
  readonly absence: Absence;
  /** Set when it came for other records of the type, and not for this one. */
  readonly record: RecordRef | undefined;
  /** Position of the step that it should have followed, directly or not. */
  readonly after: number;
}

const NONE: readonly never[] = Object.freeze([]);

interface Due extends AbsentStep {
  readonly follow: FollowExpectation;
  /** When it usually comes, and when its time is over (µs). */
  readonly from: number;
  readonly until: number;
}

/**
 * All steps that should have come, and did not. A finding tells the first that is absent, and nothing of what a failure kept from coming: the failure is
 * told. Here all of them count, also those that only an absent step leads to: their time is over when that of all before them is, one after the other.
 */
export function absentSteps(view: JourneyView): readonly AbsentStep[] {
  const missing = findMissing(view);
  const kept = keptBack(view);
  if (missing.length === 0 && kept.length === 0) return NONE;
  const found: Due[] = missing.map((item) => due(view, item.follow, item.after, item.absence, item.record));
  const seen = new Set(found.map(({ number }) => number));
  for (const { follow, after } of kept) {
    const absence = seen.has(follow.step) ? undefined : absenceOf(view, view.journey.steps[after]!, follow);
    if (absence === undefined) continue;
    seen.add(follow.step);
    found.push(due(view, follow, after, absence, undefined));
  }
  for (let at = 0; at < found.length; at++) {
    const before = found[at]!;
    if (before.record !== undefined) continue;
    for (const follow of view.prepared?.followsAfter[before.number] ?? []) {
      if (
        seen.has(follow.step) ||
        isPresent(view, follow) ||
        !isExpected(view, follow) ||
        isVariant(view, follow) ||
        !isGiven(view, follow)
      )
        continue;
      seen.add(follow.step);
      found.push(laterThan(view, before, follow));
    }
  }
  return found;
}

/** Whether a journey lacks something, or a failure kept it from coming: without a look at times. */
export function lacksSteps(view: JourneyView): boolean {
  return findAbsent(view).length > 0 || keptBack(view).length > 0;
}

/** What should follow a step that failed in the end. */
function keptBack(view: JourneyView): { readonly follow: FollowExpectation; readonly after: number }[] {
  const { numbers } = view;
  const kept: { follow: FollowExpectation; after: number }[] = [];
  for (let position = 0; position < numbers.length; position++) {
    const number = numbers[position]!;
    if (number < 0 || !view.failedFinally(position) || view.positionOf(number) !== position) continue;
    for (const follow of view.prepared?.followsAfter[number] ?? [])
      if (!isPresent(view, follow) && isExpected(view, follow) && !isVariant(view, follow) && isGiven(view, follow, position))
        kept.push({ follow, after: position });
  }
  return kept;
}

export function isPresent(view: JourneyView, { step, declared }: FollowExpectation): boolean {
  return view.positionOf(step) >= 0 || (declared !== undefined && isMet(view, declared));
}

function due(view: JourneyView, follow: FollowExpectation, after: number, absence: Absence, record: RecordRef | undefined): Due {
  const cause = view.journey.steps[after] as Step;
  const since = (follow.basis === 'end' ? doneAt(cause) : cause.startedAt) ?? Number.POSITIVE_INFINITY;
  return {
    ...placeOf(view, follow),
    follow,
    after,
    absence,
    record,
    from: since + (follow.latency?.median ?? 0),
    until: endOf(follow, since),
  };
}

function laterThan(view: JourneyView, before: Due, follow: FollowExpectation): Due {
  const place = placeOf(view, follow);
  const from = before.from + (follow.latency?.median ?? 0);
  const until = endOf(follow, before.until);
  // What leads to it may have gone another way where nobody can see it.
  let absence: Absence = before.absence;
  if (absence === 'confirmed' && view.dataEnd <= until) absence = 'still-open';
  else if (absence === 'confirmed' && !view.coverage.covers(place.system, Math.min(from, until), until)) absence = 'outside-coverage';
  return { ...place, follow, after: before.after, absence, record: undefined, from, until };
}

/** When the time of what follows is over, counted from `since`. */
function endOf(follow: FollowExpectation, since: number): number {
  const deadline = follow.declared === undefined ? undefined : deadlineAfter(follow.declared, since);
  return deadline ?? since + follow.horizon;
}

function placeOf(view: JourneyView, { step, declared }: FollowExpectation): Pick<AbsentStep, 'number' | 'key' | 'system'> {
  const key = view.prepared!.step(step);
  return { number: step, key, system: declared?.system ?? key.system };
}
