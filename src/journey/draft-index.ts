import type { Event } from '../model/event.ts';
import type { StepDraft } from './draft.ts';

/** Finds the latest step of the same system, flow, name, record and span. */
export interface DraftIndex {
  latest(event: Event, instance: number): StepDraft | undefined;
  add(draft: StepDraft): void;
}

/** Below this a scan is faster than hashing; most journeys stay below it. */
const SCAN_LIMIT = 24;

export function createDraftIndex(): DraftIndex {
  const drafts: StepDraft[] = [];
  let byStep: Map<string, StepDraft[]> | undefined;

  const scan = (list: readonly StepDraft[], event: Event, instance: number): StepDraft | undefined => {
    for (let i = list.length - 1; i >= 0; i--) {
      const draft = list[i] as StepDraft;
      if (matches(draft, event, instance)) return draft;
    }
    return undefined;
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
function keyOf(step: string, span: number | undefined): string {
  return span === undefined ? step : `${step}\u0000${span}`;
}

function put(byStep: Map<string, StepDraft[]>, draft: StepDraft): void {
  const key = keyOf(draft.step, draft.first.span);
  const list = byStep.get(key);
  if (list === undefined) byStep.set(key, [draft]);
  else list.push(draft);
}

function matches(draft: StepDraft, event: Event, instance: number): boolean {
  return (
    draft.step === event.step &&
    draft.system === event.system &&
    draft.flow === event.flow &&
    draft.instance === instance &&
    draft.first.span === event.span &&
    (event.span === undefined || draft.first.execution === event.execution)
  );
}
