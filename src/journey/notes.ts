import type { Event } from '../model/event.ts';
import { isFailure, isSuccess } from '../model/status.ts';
import type { AttemptDraft, StepDraft } from './draft.ts';
import { endOf, startOf } from './draft.ts';

/**
 * Hangs log lines on the attempt they fall into: same span, else same execution, else same system; of those the attempt that
 * was under way, or the last one before. An error line turns an attempt that was never ended into a failed one, and one that
 * succeeded into one that succeeded with a warning. A line without any such step stays an event of the journey and no step.
 */
export function attachNotes(events: readonly Event[], drafts: readonly StepDraft[]): void {
  if (drafts.length === 0) return;
  let kin: Kin | undefined;
  for (const event of events) {
    if (event.kind !== 'note') continue;
    kin ??= findKin(drafts);
    const attempt = nearest(
      event,
      (event.execution === undefined ? kin.bySystem.get(event.system) : kin.byExecution.get(event.execution)) ?? [],
    );
    if (attempt === undefined) continue;
    attempt.events.push(event.id);
    if (isFailure(event.status)) markError(attempt, event);
  }
}

/** Steps by what a log line can share with them: thousands of lines must not each look at all steps. */
interface Kin {
  readonly byExecution: ReadonlyMap<number, readonly StepDraft[]>;
  readonly bySystem: ReadonlyMap<string, readonly StepDraft[]>;
}

function findKin(drafts: readonly StepDraft[]): Kin {
  const byExecution = new Map<number, StepDraft[]>();
  for (const draft of drafts) {
    for (const { execution } of draft.attempts) {
      if (execution === undefined) continue;
      const list = byExecution.get(execution);
      if (list === undefined) byExecution.set(execution, [draft]);
      else if (list.at(-1) !== draft) list.push(draft);
    }
  }
  return { byExecution, bySystem: Map.groupBy(drafts, (draft) => draft.system) };
}

function markError(attempt: AttemptDraft, event: Event): void {
  attempt.error ??= event.error ?? event.statusRaw;
  if (isSuccess(attempt.status)) attempt.status = 'succeeded-with-warning';
  // Nothing else tells how it went: the error line is all there is to judge by.
  else if (attempt.status === 'started' || attempt.status === 'running' || attempt.status === 'unknown') {
    attempt.status = 'failed';
    attempt.end ??= event.time;
  }
}

function nearest(event: Event, drafts: readonly StepDraft[]): AttemptDraft | undefined {
  let best: AttemptDraft | undefined;
  let bestScore = -1;
  for (const draft of drafts) {
    const kin = kinship(event, draft);
    if (kin === 0) continue;
    for (const attempt of draft.attempts) {
      if (kin === 2 && attempt.execution !== event.execution) continue;
      const score = kin * 4 + timing(event, attempt, draft);
      if (score > bestScore || (score === bestScore && isLater(attempt, best))) {
        best = attempt;
        bestScore = score;
      }
    }
  }
  return best;
}

/** 3: same span, 2: same execution, 1: same system and neither tells an execution, 0: nothing in common. */
function kinship(event: Event, draft: StepDraft): 0 | 1 | 2 | 3 {
  if (event.execution !== undefined) {
    if (event.span !== undefined && draft.first.span === event.span && draft.first.execution === event.execution) return 3;
    return draft.attempts.some((attempt) => attempt.execution === event.execution) ? 2 : 0;
  }
  return draft.system === event.system ? 1 : 0;
}

/** 3: the attempt was under way, 2: it had begun before, 0: it came later. */
function timing(event: Event, attempt: AttemptDraft, draft: StepDraft): 0 | 2 | 3 {
  const at = attempt.at ?? startOf(draft);
  if (event.time === undefined || at === undefined) return 2;
  if (event.time < at) return 0;
  const end = attempt.end ?? endOf(draft) ?? at;
  return event.time <= end ? 3 : 2;
}

function isLater(attempt: AttemptDraft, best: AttemptDraft | undefined): boolean {
  return best === undefined || (attempt.at ?? 0) > (best.at ?? 0);
}
