import type { FollowExpectation, Given, StepExpectation, StepKey, TypeExpectations } from '../../flows/index.ts';
import { openHoursText, upperTail, wilsonLower, wilsonUpper, zScore } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { Finding, Severity } from '../../model/finding.ts';
import type { Absence, Hop, Step } from '../../model/journey.ts';
import { recordLabel } from '../../model/record.ts';
import type { RecordRef } from '../../model/record.ts';
import { isFailure } from '../../model/status.ts';
import { formatDuration, formatIso, micros, type Micros } from '../../model/time.ts';
import { deadlineAfter, declaredText, doneAt } from '../declared.ts';
import { baselineOf, evidenceOf, finding, MIN_OBSERVATIONS, NOTHING, plural, shareText } from '../finding.ts';
import { ALWAYS_SHARE, findAbsent, findMissing, hasDescendant, MAY_STILL_COME, mayStillBeExcused } from '../missing.ts';
import type { Missing } from '../missing.ts';
import { USUAL_THRESHOLDS } from '../thresholds.ts';
import type { Detection, Detector } from '../types.ts';
import type { JourneyView } from '../view.ts';
import { viewOf } from '../view.ts';

/** A step "never ends a journey" when at 97.5 % confidence fewer than this share of journeys end there. */
const NEVER_ENDS = 0.02;

type GapSubkind = 'missing-step' | 'stopped' | 'partial';

export const gapDetector: Detector = {
  id: 'gap',
  version: 2,
  kind: 'gap',
  subkinds: ['missing-step', 'stopped', 'partial'],
  title: 'Something that usually follows, or is declared to, did not come',
  doc: {
    what: '`missing-step`: a step is absent that usually follows, in another system or with later steps present. `stopped`: nothing came after a step that usually goes on in its own system. `partial`: of two things that usually follow the same step, one came and the other did not.',
    why: 'A lost message leaves no error anywhere: it only shows as an absence.',
    how: 'For each step the learned cause, the share of journeys in which it follows and the time by which 99 % have done so (Kaplan–Meier, so that the end of the data does not count against it). A step that is reached in two ways (an approval after a survey where there is one, else at once) is judged by the way that the journey goes. Absent beyond that time and logged throughout: confirmed. The system was not logged: outside coverage. Time not over at the end of the data: still open. A journey that ends at a step where hardly any ends stopped there, even where nothing in particular was due. Variants that do not go on (a cancellation) are learned and excused. Where a passport declares what must follow, or which system must hear of it, that is judged instead, by its window: still open until it is over. Critical where the step practically always follows and more than one system takes part; what is not confirmed is information.',
    silent:
      'With fewer than 30 comparable journeys and nothing declared, after a failure (the error says it), after a step that was called off, while as many journeys that waited as long got the step after all or what excuses its absence, and for what follows an absent step: that is drawn, but not counted.',
    teaches: 'A false alarm puts only itself aside: an absence is no matter of more or less.',
  },
  parameters: [
    { name: 'usual share', value: USUAL_THRESHOLDS.usualShare, meaning: 'lower bound of the share of journeys in which the step follows' },
    {
      name: 'always share',
      value: ALWAYS_SHARE,
      meaning: 'share of journeys in which the step follows from which on its absence is critical',
    },
    {
      name: 'may still come',
      value: MAY_STILL_COME,
      meaning: 'share of those that waited as long and got the step, up to which its absence is confirmed',
    },
    { name: 'never ends', value: NEVER_ENDS, meaning: 'upper bound of the share of journeys that end at a step' },
    { name: 'observations', value: MIN_OBSERVATIONS, meaning: 'comparable journeys needed' },
  ],
  detect(journey, context): Detection {
    if (journey.steps.length === 0) return NOTHING;
    const view = viewOf(journey, context);
    const missing = findMissing(view);
    if (missing.length === 0) return stoppedAnywhere(view);
    const findings: Finding[] = [];
    const ghosts: Step[] = [];
    const ghostHops: Hop[] = [];
    for (const group of groupByCause(missing)) report(view, group, findings, ghosts, ghostHops);
    return { findings, ghosts, ghostHops };
  },
  isSilent(journey, context) {
    if (journey.steps.length === 0) return true;
    const view = viewOf(journey, context);
    return findAbsent(view).length === 0 && oddEnd(view) === undefined;
  },
};

/** All that is missing after one step is one gap: told by what should have come first. */
function groupByCause(missing: readonly Missing[]): Missing[][] {
  const groups = [...Map.groupBy(missing, (item) => `${item.after}|${item.absence}`).values()];
  for (const group of groups)
    group.sort((a, b) => (a.follow.latency?.median ?? 0) - (b.follow.latency?.median ?? 0) || a.number - b.number);
  return groups;
}

