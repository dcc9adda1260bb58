import type { FactorDetail, Lack } from '../../model/completeness.ts';
import type { StateField, StateValue, ToldValue } from '../../model/journey.ts';
import { recordLabel } from '../../model/record.ts';
import { agrees, asTold, matchesOf, saidText } from '../agreements.ts';
import { agreesAsDeclared } from '../declared.ts';
import { differingFields } from '../detectors/field.ts';
import { eachExpected, goTogether, howCompared } from '../detectors/mismatch.ts';
import { eachDeclared, isInFlight } from '../detectors/reconcile.ts';
import { stepsOf } from '../told-in.ts';
import type { JourneyView } from '../view.ts';

/** Two values that have to go together. */
interface Compared {
  readonly a: Pick<StateValue, 'system' | 'value' | 'event'>;
  readonly b: Pick<StateValue, 'system' | 'value' | 'event'>;
  /** The same one, except for words of state that are told under two names. */
  readonly fields: readonly [NamedField, NamedField];
}

/** A field of a record: what is counted. */
type NamedField = Pick<StateField, 'field' | 'record'>;

/**
 * Of the fields that at least two systems, or two documents, tell and have to agree on, by what was learned or declared, those on which all of them do: a field of a
 * record counts once, however many systems tell it. Two words of state agree when they usually go together. A difference that may yet be put right
 * does not count.
 */
export function fieldsFactor(view: JourneyView): FactorDetail {
  const units = new Units<{ agree: boolean; differs: Compared | undefined; open: Compared | undefined }>();
  eachCompared(view, (compared, verdict) => {
    const unit = units.of(compared.fields, () => ({ agree: false, differs: undefined, open: undefined }));
    const goes = verdict();
    if (goes === true) unit.agree = true;
    else if (goes === false) unit.differs ??= compared;
    else unit.open ??= compared;
  });
  const lacks: Lack[] = [];
  const undecided: Lack[] = [];
  let met = 0;
  for (const { agree, differs, open } of units.all) {
    if (differs !== undefined) lacks.push(lackOf(view, differs));
    else if (agree) met++;
    else if (open !== undefined) undecided.push(lackOf(view, open));
  }
  const of = met + lacks.length;
  const unknown =
    undecided.length > 0 ? 'what differs may yet be put right' : 'no field is known that two systems tell and have to agree on';
  return { met, of, lacks, undecided, unknown: of > 0 ? undefined : unknown };
}

/** How many fields are compared. */
export function comparedFields(view: JourneyView): number {
  const units = new Units<object>();
  eachCompared(view, ({ fields }) => void units.of(fields, () => ({})));
  return units.all.length;
}

/** What is counted: one field of a record, or two under which its state is told. */
class Units<T> {
  readonly all: T[] = [];
  readonly #known = new Map<NamedField, Map<NamedField, T>>();

  of([a, b]: readonly [NamedField, NamedField], make: () => T): T {
    let others = this.#known.get(a);
    if (others === undefined) this.#known.set(a, (others = new Map()));
    let unit = others.get(b);
    if (unit === undefined) {
      others.set(b, (unit = make()));
      this.all.push(unit);
    }
    return unit;
  }
}

/** Calls back with all that is compared; the verdict is undefined while it cannot be said. */
function eachCompared(view: JourneyView, visit: (compared: Compared, verdict: () => boolean | undefined) => void): void {
  const { prepared, journey } = view;
  if (prepared === undefined) return;
  eachTold(view, visit);
  if (journey.state.length === 0) return;
  eachExpected(view, prepared, (pair, expectation) => {
    if (howCompared(view, pair, expectation) === undefined) return;
    const { a, b } = pair;
    const fields = a.field.field <= b.field.field ? ([a.field, b.field] as const) : ([b.field, a.field] as const);
    visit({ a: a.value, b: b.value, fields }, () => goTogether(view, pair, expectation));
  });
  eachDeclared(journey, prepared.agreements, (a, b, field, declared) =>
    visit({ a, b, fields: [field, field] }, () => {
      if (agreesAsDeclared(declared, a.attribute, b.attribute)) return true;
      return isInFlight(view, a, b, field, declared) ? undefined : false;
    }),
  );
}

/** The same of what steps and documents tell: a field of the journey counts once. */
function eachTold(view: JourneyView, visit: (compared: Compared, verdict: () => boolean | undefined) => void): void {
  const named = new Map<string, NamedField>();
  let odd: ReadonlyMap<string, boolean> | undefined;
  for (const match of matchesOf(view)) {
    const { field, a, b } = match;
    let unit = named.get(field);
    if (unit === undefined) named.set(field, (unit = { field, record: view.journey.record }));
    visit({ a: toldAs(a), b: toldAs(b), fields: [unit, unit] }, () => {
      if (agrees(match, asTold)) return true;
      // Of what differs, the detector knows what is certain.
      odd ??= differingFields(view);
      const isCertain = odd.get(field);
      return isCertain === undefined ? true : isCertain ? false : undefined;
    });
  }
}

function toldAs(values: readonly ToldValue[]): Compared['a'] {
  const { system, event } = values[0]!;
  return { system, event, value: saidText(values) };
}

/** `amount of order SO-1042`, `financial_status / status of order SO-1042`. */
function lackOf(view: JourneyView, { a, b, fields: [first, second] }: Compared): Lack {
  return {
    name: `${first === second ? first.field : `${first.field} / ${second.field}`} of ${recordLabel(first.record)}`,
    why: `${a.system} says ${a.value}, ${b.system} ${b.value}`,
    step: stepsOf(view, [b.event, a.event])[0],
  };
}
