import { formatDuration } from '../../model/time.ts';
import { inOrder, nearest, type KeyPath, type Places, type YamlProblem } from '../../yaml/problems.ts';
import type { Expectations, FollowExpectation, StepKey, TypeExpectations } from '../types.ts';
import { keepsTo, type NameStyle } from './naming.ts';
import { readPassport } from './parse.ts';
import type { DeclaredStep, DeclaredSystem, Passport } from './passport.ts';
import type { WrittenPassport } from './schema.ts';
import { isCalled, passportName, unseenStep } from './step-names.ts';
import { deadlineOf, type Window } from './windows.ts';

/** Something to say of a passport: an error keeps it from being used, a warning does not. */
export interface Complaint extends YamlProblem {
  readonly level: 'error' | 'warning';
  /** `owner-missing`, `unknown-step` …; of errors `invalid`. */
  readonly rule: string;
}

export interface CheckedPassport {
  /** Undefined when there are errors. */
  readonly passport: Passport | undefined;
  /** In the order of the file. */
  readonly complaints: readonly Complaint[];
}

/** As many journeys as baselines need: with fewer, nothing is said about what is usual. */
const ENOUGH = 30;
/** Names of the logs that break a rule and are listed. */
const MOST_NAMES = 3;

/** Reads a passport and says what is wrong with it and what is unwise. `learned` is what a workspace shows, where there is one. */
export function checkPassport(yaml: string, learned?: Expectations): CheckedPassport {
  const { passport, written, places, problems } = readPassport(yaml);
  const errors = problems.map((problem): Complaint => ({ ...problem, level: 'error', rule: 'invalid' }));
  if (passport === undefined || written === undefined) return { passport: undefined, complaints: errors };
  const linter = new Linter(passport, written, places, learned);
  linter.run();
  const unusable = linter.complaints.some(({ level }) => level === 'error');
  return { passport: unusable ? undefined : passport, complaints: inOrder(linter.complaints) };
}

class Linter {
  readonly complaints: Complaint[] = [];
  readonly #passport: Passport;
  readonly #written: WrittenPassport;
  readonly #places: Places;
  readonly #learned: Expectations | undefined;
  readonly #type: TypeExpectations | undefined;

  constructor(passport: Passport, written: WrittenPassport, places: Places, learned: Expectations | undefined) {
    this.#passport = passport;
    this.#written = written;
    this.#places = places;
    this.#learned = learned;
    this.#type = learned?.byType[passport.record];
  }

  run(): void {
    const { owner, steps, systems, fields } = this.#passport;
    if (owner === undefined) this.#warn(['passport'], 'owner-missing', 'nobody is named who answers for it: add "owner"');
    if (steps.length + systems.length + fields.length === 0)
      this.#warn(['passport'], 'empty', 'nothing is declared: add "steps", "systems" or "fields"');
    this.#cycles();
    steps.forEach((step, i) => this.#requirement(step, ['steps', i]));
    systems.forEach((system, i) => this.#requirement(system, ['systems', i]));
    this.#names();
    if (this.#learned !== undefined) this.#workspace(this.#learned);
  }

  /** A window that counts from a step which itself waits for this one can never begin. */
  #cycles(): void {
    const { steps } = this.#passport;
    const before = new Map<string, string>();
    for (const { step, after } of steps) if (after !== undefined && !before.has(step)) before.set(step, after);
    const settled = new Set<string>();
    steps.forEach(({ step }, i) => {
      const path = new Set<string>();
      let at: string | undefined = step;
      while (at !== undefined && !settled.has(at) && !path.has(at)) {
        path.add(at);
        at = before.get(at);
      }
      if (at === step && path.size > 1)
        this.#error(
          ['steps', i, this.#written.steps?.[i]?.after === undefined ? 'window' : 'after'],
          'unreachable',
          `${step} waits for itself: ${[...path, step].toReversed().join(' → ')}`,
        );
      for (const one of path) settled.add(one);
    });
  }

  #requirement({ window }: DeclaredStep | DeclaredSystem, path: KeyPath): void {
    if (window === undefined) return;
    const { retention } = this.#passport;
    const longest = longestOf(window);
    if (!Number.isFinite(longest))
      this.#error([...path, 'window'], 'unreachable', 'the calendar leaves no day on which the window could end');
    else if (retention !== undefined && longest > retention)
      this.#warn(
        [...path, 'window'],
        'unreachable',
        `the window is longer than the logs are kept (${formatDuration(retention)}): nobody could see that it was missed`,
      );
  }

