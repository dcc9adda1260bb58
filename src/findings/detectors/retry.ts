import { wilsonUpper } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { Finding } from '../../model/finding.ts';
import type { Attempt, Step } from '../../model/journey.ts';
import { isFailure } from '../../model/status.ts';
import { formatDuration } from '../../model/time.ts';
import { errorText } from '../error-text.ts';
import { evidenceOf, finding, MIN_OBSERVATIONS, NOTHING, plural } from '../finding.ts';
import type { Detection, Detector } from '../types.ts';
import type { JourneyView } from '../view.ts';
import { viewOf } from '../view.ts';
import { belongTogether } from './error.ts';

/** A step that repeats in more than this share of journeys repeats by design: polling, approval rounds. */
const LOOP_SHARE = 0.2;
/** Attempts from which on repeating is a storm, wherever it happens … */
const STORM_ATTEMPTS = 10;
/** … and, where repeats are usual, this many times the 99th percentile. */
const STORM_RATIO = 3;
/** Repeats are usual where this share of journeys has them. In fewer, the 99th percentile is that of what went wrong: a few storms would hide each other. */
const USUAL_SHARE = 0.05;

export const retryDetector: Detector = {
  id: 'retry',
  version: 1,
  kind: 'retry',
  subkinds: ['declared', 'hidden', 'storm'],
  title: 'A step was tried again',
  doc: {
    what: 'A step with several attempts that went well in the end. `declared`: the source numbers its attempts or links the runs. `hidden`: nothing says so, but the same step was repeated for the same record with the same content, after a failure, or before the attempt before had ended. `storm`: extremely many attempts.',
    why: 'Retries cost time and hide an unstable partner; those nobody declares also risk doing something twice.',
    how: 'Attempts are read from the events (declared numbers, retried executions, repeats after failure, equal content with nothing in between). Steps retried together in one execution are one finding, reported where it failed. A declared retry that worked is information; an undeclared one, and a storm, is a warning.',
    silent:
      'When all attempts failed (that is an error), where the content differs and nothing failed, and where the step repeats without a flag in more than a fifth of the journeys: then it is a loop by design. A storm is told in any case.',
    teaches: 'A false alarm raises the number of attempts that is usual for this step to what was seen.',
  },
  parameters: [
    { name: 'loop share', value: LOOP_SHARE, meaning: 'share of journeys with undeclared repeats from which on they count as design' },
    { name: 'storm attempts', value: STORM_ATTEMPTS, meaning: 'attempts from which on it is a storm' },
    { name: 'storm ratio', value: STORM_RATIO, meaning: 'times the 99th percentile of attempts that make a storm where repeats are usual' },
    { name: 'usual share', value: USUAL_SHARE, meaning: 'share of journeys with repeats, declared or not, from which on they are usual' },
  ],
  detect(journey, context): Detection {
    if (!journey.steps.some((step) => step.attempts.length > 1)) return NOTHING;
    const view = viewOf(journey, context);
    const retried = journey.steps.filter((step, i) => step.attempts.length > 1 && (isFailure(step.status) || qualifies(view, step, i)));
    const groups: Step[][] = [];
    for (const step of retried) {
      const group = groups.find((steps) => steps.some((other) => belongTogether(other, step)));
      if (group === undefined) groups.push([step]);
      else group.push(step);
    }
    // A step that went well in every try of a run that failed in the end was not what was retried: the error tells the story.
    const told = groups.filter(
      (steps) => !steps.some((step) => isFailure(step.status)) || steps.some((step) => isStorm(view, step, journey.steps.indexOf(step))),
    );
    const findings = told.map((steps) => report(view, steps));
    return findings.length === 0 ? NOTHING : { findings, ghosts: [], ghostHops: [] };
  },
  isSilent: (journey) => !journey.steps.some((step) => step.attempts.length > 1),
};

function qualifies(view: JourneyView, step: Step, position: number): boolean {
  if (isStorm(view, step, position)) return true;
  return isDeclared(step) || (view.prepared?.type.steps[view.numbers[position] ?? -1]?.repeatsShare ?? 0) <= LOOP_SHARE;
}

function isStorm(view: JourneyView, step: Step, position: number): boolean {
  const usual = view.prepared?.type.steps[view.numbers[position] ?? -1];
  const byDesign = usual !== undefined && usual.repeatsShare >= USUAL_SHARE ? STORM_RATIO * usual.attemptsP99 : 0;
  return step.attempts.length >= Math.max(STORM_ATTEMPTS, byDesign);
}

