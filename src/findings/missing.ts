import type { DeclaredFollow, FollowExpectation, StepKey } from '../flows/index.ts';
import { aboutOf, afterOpenTime, openTime, wilsonLower } from '../flows/index.ts';
import type { Absence, Step } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { isFailure } from '../model/status.ts';
import { deadlineAfter, doneAt } from './declared.ts';
import { MIN_OBSERVATIONS } from './finding.ts';
import { beyond } from './slow.ts';
import type { JourneyView, PreparedType } from './view.ts';

/** Where it follows in at least this share its absence is a fault; below that it may be a choice. */
export const ALWAYS_SHARE = 0.98;

/** Absence is confirmed when at most this share of the journeys that had waited as long got the step after all. */
export const MAY_STILL_COME = 0.05;

/** A step that was expected and is absent. */
export interface Missing {
  readonly key: StepKey;
  readonly number: number;
  /** Position of the step after which it was expected. */
  readonly after: number;
  readonly follow: FollowExpectation;
  readonly absence: Absence;
  /** Set when the step came for other records of the type, and not for this one (one shipment of two). */
  readonly record: RecordRef | undefined;
  /** Steps that come after it and are absent because it is, nearest first. */
  readonly downstream: readonly FollowExpectation[];
}

/**
 * Which steps usually follow what this journey has, and did not come. What follows an absent step is not missing by itself, nor
 * is anything after a failure, a negative outcome, or in a variant that does not go on.
 */
export function findMissing(view: JourneyView): readonly Missing[] {
  const missing: Missing[] = [];
  for (const { follow, after, record } of findAbsent(view)) {
    const absence = absenceOf(view, view.journey.steps[after] as Step, follow);
    if (absence === undefined) continue;
    // Several rules may miss the same step: one that is over says it for all.
    const twin = missing.findIndex((other) => other.number === follow.step && other.record === record);
    if (twin >= 0 && (absence !== 'confirmed' || missing[twin]?.absence === 'confirmed')) continue;
    if (twin >= 0) missing.splice(twin, 1);
    missing.push({
      key: (view.prepared as PreparedType).step(follow.step),
      number: follow.step,
      after,
      follow,
      absence,
      record,
      downstream: downstreamOf(view, follow.step),
    });
  }
  return missing;
}

/** A step that usually follows and is not there, whether or not its time has come. */
type Absent = Pick<Missing, 'follow' | 'after' | 'record'>;

const NONE: readonly never[] = Object.freeze([]);

/** The steps that are absent, without a look at how much time has passed. */
export function findAbsent(view: JourneyView): readonly Absent[] {
  const { prepared, journey } = view;
  if (prepared === undefined || (prepared.type.journeys < MIN_OBSERVATIONS && !prepared.hasDeclared)) return NONE;
  let absent: Absent[] | undefined;
  for (let position = 0; position < journey.steps.length; position++) {
    const number = view.numbers[position] as number;
    if (number < 0) continue;
    for (const follow of prepared.followsAfter[number] ?? []) {
      const { declared } = follow;
      if (!isExpected(view, follow) || isVariant(view, follow) || !isGiven(view, follow, position)) continue;
      const itself = view.positionOf(follow.step) >= 0;
      const present = itself || (declared !== undefined && isMet(view, declared));
      const record = itself ? lackingRecord(view, position, follow.step) : undefined;
      if (present ? record === undefined : view.positionOf(number) !== position || awaitsInstance(view, number)) continue;
      const after = present ? position : lastOccurrence(view, number);
      if (wentWell(journey.steps[after] as Step)) (absent ??= []).push({ follow, after, record });
    }
  }
  return absent === undefined ? NONE : withoutConsequences(view, absent);
}

/** Whether the journey goes another way to this step: whether it follows then is another question, which another follow answers or none. */
function goesRound(view: JourneyView, { detour }: FollowExpectation): boolean {
  return detour !== undefined && view.positionOf(detour) >= 0;
}