  /** Naming rules, for what the passport names itself. */
  #names(): void {
    const { steps: style } = this.#written.naming ?? {};
    if (style === undefined) return;
    this.#passport.steps.forEach(({ step }, i) => {
      const name = unseenStep(step).step;
      if (!keepsTo(style, name)) this.#warn(['steps', i, 'step'], 'naming', `${name} is not in ${style}`);
    });
  }

  #workspace(learned: Expectations): void {
    const type = this.#type;
    if (type === undefined) {
      const known = Object.keys(learned.byType);
      this.#warn(['record'], 'unknown-record', `there are no journeys of ${this.#passport.record}${meant(this.#passport.record, known)}`);
      return;
    }
    this.#passport.steps.forEach((step, i) => {
      this.#knownStep(type, step.step, ['steps', i, 'step']);
      if (step.after !== undefined) this.#knownStep(type, step.after, afterPath(this.#written.steps?.[i], ['steps', i]));
      for (const name of step.unless ?? []) this.#knownStep(type, name, ['steps', i, 'unless']);
      this.#usual(type, step, ['steps', i]);
    });
    this.#passport.systems.forEach(({ system, after }, i) => {
      const systems = new Set(type.steps.map((known) => known.system));
      if (!systems.has(system))
        this.#warn(['systems', i, 'system'], 'unknown-system', `no journey has a step in ${system}${meant(system, systems)}`);
      if (after !== undefined) this.#knownStep(type, after, afterPath(this.#written.systems?.[i], ['systems', i]));
    });
    this.#passport.volume.forEach(({ step }, i) => this.#knownStep(type, step, ['volume', i, 'step']));
    const fields = new Set(type.fields.map(({ field }) => field));
    this.#passport.fields.forEach(({ field }, i) => {
      if (!fields.has(field))
        this.#warn(['fields', i, 'field'], 'unknown-field', `no two systems tell ${field} of one record${meant(field, fields)}`);
    });
    this.#namesInLogs(type);
  }

  #knownStep(type: TypeExpectations, name: string, path: KeyPath): void {
    if (type.steps.some((key) => isCalled(name, key))) return;
    this.#warn(path, 'unknown-step', `no journey has a step ${name}${meant(name, new Set(type.steps.map(passportName)))}`);
  }

  /** Whether the data leaves a declared window any chance, and whether a rule without one can ever be judged. */
  #usual(type: TypeExpectations, { step, after, window, optional }: DeclaredStep, path: KeyPath): void {
    if (after === undefined) return;
    const follow = type.follows.find(({ after: a, step: b }) => isAt(type, a, after) && isAt(type, b, step));
    const enough = follow?.latency !== undefined && follow.latency.observations >= ENOUGH;
    if (window === undefined) {
      // A step that no journey has is told already.
      if (!enough && !optional && type.steps.some((key) => isCalled(step, key)))
        this.#warn(
          [...path, 'after'],
          'no-window',
          `nothing says by when ${step} must have come: no window, and too few journeys show how long it takes`,
        );
      return;
    }
    if (enough && window.kind === 'within' && follow.latency.median > window.amount) this.#tooShort(follow, window.amount, path);
  }

  #tooShort({ latency }: FollowExpectation, amount: number, path: KeyPath): void {
    const { median = 0, observations = 0 } = latency ?? {};
    this.#warn(
      [...path, 'window'],
      'unreachable',
      `most journeys would miss it: it usually takes ${formatDuration(median)} (${observations} journeys), and ${formatDuration(amount)} is declared`,
    );
  }

  #namesInLogs({ steps }: TypeExpectations): void {
    const { naming } = this.#written;
    const check = (style: NameStyle | undefined, key: string, names: Iterable<string>): void => {
      if (style === undefined) return;
      const broken = [...new Set(names)].filter((name) => !keepsTo(style, name));
      if (broken.length === 0) return;
      const more = broken.length > MOST_NAMES ? ` and ${broken.length - MOST_NAMES} more` : '';
      const listed = broken.slice(0, MOST_NAMES).join(', ');
      this.#warn(['naming', key], 'naming', `in the logs ${listed}${more} ${broken.length === 1 ? 'is' : 'are'} not in ${style}`);
    };
    check(
      naming?.systems,
      'systems',
      steps.map(({ system }) => system),
    );
    check(
      naming?.flows,
      'flows',
      steps.flatMap(({ flow }) => flow ?? []),
    );
    check(
      naming?.steps,
      'steps',
      steps.map(({ step }) => step),
    );
  }

  #warn(path: KeyPath, rule: string, message: string): void {
    this.complaints.push({ ...this.#places.at(path, message), level: 'warning', rule });
  }

  #error(path: KeyPath, rule: string, message: string): void {
    this.complaints.push({ ...this.#places.at(path, message), level: 'error', rule });
  }
}

function isAt(type: TypeExpectations, number: number, name: string): boolean {
  return isCalled(name, type.steps[number] as StepKey);
}

/** Where a rule says from which step it counts. */
function afterPath(written: { readonly after?: string | undefined } | undefined, path: KeyPath): KeyPath {
  return [...path, written?.after === undefined ? 'window' : 'after'];
}

function meant(name: string, known: Iterable<string>): string {
  const best = nearest(name, known);
  return best === undefined ? '' : `; is ${best} meant?`;
}

/** How long a window may be, seen from the noon of a day at the end of a week: long enough to tell. */
function longestOf(window: Window): number {
  const since = Date.UTC(2026, 0, 2, 12) * 1000;
  return deadlineOf(window)(since) - since;
}
