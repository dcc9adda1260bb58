import type { Event } from '../model/event.ts';
import type { Status } from '../model/status.ts';
import type { Micros } from '../model/time.ts';

/** An attempt while it is being read; has the shape of the model's `Attempt`, which is its read-only view. */
export interface AttemptDraft {
  at: Micros | undefined;
  end: Micros | undefined;
  status: Status;
  statusRaw: string | undefined;
  error: string | undefined;
  readonly events: number[];
  execution: number | undefined;
  declared: number | undefined;
  fingerprint: number;
}

/** A step while its events are being gathered. Drafts stand in the order in which their first event was met. */
export interface StepDraft {
  readonly system: string;
  readonly flow: string | undefined;
  readonly step: string;
  /** The child record this step is one of many for (`shipment SHP-2` of two); 0 when it concerns the root as a whole. */
  readonly instance: number;
  /** The first event: spans, executions and records are read from it. */
  readonly first: Event;
  readonly attempts: AttemptDraft[];
  /** The child records that its events mention in common: what the step is labelled with; 0 for the root. */
  label: number;
}

/** A fresh attempt opened by an event. */
export function openAttempt(event: Event, declared: number | undefined): AttemptDraft {
  return {
    at: event.time,
    end: event.end ?? (endsAtOnce(event.status) ? event.time : undefined),
    status: event.status,
    statusRaw: event.statusRaw,
    error: event.error,
    events: [event.id],
    execution: event.execution,
    declared,
    fingerprint: event.fingerprint,
  };
}

/** Whether an event with this status, and no end of its own, is a whole attempt in one instant (or its end). */
export function endsAtOnce(status: Status): boolean {
  return status !== 'started' && status !== 'running' && status !== 'waiting';
}

/** When a step began: the first attempt that has a time. */
export function startOf(draft: StepDraft): Micros | undefined {
  for (const attempt of draft.attempts) if (attempt.at !== undefined) return attempt.at;
  return undefined;
}

/** When its last attempt ended; its last known time where no end was told. */
export function endOf(draft: StepDraft): Micros | undefined {
  let end: Micros | undefined;
  for (const attempt of draft.attempts) {
    const own = attempt.end ?? attempt.at;
    if (own !== undefined && (end === undefined || own > end)) end = own;
  }
  return end;
}