/** Without what only waits for something else that is absent: it is due after that, whatever else leads to it. */
function withoutConsequences(view: JourneyView, absent: readonly Absent[]): readonly Absent[] {
  if (absent.length < 2) return absent;
  const waitsFor = (number: number, { follow: { step } }: Absent): boolean =>
    (view.prepared?.followsAfter[step] ?? []).some((next) => next.step === number && isExpected(view, next));
  return absent.filter(
    ({ follow, record }) =>
      follow.declared !== undefined ||
      record !== undefined ||
      !absent.some((other) => other.follow !== follow && waitsFor(follow.step, other)),
  );
}

/** The record of this step (a shipment), where the next step came for others of its type and not for it. */
function lackingRecord(view: JourneyView, position: number, next: number): RecordRef | undefined {
  const { steps, record: root } = view.journey;
  const { record } = steps[position] as Step;
  if (record.type === root.type) return undefined;
  for (let i = 0; i < steps.length; i++) {
    if (view.numbers[i] !== next) continue;
    const other = (steps[i] as Step).record;
    if (other.type !== record.type || other.key === record.key) return undefined;
  }
  return record;
}

/** Whether a step came for one record and is still due for another: then what follows all of them is not due yet. */
function awaitsInstance(view: JourneyView, number: number): boolean {
  const before = view.followOf(number)?.after;
  if (before === undefined) return false;
  return view.numbers.some((other, position) => other === before && lackingRecord(view, position, number) !== undefined);
}

/** Whether it is declared to follow, or enough journeys could go on and nearly all did. */
export function isExpected({ prepared }: JourneyView, { declared, overruled, eligible, followed }: FollowExpectation): boolean {
  if (declared !== undefined) return declared.required;
  const { usualShare } = (prepared as PreparedType).thresholds;
  return overruled !== true && eligible >= MIN_OBSERVATIONS && wilsonLower(followed, eligible) >= usualShare;
}

/** Whether the journey is of the kind in which it follows; `position` of the step that it follows, where that is there. */
export function isGiven(view: JourneyView, { given }: FollowExpectation, position?: number): boolean {
  if (given === undefined) return true;
  if ('about' in given) return position === undefined || aboutOf(view.journey.steps[position] as Step) === given.about;
  const at = view.positionOf(given.step);
  return at >= 0 && (position === undefined || at < lastOccurrence(view, view.numbers[position] as number));
}

export function isMet(view: JourneyView, { metBy }: DeclaredFollow): boolean {
  return metBy.some((number) => view.positionOf(number) >= 0);
}

/** Whether the journey is one in which it does not follow: of a variant that does without, or on another way to the same step. */
export function isVariant(view: JourneyView, follow: FollowExpectation): boolean {
  const isExcused = follow.unless.some(({ step, negative }) => {
    const position = view.positionOf(step);
    return position >= 0 && (!negative || isNegative(view.journey.steps[position] as Step));
  });
  return isExcused || goesRound(view, follow);
}

export function isNegative(step: Step): boolean {
  return step.status === 'cancelled' || step.status === 'skipped' || step.status === 'discarded';
}

/** A step after which the next is due: it ended, and neither failed nor was called off. */
function wentWell(step: Step): boolean {
  return step.endedAt !== undefined && !isFailure(step.status) && !isNegative(step);
}

function lastOccurrence(view: JourneyView, number: number): number {
  return view.numbers.lastIndexOf(number);
}

/**
 * Whether it is not unlikely that the step only takes very long: of the journeys that did not have it after this time (µs), some got it
 * later and some never did. The horizon rests on a log-normal, and real tails are heavier than that.
 */
function mayStillCome(follow: FollowExpectation, elapsed: number): boolean {
  if (follow.latency === undefined) return false;
  const later = beyond(follow.latency.open?.model ?? follow.latency, elapsed);
  return later > MAY_STILL_COME * (later + follow.eligible - follow.followed);
}

/**
 * Whether what excuses the absence may be yet to come: a claim that is to be withdrawn tomorrow lacks its cover check today. As with the step itself: of
 * the journeys that had waited as long, those that got the excuse are set against those that simply lack the step, and while its time
 * is not over it counts for one at least.
 */
