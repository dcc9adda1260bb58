import type {
  Declaration,
  DeclaredAgreement,
  DeclaredFollow,
  Expectations,
  FollowExpectation,
  StepExpectation,
  StepKey,
  TypeExpectations,
  Variant,
} from '../types.ts';
import type { DeclaredStep, DeclaredSystem, Passport } from './passport.ts';
import { isCalled, unseenStep } from './step-names.ts';

/** How the step of a system is called of which any will do. */
export const ANY_STEP = 'any step';

/**
 * What is usual, with what is declared. Declared wins: where a passport says what a step follows or which fields agree, what was learned of that
 * judges nothing any more; its times and variants are used where the passport leaves them open. Without passports it is the very same object.
 */
export function withPassports(learned: Expectations, passports: readonly Passport[]): Expectations {
  if (passports.length === 0) return learned;
  const byType: Record<string, TypeExpectations> = { ...learned.byType };
  // By name, so that what two passports say of the same does not depend on which was added first.
  for (const passport of passports.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const type = byType[passport.record];
    if (type !== undefined) byType[passport.record] = new Declaring(type, passport).result();
  }
  return { ...learned, byType };
}

class Declaring {
  readonly #type: TypeExpectations;
  readonly #passport: Passport;
  readonly #steps: StepExpectation[];
  readonly #follows: FollowExpectation[];

  constructor(type: TypeExpectations, passport: Passport) {
    this.#type = type;
    this.#passport = passport;
    this.#steps = [...type.steps];
    this.#follows = [...type.follows];
  }

  result(): TypeExpectations {
    const { steps, systems, fields, thresholds } = this.#passport;
    for (const step of steps) this.#step(step);
    for (const system of systems) this.#system(system);
    const agreements = fields.map((field): DeclaredAgreement => {
      const { between, tolerance, values, within, ignore } = field;
      return { ...this.#declaration(field), field: field.field, a: between[0], b: between[1], tolerance, values, within, ignore };
    });
    const { declaredFields = [] } = this.#type;
    return {
      ...this.#type,
      steps: this.#steps,
      follows: this.#follows,
      declaredFields: [...declaredFields, ...agreements],
      thresholds: { ...this.#type.thresholds, ...thresholds },
    };
  }

  #step(rule: DeclaredStep): void {
    const metBy = this.#numbersOf(rule.step);
    for (const number of metBy) {
      const known = this.#steps[number] as StepExpectation;
      const takes = rule.takes === undefined ? known.takes : { most: rule.takes, declared: this.#declaration(rule) };
      this.#steps[number] = { ...known, ...(takes === undefined ? {} : { takes }), ...(rule.end ? { mayEnd: true } : {}) };
    }
    if (rule.after === undefined) return;
    const learned = this.#learnedOf(metBy);
    this.#add(rule, learned, { required: !rule.optional, metBy, system: undefined });
    this.#overrule(learned);
  }

  #system(rule: DeclaredSystem): void {
    const any = this.#numberOf({ system: rule.system, flow: undefined, step: ANY_STEP });
    const metBy = [any, ...this.#steps.flatMap(({ system }, i) => (system === rule.system && i !== any ? [i] : []))];
    this.#add(rule, [], { required: true, metBy, system: rule.system });
  }

  /** One follow for each step that makes the rule due. */
  #add(
    rule: DeclaredStep | DeclaredSystem,
    learned: readonly FollowExpectation[],
    about: Pick<DeclaredFollow, 'required' | 'metBy' | 'system'>,
  ): void {
    const declared: DeclaredFollow = { ...this.#declaration(rule), ...about, window: rule.window };
    const unless =
      rule.unless === undefined
        ? learned.flatMap((follow) => follow.unless)
        : rule.unless.flatMap((name) => this.#numbersOf(name)).map((step): Variant => ({ step, negative: false }));
    for (const after of this.#numbersOf(rule.after!)) {
      // What is declared to follow does so whichever way the journey goes.
      const same = learned.find((follow) => follow.after === after);
      this.#follows.push(
        same === undefined
          ? { ...NOT_LEARNED, after, step: about.metBy[0]!, unless, declared }
          : { ...same, detour: undefined, unless, declared, overruled: false },
      );
    }
  }

  #learnedOf(metBy: readonly number[]): FollowExpectation[] {
    return this.#follows.filter(({ step, declared }) => declared === undefined && metBy.includes(step));
  }

  /** What is declared stands beside it, and takes its place where it is about the same two steps. */
  #overrule(learned: readonly FollowExpectation[]): void {
    for (const follow of learned) {
      const at = this.#follows.indexOf(follow);
      const isSame = this.#follows.some(
        ({ declared, after, step }) => declared !== undefined && after === follow.after && step === follow.step,
      );
      if (isSame) this.#follows.splice(at, 1);
      else this.#follows[at] = { ...follow, overruled: true };
    }
  }

  /** The numbers of the steps that are called so; of a new one where none is. */
  #numbersOf(name: string): readonly number[] {
    const found = this.#steps.flatMap((key, i) => (isCalled(name, key) ? [i] : []));
    return found.length > 0 ? found : [this.#numberOf(unseenStep(name))];
  }

  #numberOf(key: StepKey): number {
    const known = this.#steps.findIndex(({ system, flow, step }) => system === key.system && flow === key.flow && step === key.step);
    return known >= 0 ? known : this.#steps.push({ ...key, ...NEVER_SEEN }) - 1;
  }

  #declaration({ line, severity }: { readonly line: number; readonly severity: Declaration['severity'] }): Declaration {
    const { name, owner, runbook, severity: usual } = this.#passport;
    return { passport: name, line, owner, runbook, severity: severity ?? usual };
  }
}

const NEVER_SEEN = { journeys: 0, duration: undefined, endsShare: 0, endsOf: 0, repeatsShare: 0, attemptsP99: 0 } as const;

const NOT_LEARNED = {
  eligible: 0,
  followed: 0,
  inOrder: 0,
  reversed: 0,
  basis: 'end',
  latency: undefined,
  horizon: Number.MAX_SAFE_INTEGER,
} as const;
