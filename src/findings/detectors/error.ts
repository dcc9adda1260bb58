import { nameOf } from '../../journey/index.ts';
import type { Finding } from '../../model/finding.ts';
import type { Attempt, Step } from '../../model/journey.ts';
import { isFailure, isSuccess } from '../../model/status.ts';
import { errorText } from '../error-text.ts';
import { evidenceOf, finding, NOTHING, plural } from '../finding.ts';
import type { Detection, Detector } from '../types.ts';
import type { JourneyView } from '../view.ts';
import { callerOf, viewOf } from '../view.ts';

export const errorDetector: Detector = {
  id: 'error',
  version: 1,
  kind: 'error',
  subkinds: ['failed', 'exhausted'],
  title: 'A step failed and nothing recovered it',
  doc: {
    what: 'A step whose last attempt failed or timed out, with no later success of the same step for the same record. `exhausted` when two attempts or more were made and all failed.',
    why: 'Where nothing recovered, the record most likely never reached what comes next.',
    how: 'The status of the last attempt decides. Failures of one execution, or of steps that enclose each other in time, are one failure: it is reported where it went deepest, with the steps that failed because of it. Critical where nothing came after it that usually follows, or its caller did not succeed; else a warning: somebody may have repaired it.',
    silent:
      'When a later attempt or a later occurrence of the step succeeded, or the run that it failed in was repeated and went well: then it is a retry.',
    teaches: 'A false alarm puts only itself aside: nothing was measured.',
  },
  parameters: [],
  detect(journey, context): Detection {
    if (!journey.steps.some((step) => isFailure(step.status))) return NOTHING;
    const view = viewOf(journey, context);
    const failed = journey.steps.filter((step, i) => isFailure(step.status) && view.failedFinally(i));
    if (failed.length === 0) return NOTHING;
    const findings = cluster(failed).map((steps) => report(view, steps));
    return { findings, ghosts: [], ghostHops: [] };
  },
  isSilent: (journey) => !journey.steps.some((step) => isFailure(step.status)),
};

/** Groups failures that are one: same execution, or overlapping in time. */
function cluster(failed: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of failed) {
    const group = groups.find((steps) => steps.some((other) => belongTogether(other, step)));
    if (group === undefined) groups.push([step]);
    else group.push(step);
  }
  return groups;
}

/** Whether two failed or retried steps are parts of one course of events. */
export function belongTogether(a: Step, b: Step): boolean {
  for (const attempt of a.attempts) {
    if (attempt.execution !== undefined && b.attempts.some((other) => other.execution === attempt.execution)) return true;
  }
  if (a.startedAt === undefined || b.startedAt === undefined) return false;
  return a.startedAt <= (b.endedAt ?? b.startedAt) && b.startedAt <= (a.endedAt ?? a.startedAt);
}

/** Where it went deepest: the step that was tried most often, then the one that began last. */
function deepest(steps: readonly Step[]): Step {
  return steps.reduce((best, step) => {
    const more = step.attempts.length - best.attempts.length;
    return more > 0 || (more === 0 && (step.startedAt ?? 0) >= (best.startedAt ?? 0)) ? step : best;
  });
}

function report(view: JourneyView, steps: readonly Step[]): Finding {
  const step = deepest(steps);
  const others = steps.filter((other) => other !== step);
  const last = step.attempts.at(-1) as Attempt;
  const tries = step.attempts.length;
  const exhausted = tries > 1 && step.attempts.every((attempt) => isFailure(attempt.status));
  const wentOn = goesOn(view, step);
  const verb = last.status === 'timed-out' ? 'timed out' : 'failed';
  const because = last.error === undefined ? '' : `: ${errorText(last.error)}`;
  const also = others.length === 0 ? '' : ` With it failed ${others.map(nameOf).join(', ')}.`;
  const called = callerOf(view.journey, step) !== undefined;
  const after = wentOn
    ? called
      ? 'What called it succeeded all the same.'
      : 'The journey went on after it.'
    : called
      ? 'What called it did not report success.'
      : 'Nothing that usually follows came after it.';
  return finding(view.journey, {
    kind: 'error',
    subkind: exhausted ? 'exhausted' : 'failed',
    // Something came after it: the damage is limited, and a person may have repaired it.
    severity: wentOn ? 'warning' : 'critical',
    // The source itself says so; only a success that was not logged could contradict it.
    confidence: wentOn ? 0.9 : 1,
    record: step.record,
    place: step,
    steps: [step.id, ...others.map((other) => other.id)],
    at: last.end ?? last.at,
    title: exhausted ? `${nameOf(step)} failed ${tries} times${because}` : `${nameOf(step)} ${verb}${because}`,
    explanation: `${exhausted ? `All ${plural(tries, 'attempt')} of ${nameOf(step)} failed` : `${nameOf(step)} ${verb}`} and no later attempt succeeded. ${after}${also}`,
    expected: `${nameOf(step)} succeeds`,
    actual: exhausted ? `${plural(tries, 'attempt')}, all failed${because}` : `${verb}${because}`,
    evidence: [...evidenceOf(step), ...others.flatMap(evidenceOf)],
    ...(last.error === undefined ? {} : { cause: errorText(last.error) }),
  });
}

/** Whether a step that usually comes after this one did come, and went well. */
function goesOn(view: JourneyView, step: Step): boolean {
  const caller = callerOf(view.journey, step);
  if (caller !== undefined) {
    // Whoever called it came to a good end nevertheless, or did not.
    const calling = view.journey.steps.find((other) => other.id === caller);
    return calling !== undefined && isSuccess(calling.status);
  }
  const end = step.endedAt ?? step.startedAt;
  if (end === undefined) return view.journey.steps.at(-1) !== step;
  const position = view.journey.steps.indexOf(step);
  const follows = view.prepared?.followsAfter[view.numbers[position] ?? -1];
  if (follows !== undefined && follows.length > 0) return follows.some((follow) => view.positionOf(follow.step) > position);
  return view.journey.steps.some((other) => other.startedAt !== undefined && other.startedAt > end && !isFailure(other.status));
}
