import { create } from 'zustand';
import type { WireMapping, WirePlan } from '../../../../../src/api/wire.ts';

/** What the user has done with a plan so far. It outlives the page, so that one may look elsewhere and come back. */
export interface PlanSession {
  /** The plan it belongs to. */
  readonly plan: string;
  /** How each part was understood at first: the way back of every change. */
  readonly original: ReadonlyMap<string, WireMapping>;
  /** Parts that are not to be imported. */
  readonly excluded: ReadonlySet<string>;
  /** Parts taken out of their group. */
  readonly apart: ReadonlySet<string>;
  /** Groups and sections that are open in the list. */
  readonly expanded: ReadonlySet<string>;
  /** The line of the list that the details belong to. */
  readonly selected: string | undefined;
}

/** One plan at a time is being worked on; another one takes its place. */
const usePlanStore = create<{ readonly session: PlanSession | undefined }>()(() => ({ session: undefined }));

const NOTHING: ReadonlySet<string> = new Set();

function newSession(plan: WirePlan): PlanSession {
  return {
    plan: plan.id,
    original: new Map(plan.parts.flatMap((part) => (part.mapping === null ? [] : [[part.id, part.mapping]]))),
    excluded: NOTHING,
    apart: NOTHING,
    expanded: NOTHING,
    selected: undefined,
  };
}

/** The session of a plan; until it is begun, the plan as it is. */
export function usePlanSession(plan: WirePlan): PlanSession {
  const session = usePlanStore((state) => state.session);
  return session?.plan === plan.id ? session : newSession(plan);
}

/** Id of the plan that is being worked on, wherever the user is now. */
export function useOpenPlan(): string | undefined {
  return usePlanStore((state) => state.session?.plan);
}

/** Begins the session of a plan that is shown for the first time. */
export function beginSession(plan: WirePlan): void {
  usePlanStore.setState(({ session }) => (session?.plan === plan.id ? {} : { session: newSession(plan) }));
}

/** Changes the session of a plan, where it is the one being worked on. */
export function changeSession(plan: string, change: (session: PlanSession) => Partial<PlanSession>): void {
  usePlanStore.setState(({ session }) => (session?.plan === plan ? { session: { ...session, ...change(session) } } : {}));
}

/** Forgets a plan that was imported or given up. */
export function endSession(plan: string): void {
  usePlanStore.setState(({ session }) => (session?.plan === plan ? { session: undefined } : {}));
}

/** The set with some values in it, or out of it. */
export function withValues(set: ReadonlySet<string>, values: readonly string[], isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const value of values) {
    if (isIn) next.add(value);
    else next.delete(value);
  }
  return next;
}
