import type { WirePlan } from '../../../../../src/api/wire.ts';

export interface PlanCounts {
  /** Parts that would be imported now. */
  readonly ready: number;
  readonly known: number;
  readonly refused: number;
  /** Ready parts that the user left out. */
  readonly excluded: number;
}

/** How many parts of a plan would be imported, and what becomes of the others. */
export function planCounts(plan: WirePlan, excluded: ReadonlySet<string>): PlanCounts {
  const of = (outcome: WirePlan['parts'][number]['outcome']): WirePlan['parts'] => plan.parts.filter((part) => part.outcome === outcome);
  const ready = of('ready');
  const out = ready.filter((part) => excluded.has(part.id)).length;
  return { ready: ready.length - out, known: of('known').length, refused: of('refused').length, excluded: out };
}