export function mayStillBeExcused(view: JourneyView, follow: FollowExpectation): boolean {
  return follow.unless.some(({ step }) => {
    const excuse = view.followOf(step);
    const cause = excuse === undefined ? -1 : view.positionOf(excuse.after);
    if (excuse?.latency === undefined || cause < 0 || view.positionOf(step) >= 0) return false;
    const since = doneAt(view.journey.steps[cause] as Step);
    if (since === undefined) return false;
    const elapsed = view.dataEnd - since;
    // Until its time is over, one more must be reckoned with, however few were seen to come as late.
    const later = Math.max(elapsed < excuse.horizon ? 1 : 0, beyond(excuse.latency, elapsed));
    return later > MAY_STILL_COME * (later + follow.eligible - follow.followed);
  });
}

/**
 * Absence is a claim: still open while the time by which 99 % have done it has not passed at the end of the data; confirmed when
 * it has and the system was logged throughout; outside coverage otherwise. Undefined where no time tells anything.
 */
export function absenceOf(view: JourneyView, cause: Step, follow: FollowExpectation): Absence | undefined {
  if (follow.declared?.window !== undefined) return absenceInWindow(view, cause, follow, follow.declared);
  const since = follow.basis === 'end' ? cause.endedAt : cause.startedAt;
  if (since === undefined || !Number.isFinite(view.dataEnd)) return undefined;
  // Nights and weekends bring nothing nearer that waits for open hours.
  const open = follow.latency?.open;
  const elapsed = open === undefined ? view.dataEnd - since : openTime(open.hours, since, view.dataEnd);
  const horizon = open?.horizon ?? follow.horizon;
  if (elapsed < horizon || mayStillCome(follow, elapsed) || mayStillBeExcused(view, follow)) return 'still-open';
  const system = view.prepared?.step(follow.step).system;
  if (system === undefined) return undefined;
  const usual = follow.latency?.median ?? 0;
  const over = open === undefined ? since + horizon : afterOpenTime(open.hours, since, horizon, view.dataEnd);
  return view.coverage.covers(system, Math.min(since + usual, over), over) ? 'confirmed' : 'outside-coverage';
}

/** The same of a declared window: it is over or it is not. */
function absenceInWindow(view: JourneyView, cause: Step, follow: FollowExpectation, declared: DeclaredFollow): Absence | undefined {
  const since = doneAt(cause);
  const deadline = since === undefined ? undefined : deadlineAfter(declared, since);
  if (since === undefined || deadline === undefined || !Number.isFinite(view.dataEnd)) return undefined;
  if (view.dataEnd <= deadline) return 'still-open';
  const system = view.prepared?.step(follow.step).system;
  if (system === undefined) return undefined;
  return view.coverage.covers(system, Math.min(since + (follow.latency?.median ?? 0), deadline), deadline)
    ? 'confirmed'
    : 'outside-coverage';
}

function downstreamOf(view: JourneyView, number: number): FollowExpectation[] {
  const found: FollowExpectation[] = [];
  const visited = new Set([number]);
  const queue = [number];
  for (let at = 0; at < queue.length; at++) {
    for (const follow of view.prepared?.followsAfter[queue[at] as number] ?? []) {
      if (
        visited.has(follow.step) ||
        view.positionOf(follow.step) >= 0 ||
        !isExpected(view, follow) ||
        isVariant(view, follow) ||
        !isGiven(view, follow)
      )
        continue;
      visited.add(follow.step);
      queue.push(follow.step);
      found.push(follow);
    }
  }
  return found;
}

/** Whether some step that usually comes after `number`, directly or not, is in the journey. */
export function hasDescendant(view: JourneyView, number: number): boolean {
  const visited = new Set([number]);
  const queue = [number];
  for (let at = 0; at < queue.length; at++) {
    for (const follow of view.prepared?.followsAfter[queue[at] as number] ?? []) {
      if (visited.has(follow.step)) continue;
      if (view.positionOf(follow.step) >= 0) return true;
      visited.add(follow.step);
      queue.push(follow.step);
    }
  }
  return false;
}
