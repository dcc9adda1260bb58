import type { Event } from '../model/event.ts';
import { isFailure } from '../model/status.ts';
import { openAttempt } from './draft.ts';
import type { StepDraft } from './draft.ts';
import type { Instances } from './instances.ts';

/**
 * An execution that only log lines tell of gets one step in each system it ran in: `run` of its flow, or `log lines` where they name none.
 * An error among the lines is how it went; that there is none says nothing. Events must be in order.
 */
export function addLogRuns(events: readonly Event[], drafts: readonly StepDraft[], instances: Instances): readonly StepDraft[] {
  if (!events.some((event) => event.kind === 'note' && event.execution !== undefined)) return drafts;
  const told = new Set(drafts.flatMap((draft) => draft.attempts.map((attempt) => attempt.execution)));
  const added = new Map<string, StepDraft>();
  for (const event of events) {
    if (event.kind !== 'note' || event.execution === undefined || told.has(event.execution)) continue;
    const key = `${event.execution}\u0000${event.system}\u0000${event.flow ?? ''}`;
    const known = added.get(key)?.attempts[0];
    if (known === undefined) {
      added.set(key, runOf(event, instances));
      continue;
    }
    known.events.push(event.id);
    const end = event.end ?? event.time;
    if (end !== undefined && (known.end === undefined || end > known.end)) known.end = end;
    if (!isFailure(event.status)) continue;
    known.status = 'failed';
    known.error ??= event.error;
  }
  return added.size === 0 ? drafts : [...drafts, ...added.values()].toSorted((a, b) => timeOf(a) - timeOf(b));
}

function runOf(event: Event, instances: Instances): StepDraft {
  const attempt = openAttempt(event, event.attempt);
  attempt.status = isFailure(event.status) ? 'failed' : 'unknown';
  attempt.statusRaw = undefined;
  attempt.end = event.end ?? event.time;
  const { system, flow } = event;
  const label = instances.labelOf(event);
  return {
    system,
    flow,
    step: flow === undefined ? 'log lines' : 'run',
    instance: instances.instanceOf(event),
    first: event,
    attempts: [attempt],
    label,
  };
}

function timeOf(draft: StepDraft): number {
  return draft.first.time ?? Number.POSITIVE_INFINITY;
}
