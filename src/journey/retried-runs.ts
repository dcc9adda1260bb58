import type { Event } from '../model/event.ts';
import { isFailure } from '../model/status.ts';

/** Executions that repeat an earlier one, as far as it is known. */
export class RetriedRuns {
  /** Execution → the one it repeats. Most journeys have none: made when the first is found. */
  #origin: Map<number, number> | undefined;
  #declared: Set<number> | undefined;

  /** Notes that `later` repeats `earlier`; `declared` when the source says so. */
  add(later: number, earlier: number, declared: boolean): void {
    const first = this.firstOf(earlier);
    if (first === later) return;
    (this.#origin ??= new Map()).set(later, first);
    if (declared) (this.#declared ??= new Set()).add(later);
  }

  /** Whether any run is known to repeat another. */
  get any(): boolean {
    return this.#origin !== undefined;
  }

  /** Whether the source says that this execution repeats another. */
  isDeclared(execution: number | undefined): boolean {
    return execution !== undefined && this.#declared !== undefined && this.#declared.has(execution);
  }

  /** The run that an execution repeats in the end; itself when it repeats none. */
  firstOf(execution: number): number {
    if (this.#origin === undefined) return execution;
    let at = execution;
    for (let origin = this.#origin.get(at); origin !== undefined; origin = this.#origin.get(at)) at = origin;
    return at;
  }

  /** Whether the two are different tries of one run. */
  related(a: number | undefined, b: number | undefined): boolean {
    return a !== undefined && b !== undefined && a !== b && this.#origin !== undefined && this.firstOf(a) === this.firstOf(b);
  }
}

/**
 * Which executions are declared to repeat an earlier one. Being named as a parent alone does not tell: a caller is a parent too. A repeat does
 * the same step of the same flow again, which had failed. It has to be known before the first event of the run is read: the steps that had
 * succeeded in the first try come first in the second.
 */
export function findRetriedRuns(events: readonly Event[]): RetriedRuns {
  const runs = new RetriedRuns();
  let byExecution: Map<number | undefined, Event[]> | undefined;
  for (const event of events) {
    const { execution, parentExecution } = event;
    if (execution === undefined || parentExecution === undefined || execution === parentExecution || event.kind !== 'step') continue;
    byExecution ??= Map.groupBy(events, (other) => other.execution);
    if (byExecution.get(parentExecution)?.some((other) => isFailure(other.status) && isSameStep(other, event)) === true)
      runs.add(execution, parentExecution, true);
  }
  return runs;
}

function isSameStep(a: Event, b: Event): boolean {
  return a.kind === 'step' && a.step === b.step && a.system === b.system && a.flow === b.flow;
}
