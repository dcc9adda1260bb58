import type { Place } from '../../entry.ts';
import type { Moment } from './moments.ts';
import type { Said } from './payload.ts';

/** One event of a history, as far as it is needed to understand it and the later ones. */
export interface HistoryEvent {
  readonly id: number;
  /** The event that led to this one: the only order that holds in parallel branches. 0: none. */
  readonly previous: number;
  readonly type: string;
  readonly at: Moment;
  /** Name of the state or of the map, where the event says it. */
  readonly name: string;
  /** Index of an item of a map; empty for everything else. */
  readonly index: string;
  readonly error: string;
  /** What an event is called whose state is not known: the service and operation that a task calls. */
  readonly call: string;
  readonly said: Said;
  readonly place: Place;
}

/** A sequence of states: the execution itself, a branch of a Parallel state, or the handling of one item of a Map. */
interface Scope {
  readonly execution: string;
  readonly parentExecution: string;
  /** `Items[3]` for an item of a map. */
  readonly item: string;
  readonly outer: Visit | undefined;
}

/** One stay in a state. */
export interface Visit {
  readonly name: string;
  /** `Task`, `Map`, `Parallel`, `Wait` … */
  readonly kind: string;
  /** Id of the event that entered it. */
  readonly span: number;
  readonly scope: Scope;
  /** 1-based; the same state tries again without being entered again. */
  attempt: number;
  failed: boolean;
  /** The first state of a branch, which follows from the Parallel state and from nothing in the branch. */
  readonly first: boolean;
}

/** Where an event stands. */
interface Standing {
  readonly scope: Scope;
  readonly visit: Visit | undefined;
}

/** What an event is about. */
export type Subject =
  | { readonly is: 'run'; readonly execution: string }
  | { readonly is: 'item'; readonly execution: string; readonly parentExecution: string; readonly name: string }
  | { readonly is: 'state'; readonly visit: Visit }
  | { readonly is: 'unknown'; readonly execution: string };

const MOST_EVENTS = 60_000;
/** Deeper nesting is no state machine that anyone deploys, and would make every event a long walk. */
const MOST_LEVELS = 100;

const ENDED = /(?:Failed|TimedOut)$/;

/** Follows the events of one execution, in the order of their ids, and says which state each belongs to. */
export class ExecutionFollower {
  readonly #root: Standing;
  readonly #standing = new Map<number, Standing>();

  constructor(execution: string) {
    this.#root = { scope: { execution, parentExecution: '', item: '', outer: undefined }, visit: undefined };
  }

  get execution(): string {
    return this.#root.scope.execution;
  }

  follow(event: HistoryEvent): Subject {
    const { type } = event;
    const before = this.#standing.get(event.previous) ?? this.#root;
    if (type.startsWith('Execution')) return { is: 'run', execution: this.execution };
    if (type.endsWith('StateEntered')) return this.#enter(event, before);
    if (type.startsWith('MapIteration')) return this.#item(event, before);
    const visit = type.endsWith('StateExited') ? nearest(before, (one) => one.name === event.name) : this.#visitOf(type, before);
    if (visit === undefined) {
      this.#stand(event.id, before);
      return { is: 'unknown', execution: before.scope.execution };
    }
    if (type.endsWith('StateExited')) this.#stand(event.id, { scope: visit.scope, visit: undefined });
    else {
      if (visit.failed && (type.endsWith('Scheduled') || /^(?:Map|Parallel)StateStarted$/.test(type))) {
        visit.attempt++;
        visit.failed = false;
      }
      if (ENDED.test(type)) visit.failed = true;
      this.#stand(event.id, { scope: visit.scope, visit });
    }
    return { is: 'state', visit };
  }

  #visitOf(type: string, before: Standing): Visit | undefined {
    const kind = /^(Map|Parallel)State/.exec(type)?.[1];
    return kind === undefined ? nearest(before, () => true) : nearest(before, (visit) => visit.kind === kind);
  }

  #enter(event: HistoryEvent, before: Standing): Subject {
    const inBranch = before.visit?.kind === 'Parallel';
    const scope = inBranch ? { ...before.scope, item: '', outer: before.visit } : before.scope;
    const kind = event.type.slice(0, -'StateEntered'.length);
    const visit: Visit = { name: event.name, kind, span: event.id, scope, attempt: 1, failed: false, first: inBranch };
    this.#stand(event.id, { scope, visit });
    return { is: 'state', visit };
  }

  #item(event: HistoryEvent, before: Standing): Subject {
    const item = `${event.name}[${event.index}]`;
    if (event.type === 'MapIterationStarted') {
      // One item after the other: an item then follows from the last event of the one before it, and is not inside of it.
      const map = nearest(before, (one) => one.kind === 'Map' && one.name === event.name);
      const { scope, visit } = map === undefined ? before : { scope: map.scope, visit: map };
      const inner = { execution: `${scope.execution}/${item}`, parentExecution: scope.execution, item, outer: visit };
      this.#stand(event.id, { scope: inner, visit: undefined });
      return { is: 'item', execution: inner.execution, parentExecution: scope.execution, name: event.name };
    }
    let scope: Scope | undefined = before.scope;
    for (let i = 0; scope !== undefined && scope.item !== item && i < MOST_LEVELS; i++) scope = scope.outer?.scope;
    if (scope?.item !== item) {
      this.#stand(event.id, before);
      return { is: 'unknown', execution: before.scope.execution };
    }
    this.#stand(event.id, { scope: scope.outer?.scope ?? this.#root.scope, visit: scope.outer });
    return { is: 'item', execution: scope.execution, parentExecution: scope.parentExecution, name: event.name };
  }

  #stand(id: number, standing: Standing): void {
    if (!Number.isInteger(id)) return;
    if (this.#standing.size >= MOST_EVENTS) this.#standing.clear();
    this.#standing.set(id, standing);
  }
}

/** The innermost state of this kind that an event stands in. */
function nearest(from: Standing, admits: (visit: Visit) => boolean): Visit | undefined {
  let visit = from.visit ?? from.scope.outer;
  for (let i = 0; visit !== undefined && i < MOST_LEVELS; i++) {
    if (admits(visit)) return visit;
    visit = visit.scope.outer;
  }
  return undefined;
}
