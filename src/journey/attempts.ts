import type { Event } from '../model/event.ts';
import { isFailure, isTerminal } from '../model/status.ts';
import { Concurrency } from './concurrent.ts';
import { openAttempt } from './draft.ts';
import type { AttemptDraft, StepDraft } from './draft.ts';
import type { Instances } from './instances.ts';
import { createDraftIndex } from './draft-index.ts';
import { findRetriedRuns } from './retried-runs.ts';
import type { RetriedRuns } from './retried-runs.ts';

/** What an event is to the latest step of the same name: more of its last attempt, another attempt, or another step. */
type Role = 'same-attempt' | 'new-attempt' | 'new-step';

/**
 * Reads ordered events into steps and attempts (METHODS "Attempt, loop, or duplicate"):
 * - a start and its end are one attempt, also when other steps stand between them;
 * - a declared attempt number, an execution that retries an earlier one, or a repeat after a failure is another attempt;
 * - a repeat after success with the same business content and nothing new in between is another attempt nobody declared;
 * - another execution that runs beside the first one, which ends well, is a step of its own (an item of a map);
 * - every other repeat is a step of its own: a loop, or a re-send.
 */
export function readSteps(events: readonly Event[], instances: Instances): StepDraft[] {
  const drafts: StepDraft[] = [];
  const runs = findRetriedRuns(events);
  const index = createDraftIndex(runs);
  const concurrency = new Concurrency(events);
  for (const event of events) {
    if (event.kind !== 'step') continue;
    const instance = instances.instanceOf(event);
    const latest = concurrency.stepOf(event, instance) ?? index.latest(event, instance);
    const open = latest === undefined ? undefined : openAttemptOf(latest, event);
    if (latest !== undefined && open !== undefined) {
      extend(open, event);
      continue;
    }
    const beside = latest !== undefined && isBeside(latest, event, concurrency, runs);
    if (latest !== undefined && !beside && roleOf(latest, event, () => nothingBetween(drafts, latest, event), runs) === 'new-attempt') {
      addAttempt(latest, event, runs);
      continue;
    }
    const draft: StepDraft = {
      system: event.system,
      flow: event.flow,
      step: event.step,
      instance,
      first: event,
      attempts: [openAttempt(event, event.attempt)],
      label: instance === 0 ? instances.labelOf(event) : instance,
    };
    drafts.push(draft);
    index.add(draft);
    if (!beside) continue;
    concurrency.remember(latest);
    concurrency.remember(draft);
  }
  return drafts;
}

/** Whether an event begins another execution beside the last attempt of a step. What the source numbers, or declares to be a repeat, is one. */
function isBeside(draft: StepDraft, event: Event, concurrency: Concurrency, runs: RetriedRuns): boolean {
  const last = draft.attempts.at(-1) as AttemptDraft;
  if (isTerminal(last.status) || last.status === 'unknown' || last.status === 'retried') return false;
  if (event.attempt !== undefined && event.attempt > 1) return false;
  return !runs.related(last.execution, event.execution) && concurrency.isBeside(last, event);
}

/** The attempt that this event continues or ends, if there is one. */
function openAttemptOf(draft: StepDraft, event: Event): AttemptDraft | undefined {
  for (let i = draft.attempts.length - 1; i >= 0; i--) {
    const attempt = draft.attempts[i] as AttemptDraft;
    if (attemptRole(attempt, event) === 'same-attempt') return attempt;
    // Without an execution there is nothing to tell concurrent attempts apart: only the last one can be meant.
    if (event.execution === undefined || attempt.execution === undefined) return undefined;
  }
  return undefined;
}

