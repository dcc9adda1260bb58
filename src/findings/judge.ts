import { nameOf } from '../journey/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Hop, Journey, JourneyStatus, Step } from '../model/journey.ts';
import { isFailure, isSuccess, isTerminal } from '../model/status.ts';
import { delayDetector } from './detectors/delay.ts';
import { duplicateDetector } from './detectors/duplicate.ts';
import { errorDetector } from './detectors/error.ts';
import { fieldDetector } from './detectors/field.ts';
import { gapDetector } from './detectors/gap.ts';
import { mismatchDetector } from './detectors/mismatch.ts';
import { orderDetector } from './detectors/order.ts';
import { reconcileDetector } from './detectors/reconcile.ts';
import { retryDetector } from './detectors/retry.ts';
import { windowDetector } from './detectors/window.ts';
import { MIN_OBSERVATIONS } from './finding.ts';
import { numbered } from './key.ts';
import type { Detector, DetectorContext, Verdict } from './types.ts';
import { viewOf } from './view.ts';

/** Every detector there is, in the order in which their findings are listed. */
export const DETECTORS: readonly Detector[] = [
  errorDetector,
  gapDetector,
  mismatchDetector,
  fieldDetector,
  reconcileDetector,
  duplicateDetector,
  windowDetector,
  orderDetector,
  delayDetector,
  retryDetector,
];

const NONE: readonly never[] = Object.freeze([]);

/** A journey may end at a step where at least this share of the journeys end: a normal end. */
const NORMAL_END_SHARE = 0.02;

/** Says everything there is to say about one journey, and how it stands. */
export function judge(journey: Journey, context: DetectorContext): Verdict {
  let findings: Finding[] | undefined;
  let ghosts: readonly Step[] = NONE;
  let ghostHops: readonly Hop[] = NONE;
  for (const detector of DETECTORS) {
    const detection = detector.detect(journey, context);
    if (detection.findings.length === 0) continue;
    (findings ??= []).push(...detection.findings);
    if (detection.ghosts.length > 0) ghosts = detection.ghosts;
    if (detection.ghostHops.length > 0) ghostHops = detection.ghostHops;
  }
  const kept = findings === undefined ? NONE : numbered(withoutConsequences(findings));
  const { status, reason } = statusOf(journey, kept, context);
  return { findings: kept, ghosts, ghostHops, status, statusReason: reason };
}

/** A journey that broke off leaves its systems in different states: that is the break, not a disagreement of its own. */
function withoutConsequences(findings: readonly Finding[]): readonly Finding[] {
  const broken = findings.some(
    (finding) => (finding.kind === 'gap' && finding.absence !== undefined) || (finding.kind === 'error' && finding.severity === 'critical'),
  );
  const twice = new Set(findings.filter((finding) => finding.kind === 'duplicate').flatMap((finding) => finding.steps));
  if (!broken && twice.size === 0) return findings;
  return findings.filter((finding) => {
    if (finding.kind === 'mismatch' && finding.subkind !== 'field') return !broken;
    // What was done twice goes on once: the second has no gap of its own.
    return finding.kind !== 'gap' || finding.steps.every((step) => !twice.has(step));
  });
}

/** The final status: failure before absence before what is open; completed only where nothing is left to expect. */
export function statusOf(
  journey: Journey,
  findings: readonly Finding[],
  context: DetectorContext,
): { status: JourneyStatus; reason: string } {
  const failure = findings.find((finding) => finding.kind === 'error' && finding.severity === 'critical');
  if (failure !== undefined) return { status: 'failed', reason: `${failure.title}; nothing recovered it.` };
  const gaps = findings.filter((finding) => finding.kind === 'gap');
  const confirmed = gaps.find((gap) => gap.absence === 'confirmed');
  if (confirmed !== undefined) return { status: 'incomplete', reason: `${confirmed.title}.` };
  const open = gaps.find((gap) => gap.absence === 'still-open');
  if (open !== undefined) return { status: 'open', reason: `${open.title}; the time for it was not over at the end of the data.` };
  const unseen = gaps.find((gap) => gap.absence === 'outside-coverage');
  if (unseen !== undefined) return { status: 'unknown', reason: `${unseen.title}.` };
  const running = journey.steps.find((step) => !isTerminal(step.status) && step.status !== 'unknown' && step.status !== 'retried');
  if (running !== undefined) return { status: 'open', reason: `${nameOf(running)} has begun, and no end is told.` };
  return endOf(journey, context);
}

function endOf(journey: Journey, context: DetectorContext): { status: JourneyStatus; reason: string } {
  const root = enclosing(journey);
  if (root !== undefined)
    return { status: 'completed', reason: `${nameOf(root)} began first and ended last: all else happened within it.` };
  const last = lastStep(journey);
  if (last === undefined) return { status: journey.status, reason: journey.statusReason };
  const view = viewOf(journey, context);
  const usual = view.prepared?.type.steps[view.numbers[journey.steps.indexOf(last)] ?? -1];
  const name = nameOf(last);
  if (usual !== undefined && usual.endsOf >= MIN_OBSERVATIONS) {
    const percent = Math.round(usual.endsShare * 100);
    if (usual.endsShare >= NORMAL_END_SHARE)
      return { status: 'completed', reason: `It ended with ${name}, as ${percent} % of the journeys with that step do.` };
    return { status: 'unknown', reason: `It ended with ${name}, where hardly any journey ends.` };
  }
  if (isFailure(last.status)) return { status: 'failed', reason: `${name} failed and nothing came after it.` };
  if (isSuccess(last.status))
    return { status: 'completed', reason: `The last step, ${name}, succeeded; too few comparable journeys to know what else should come.` };
  return { status: 'unknown', reason: `The last step, ${name}, tells no outcome, and too few comparable journeys show what should come.` };
}

/** The step within which all others lie, if it did not fail: a call, or a run, with all that it called. */
function enclosing({ steps, hops }: Journey): Step | undefined {
  const [first] = steps;
  const calls = hops.some((hop) => hop.from === first?.id && (hop.reason === 'parent-span' || hop.reason === 'parent-execution'));
  if (!calls || steps.length < 2 || first?.startedAt === undefined || first.endedAt === undefined || isFailure(first.status))
    return undefined;
  const { startedAt, endedAt } = first;
  return steps.every((step) => step.startedAt !== undefined && step.startedAt >= startedAt && (step.endedAt ?? step.startedAt) <= endedAt)
    ? first
    : undefined;
}

function lastStep(journey: Journey): Step | undefined {
  let last: Step | undefined;
  for (const step of journey.steps) if (last === undefined || (step.startedAt ?? 0) >= (last.startedAt ?? 0)) last = step;
  return last;
}
