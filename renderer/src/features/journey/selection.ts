import { createContext, use } from 'react';
import type { WireFinding, WireJourney } from '../../../../src/api/wire.ts';
import type { JourneySearch, JourneyView } from '../../app/search-schemas.ts';

/** What of the journey is selected, as the address says it. */
export interface Selection {
  readonly view: JourneyView;
  readonly step: string | undefined;
  readonly event: number | undefined;
  readonly finding: string | undefined;
  /** Whether times are shown as the sources tell them. */
  readonly raw: boolean;
}

/** The selection and the ways to change it; each replaces the address. */
export interface Selecting extends Selection {
  readonly show: (view: JourneyView) => void;
  readonly selectStep: (id: string) => void;
  readonly selectEvent: (id: number) => void;
  readonly selectFinding: (finding: WireFinding, event?: number) => void;
  readonly showRaw: (raw: boolean) => void;
  readonly clear: () => void;
}

const SelectionContext = createContext<Selecting | undefined>(undefined);
export const SelectionProvider = SelectionContext;

/** The selection of the journey page above. */
export function useSelection(): Selecting {
  const selection = use(SelectionContext);
  if (selection === undefined) throw new Error('no journey page above this component');
  return selection;
}

/** The step whose attempts hold an event; undefined for notes. */
export function stepOfEvent(journey: WireJourney, event: number): string | undefined {
  return journey.steps.find((step) => step.attempts.some((attempt) => attempt.event === event || attempt.events.includes(event)))?.id;
}

/** The event that is shown for a step: of the attempt that decided it, the last one. */
export function eventOfStep(journey: WireJourney, step: string): number | undefined {
  return journey.steps.find(({ id }) => id === step)?.attempts.at(-1)?.event;
}

/** Steps of one system from which on the timeline says more than the graph: a trace of many spans. */
const TIMELINE_FROM = 30;

/** The view that opens when the address names none. */
export function defaultView(journey: WireJourney): JourneyView {
  return journey.systems.length === 1 && journey.steps.length >= TIMELINE_FROM && journey.startedAt !== null ? 'timeline' : 'graph';
}

/** The ways to change the selection of one journey, over the function that writes the address. */
export function selecting(journey: WireJourney, search: JourneySearch, write: (search: JourneySearch) => void): Selecting {
  const view = search.view ?? defaultView(journey);
  const kept = { view: search.view, times: search.times };
  return {
    view,
    step: search.step,
    event: search.event,
    finding: search.finding,
    raw: search.times === 'raw',
    show: (next) => write({ ...search, view: next }),
    selectStep: (id) => {
      const finding = journey.findings.find((one) => one.id === search.finding);
      // The finding stays open while one walks through the steps it is about.
      write({ ...kept, step: id, event: undefined, finding: finding?.steps.includes(id) === true ? finding.id : undefined });
    },
    selectEvent: (id) => {
      const step = stepOfEvent(journey, id);
      const finding = journey.findings.find((one) => one.id === search.finding);
      const about =
        finding !== undefined && (finding.evidence.some((one) => one.event === id) || (step !== undefined && finding.steps.includes(step)));
      write({ ...kept, step, event: id, finding: about ? finding.id : undefined });
    },
    selectFinding: (finding, event) => {
      const step = (event === undefined ? undefined : stepOfEvent(journey, event)) ?? finding.steps[0];
      write({ ...kept, step, event, finding: finding.id });
    },
    showRaw: (raw) => write({ ...search, times: raw ? 'raw' : undefined }),
    clear: () => write(kept),
  };
}