function isDeclared(step: Step): boolean {
  return step.attempts.some((attempt) => (attempt.declared ?? 0) > 1 || attempt.status === 'retried');
}

/** The step that made the others repeat: one that failed, then the one that began last. */
function primary(steps: readonly Step[]): Step {
  const failures = (step: Step): number => step.attempts.filter((attempt) => isFailure(attempt.status)).length;
  return steps.reduce((best, step) => {
    const more = failures(step) - failures(best) || step.attempts.length - best.attempts.length;
    return more > 0 || (more === 0 && (step.startedAt ?? 0) >= (best.startedAt ?? 0)) ? step : best;
  });
}

function report(view: JourneyView, steps: readonly Step[]): Finding {
  const declaring = steps.filter(isDeclared);
  const step = primary(declaring.length > 0 ? declaring : steps);
  const others = steps.filter((other) => other !== step);
  const position = view.journey.steps.indexOf(step);
  const storm = isStorm(view, step, position);
  const declared = isDeclared(step);
  const tries = step.attempts.length;
  const failed = step.attempts.filter((attempt) => isFailure(attempt.status)).length;
  const usual = view.prepared?.type.steps[view.numbers[position] ?? -1];
  const lost = lostTime(step);
  const outcome = isFailure(step.status) ? 'and failed in the end' : 'before it went well';
  const how = declared ? 'The source declares the attempts.' : `No entry says that it is a retry: ${reason(step, failed)}.`;
  return finding(view.journey, {
    kind: 'retry',
    subkind: storm ? 'storm' : declared ? 'declared' : 'hidden',
    // A declared retry that worked is how it should be; one that nobody declared is a risk; a storm harms others.
    severity: storm || !declared ? 'warning' : 'info',
    confidence: declared || storm ? 1 : hiddenConfidence(step, failed, usual?.repeatsShare, usual?.journeys),
    record: step.record,
    place: step,
    steps: [step.id, ...others.map((other) => other.id)],
    at: step.startedAt,
    title: `${nameOf(step)} was tried ${tries} times${lost === undefined ? '' : ` over ${formatDuration(lost)}`}`,
    explanation: `${nameOf(step)} took ${plural(tries, 'attempt')} ${outcome}${failed > 0 ? `; ${failed} failed` : ''}. ${how}`,
    expected: '1 attempt',
    actual: plural(tries, 'attempt'),
    evidence: [...evidenceOf(step), ...others.flatMap(evidenceOf)],
    measured: { parameter: 'attempts', value: tries },
    ...causeOf(step),
  });
}

/** What the last failed attempt said. */
function causeOf(step: Step): { readonly cause?: string } {
  const error = step.attempts.findLast((attempt) => attempt.error !== undefined)?.error;
  return error === undefined ? {} : { cause: errorText(error) };
}

function reason(step: Step, failed: number): string {
  if (failed > 0) return 'it was repeated for the same record after a failure';
  return sameContent(step.attempts)
    ? 'it was repeated for the same record with the same content'
    : 'it was repeated before the attempt before had ended';
}

function sameContent(attempts: readonly Attempt[]): boolean {
  const first = attempts[0]?.fingerprint ?? 0;
  return first !== 0 && attempts.every((attempt) => attempt.fingerprint === first);
}

/** Time from the first to the last attempt, in µs. */
function lostTime(step: Step): number | undefined {
  const first = step.attempts[0]?.at;
  const last = step.attempts.at(-1)?.at;
  return first === undefined || last === undefined || last <= first ? undefined : last - first;
}

/**
 * A repeat after a failure, or of equal content, is a retry unless the step repeats by design. How likely design is, is at most
 * the upper bound of the share of journeys in which it repeats; unknown while too few were seen. Both signs together weigh
 * more than one: each alone is held to be half as often an accident as the repeats that happen anyway.
 */
function hiddenConfidence(step: Step, failed: number, repeatsShare: number | undefined, journeys: number | undefined): number {
  const byDesign =
    journeys === undefined || journeys < MIN_OBSERVATIONS ? LOOP_SHARE : wilsonUpper((repeatsShare ?? 0) * journeys, journeys);
  const signs = (failed > 0 ? 1 : 0) + (sameContent(step.attempts) ? 1 : 0);
  return signs === 2 ? 1 - byDesign / 2 : signs === 1 ? 1 - byDesign : 1 - 2 * byDesign;
}
