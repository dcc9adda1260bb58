import { pairKey } from '../../flows/index.ts';
import type { DeclaredAgreement } from '../../flows/index.ts';
import { foldText, numberOf } from '../../journey/index.ts';
import type { Finding } from '../../model/finding.ts';
import type { Journey, StateField, StateValue } from '../../model/journey.ts';
import { isStateField } from '../../model/journey.ts';
import { formatDuration } from '../../model/time.ts';
import { agreesAsDeclared, declaredText, isTeller } from '../declared.ts';
import { fieldHint } from '../field-hint.ts';
import { finding, NOTHING } from '../finding.ts';
import type { Detection, Detector } from '../types.ts';
import { placeOf, stepsOf } from '../told-in.ts';
import type { JourneyView } from '../view.ts';
import { viewOf } from '../view.ts';

export const reconcileDetector: Detector = {
  id: 'reconcile',
  version: 1,
  kind: 'mismatch',
  subkinds: ['field', 'state'],
  title: 'Two systems disagree about a field that is declared to agree',
  doc: {
    what: '`field`, or `state` for a field that holds a state: a passport names a field that two systems must agree on, and they do not.',
    why: 'What must reconcile is known before the first disagreement, and few journeys are enough to judge it.',
    how: 'The values that both systems told last are compared, after normalisation, with the declared tolerance (absolute, or a share of the leading value) and the declared map of values. The system named first leads: the other one is told to be wrong. No number of journeys is needed.',
    silent:
      'Where one of them tells nothing of the field, where `ignore` is declared, and while the declared time for an update (or else the learned one) had not passed at the end of the data.',
  },
  parameters: [],
  detect(journey, context): Detection {
    const view = viewOf(journey, context);
    const agreements = view.prepared?.agreements ?? [];
    if (agreements.length === 0) return NOTHING;
    const found: Disagreement[] = [];
    eachDeclared(journey, agreements, (a, b, field, declared) => {
      if (!agreesAsDeclared(declared, a.attribute, b.attribute) && !isInFlight(view, a, b, field, declared))
        found.push({ a, b, field, declared });
    });
    if (found.length === 0) return NOTHING;
    // One value that is wrong disagrees with all others: that is one finding.
    const groups = Map.groupBy(found, ({ field }) => field);
    return { findings: Array.from(groups.values(), (group) => report(view, group)), ghosts: [], ghostHops: [] };
  },
  isSilent(journey, context, conditions) {
    const agreements = viewOf(journey, context).prepared?.agreements ?? [];
    if (agreements.length > 0)
      eachDeclared(journey, agreements, (a, b, _field, declared) => void conditions.agreements.push({ a, b, declared }));
    return true;
  },
};

/** Two values that are declared to agree, and do not. */
interface Disagreement {
  readonly a: StateValue;
  readonly b: StateValue;
  readonly field: StateField;
  readonly declared: DeclaredAgreement;
}

/** Calls back with every two values that are declared to agree, the leading one first. */
export function eachDeclared(
  { state }: Journey,
  agreements: readonly DeclaredAgreement[],
  visit: (a: StateValue, b: StateValue, field: StateField, declared: DeclaredAgreement) => void,
): void {
  for (const declared of agreements) {
    if (declared.ignore) continue;
    for (const field of state) {
      if (field.field !== declared.field) continue;
      const a = field.values.find((value) => isTeller(declared.a, value));
      const b = field.values.find((value) => isTeller(declared.b, value));
      if (a !== undefined && b !== undefined) visit(a, b, field, declared);
    }
  }
}

/** Younger than an update may take to get across; by what was learned of the two where nothing is declared. */
export function isInFlight(view: JourneyView, a: StateValue, b: StateValue, field: StateField, { within }: DeclaredAgreement): boolean {
  if (a.at === undefined || b.at === undefined) return false;
  const grace = within ?? learnedLag(view, a, b, field);
  if (grace === undefined) return false;
  const behind = a.at < b.at ? a.system : b.system;
  const end = Math.min(view.dataEnd, view.coverage.endOf(behind) ?? view.dataEnd);
  return end < Math.max(a.at, b.at) + grace;
}

function learnedLag({ prepared }: JourneyView, a: StateValue, b: StateValue, { field, record }: StateField): number | undefined {
  const number = (value: StateValue): number => prepared?.tellers.find(value.system, field, value.step, record.type) ?? -1;
  const [x, y] = [number(a), number(b)];
  return x < 0 || y < 0 ? undefined : prepared?.fields.get(pairKey(x, y))?.expectation.lag?.p95;
}

function report(view: JourneyView, group: readonly Disagreement[]): Finding {
  const count = ({ system }: StateValue): number => group.filter((one) => one.a.system === system || one.b.system === system).length;
  // Whoever disagrees with most is wrong; of two, the one that does not lead.
  const { a, b, field, declared } = group.reduce((best, one) =>
    Math.max(count(one.a), count(one.b)) > Math.max(count(best.a), count(best.b)) ? one : best,
  );
  const [right, wrong] = count(a) > count(b) ? [b, a] : [a, b];
  const name = field.field;
  const says = `${wrong.system} says ${name} ${wrong.value}, ${right.system} says ${right.value}`;
  const hint = fieldHint(right.attribute, wrong.attribute);
  const others = group.length > 1 ? [`${wrong.system} disagrees with ${group.length} others that are declared to agree with it.`] : [];
  return finding(view.journey, {
    kind: 'mismatch',
    subkind: isStateField(name) ? 'state' : 'field',
    severity: declared.severity ?? (numberOf(wrong.attribute) !== undefined && name === 'amount' ? 'critical' : 'warning'),
    confidence: 1,
    record: field.record,
    place: { system: wrong.system, flow: undefined, step: placeOf(view, wrong.system, wrong.event) },
    // A field of its own name is another matter, whatever else disagrees there.
    facet: name,
    steps: stepsOf(view, [wrong.event, right.event]),
    at: wrong.at,
    title: says,
    explanation: [
      `${says}. They must agree${toleranceText(declared)}.`,
      ...others,
      ...(hint === undefined ? [] : [hint]),
      declaredText(declared),
    ].join(' '),
    expected: right === a ? expectedText(declared, a) : `${right.value} in both`,
    actual: wrong.value,
    evidence: [wrong.event, right.event],
  });
}

function toleranceText({ tolerance, within }: DeclaredAgreement): string {
  const time = within === undefined ? '' : `, ${formatDuration(within)} after the last update`;
  if (tolerance === undefined) return time;
  return `${'absolute' in tolerance ? ` within ${tolerance.absolute}` : ` within ${Math.round(tolerance.share * 1e6) / 1e4} %`}${time}`;
}

function expectedText({ values }: DeclaredAgreement, { value }: StateValue): string {
  const words = values?.[foldText(value)];
  return words === undefined ? `${value} in both` : words.join(' or ');
}
