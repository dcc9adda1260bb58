import { FALSE_DISCOVERY_RATE, isPaused, measuredBy, MIN_Z, modelAt, openHoursText, whenAt } from '../../flows/index.ts';
import type { DurationModel, FollowExpectation, HopExpectation, Thresholds } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step } from '../../model/journey.ts';
import { isFailure } from '../../model/status.ts';
import { formatDuration } from '../../model/time.ts';
import { baselineOf, evidenceOf, finding, MIN_OBSERVATIONS, NOTHING } from '../finding.ts';
import { declaredText } from '../declared.ts';
import { ratioText, slowness, usualText } from '../slow.ts';
import { USUAL_THRESHOLDS } from '../thresholds.ts';
import type { Detection, Detector } from '../types.ts';
import { isUnseenAt } from '../unseen.ts';
import type { JourneyView, PreparedType } from '../view.ts';
import { viewOf } from '../view.ts';

/** A step that fewer than this share of the journeys have belongs to a variant: a return, a correction. */
const VARIANT_SHARE = 0.5;

export const delayDetector: Detector = {
  id: 'delay',
  version: 2,
  kind: 'delay',
  subkinds: ['step', 'hop'],
  title: 'A step, or the way to it, took far longer than usual',
  doc: {
    what: 'A step that ran much longer than it usually does, or a step that began much later after its cause than it usually does.',
    why: 'Delays are what customers notice first, and the place where the time went is rarely the place where it is noticed.',
    how: 'The logarithm of the duration is set against the robust centre and spread of the same step or hop (median, MAD). It must lie beyond the threshold that keeps false alarms below a twentieth of all alarms (Benjamini–Hochberg), beyond the 99th percentile, and be at least three times and one second more than usual. The cause of a step is the one whose end best predicts its start. Where the hour of the day or the day of the week explains at least a fifth of the variance, and the days agree about it (rank tests of whole days), what begins at that time is judged by what is usual then. Where a step begins on some days and hours only (offices close, batches run at night) and that makes far clearer what is slow, the way to it is measured in those hours.',
    silent:
      'With fewer than 30 observations, for steps that failed or took several attempts (the error or the retry says it), after a cause that failed, for a step that answers a rare one (a return, a correction) in the usual time, for a step that began when the log of its cause had ended or that would usually have come before its own log began, for what only took long because something inside it did, and for a wait in which the step was done for nobody, where such pauses are usual (the runs of a job, a Sunday).',
    teaches: 'A false alarm raises the duration that is usual for this step, or the way to it, to 5 % above what was seen.',
  },
  parameters: [
    { name: 'observations', value: MIN_OBSERVATIONS, meaning: 'comparable durations needed' },
    { name: 'ratio', value: USUAL_THRESHOLDS.slowTimes, meaning: 'times the median' },
    { name: 'excess', value: formatDuration(USUAL_THRESHOLDS.slowMoreThan), meaning: 'more than the median' },
    { name: 'false alarms', value: FALSE_DISCOVERY_RATE, meaning: 'expected share of false alarms among all' },
    { name: 'deviation', value: MIN_Z, meaning: 'robust standard deviations of the logarithm that it must lie beyond the median' },
    { name: 'variant share', value: VARIANT_SHARE, meaning: 'share of journeys below which a step counts as rare' },
  ],
  detect(journey, context): Detection {
    const view = viewOf(journey, context);
    const { prepared } = view;
    if (prepared === undefined || (prepared.type.journeys < MIN_OBSERVATIONS && !prepared.hasDeclared)) return NOTHING;
    const delays: Delay[] = [];
    for (let position = 0; position < journey.steps.length; position++) {
      const number = view.numbers[position] as number;
      if (number < 0) continue;
      const inStep = stepDelay(view, position);
      if (inStep !== undefined) delays.push(inStep);
      const before = hopDelay(view, position);
      if (before !== undefined) delays.push(before);
    }
    if (delays.length === 0) return NOTHING;
    const findings = delays.filter((delay) => !isExplained(delay, delays)).map((delay) => delay.finding);
    return { findings, ghosts: [], ghostHops: [] };
  },
  isSilent(journey, context, { durations, limits }) {
    const view = viewOf(journey, context);
    const { prepared } = view;
    if (prepared === undefined || (prepared.type.journeys < MIN_OBSERVATIONS && !prepared.hasDeclared)) return true;
    const { thresholds } = prepared;
    eachJudged(
      view,
      prepared,
      (span) => void durations.push({ ...span, thresholds }),
      (limit) => void limits.push(limit),
    );
    return true;
  },
};

