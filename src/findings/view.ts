import { fieldKey, prepareCoverage } from '../flows/index.ts';
import type { Expectations, FieldExpectation, FollowExpectation, StepExpectation, StepKey, SystemCoverage, TypeExpectations } from '../flows/index.ts';
import type { DataScope } from '../journey/index.ts';
import type { Journey, Step } from '../model/journey.ts';
import { isFailure } from '../model/status.ts';
import type { DetectorContext } from './types.ts';

/** Expectations of one record type, made ready for look-ups. */
export interface PreparedType {
  readonly type: TypeExpectations;
  /** Number of a step; -1 when it was never seen. */
  find(key: StepKey): number;
  step(index: number): StepExpectation;
  /** What follows a step, by its number. */
  readonly followsAfter: readonly (readonly FollowExpectation[])[];
  /** What a step follows, by its number. */
  readonly followOf: readonly (FollowExpectation | undefined)[];
  /** By the key of `eachPair`. */
  readonly fields: ReadonlyMap<string, FieldExpectation>;
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
  /** Whether a step failed in the end, and no later occurrence of it went well. */
  failedFinally(position: number): boolean;
}

const preparedTypes = new WeakMap<Expectations, ReadonlyMap<string, PreparedType>>();
const preparedScopes = new WeakMap<DataScope, SystemCoverage>();
const views = new WeakMap<Journey, { readonly context: DetectorContext; readonly view: JourneyView }>();

/** The view of a journey in a context; cached while both live. */
export function viewOf(journey: Journey, context: DetectorContext): JourneyView {
  const known = views.get(journey);
  if (known !== undefined && known.context === context) return known.view;
  const view = makeView(journey, context);
  views.set(journey, { context, view });
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
    failedFinally: (position) => failedFinally(journey.steps, position),
  };
}

function failedFinally(steps: readonly Step[], position: number): boolean {
  const step = steps[position] as Step;
  if (!isFailure(step.status)) return false;
  for (let i = position + 1; i < steps.length; i++) {
    const other = steps[i] as Step;
    if (sameStep(step, other) && !isFailure(other.status)) return false;
  }
  return true;
}

/** Whether two steps are the same stage of a flow for the same record. */
export function sameStep(a: Step, b: Step): boolean {
  return a.step === b.step && a.system === b.system && a.flow === b.flow && a.record.key === b.record.key && a.record.type === b.record.type;
}

function coverageOf(scope: DataScope): SystemCoverage {
  let coverage = preparedScopes.get(scope);
  if (coverage === undefined) preparedScopes.set(scope, (coverage = prepareCoverage(scope)));
  return coverage;
}

function typesOf(expectations: Expectations): ReadonlyMap<string, PreparedType> {
  let types = preparedTypes.get(expectations);
  if (types === undefined) {
    types = new Map(Object.entries(expectations.byType).map(([name, type]) => [name, prepareType(type)]));
    preparedTypes.set(expectations, types);
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
    followOf[follow.step] = follow;
  }
  const fields = new Map(
    type.fields.map((each) => [fieldKey(each.systemA, each.field, each.stepA, each.systemB, each.fieldB, each.stepB, each.recordType), each]),
  );
  return {
    type,
    followsAfter,
    followOf,
    fields,
    step: (index) => type.steps[index] as StepExpectation,
    find(key) {
      for (const { key: other, index } of byStep.get(key.step) ?? []) {
        if (other.system === key.system && other.flow === key.flow) return index;
      }
      return -1;
    },
  };
}
