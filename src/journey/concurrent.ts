import type { Event } from '../model/event.ts';
import { isFailure, isTerminal } from '../model/status.ts';
import type { AttemptDraft, StepDraft } from './draft.ts';

/**
 * Tells executions of one step that ran side by side (the items of a map, two messages at once) from tries of one another. A retry begins when
 * the try before it has ended badly or was lost; what goes on after the other began, and ends well, is neither.
 */
export class Concurrency {
  readonly #events: readonly Event[];
  #byExecution: Map<number | undefined, Event[]> | undefined;
  /** Steps that ran beside another of their name: their end comes when they are not the latest of it any more. */
  #besides: Map<number, StepDraft[]> | undefined;

  /** `events`: all of the journey, in order. */
  constructor(events: readonly Event[]) {
    this.#events = events;
  }

  /** Whether an open attempt of a step goes on after another execution of it begins with `event`, and does not fail. */
  isBeside(attempt: AttemptDraft, event: Event): boolean {
    const { execution } = attempt;
    if (execution === undefined || event.execution === undefined || execution === event.execution || event.time === undefined) return false;
    this.#byExecution ??= Map.groupBy(this.#events, (other) => other.execution);
    const end = this.#byExecution
      .get(execution)
      ?.find((other) => isTerminal(other.status) && isSameStep(other, event) && (other.end ?? other.time ?? -1) > event.time!);
    return end !== undefined && !isFailure(end.status);
  }

  /** Remembers a step that another one runs beside. */
  remember(draft: StepDraft): void {
    this.#besides ??= new Map();
    for (const { execution } of draft.attempts) {
      if (execution === undefined) continue;
      const list = this.#besides.get(execution);
      if (list === undefined) this.#besides.set(execution, [draft]);
      else if (list.at(-1) !== draft) list.push(draft);
    }
  }

  /** The remembered step that an event of the same execution continues. */
  stepOf(event: Event, instance: number): StepDraft | undefined {
    if (this.#besides === undefined || event.execution === undefined) return undefined;
    return this.#besides.get(event.execution)?.findLast((draft) => draft.instance === instance && isSameStep(draft.first, event));
  }
}

function isSameStep(a: Event, b: Event): boolean {
  return a.kind === 'step' && a.step === b.step && a.system === b.system && a.flow === b.flow && a.span === b.span;
}