function report(view: JourneyView, group: readonly Missing[], findings: Finding[], ghosts: Step[], ghostHops: Hop[]): void {
  const first = group[0] as Missing;
  const cause = view.journey.steps[first.after] as Step;
  const own: string[] = [];
  for (const item of group) {
    const ids = new Map<number, string>();
    const draw = (key: StepKey, number: number, from: string, fromSystem: string): void => {
      const known = ghosts.find((ghost) => ghost.step === key.step && ghost.system === key.system && ghost.flow === key.flow);
      const id = known?.id ?? `g${ghosts.length + 1}`;
      if (known === undefined) ghosts.push(ghostOf(item.record ?? view.journey.record, key, id, item.absence, cause.branch));
      ids.set(number, id);
      own.push(id);
      ghostHops.push({ from, to: id, latency: undefined, crossesSystem: key.system !== fromSystem, reason: 'expected' });
    };
    draw(item.key, item.number, cause.id, cause.system);
    for (const follow of item.downstream) {
      const from = ids.get(follow.after);
      if (from === undefined) continue;
      const key = view.prepared?.step(follow.step) as StepKey;
      draw(key, follow.step, from, view.prepared?.step(follow.after).system ?? '');
    }
  }
  findings.push(describe(view, group, cause, own));
}

function ghostOf(record: RecordRef, key: StepKey, id: string, absence: Absence, branch: number): Step {
  return {
    id,
    system: key.system,
    flow: key.flow,
    step: key.step,
    record,
    startedAt: undefined,
    endedAt: undefined,
    status: 'unknown',
    attempts: [],
    absence,
    branch,
  };
}

function describe(view: JourneyView, group: readonly Missing[], cause: Step, ghosts: readonly string[]): Finding {
  const first = group[0] as Missing;
  const { follow, absence } = first;
  const subkind = subkindOf(view, first, cause);
  const { declared } = follow;
  const what = declared?.system ?? nameOf(first.key);
  const name = first.record === undefined ? what : `${what} of ${recordLabel(first.record)}`;
  const later = group.reduce((sum, item) => sum + item.downstream.length, group.length - 1);
  const since =
    declared?.window === undefined ? ((follow.basis === 'end' ? cause.endedAt : cause.startedAt) ?? cause.startedAt) : sinceOf(cause);
  const elapsed = since === undefined ? undefined : view.dataEnd - since;
  const last = stoppedAt(view, first) ?? cause;
  const place = subkind === 'stopped' ? last : first.key;
  return finding(view.journey, {
    kind: 'gap',
    subkind,
    severity: severityOf(view, first),
    confidence: confidenceOf(first, elapsed),
    record: first.record ?? view.journey.record,
    place,
    steps: [...ghosts, cause.id],
    at: since,
    title:
      declared?.system === undefined
        ? titleOf(subkind, absence, name, subkind === 'stopped' ? last : cause)
        : systemTitle(absence, name, cause),
    explanation: [
      usualText(view, first, what, cause),
      absenceText(view, first, elapsed),
      ...(later > 0 ? [`${plural(later, 'later step')} ${later === 1 ? 'is' : 'are'} absent as well.`] : []),
      ...(declared === undefined ? [] : [declaredText(declared)]),
    ].join(' '),
    expected: expectedText(follow, name),
    actual: elapsed === undefined ? 'absent' : `absent ${formatDuration(elapsed)} after ${nameOf(cause)}`,
    absence,
    evidence: evidenceOf(cause),
    baseline: follow.latency === undefined || elapsed === undefined ? undefined : baselineOf(follow.latency, elapsed),
  });
}

function sinceOf(cause: Step): Micros | undefined {
  const since = doneAt(cause);
  return since === undefined ? undefined : micros(since);
}

/** What was to be expected, and how that is known. */
function usualText(view: JourneyView, { follow }: Missing, what: string, cause: Step): string {
  const { declared, latency, eligible, given } = follow;
  const share = `in ${shareOf(follow)} comparable journeys${given === undefined ? '' : ` (${givenText(view, given)})`}`;
  if (declared === undefined)
    return `${what} follows ${nameOf(cause)} ${share}, usually after ${formatDuration(latency?.median ?? 0)} and practically always within ${horizonText(follow)}.`;
  const must = `${declared.system === undefined ? `${what} must come` : `${what} must hear of it`} ${declared.window?.text ?? 'at some time'}, counted from the end of ${nameOf(cause)}.`;
  return eligible === 0 ? must : `${must} It does ${share}.`;
}

