import { createWordReader, findLeftOver, pairKey, prepareCoverage, Tellers } from '../flows/index.ts';
import type {
  DeclaredAgreement,
  Expectations,
  FieldExpectation,
  FollowExpectation,
  StepExpectation,
  StepKey,
  SystemCoverage,
  Thresholds,
  TypeExpectations,
} from '../flows/index.ts';
import type { DataScope } from '../journey/index.ts';
import type { Journey, Step } from '../model/journey.ts';
import { isFailure, isSuccess } from '../model/status.ts';
import { USUAL_THRESHOLDS } from './thresholds.ts';
import type { DetectorContext } from './types.ts';

/** Expectations of one record type, made ready for look-ups. */
export interface PreparedType {
  readonly type: TypeExpectations;
  /** Number of a step; -1 when it was never seen. */
  find(key: StepKey): number;
  step(index: number): StepExpectation;
  /** What follows a step, by its number. */
  readonly followsAfter: readonly (readonly FollowExpectation[])[];
  /** What a step usually follows, by its number. */
  readonly followOf: readonly (FollowExpectation | undefined)[];
  /** What it follows where the step of its detour is. */
  readonly detourOf: readonly (FollowExpectation | undefined)[];
  /** What passports declare, beside `declared` follows. */
  readonly hasDeclared: boolean;
  readonly agreements: readonly DeclaredAgreement[];
  readonly thresholds: Thresholds;
  readonly tellers: Tellers;
  /** By `pairKey` of the two tellers. */
  readonly fields: ReadonlyMap<number, PreparedField>;
  readonly word: (value: string) => string;
}

export interface PreparedField {
  readonly expectation: FieldExpectation;
  /** Tellers of its sides. */
  readonly a: number;
  readonly b: number;
}

/** A journey beside what is expected of it; made once and shared by the detectors. */
export interface JourneyView {
  readonly journey: Journey;
  readonly prepared: PreparedType | undefined;
  readonly coverage: SystemCoverage;
  /** End of the data (µs); -Infinity when nothing is known of it. */
  readonly dataEnd: number;
  /** Number of the expectation of each step of the journey; -1 when unknown. */
  readonly numbers: readonly number[];
  /** Position of the first occurrence of an expected step; -1 when the journey lacks it. */
  positionOf(number: number): number;
  /** What an expected step follows in this journey. */
  followOf(number: number): FollowExpectation | undefined;
  /** Whether a step failed in the end, and no later occurrence of it went well. */
  failedFinally(position: number): boolean;
}

const preparedTypes = new WeakMap<Expectations, ReadonlyMap<string, PreparedType>>();
const preparedScopes = new WeakMap<DataScope, SystemCoverage>();
/** The last view made in each context: the detectors ask one after the other for the same journey. */
const lastViews = new WeakMap<DetectorContext, { view: JourneyView }>();

/** The view of a journey in a context, shared by the detectors that look at it one after the other. */
export function viewOf(journey: Journey, context: DetectorContext): JourneyView {
  const last = lastViews.get(context);
  if (last !== undefined && last.view.journey === journey) return last.view;
  const view = makeView(journey, context);
  if (last === undefined) lastViews.set(context, { view });
  else last.view = view;
  return view;
}

function makeView(journey: Journey, context: DetectorContext): JourneyView {
  const prepared = typesOf(context.expectations).get(journey.record.type);
  const coverage = coverageOf(context.scope);
  const numbers = journey.steps.map((step) => prepared?.find(step) ?? -1);
  return {
    journey,
    prepared,
    coverage,
    dataEnd: context.dataEnd ?? coverage.dataEnd,
    numbers,
    positionOf: (number) => numbers.indexOf(number),
    followOf(number) {
      const usual = prepared?.followOf[number];
      return usual?.detour !== undefined && numbers.includes(usual.detour) ? (prepared?.detourOf[number] ?? usual) : usual;
    },
    failedFinally: (position) => failedFinally(journey, position),
  };
}

