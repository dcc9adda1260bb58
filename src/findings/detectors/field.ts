import { wilsonLower } from '../../flows/index.ts';
import { nameOf } from '../../journey/index.ts';
import type { Attribute } from '../../model/event.ts';
import type { Finding } from '../../model/finding.ts';
import type { ToldValue } from '../../model/journey.ts';
import { formatDuration } from '../../model/time.ts';
import { agrees, asTold, countsOf, disagreementsOf, lackingPart, matchesOf, saidNumber, saidText } from '../agreements.ts';
import type { Counts } from '../agreements.ts';
import { fieldHint } from '../field-hint.ts';
import { finding, MIN_OBSERVATIONS, NOTHING, shareText } from '../finding.ts';
import { findMissing } from '../missing.ts';
import { USUAL_THRESHOLDS } from '../thresholds.ts';
import { stepsOf } from '../told-in.ts';
import type { Detection, Detector, Match } from '../types.ts';
import { isUnlearned, unlearnedDisagreements } from '../unlearned-fields.ts';
import type { JourneyView } from '../view.ts';
import { viewOf } from '../view.ts';

export const fieldDetector: Detector = {
  id: 'field',
  version: 1,
  kind: 'mismatch',
  subkinds: ['field'],
  title: 'Two steps or documents disagree about a field',
  doc: {
    what: 'A quantity, an amount or a text differs between two steps or documents that agree about it in nearly all journeys: what was ordered, shipped and invoiced, wherever it is told.',
    why: 'Each system is right by its own lights; the disagreement is the only trace of what went wrong between them.',
    how: 'Of every step and document the last value of each field is kept, for each record that it is about. How two of them go together is learned from all journeys: the same, by a constant factor (net and gross), and where one tells it of several records as a sum (the shipments of an order), the same for each, or record by record. Named is the first in time that differs from what was told before it; what follows it carries the same error. Of fewer than 30 journeys nothing is learned: there an amount, a currency or a quantity that two systems tell differently is shown as information.',
    silent:
      "With fewer than 30 journeys that have both values, or that have several where several are told; where a confirmed gap explains that a part is lacking; where a part of what comes in parts may have been told before a log began, or may still come: less than the whole is told only when twice the longest wait between two parts has passed, more than the whole at once; while the usual time between the two had not passed at the end of the data or of that system's log; where the same system said later of the same record what the other says; for amounts that only rounding tells apart; and where a passport says how the two go together.",
    teaches: 'A false alarm about two numbers raises the difference that is let pass in this field to 5 % above what was seen.',
  },
  parameters: [
    { name: 'agree share', value: USUAL_THRESHOLDS.agreeShare, meaning: 'lower bound of the share of journeys in which two agree' },
    { name: 'observations', value: MIN_OBSERVATIONS, meaning: 'journeys with both values needed' },
  ],
  detect(journey, context): Detection {
    if (journey.told.length === 0) return NOTHING;
    const view = viewOf(journey, context);
    if (isUnlearned(view)) return { findings: unlearnedDisagreements(view), ghosts: [], ghostHops: [] };
    if (matchesOf(view).every((match) => agrees(match, asTold))) return NOTHING;
    const byField = Map.groupBy(certainOf(view, disagreementsOf(view)), ({ match }) => match.field);
    return { findings: Array.from(byField.values(), (group) => report(view, group)), ghosts: [], ghostHops: [] };
  },
  isSilent(journey, context, { matches }) {
    if (journey.told.length === 0) return true;
    const view = viewOf(journey, context);
    if (isUnlearned(view)) return false;
    matches.push(...matchesOf(view));
    return true;
  },
};

/** Two that disagree: who told it first, and who told something else after that. */
interface Disagreement {
  readonly match: Match;
  readonly before: readonly ToldValue[];
  readonly after: readonly ToldValue[];
}

/** What is told of them: they will not come to agree, and nothing else says it. */
function certainOf(view: JourneyView, matches: readonly Match[]): readonly Disagreement[] {
  return matches
    .filter((match) => !isOpen(view, match) && !isGap(view, match))
    .map(inTime)
    .filter((one) => !isSetRight(view, one));
}

/** Fields of which two tellers differ: whether that is certain, or may yet be put right. */
export function differingFields(view: JourneyView): ReadonlyMap<string, boolean> {
  const matches = disagreementsOf(view);
  const found = new Map(matches.map(({ field }) => [field, false]));
  for (const { match } of certainOf(view, matches)) found.set(match.field, true);
  return found;
}

function inTime(match: Match): Disagreement {
  const { a, b } = match;
  return lastAt(a) <= lastAt(b) ? { match, before: a, after: b } : { match, before: b, after: a };
}

function lastAt(values: readonly ToldValue[]): number {
  return values.reduce((last, { at }) => Math.max(last, at ?? -Infinity), -Infinity);
}

/** Whether something of them was told before a log began: parts of a sum, or a part of what is told of several, may stand there. */
function beganUnseen({ journey, coverage }: JourneyView, { a, b, expectation }: Match): boolean {
  if (expectation.several === undefined || journey.startedAt === undefined) return false;
  const began = journey.startedAt;
  return [a, b].some((values) => (coverage.startOf(values[0]!.system) ?? began) > began);
}

/** Whether they may yet come to agree: a part is still to come, or the other has not been told yet. */
function isOpen(view: JourneyView, match: Match): boolean {
  const { a, b, expectation } = match;
  if (beganUnseen(view, match)) return true;
  const part = lackingPart(match);
  const end = (values: readonly ToldValue[]): number => Math.min(view.dataEnd, view.coverage.endOf(values[0]!.system) ?? view.dataEnd);
  if (part !== undefined && end(part) < lastAt(part) + (expectation.several?.patience ?? 0)) return true;
  const { before, after } = inTime(match);
  if (expectation.grace === undefined || a.length > 1 || b.length > 1) return false;
  const grace = lastAt(after) + expectation.grace;
  return view.dataEnd < grace || (view.coverage.endOf(before[0]!.system) ?? view.dataEnd) < Math.min(grace, view.dataEnd);
}