/** Something in a journey that takes time, whose usual or declared length is known: the run of a step, or the way to it from its cause. */
export interface Timed {
  readonly position: number;
  readonly from: number;
  readonly to: number;
  readonly cause?: Step;
  readonly pauses?: FollowExpectation['pauses'];
}

/** Calls back with all that can be judged by what is usual, and by what is declared. Times in µs, or ranks in a shape. */
export function eachJudged(
  view: JourneyView,
  prepared: PreparedType,
  usual: (span: Timed & { readonly model: DurationModel }) => void,
  declared: (limit: Timed & { readonly most: number }) => void,
): void {
  for (let position = 0; position < view.journey.steps.length; position++) {
    const number = view.numbers[position] as number;
    if (number < 0) continue;
    const run = runOf(view, position);
    const takes = prepared.step(number).takes;
    if (run !== undefined && takes !== undefined) declared({ position, ...run, most: takes.most });
    for (const span of [stepSpan(view, position), hopSpan(view, position)])
      if (span !== undefined && span.model.observations >= MIN_OBSERVATIONS) usual({ position, ...span });
  }
}

/** Whether one of these was slow: the confidence, or undefined. Times in µs. */
export function slownessOf(
  view: JourneyView,
  { position, from, to, model, cause, pauses }: Timed & { readonly model: DurationModel },
): number | undefined {
  // Where the log of the cause had ended, it may have happened again unseen.
  if (cause !== undefined && (view.coverage.endOf(cause.system) ?? to) < to) return undefined;
  // Between two runs it was done for nobody: that is no delay of this journey.
  if (isPaused(pauses, from, to)) return undefined;
  const { usual, duration } = measuredBy(model, from, to);
  // It may have come in time, before its own log began, and this be another.
  if (cause !== undefined && isUnseenAt(view, (view.journey.steps[position] as Step).system, from + usual.p99)) return undefined;
  const thresholds = thresholdsOf(view);
  const confidence = slowness(usual, duration, thresholds);
  const isExcused =
    confidence !== undefined && cause !== undefined && answersAnother(view, position, from, thresholds.slowTimes * usual.median);
  return isExcused ? undefined : confidence;
}

/** A duration that can be judged, in microseconds. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly model: DurationModel;
}

/** When a step ran that was tried once and did not fail. */
function runOf({ journey }: JourneyView, position: number): Omit<Span, 'model'> | undefined {
  const { attempts, status, startedAt, endedAt } = journey.steps[position] as Step;
  if (attempts.length !== 1 || isFailure(status) || startedAt === undefined || endedAt === undefined) return undefined;
  return { from: startedAt, to: endedAt };
}

/** How long a step ran, where nothing is declared about it. */
function stepSpan(view: JourneyView, position: number): Span | undefined {
  const usual = view.prepared?.step(view.numbers[position] as number);
  if (usual?.duration === undefined || usual.takes !== undefined) return undefined;
  const run = runOf(view, position);
  return run === undefined ? undefined : { ...run, model: usual.duration };
}

interface HopSpan extends Span {
  readonly cause: Step;
  readonly basis: HopExpectation['basis'];
  readonly pauses: FollowExpectation['pauses'];
}