function failedFinally(journey: Journey, position: number): boolean {
  const { steps } = journey;
  const step = steps[position] as Step;
  if (!isFailure(step.status)) return false;
  const caller = callerOf(journey, step);
  for (let i = position + 1; i < steps.length; i++) {
    const other = steps[i] as Step;
    // A call of the same name from somewhere else in the trace is another call, and no second try.
    if (sameStep(step, other) && !isFailure(other.status) && callerOf(journey, other) === caller) return false;
  }
  return !wasRepeatedWell(journey, step);
}

/** Whether the run in which a step failed is declared to have been repeated, and the repeat went well: what it did inside may not be told. */
function wasRepeatedWell({ steps }: Journey, { attempts }: Step): boolean {
  const run = attempts.at(-1)?.execution;
  if (run === undefined) return false;
  return steps.some((step) => {
    const at = step.attempts.findIndex((attempt) => attempt.execution === run && isFailure(attempt.status));
    if (at < 0 || !isSuccess(step.status)) return false;
    return step.attempts
      .slice(at + 1)
      .some(({ execution, declared, status }) => execution !== run && declared !== undefined && isSuccess(status));
  });
}

/** The id of the step whose span is the parent of this one's; undefined when none is told. */
export function callerOf(journey: Journey, step: Step): string | undefined {
  const hop = journey.hops.find((other) => other.to === step.id);
  return hop?.reason === 'parent-span' ? hop.from : undefined;
}

/** Whether two steps are the same stage of a flow for the same record. */
export function sameStep(a: Step, b: Step): boolean {
  return (
    a.step === b.step && a.system === b.system && a.flow === b.flow && a.record.key === b.record.key && a.record.type === b.record.type
  );
}

function coverageOf(scope: DataScope): SystemCoverage {
  let coverage = preparedScopes.get(scope);
  if (coverage === undefined) preparedScopes.set(scope, (coverage = prepareCoverage(scope)));
  return coverage;
}

function typesOf(expectations: Expectations): ReadonlyMap<string, PreparedType> {
  let types = preparedTypes.get(expectations);
  if (types === undefined) {
    const made = new Map(Object.entries(expectations.byType).map(([name, type]) => [name, prepareType(type)]));
    for (const [name, whole] of findLeftOver(expectations.byType)) made.set(name, made.get(whole)!);
    preparedTypes.set(expectations, (types = made));
  }
  return types;
}

function prepareType(type: TypeExpectations): PreparedType {
  const byStep = new Map<string, { readonly key: StepKey; readonly index: number }[]>();
  type.steps.forEach((key, index) => {
    const list = byStep.get(key.step);
    if (list === undefined) byStep.set(key.step, [{ key, index }]);
    else list.push({ key, index });
  });
  const followsAfter: FollowExpectation[][] = type.steps.map(() => []);
  const followOf: (FollowExpectation | undefined)[] = type.steps.map(() => undefined);
  for (const follow of type.follows) {
    followsAfter[follow.after]?.push(follow);
    // A declared follow without times of its own says what must come, not what leads to it.
    if (follow.declared === undefined || follow.latency !== undefined) followOf[follow.step] = follow;
  }
  const detourOf = followOf.map((usual) =>
    usual?.detour === undefined
      ? undefined
      : type.follows.find(({ after, step, overruled }) => after === usual.detour && step === usual.step && overruled !== true),
  );
  const tellers = new Tellers();
  const fields = new Map<number, PreparedField>();
  for (const expectation of type.fields) {
    const a = tellers.put(expectation.systemA, expectation.field, expectation.stepA, expectation.recordType);
    const b = tellers.put(expectation.systemB, expectation.fieldB, expectation.stepB, expectation.recordType);
    fields.set(pairKey(a, b), { expectation, a, b });
  }
  return {
    type,
    followsAfter,
    followOf,
    detourOf,
    hasDeclared: type.follows.some(({ declared }) => declared !== undefined) || type.steps.some(({ takes }) => takes !== undefined),
    agreements: type.declaredFields ?? [],
    thresholds: { ...USUAL_THRESHOLDS, ...type.thresholds },
    tellers,
    fields,
    word: createWordReader(),
    step: (index) => type.steps[index] as StepExpectation,
    find(key) {
      for (const { key: other, index } of byStep.get(key.step) ?? []) {
        if (other.system === key.system && other.flow === key.flow) return index;
      }
      return -1;
    },
  };
}