/** Of which kind the comparable journeys are. */
function givenText(view: JourneyView, given: Given): string {
  if ('about' in given) return `those about one ${given.about}`;
  const step = view.prepared?.step(given.step);
  return step === undefined ? '' : `those with ${nameOf(step)} before`;
}

function expectedText(follow: FollowExpectation, name: string): string {
  const { declared, horizon } = follow;
  if (declared?.window !== undefined) return `${name} ${declared.window.text}`;
  return horizon === Number.MAX_SAFE_INTEGER ? name : `${name} within ${horizonText(follow)}`;
}

/** By when it practically always comes; in open hours where it waits for them. */
function horizonText({ horizon, latency }: FollowExpectation): string {
  const open = latency?.open;
  return open === undefined ? formatDuration(horizon) : `${formatDuration(open.horizon)} of open hours (${openHoursText(open.hours)})`;
}

function systemTitle(absence: Absence, system: string, cause: Step): string {
  switch (absence) {
    case 'still-open':
      return `${system} has not heard of it yet after ${nameOf(cause)}`;
    case 'outside-coverage':
      return `${system} cannot be seen: its log does not reach that far`;
    case 'confirmed':
      return `${system} never heard of it`;
  }
}

/**
 * What is confirmed missing has most likely an effect on the business. Where one in fifty or more does without it, and within a single system, where
 * nothing is handed over that could be lost, somebody may have decided so. What cannot be known is told, not raised.
 */
function severityOf(view: JourneyView, { absence, follow, key }: Missing): Severity {
  if (absence !== 'confirmed') return 'info';
  if (follow.declared?.severity !== undefined) return follow.declared.severity;
  const always = follow.followed >= ALWAYS_SHARE * follow.eligible;
  return always && view.journey.systems.some((system) => system !== key.system) ? 'critical' : 'warning';
}

/** `99.5 % of 200`, `40 of 41`. */
function shareOf({ followed, eligible }: FollowExpectation): string {
  return eligible <= 100 ? shareText(followed, eligible) : `${shareText(followed, eligible)} of ${eligible}`;
}

function titleOf(subkind: GapSubkind, absence: Absence, name: string, cause: Step): string {
  if (absence === 'still-open') return `${name} has not come yet after ${nameOf(cause)}`;
  if (absence === 'outside-coverage') return `${name} cannot be seen: its log does not reach that far`;
  switch (subkind) {
    case 'stopped':
      return `Nothing came after ${nameOf(cause)}`;
    case 'partial':
      return `${name} never happened, although other steps after ${nameOf(cause)} did`;
    case 'missing-step':
      return `${name} never happened`;
  }
}

function absenceText(view: JourneyView, { absence, follow, key: { system } }: Missing, elapsed: number | undefined): string {
  const passed = elapsed === undefined ? 'the end of the data' : `${formatDuration(elapsed)} later, at the end of the data`;
  switch (absence) {
    case 'confirmed':
      return `It is absent ${passed}, and ${system} was logged throughout.`;
    case 'still-open':
      if (follow.declared !== undefined && elapsed !== undefined) return openText(view, follow, elapsed);
      // Past the time by which nearly all have it, and yet not past the slowest.
      if (elapsed !== undefined && elapsed >= follow.horizon)
        return `${formatDuration(elapsed)} had passed at the end of the data, and ${mayStillBeExcused(view, follow) ? 'what usually goes without it may be yet to come' : 'it has taken that long before'}.`;
      return `Only ${elapsed === undefined ? 'a short time' : formatDuration(elapsed)} had passed at the end of the data.`;
    case 'outside-coverage': {
      const end = view.coverage.endOf(system);
      return end === undefined
        ? `${system} was not logged.`
        : `The log of ${system} ends at ${formatIso(micros(end))}: whether it happened cannot be known.`;
    }
  }
}

/** Why a declared step may still come. */
function openText(view: JourneyView, { declared, horizon }: FollowExpectation, elapsed: number): string {
  const deadline = declared === undefined ? undefined : deadlineAfter(declared, view.dataEnd - elapsed);
  if (deadline === undefined && horizon === Number.MAX_SAFE_INTEGER)
    return 'Nothing tells by when: no window is declared, and too few journeys show how long it takes.';
  return deadline === undefined || !Number.isFinite(deadline)
    ? `Only ${formatDuration(elapsed)} had passed at the end of the data.`
    : `Its time is over at ${formatIso(micros(deadline))}, after the end of the data.`;
}

