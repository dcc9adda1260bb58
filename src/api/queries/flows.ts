import { taughtThresholds } from '../../analysis/lifecycle/standings.ts';
import { checkPassport, learnPassport, withPassports } from '../../flows/index.ts';
import type { DurationModel, Expectations, FollowExpectation, StepKey, TypeExpectations } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import { UserError } from '../../model/errors.ts';
import { keptPassports } from '../../workspace/passports.ts';
import type { Db } from '../../workspace/open.ts';
import type { WireComplaint, WirePassport, WireUsualFlow, WireUsualStep } from '../wire.ts';
import type { Rebuilder } from './rebuild.ts';
import { millis } from './to-wire.ts';

/** What is known of flows: what is usual, and what is declared. */
export class FlowQueries {
  readonly #db: Db;
  readonly #rebuilder: Rebuilder;

  constructor(db: Db, rebuilder: Rebuilder) {
    this.#db = db;
    this.#rebuilder = rebuilder;
  }

  list(): WirePassport[] {
    const { learned } = this.#rebuilder.shared();
    return keptPassports(this.#db).map(({ name, yaml, addedAt }) => {
      const { passport, complaints } = checkPassport(yaml, learned);
      const { title, record, owner, runbook, severity, steps = [], systems = [], fields = [] } = passport ?? {};
      return {
        name,
        title: title ?? null,
        record: record ?? '',
        owner: owner ?? null,
        runbook: runbook ?? null,
        severity: severity ?? null,
        addedAt,
        steps: steps.length,
        windows: [...steps, ...systems].filter(({ window }) => window !== undefined).length,
        fields: fields.length,
        complaints: [...complaints],
      };
    });
  }

  get(name: string): { readonly name: string; readonly yaml: string } {
    const found = keptPassports(this.#db).find((passport) => passport.name === name);
    if (found === undefined) throw new UserError('not-found', `there is no passport ${name}`);
    return { name, yaml: found.yaml };
  }

  /** With `inWorkspace`, names and times are held against what this workspace shows. */
  check(
    yaml: string,
    inWorkspace: boolean,
  ): { readonly name: string | null; readonly record: string | null; readonly complaints: WireComplaint[] } {
    const { passport, complaints } = checkPassport(yaml, inWorkspace ? this.#rebuilder.shared().learned : undefined);
    return { name: passport?.name ?? null, record: passport?.record ?? null, complaints: [...complaints] };
  }

  /** Throws `UserError` `not-found` when there is no such type, or too little to learn from. */
  learn(type: string | undefined, flow: string | undefined): { readonly type: string; readonly yaml: string } {
    const { byType } = this.#rebuilder.shared().learned;
    const most = Object.entries(byType).toSorted(([, a], [, b]) => b.journeys - a.journeys)[0]?.[0];
    const chosen = type ?? most;
    if (chosen === undefined) throw new UserError('not-found', 'nothing was imported yet: there is nothing to learn from');
    const known = byType[chosen];
    if (known === undefined)
      throw new UserError('not-found', `there are no journeys of ${chosen}; there are ${Object.keys(byType).join(', ')}`);
    if (flow !== undefined && !known.steps.some((step) => step.flow === flow))
      throw new UserError('not-found', `no journey of ${chosen} has a step of the flow ${flow}`);
    const yaml = learnPassport(chosen, known, flow, taughtThresholds(this.#db));
    if (yaml === undefined)
      throw new UserError('not-found', `${known.journeys} journeys of ${chosen} are too few to learn from: at least 30 are needed`);
    return { type: chosen, yaml };
  }

  /** What is usual for each type, the most frequent first. */
  usual(): WireUsualFlow[] {
    const { learned, passports } = this.#rebuilder.shared();
    const declared = withPassports(learned, passports);
    return Object.entries(declared.byType)
      .toSorted(([, a], [, b]) => b.journeys - a.journeys)
      .map(([type, expectations]) => usualFlow(type, expectations, learned));
  }
}

function usualFlow(type: string, expectations: TypeExpectations, learned: Expectations): WireUsualFlow {
  const followOf = new Map<number, FollowExpectation>();
  for (const follow of expectations.follows) if (follow.latency !== undefined) followOf.set(follow.step, follow);
  const order = inOrder(expectations, followOf);
  const places = new Map(order.map(({ number }, place) => [number, place]));
  return {
    type,
    journeys: expectations.journeys,
    steps: order.map(({ number, depth }) => usualStep(expectations, number, depth, followOf.get(number), places)),
    fields: (learned.byType[type]?.fields ?? [])
      .filter(({ field, fieldB, factor }) => field === fieldB && factor === undefined)
      .map(({ field, systemA, stepA, systemB, stepB, agreed, journeys }) => ({
        field,
        a: nameOf({ system: systemA, step: stepA }),
        b: nameOf({ system: systemB, step: stepB }),
        agreed,
        journeys,
      })),
  };
}

/** Each step after what leads to it; first where most goes on, so that the main way is one line. */
function inOrder(
  { steps }: TypeExpectations,
  followOf: ReadonlyMap<number, FollowExpectation>,
): { readonly number: number; readonly depth: number }[] {
  const children = Map.groupBy(steps.keys(), (number) => followOf.get(number)?.after ?? -1);
  const found: { number: number; depth: number }[] = [];
  const seen = new Set<number>();
  const weights = weightsOf(steps, children);
  const byWeight = (a: number, b: number): number => weights[b]! - weights[a]! || a - b;
  const stack = (children.get(-1) ?? [])
    .toSorted(byWeight)
    .toReversed()
    .map((number) => ({ number, depth: 0 }));
  // Two steps may each lead to the other in half of the journeys: whoever nothing leads to from a beginning stands by itself.
  const rest = [...steps.keys()].toReversed().map((number) => ({ number, depth: 0 }));
  for (const pile of [stack, rest]) {
    for (let next = pile.pop(); next !== undefined; next = pile.pop()) {
      if (seen.has(next.number)) continue;
      seen.add(next.number);
      found.push(next);
      const { depth } = next;
      for (const number of (children.get(next.number) ?? []).toSorted(byWeight).toReversed()) pile.push({ number, depth: depth + 1 });
    }
  }
  return found;
}

/** How many journeys went through each step and all that follows it. */
function weightsOf(steps: TypeExpectations['steps'], children: ReadonlyMap<number, readonly number[]>): number[] {
  const weights = steps.map(({ journeys }) => journeys);
  const open = [...(children.get(-1) ?? [])];
  const order: number[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    order.push(next);
    open.push(...(children.get(next) ?? []));
  }
  // What follows before what leads to it.
  for (const number of order.toReversed()) for (const child of children.get(number) ?? []) weights[number]! += weights[child]!;
  return weights;
}

function usualStep(
  { steps, follows }: TypeExpectations,
  number: number,
  depth: number,
  follow: FollowExpectation | undefined,
  places: ReadonlyMap<number, number>,
): WireUsualStep {
  const step = steps[number]!;
  const name = (at: number): string => nameOf(steps[at] as StepKey);
  return {
    system: step.system,
    flow: step.flow ?? null,
    step: step.step,
    journeys: step.journeys,
    after: follow === undefined ? null : (places.get(follow.after) ?? null),
    followed: follow?.followed ?? 0,
    eligible: follow?.eligible ?? 0,
    depth,
    latency: figures(follow?.latency),
    duration: figures(step.duration),
    ends: Math.round(step.endsShare * step.endsOf),
    endsOf: step.endsOf,
    unless: (follow?.unless ?? []).map((variant) => `${name(variant.step)}${variant.negative ? ', called off' : ''}`),
    declared: follows.flatMap(({ after, declared }) =>
      declared === undefined || !declared.metBy.includes(number) || (declared.system !== undefined && declared.metBy[0] !== number)
        ? []
        : [
            {
              passport: declared.passport,
              line: declared.line,
              after: name(after),
              window: declared.window?.text ?? null,
              required: declared.required,
            },
          ],
    ),
  };
}

function figures(model: DurationModel | undefined): WireUsualStep['latency'] {
  return model === undefined ? null : { medianMs: millis(model.median), p99Ms: millis(model.p99), observations: model.observations };
}
