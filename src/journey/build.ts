import type { Event } from '../model/event.ts';
import type { Attempt, Hop, Journey, Step } from '../model/journey.ts';
import type { Status } from '../model/status.ts';
import type { Micros } from '../model/time.ts';
import { readSteps } from './attempts.ts';
import type { AttemptDraft, StepDraft } from './draft.ts';
import { inCausalOrder } from './causal-order.ts';
import { endOf, startOf } from './draft.ts';
import type { Placement } from './hops.ts';
import { placeSteps } from './hops.ts';
import { findInstances } from './instances.ts';
import { addLogRuns } from './log-runs.ts';
import { attachNotes } from './notes.ts';
import { inOrder } from './order.ts';
import { addSnapshots } from './snapshots.ts';
import { readState } from './state.ts';
import { preliminaryStatus } from './status.ts';
import { readTold } from './told.ts';
import type { JourneyInput } from './types.ts';

/**
 * Rebuilds the journey of one record from its events, in any order: steps with their attempts, hops, branches, and what each
 * system last said. The same events give the same journey. Its status is preliminary: whether something is missing is decided by
 * `judge`, which knows what normally happens.
 */
export function buildJourney(input: JourneyInput): Journey {
  return rebuild(input, inOrder(input.events)).journey;
}

/** A journey, and where each of its steps stands. */
export interface Rebuilt {
  readonly journey: Journey;
  readonly placements: readonly Placement[];
}

/** Rebuilds a journey from its events in their order. */
export function rebuild(input: JourneyInput, ordered: readonly Event[]): Rebuilt {
  const events = ordered.some((event) => event.kind !== 'note') ? ordered : asSteps(ordered);
  const instances = findInstances(input);
  const told = readSteps(events, instances);
  attachNotes(events, told);
  const drafts = inCausalOrder(addSnapshots(events, addLogRuns(events, told, instances), instances));
  const placements = placeSteps(drafts);
  const steps = drafts.map((draft, i): Step => {
    const last = draft.attempts.at(-1) as AttemptDraft;
    return {
      id: `s${i + 1}`,
      system: draft.system,
      flow: draft.flow,
      step: draft.step,
      record: instances.refOf(draft.label),
      ...(instances.isShared(draft.label) ? { isShared: true } : {}),
      startedAt: startOf(draft),
      endedAt: hasEnded(last) ? endOf(draft) : undefined,
      status: statusOfStep(draft.attempts),
      attempts: draft.attempts,
      absence: undefined,
      branch: (placements[i] as Placement).branch,
    };
  });
  const { status, reason } = preliminaryStatus(steps);
  const journey: Journey = {
    record: input.root,
    aliases: input.aliases,
    status,
    statusReason: reason,
    startedAt: events.find((event) => event.time !== undefined)?.time,
    endedAt: latestTime(drafts, events),
    systems: systemsOf(events),
    steps,
    hops: hopsOf(steps, placements),
    state: readState(events, instances),
    told: readTold(events, instances),
    related: input.related,
  };
  return { journey, placements };
}

/** More log lines than this are no story that anyone reads as steps. */
const MOST_LINES = 200;

/** Where nothing but log lines tells of a record, they are its steps: better than an empty journey. */
function asSteps(events: readonly Event[]): readonly Event[] {
  return events.length > MOST_LINES ? events : events.map((event) => ({ ...event, kind: 'step' }));
}

function hasEnded(attempt: Attempt): boolean {
  return attempt.end !== undefined;
}

/** A step is what its last attempt is; a success among attempts that overlapped counts, whichever was told last. */
function statusOfStep(attempts: readonly Attempt[]): Status {
  return (attempts.at(-1) as Attempt).status;
}

function hopsOf(steps: readonly Step[], placements: readonly Placement[]): readonly Hop[] {
  const hops: Hop[] = [];
  for (let i = 0; i < placements.length; i++) {
    const { from, reason, since } = placements[i] as Placement;
    if (from < 0) continue;
    const a = steps[from] as Step;
    const b = steps[i] as Step;
    hops.push({ from: a.id, to: b.id, latency: latencyOf(since, b.startedAt), crossesSystem: a.system !== b.system, reason });
  }
  return hops;
}

/** Microseconds; undefined where a time is missing. */
export function latencyOf(since: Micros | undefined, start: Micros | undefined): number | undefined {
  return since === undefined || start === undefined ? undefined : start - since;
}

function systemsOf(events: JourneyInput['events']): readonly string[] {
  const systems: string[] = [];
  for (const event of events) if (!systems.includes(event.system)) systems.push(event.system);
  return systems;
}

function latestTime(drafts: readonly StepDraft[], events: JourneyInput['events']): Micros | undefined {
  let latest: Micros | undefined;
  for (const event of events) {
    const time = event.end ?? event.time;
    if (time !== undefined && (latest === undefined || time > latest)) latest = time;
  }
  for (const draft of drafts) {
    const end = endOf(draft);
    if (end !== undefined && (latest === undefined || end > latest)) latest = end;
  }
  return latest;
}