/** Whether a part is lacking because something never came: the gap says it. */
function isGap(view: JourneyView, match: Match): boolean {
  return lackingPart(match) !== undefined && findMissing(view).some(({ absence }) => absence === 'confirmed');
}

/** Whether who differs from what was told before said that later, of the same record. */
function isSetRight(view: JourneyView, { match, after }: Disagreement): boolean {
  const [value] = after;
  if (after.length > 1 || value === undefined) return false;
  const field = view.journey.told.find(({ field: name }) => name === match.field);
  return (field?.values ?? []).some(
    (later) =>
      later !== value &&
      later.system === value.system &&
      later.about.key === value.about.key &&
      later.about.type === value.about.type &&
      (later.at ?? 0) > (value.at ?? 0) &&
      agrees(match.a === after ? { ...match, a: [later] } : { ...match, b: [later] }, asTold),
  );
}

/** The first in time that differs from something before it, against what it is surest to agree with. */
function report(view: JourneyView, group: readonly Disagreement[]): Finding {
  const first = group.reduce((best, one) => (lastAt(one.after) < lastAt(best.after) ? one : best));
  const same = group.filter(({ after }) => after[0] === first.after[0]);
  const { match, before, after } = same.reduce((best, one) => (confidenceOf(view, one) > confidenceOf(view, best) ? one : best));
  const { field } = match;
  const [wrong, right] = differing(match, before, after);
  const last = wrong.at(-1) as ToldValue;
  const says = `${placeText(last)} says ${field} ${saidText(wrong)}, ${placeText(right[0] as ToldValue)} says ${saidText(right)}`;
  const [x, y] = [saidNumber(wrong), saidNumber(right)];
  const hint =
    x === undefined || y === undefined ? fieldHint(right[0]!.attribute, last.attribute) : fieldHint(asAttribute(y), asAttribute(x));
  const events = [...wrong, ...right].map(({ event }) => event);
  return finding(view.journey, {
    kind: 'mismatch',
    subkind: 'field',
    // A wrong amount has an effect at once.
    severity: x !== undefined && field === 'amount' ? 'critical' : 'warning',
    confidence: confidenceOf(view, { match, before, after }),
    record: match.expectation.several?.as === 'same' && (before.length > 1 || after.length > 1) ? last.about : view.journey.record,
    place: { system: last.system, flow: undefined, step: last.step },
    steps: stepsOf(view, events),
    at: last.at,
    title: says,
    explanation: [`${says}.`, whyText(view, { match, before, after }), ...(hint === undefined ? [] : [hint])].join(' '),
    expected: expectedText(match, before, right),
    actual: saidText(wrong),
    evidence: events,
    facet: field,
    ...(x === undefined || y === undefined ? {} : { measured: { parameter: 'difference', value: Math.abs(x - y) } }),
  });
}

/** Of what is compared record by record, the record that differs. */
function differing(
  match: Match,
  before: readonly ToldValue[],
  after: readonly ToldValue[],
): readonly [readonly ToldValue[], readonly ToldValue[]] {
  if (match.expectation.several?.as !== 'same') return [after, before];
  for (const value of after) {
    const other = before.find(({ about }) => about.key === value.about.key && about.type === value.about.type);
    if (other === undefined) continue;
    const one = match.a === after ? { ...match, a: [value], b: [other] } : { ...match, a: [other], b: [value] };
    if (!agrees(one, asTold)) return [[value], [other]];
  }
  return [after, before];
}

function confidenceOf(view: JourneyView, one: Disagreement): number {
  const { journeys, agreed } = seenIn(view, one);
  return wilsonLower(agreed, journeys);
}

/** In how many journeys the two could be compared, and how many of them agree. */
function seenIn(view: JourneyView, { match: { expectation }, before, after }: Disagreement): Counts {
  if (before.length > 1 || after.length > 1) return expectation.several ?? expectation;
  return countsOf(expectation, view.prepared?.thresholds ?? USUAL_THRESHOLDS) ?? expectation;
}

/** How they usually go together, and how often that was seen. */
function whyText(view: JourneyView, one: Disagreement): string {
  const { match, before, after } = one;
  const { agreed, journeys } = seenIn(view, one);
  const { factor, several, stepA, stepB } = match.expectation;
  const often = `in ${shareText(agreed, journeys)} of ${journeys} journeys`;
  const parts = before.length > 1 || after.length > 1;
  if (parts && several?.as === 'sum') return `What is told of several records adds up ${often} that have several.`;
  if (factor !== undefined) {
    const [more, less] = factor >= 1 ? [stepB, stepA] : [stepA, stepB];
    return `${more} is ${Math.round(Math.max(factor, 1 / factor) * 1e4) / 1e4} times ${less} ${often}.`;
  }
  const waited =
    several?.patience === undefined || lackingPart(match) === undefined
      ? ''
      : ` No other part came within ${formatDuration(several.patience)}.`;
  return `They agree ${often}.${waited}`;
}

function expectedText({ expectation, a }: Match, before: readonly ToldValue[], right: readonly ToldValue[]): string {
  const { factor } = expectation;
  const number = saidNumber(right);
  if (factor === undefined || number === undefined) return `${saidText(right)} in both`;
  return `${Math.round((before === a ? number * factor : number / factor) * 100) / 100}`;
}

function placeText({ system, step }: ToldValue): string {
  return nameOf({ system, step });
}

function asAttribute(number: number): Attribute {
  return { name: '', number, text: undefined };
}
