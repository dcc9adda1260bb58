import { pairKey } from '../flows/index.ts';
import { nameOf, valuesAgree } from '../journey/index.ts';
import type { Finding } from '../model/finding.ts';
import type { ToldField, ToldValue } from '../model/journey.ts';
import { isDeclared } from './agreements.ts';
import { fieldHint } from './field-hint.ts';
import { finding, MIN_OBSERVATIONS } from './finding.ts';
import { stepsOf } from './told-in.ts';
import type { JourneyView } from './view.ts';

/** Fields that mean the same wherever they are told of one record. */
const SAME_EVERYWHERE: ReadonlySet<string> = new Set(['amount', 'currency', 'quantity']);

/** Documents whose sums are others by their nature. */
const OTHER_SUM = /credit|refund|return|tax|discount|charge|fee|deposit|partial|correct|statement/i;

/** Below this it is more likely that the two usually differ. */
const MORE_LIKELY = 0.5;

/** Whether there are too few journeys of a type to learn which fields agree in it. */
export function isUnlearned({ prepared }: JourneyView): boolean {
  return (prepared?.type.journeys ?? 0) < MIN_OBSERVATIONS;
}

/**
 * Where one order is looked into, nothing can be learned, and what was ordered, shipped and invoiced is still to be held side by side. Of each such field
 * the first value that differs from what was told before it, as a hint: how sure it is follows from the few other journeys (Laplace's rule of succession).
 */
export function unlearnedDisagreements(view: JourneyView): readonly Finding[] {
  if (!isUnlearned(view)) return [];
  return view.journey.told.flatMap((field) => (SAME_EVERYWHERE.has(field.field) ? disagreementIn(view, field) : []));
}

function disagreementIn(view: JourneyView, { field, values }: ToldField): readonly Finding[] {
  // In causal order: documents of one day are ordered by which cites which.
  const told = soleValues(values);
  for (const [i, later] of told.entries()) {
    const before = told.slice(0, i).findLast((one) => one.system !== later.system);
    if (before === undefined || valuesAgree(before.attribute, later.attribute)) continue;
    if (view.prepared !== undefined && isDeclared(view.prepared, field, before, later)) continue;
    const confidence = shareOf(view, field, before, later);
    if (confidence >= MORE_LIKELY) return [report(view, field, before, later, confidence)];
  }
  return [];
}

/** What is told once by each step: of several shipments each has a quantity of its own. */
function soleValues(values: readonly ToldValue[]): ToldValue[] {
  const groups = Map.groupBy(values, ({ system, step }) => `${system}\u0000${step}`);
  return [...groups.values()].flatMap((group) => (group.length === 1 && !OTHER_SUM.test(group[0]!.step) ? group : []));
}

/** How likely it is that the two agree, by the other journeys that have both. */
function shareOf({ prepared, journey }: JourneyView, field: string, a: ToldValue, b: ToldValue): number {
  if (prepared === undefined) return MORE_LIKELY;
  const number = ({ system, step }: ToldValue): number => prepared.tellers.find(system, field, step, journey.record.type);
  const known = prepared.fields.get(pairKey(number(a), number(b)))?.expectation;
  return known === undefined ? MORE_LIKELY : (known.agreed + 1) / (known.journeys + 2);
}

function report(view: JourneyView, field: string, before: ToldValue, later: ToldValue, confidence: number): Finding {
  const title = `${nameOf(later)} says ${field} ${later.value}, ${nameOf(before)} says ${before.value}`;
  const journeys = view.prepared?.type.journeys ?? 0;
  const hint = fieldHint(before.attribute, later.attribute);
  const few = `There are ${journeys} journeys of this type, too few to know whether the two usually agree.`;
  return finding(view.journey, {
    kind: 'mismatch',
    subkind: 'field',
    severity: 'info',
    confidence,
    record: view.journey.record,
    place: { system: later.system, flow: undefined, step: later.step },
    steps: stepsOf(view, [later.event, before.event]),
    at: later.at,
    title,
    explanation: [`${title}.`, few, ...(hint === undefined ? [] : [hint])].join(' '),
    expected: `${before.value} in both`,
    actual: later.value,
    evidence: [later.event, before.event],
    facet: field,
  });
}