/** How long it took from its cause to a step. */
function hopSpan(view: JourneyView, position: number): HopSpan | undefined {
  const step = view.journey.steps[position] as Step;
  const follow = view.followOf(view.numbers[position] as number);
  // A declared window says how long it may take.
  if (follow?.latency === undefined || follow.declared?.window !== undefined || step.startedAt === undefined) return undefined;
  const causeAt = causeOf(view, position, follow.after);
  if (causeAt < 0) return undefined;
  const cause = view.journey.steps[causeAt] as Step;
  if (isFailure(cause.status)) return undefined;
  const since = sinceOf(cause, follow.basis);
  if (since === undefined || step.startedAt < since) return undefined;
  return { from: since, to: step.startedAt, model: follow.latency, cause, basis: follow.basis, pauses: follow.pauses };
}

interface Delay {
  readonly finding: Finding;
  readonly from: number;
  readonly to: number;
  readonly excess: number;
  readonly isStep: boolean;
}

/** A delay that mostly consists of a shorter one is only where that one shows. */
function isExplained(delay: Delay, all: readonly Delay[]): boolean {
  return all.some((other) => {
    if (other === delay || other.excess < delay.excess / 2) return false;
    const length = other.to - other.from;
    // Clocks and rounding let what lies inside stick out a little.
    const common = Math.min(other.to, delay.to) - Math.max(other.from, delay.from);
    return (
      common >= MOSTLY_INSIDE * length &&
      (length < delay.to - delay.from || (length === delay.to - delay.from && delay.isStep && !other.isStep))
    );
  });
}

const MOSTLY_INSIDE = 0.95;

function stepDelay(view: JourneyView, position: number): Delay | undefined {
  return usualStepDelay(view, position) ?? declaredStepDelay(view, position);
}

/** A step that ran longer than is declared. */
function declaredStepDelay(view: JourneyView, position: number): Delay | undefined {
  const takes = view.prepared?.step(view.numbers[position] as number).takes;
  const run = takes === undefined ? undefined : runOf(view, position);
  if (takes === undefined || run === undefined || run.to - run.from <= takes.most) return undefined;
  const took = run.to - run.from;
  const step = view.journey.steps[position] as Step;
  const made = finding(view.journey, {
    kind: 'delay',
    subkind: 'step',
    severity: takes.declared.severity ?? 'warning',
    confidence: 1,
    record: step.record,
    place: step,
    steps: [step.id],
    at: step.startedAt,
    title: `${nameOf(step)} took ${formatDuration(took)}, at most ${formatDuration(takes.most)} is declared`,
    explanation: `${nameOf(step)} ran for ${formatDuration(took)}, ${formatDuration(took - takes.most)} longer than it may. ${declaredText(takes.declared)}`,
    expected: `at most ${formatDuration(takes.most)}`,
    actual: formatDuration(took),
    evidence: evidenceOf(step),
  });
  return { finding: made, ...run, excess: took - takes.most, isStep: true };
}

function usualStepDelay(view: JourneyView, position: number): Delay | undefined {
  const span = stepSpan(view, position);
  if (span === undefined) return undefined;
  const { from, to } = span;
  const model = modelAt(span.model, from);
  const took = to - from;
  const confidence = slownessOf(view, { position, ...span });
  if (confidence === undefined) return undefined;
  const step = view.journey.steps[position] as Step;
  const made = finding(view.journey, {
    kind: 'delay',
    subkind: 'step',
    severity: 'warning',
    confidence,
    record: step.record,
    place: step,
    steps: [step.id],
    at: step.startedAt,
    title: `${nameOf(step)} took ${formatDuration(took)}, usually ${usualText(model.median)}`,
    explanation: `${nameOf(step)} ran for ${formatDuration(took)}, ${ratioText(took, model.median)} of ${observationsText(span.model, from)}; 99 % stay below ${formatDuration(model.p99)}.`,
    expected: `below ${formatDuration(model.p99)} (99 % of ${whenText(span.model, from)})`,
    actual: formatDuration(took),
    evidence: evidenceOf(step),
    baseline: baselineOf(model, took),
    measured: { parameter: 'duration', value: took },
  });
  return { finding: made, from, to, excess: took - model.median, isStep: true };
}

