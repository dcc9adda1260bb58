import { addHop, type ClockEdge, type EdgeStore } from './edges.ts';
import type { ClockEvent, ClockJourney, ClockStep } from './rows.ts';

/** A call lasts at least as long as what it waits for; in this share of the calls it must, for the others to be taken for damaged. */
const NESTED_SHARE = 0.98;

/** What a call and the called tell of each other's end: whether one waits for the other shows in how long they take, whatever their clocks say. */
interface Return {
  readonly edge: ClockEdge;
  calls: number;
  nested: number;
}

/**
 * Hops whose order the log declares, between two clocks: a span begins within its parent, and ends within it where the parent waits for it; an execution
 * begins after the one that called it.
 */
export class DeclaredHops {
  readonly #steps: readonly ClockStep[];
  readonly #edges: EdgeStore;
  readonly #returns = new Map<ClockEdge, Return>();

  constructor(steps: readonly ClockStep[], edges: EdgeStore) {
    this.#steps = steps;
    this.#edges = edges;
  }

  observe({ events }: ClockJourney): void {
    if (events.some((event) => event.parentSpan !== 0)) this.#spans(events);
    if (events.some((event) => event.parentExecution !== 0)) this.#executions(events);
  }

  /** The edges of returns that are none: the caller did not wait. */
  notReturns(): ReadonlySet<ClockEdge> {
    return new Set([...this.#returns.values()].filter(({ calls, nested }) => nested < NESTED_SHARE * calls).map(({ edge }) => edge));
  }

  #spans(events: readonly ClockEvent[]): void {
    const bySpan = new Map<number, ClockEvent[]>();
    for (const event of events) {
      if (event.span === 0) continue;
      const list = bySpan.get(event.span);
      if (list === undefined) bySpan.set(event.span, [event]);
      else list.push(event);
    }
    for (const event of events) {
      if (event.parentSpan === 0 || Number.isNaN(event.time)) continue;
      const parent = bySpan.get(event.parentSpan)?.find((other) => other !== event && other.execution === event.execution);
      if (parent === undefined || parent.clock === event.clock || Number.isNaN(parent.time)) continue;
      this.#hop(parent, event, 'calls');
      this.#return(event, parent);
    }
  }

  #hop(cause: ClockEvent, effect: ClockEvent, how: string): void {
    const edge = this.#edge(cause, effect, how, !cause.isStart);
    const difference = effect.time - cause.time + effect.resolution;
    addHop(edge, {
      time: cause.time,
      difference,
      certain: difference + roundedUp(cause),
      cause: cause.id,
      effect: effect.id,
    });
  }

  #return(called: ClockEvent, caller: ClockEvent): void {
    if (Number.isNaN(called.end) || Number.isNaN(caller.end)) return;
    const edge = this.#edge(called, caller, 'returns to', false);
    let known = this.#returns.get(edge);
    if (known === undefined) this.#returns.set(edge, (known = { edge, calls: 0, nested: 0 }));
    known.calls++;
    if (called.end - called.time <= caller.end - caller.time + caller.resolution + roundedUp(called)) known.nested++;
    addHop(edge, {
      time: called.end,
      difference: caller.end - called.end + caller.resolution,
      certain: caller.end - called.time + caller.resolution + roundedUp(called),
      cause: called.id,
      effect: caller.id,
    });
  }

  /** The first that is known of an execution against the first of the one that called it, where one clock tells all of it. */
  #executions(events: readonly ClockEvent[]): void {
    const first = new Map<number, ClockEvent | undefined>();
    for (const event of events) {
      if (event.execution === 0 || Number.isNaN(event.time)) continue;
      const known = first.get(event.execution);
      if (!first.has(event.execution) || (known !== undefined && known.clock === event.clock && event.time < known.time))
        first.set(event.execution, event);
      // Two clocks tell of it: which of them began it is not known.
      else if (known !== undefined && known.clock !== event.clock) first.set(event.execution, undefined);
    }
    for (const called of new Set(first.values())) {
      if (called === undefined || called.parentExecution === 0 || called.parentExecution === called.execution) continue;
      const caller = first.get(called.parentExecution);
      if (caller !== undefined && caller.clock !== called.clock) this.#hop(caller, called, 'starts');
    }
  }

  #edge(from: ClockEvent, to: ClockEvent, how: string, mayBeLate: boolean): ClockEdge {
    const late = mayBeLate ? 'late' : 'timed';
    return this.#edges.edge(`${from.step} ${how} ${to.step} ${late}`, () => ({
      from: from.clock,
      to: to.clock,
      fromStep: this.#steps[from.step]!.name,
      toStep: this.#steps[to.step]!.name,
      declared: true,
      isOrdered: true,
      isTimed: false,
      mayBeLate,
    }));
  }
}

/** Times are cut off when they are written, so that an effect may be later than it says by its resolution. Few are rounded: then a cause may be earlier. */
export function roundedUp({ resolution }: ClockEvent): number {
  return resolution / 2;
}
