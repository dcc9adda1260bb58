import type { Event } from '../model/event.ts';
import type { StepDraft } from './draft.ts';
import type { RetriedRuns } from './retried-runs.ts';

/**
 * Finds the latest step of the same system, flow, name, record and span. What a run does that is declared to repeat another one is what that one
 * did, although its spans are others.
 */
export interface DraftIndex {
  latest(event: Event, instance: number): StepDraft | undefined;
  add(draft: StepDraft): void;
}

/** Below this a scan is faster than hashing; most journeys stay below it. */
const SCAN_LIMIT = 24;

export function createDraftIndex(runs: RetriedRuns): DraftIndex {
  const drafts: StepDraft[] = [];
  const keyOf = runs.any ? stepOnly : stepAndSpan;
  let byStep: Map<string, StepDraft[]> | undefined;

  const scan = (list: readonly StepDraft[], event: Event, instance: number): StepDraft | undefined => {
    const repeats = runs.isDeclared(event.execution);
    let repeated: StepDraft | undefined;
    for (let i = list.length - 1; i >= 0; i--) {
      const draft = list[i] as StepDraft;
      if (!isSameStep(draft, event, instance)) continue;
      if (isSameSpan(draft, event)) return draft;
      if (repeats && runs.related(draft.first.execution, event.execution)) repeated ??= draft;
    }
    return repeated;
  };
  const put = (to: Map<string, StepDraft[]>, draft: StepDraft): void => {
    const key = keyOf(draft.step, draft.first.span);
    const list = to.get(key);
    if (list === undefined) to.set(key, [draft]);
    else list.push(draft);
  };

  return {
    latest(event, instance) {
      return byStep === undefined ? scan(drafts, event, instance) : scan(byStep.get(keyOf(event.step, event.span)) ?? [], event, instance);
    },
    add(draft) {
      drafts.push(draft);
      if (byStep !== undefined) put(byStep, draft);
      else if (drafts.length > SCAN_LIMIT) {
        byStep = new Map();
        for (const each of drafts) put(byStep, each);
      }
    },
  };
}

/** A span is a step of its own: spans of one name never merge, so they are kept apart in the index as well. */
function stepAndSpan(step: string, span: number | undefined): string {
  return span === undefined ? step : `${step}\u0000${span}`;
}

function stepOnly(step: string): string {
  return step;
}

function isSameStep(draft: StepDraft, event: Event, instance: number): boolean {
  return draft.step === event.step && draft.system === event.system && draft.flow === event.flow && draft.instance === instance;
}

function isSameSpan({ first }: StepDraft, event: Event): boolean {
  return first.span === event.span && (event.span === undefined || first.execution === event.execution);
}