function hopDelay(view: JourneyView, position: number): Delay | undefined {
  const span = hopSpan(view, position);
  if (span === undefined) return undefined;
  const { from, to, cause, basis } = span;
  const confidence = slownessOf(view, { position, ...span });
  if (confidence === undefined) return undefined;
  const { usual: model, duration: latency, open } = measuredBy(span.model, from, to);
  const step = view.journey.steps[position] as Step;
  const way = cause.system === step.system ? `${nameOf(cause)} → ${step.step}` : `${cause.system} → ${step.system}`;
  const made = finding(view.journey, {
    kind: 'delay',
    subkind: 'hop',
    severity: 'warning',
    confidence,
    record: step.record,
    place: step,
    steps: [cause.id, step.id],
    at: step.startedAt,
    title: `${way} took ${formatDuration(latency)}${open === undefined ? '' : ' of open hours'}, usually ${usualText(model.median)}`,
    explanation: `${nameOf(step)} began ${formatDuration(to - from)} after ${nameOf(cause)} ${basis === 'end' ? 'ended' : 'began'}, ${open === undefined ? '' : `${formatDuration(latency)} of them at hours at which it does begin (${openHoursText(open)}): `}${ratioText(latency, model.median)} of ${observationsText(span.model, from)}; 99 % stay below ${formatDuration(model.p99)}.`,
    expected: `below ${formatDuration(model.p99)} (99 % of ${whenText(span.model, from)})`,
    actual: formatDuration(latency),
    evidence: [...evidenceOf(step), ...evidenceOf(cause)],
    baseline: baselineOf(model, latency),
    measured: { parameter: 'duration', value: latency },
  });
  return { finding: made, from, to, excess: latency - model.median, isStep: false };
}

/**
 * Whether a step that most journeys do not have came long after the usual cause, and this one the usual time after that: then it goes on from there.
 * A return makes the next update late only by the clock of the first.
 */
function answersAnother(view: JourneyView, position: number, since: number, usual: number): boolean {
  const type = view.prepared?.type;
  const start = view.journey.steps[position]?.startedAt;
  if (type === undefined || start === undefined) return false;
  for (let i = position - 1; i >= 0; i--) {
    const other = view.journey.steps[i] as Step;
    const began = other.startedAt;
    if (began === undefined || began <= since + usual || start - began > usual || isFailure(other.status)) continue;
    const journeys = type.steps[view.numbers[i] as number]?.journeys ?? 0;
    if (journeys < VARIANT_SHARE * type.journeys && other.attempts.length === 1) return true;
  }
  return false;
}

/** `312 observations`, `312 observations (Mondays 06–09 UTC)`. */
function observationsText(model: DurationModel, since: number): string {
  const when = whenAt(model, since);
  return `${modelAt(model, since).observations} observations${when === undefined ? '' : ` (${when})`}`;
}

/** `312`, `312, Mondays 06–09 UTC`. */
function whenText(model: DurationModel, since: number): string {
  const when = whenAt(model, since);
  return `${modelAt(model, since).observations}${when === undefined ? '' : `, ${when}`}`;
}

/** When the hop's clock starts, as the learner measured it. */
function sinceOf(cause: Step, basis: HopExpectation['basis']): number | undefined {
  const last = cause.attempts.at(-1);
  return basis === 'end' ? (cause.endedAt ?? last?.at) : (last?.at ?? cause.startedAt);
}

/** The occurrence of the cause that belongs to this step: the latest before its first occurrence; for further records, that record's. */
function causeOf(view: JourneyView, position: number, number: number): number {
  const own = view.numbers[position] as number;
  if (view.positionOf(own) === position) return position === 0 ? -1 : view.numbers.lastIndexOf(number, position - 1);
  const record = (view.journey.steps[position] as Step).record;
  if (record.key === view.journey.record.key && record.type === view.journey.record.type) return -1;
  for (let i = position - 1; i >= 0; i--) {
    const other = (view.journey.steps[i] as Step).record;
    if (view.numbers[i] === number && other.key === record.key && other.type === record.type) return i;
  }
  return -1;
}

function thresholdsOf({ prepared }: JourneyView): Thresholds {
  return prepared?.thresholds ?? USUAL_THRESHOLDS;
}