function attemptRole(attempt: AttemptDraft, event: Event): Role {
  const sameExecution = attempt.execution === undefined || event.execution === undefined || attempt.execution === event.execution;
  const sameNumber = attempt.declared === undefined || event.attempt === undefined || attempt.declared === event.attempt;
  if (!sameExecution || !sameNumber) return 'new-attempt';
  // "Will be retried" is said of an attempt that has just failed.
  if (event.status === 'retried' && attempt.status === 'failed') return 'same-attempt';
  if (attempt.status === 'unknown') {
    return attempt.execution !== undefined && isTerminal(event.status) && attempt.end === attempt.at ? 'same-attempt' : 'new-attempt';
  }
  if (isTerminal(attempt.status) || attempt.status === 'retried') return 'new-attempt';
  // An entry that tells its own start and end is a whole try, and so is the one before it.
  if (attempt.end !== undefined && event.end !== undefined) return 'new-attempt';
  // A second start, or a second request, of what has not ended: the first one was lost.
  const again = event.status === 'started' || (event.status === 'waiting' && attempt.status === 'waiting');
  return again ? 'new-attempt' : 'same-attempt';
}

function extend(attempt: AttemptDraft, event: Event): void {
  attempt.events.push(event.id);
  attempt.execution ??= event.execution;
  attempt.declared ??= event.attempt;
  attempt.error ??= event.error;
  if (attempt.fingerprint === 0) attempt.fingerprint = event.fingerprint;
  if (event.status === 'unknown') return;
  attempt.status = event.status === 'retried' && attempt.status === 'failed' ? 'failed' : event.status;
  attempt.statusRaw = event.statusRaw ?? attempt.statusRaw;
  if (isTerminal(event.status) || event.status === 'retried') attempt.end = event.end ?? event.time ?? attempt.end;
}

function roleOf(draft: StepDraft, event: Event, quiet: () => boolean, runs: RetriedRuns): Role {
  const last = draft.attempts.at(-1) as AttemptDraft;
  if (runs.related(last.execution, event.execution)) return 'new-attempt';
  if (event.attempt !== undefined && event.attempt > Math.max(last.declared ?? 1, draft.attempts.length - 1)) return 'new-attempt';
  if (event.attempt === 1 && last.declared !== undefined && last.declared > 1) return 'new-step';
  if (isFailure(last.status)) return 'new-attempt';
  if (!isTerminal(last.status) && last.status !== 'unknown') return 'new-attempt';
  const sameContent = event.fingerprint !== 0 && event.fingerprint === last.fingerprint;
  // Another execution after success is a re-send, not a retry.
  const sameExecution = event.execution === last.execution;
  return sameContent && sameExecution && last.status !== 'unknown' && quiet() ? 'new-attempt' : 'new-step';
}

/** A repeat continues a series of attempts when the pause is about the last one (constant) or a multiple of it (geometric back-off). */
const BACKOFF_RATIO = { least: 0.5, most: 3.5 } as const;

/**
 * Whether nothing new happened since the last attempt: no other step began, or, where a series with back-off is under way, none of
 * the same system (another branch of the journey may go on meanwhile).
 */
function nothingBetween(drafts: readonly StepDraft[], draft: StepDraft, event: Event): boolean {
  if (drafts.at(-1) === draft) return true;
  const before = draft.attempts.at(-2)?.at;
  const last = draft.attempts.at(-1)?.at;
  if (before === undefined || last === undefined || event.time === undefined) return false;
  const ratio = (event.time - last) / Math.max(1, last - before);
  if (ratio < BACKOFF_RATIO.least || ratio > BACKOFF_RATIO.most) return false;
  return drafts.findLast((other) => other.system === draft.system) === draft;
}

function addAttempt(draft: StepDraft, event: Event, runs: RetriedRuns): void {
  const last = draft.attempts.at(-1) as AttemptDraft;
  let declared = event.attempt;
  if (last.execution !== undefined && event.execution !== undefined && last.execution !== event.execution) {
    if (runs.isDeclared(event.execution)) declared ??= (last.declared ?? draft.attempts.length) + 1;
    // Nobody declares it, but what else this execution does belongs to the same second try.
    else runs.add(event.execution, last.execution, false);
  }
  draft.attempts.push(openAttempt(event, declared));
}