function subkindOf(view: JourneyView, missing: Missing, cause: Step): GapSubkind {
  if (missing.record !== undefined) return 'partial';
  if (missing.follow.declared?.system !== undefined) return 'missing-step';
  // Where no journey ends, in the system that should have gone on: what came before is the way there, and no other branch.
  if (stoppedAt(view, missing) !== undefined) return 'stopped';
  // A sibling that came makes it a lost branch, even where later steps were thought to need it: they did without.
  const siblings = view.prepared?.followsAfter[missing.follow.after] ?? [];
  if (siblings.some((follow) => follow.step !== missing.number && isParallel(view, follow.step, missing.after))) return 'partial';
  if (hasDescendant(view, missing.number)) return 'missing-step';
  const isWithin = missing.key.system === cause.system;
  // What came in another system before it was due shows no journey that went on without it; within one it stopped only where nothing came at all.
  if (cameLater(view, cause, isWithin ? 0 : (missing.follow.latency?.median ?? 0))) return 'partial';
  return isWithin ? 'stopped' : 'missing-step';
}

/** Whether something began later than so long (µs) after a step. */
function cameLater({ journey }: JourneyView, cause: Step, after: number): boolean {
  const end = cause.endedAt ?? cause.startedAt;
  return journey.steps.some((step) => step !== cause && step.startedAt !== undefined && end !== undefined && step.startedAt > end + after);
}

/** The last step, where no journey ends and its own system should have gone on with the missing one. */
function stoppedAt(view: JourneyView, { key, absence }: Missing): Step | undefined {
  const end = absence === 'confirmed' ? oddEnd(view)?.step : undefined;
  return end?.system === key.system ? end : undefined;
}

function isParallel(view: JourneyView, number: number, after: number): boolean {
  return view.positionOf(number) > after;
}

/**
 * Confirmed, or not to be seen: how usual it is at least. Still open: the chance that it is yet to come, given that it did not
 * come so far (Bayes over "usually comes" and "never comes", with the learned log-normal of its time).
 */
function confidenceOf({ follow, absence }: Missing, elapsed: number | undefined): number {
  if (follow.declared !== undefined) return 1;
  const share = wilsonLower(follow.followed, follow.eligible);
  if (absence !== 'still-open' || follow.latency === undefined || elapsed === undefined) return share;
  const yetToCome = share * upperTail(zScore(follow.latency, elapsed));
  return yetToCome / (yetToCome + 1 - share);
}

/** A journey that ends where none ends, with nothing in particular to expect. */
function stoppedAnywhere(view: JourneyView): Detection {
  const { journey } = view;
  const end = oddEnd(view);
  if (end === undefined) return NOTHING;
  const { step, endedAt, usual, upper, type } = end;
  const patience = type.follows.reduce((longest, follow) => Math.max(longest, follow.horizon), 0);
  const elapsed = view.dataEnd - endedAt;
  if (elapsed < patience || !view.coverage.covers(step.system, endedAt, endedAt + patience)) return NOTHING;
  const made = finding(journey, {
    kind: 'gap',
    subkind: 'stopped',
    severity: journey.systems.length > 1 ? 'critical' : 'warning',
    confidence: 1 - upper,
    place: step,
    steps: [step.id],
    at: endedAt,
    title: `Nothing came after ${nameOf(step)}`,
    explanation: `${nameOf(step)} is followed by something in ${shareText(Math.round((1 - usual.endsShare) * usual.endsOf), usual.endsOf)} of the journeys that had the time. Here nothing came for ${formatDuration(elapsed)}.`,
    expected: 'another step',
    actual: `nothing for ${formatDuration(elapsed)}`,
    absence: 'confirmed',
    evidence: evidenceOf(step),
  });
  return { findings: [made], ghosts: [], ghostHops: [] };
}

interface OddEnd {
  readonly step: Step;
  readonly endedAt: Micros;
  readonly type: TypeExpectations;
  readonly usual: StepExpectation;
  /** Upper bound of the share of journeys that end there. */
  readonly upper: number;
}

/** The last step, where none ends, whether or not something may still come. */
function oddEnd({ prepared, journey, numbers }: JourneyView): OddEnd | undefined {
  if (prepared === undefined || prepared.type.journeys < MIN_OBSERVATIONS) return undefined;
  let last = journey.steps.length - 1;
  for (let i = 0; i < last; i++) if ((journey.steps[i]?.startedAt ?? 0) > (journey.steps[last]?.startedAt ?? 0)) last = i;
  const step = journey.steps[last] as Step;
  const usual = prepared.type.steps[numbers[last] ?? -1];
  if (usual === undefined || usual.mayEnd === true || usual.endsOf < MIN_OBSERVATIONS || step.endedAt === undefined) return undefined;
  const upper = wilsonUpper(usual.endsShare * usual.endsOf, usual.endsOf);
  if (upper > NEVER_ENDS || journey.steps.some((other) => isFailure(other.status))) return undefined;
  return { step, endedAt: step.endedAt, type: prepared.type, usual, upper };
}
