import { eachPair, pairKey, wilsonLower } from '../../flows/index.ts';
import type { DeclaredAgreement, FieldExpectation, Told } from '../../flows/index.ts';
import { numberOf, valuesAgree } from '../../journey/index.ts';
import type { Finding, Measure } from '../../model/finding.ts';
import type { RecordRef } from '../../model/record.ts';
import { formatDuration } from '../../model/time.ts';
import { isTeller } from '../declared.ts';
import { finding, MIN_OBSERVATIONS, NOTHING } from '../finding.ts';
import { slowness } from '../slow.ts';
import { USUAL_THRESHOLDS } from '../thresholds.ts';
import type { Detection, Detector, ValuePair } from '../types.ts';
import { placeOf, stepsOf } from '../told-in.ts';
import type { JourneyView, PreparedType } from '../view.ts';
import { viewOf } from '../view.ts';
import { RARE_RATIO, ROW_SHARE, vocabularyOf } from '../vocabulary.ts';

/** A system that is told last in at least this share of the journeys (at 97.5 % confidence) is behind where it was told first. */
const LAST_SHARE = 0.9;

/** Two values that can be compared, in the order of their expectation. */
export interface ToldPair {
  readonly a: Told;
  readonly b: Told;
}

/** One pair of systems that disagree. */
interface Disagreement {
  readonly pair: ToldPair;
  readonly expectation: FieldExpectation;
  readonly subkind: 'state' | 'stale';
  /** The system that is likely wrong or behind, where the pair itself tells. */
  readonly behind: string | undefined;
  readonly confidence: number;
  readonly usual: string;
}

export const mismatchDetector: Detector = {
  id: 'mismatch',
  version: 2,
  kind: 'mismatch',
  subkinds: ['state', 'stale'],
  title: 'Two systems disagree about the state of a record',
  doc: {
    what: '`state`: their words for the state of the record do not go together. `stale`: one system never got the last update.',
    why: 'Each system is right by its own lights; the disagreement is the only trace of what went wrong between them.',
    how: 'Which words go together is learned from the final states of all journeys. A pair of words is odd when it is far rarer than chance would make it (log-likelihood ratio, Dunning 1993), stale when a system still holds a word long after the other moved on, measured against the usual time between their updates, or was told first where it is nearly always told last. A word that usually stands alone (a rejected claim has no payment) is odd beside one that usually has another partner.',
    silent:
      "With fewer than 30 journeys that have both values, while the usual time between the updates had not passed at the end of the data or of that system's log, where a failure or a confirmed gap already explains it, and where a passport says how the two go together.",
    teaches:
      'A false alarm about a system that was behind raises the time that it may lag to 5 % above what was seen. One about words puts only itself aside.',
  },
  parameters: [
    { name: 'agree share', value: USUAL_THRESHOLDS.agreeShare, meaning: 'lower bound of the share of journeys in which two fields agree' },
    { name: 'rare ratio', value: RARE_RATIO, meaning: 'times the expected count below which a pair of words is odd' },
    {
      name: 'row share',
      value: ROW_SHARE,
      meaning: 'share of the journeys with one word that have the other, below which it can be stale',
    },
    {
      name: 'last share',
      value: LAST_SHARE,
      meaning: 'lower bound of the share of journeys in which a system is told last, from which on it is behind where it was told first',
    },
    { name: 'observations', value: MIN_OBSERVATIONS, meaning: 'journeys with both values needed' },
  ],
  detect(journey, context): Detection {
    if (journey.state.length === 0) return NOTHING;
    const view = viewOf(journey, context);
    const { prepared } = view;
    if (prepared === undefined) return NOTHING;
    const found: Disagreement[] = [];
    eachExpected(view, prepared, (pair, expectation) => {
      const disagreement = judgeSame(view, pair, expectation) ?? judgeWords(view, pair, expectation);
      if (disagreement !== undefined) found.push(disagreement);
    });
    if (found.length === 0) return NOTHING;
    const groups = Map.groupBy(found, ({ pair }) => pair.a.field.record.key);
    return { findings: [...groups.values()].map((group) => report(view, group)), ghosts: [], ghostHops: [] };
  },
  isSilent(journey, context, { pairs }) {
    if (journey.state.length === 0) return true;
    const view = viewOf(journey, context);
    if (view.prepared === undefined) return true;
    eachExpected(view, view.prepared, (pair, expectation) => {
      const how = howCompared(view, pair, expectation);
      if (how !== undefined) pairs.push({ a: pair.a.value, b: pair.b.value, expectation, ...how });
    });
    return true;
  },
};

/** In which way two values have to go together; undefined where nothing is known of it. */
export function howCompared(
  view: JourneyView,
  { a, b }: ToldPair,
  expectation: FieldExpectation,
): Pick<ValuePair, 'mustAgree' | 'areWords'> | undefined {
  const mustAgree = a.field === b.field && agreeShare(expectation) >= (view.prepared?.thresholds ?? USUAL_THRESHOLDS).agreeShare;
  const areWords = expectation.pairs.length > 0;
  return mustAgree || areWords ? { mustAgree, areWords } : undefined;
}

/** Whether two values that have to go together do; undefined while one may yet be put right, and for words that were never seen. */
export function goTogether(view: JourneyView, pair: ToldPair, expectation: FieldExpectation): boolean | undefined {
  const how = howCompared(view, pair, expectation);
  if (how === undefined) return undefined;
  // The same word for the same field is no disagreement, however rare it is that both end with it.
  if (pair.a.field === pair.b.field && valuesAgree(pair.a.value.attribute, pair.b.value.attribute)) return true;
  if (judgeSame(view, pair, expectation) !== undefined || judgeWords(view, pair, expectation) !== undefined) return false;
  if (how.mustAgree) return undefined;
  const { a, b } = pair;
  const word = view.prepared?.word ?? String;
  const verdict = vocabularyOf(expectation).judge(word(a.value.value), word(b.value.value));
  return verdict?.odd !== undefined || verdict?.unseen === true ? undefined : true;
}

/** Calls back with every two values of which it is known how they go together. */
export function eachExpected(
  view: JourneyView,
  prepared: PreparedType,
  visit: (pair: ToldPair, expectation: FieldExpectation) => void,
): void {
  const { tellers, fields } = prepared;
  const number = tellers.find.bind(tellers);
  eachPair(view.journey, number, (x, y) => {
    const known = fields.get(pairKey(x.teller, y.teller));
    if (known === undefined || known.expectation.journeys < MIN_OBSERVATIONS) return;
    if (prepared.agreements.length > 0 && prepared.agreements.some((declared) => isAbout(declared, x, y))) return;
    visit(known.a === x.teller ? { a: x, b: y } : { a: y, b: x }, known.expectation);
  });
}

/** Whether a passport says how these two go together. */
function isAbout({ field, a, b }: DeclaredAgreement, x: Told, y: Told): boolean {
  if (x.field.field !== field || y.field.field !== field) return false;
  return (isTeller(a, x.value) && isTeller(b, y.value)) || (isTeller(a, y.value) && isTeller(b, x.value));
}

function agreeShare({ agreed, journeys }: FieldExpectation): number {
  return wilsonLower(agreed, journeys);
}

/** States that agree nearly always, and not here. */
function judgeSame(view: JourneyView, pair: ToldPair, expectation: FieldExpectation): Disagreement | undefined {
  if (pair.a.field !== pair.b.field || valuesAgree(pair.a.value.attribute, pair.b.value.attribute)) return undefined;
  const share = agreeShare(expectation);
  if (share < (view.prepared?.thresholds ?? USUAL_THRESHOLDS).agreeShare || inFlight(view, pair, expectation)) return undefined;
  return { pair, expectation, subkind: 'state', behind: undefined, confidence: share, usual: 'the same value' };
}

/** Words of state that do not go together. */
function judgeWords(view: JourneyView, pair: ToldPair, expectation: FieldExpectation): Disagreement | undefined {
  const word = view.prepared?.word;
  if (expectation.pairs.length === 0 || word === undefined) return undefined;
  const verdict = vocabularyOf(expectation).judge(word(pair.a.value.value), word(pair.b.value.value));
  if (verdict === undefined) return undefined;
  const { a, b } = pair;
  const lag = Math.abs((a.value.at ?? 0) - (b.value.at ?? 0));
  const timed = a.value.at !== undefined && b.value.at !== undefined;
  const older = timed && lag > 0 ? ((a.value.at ?? 0) < (b.value.at ?? 0) ? 'a' : 'b') : undefined;
  const rule = older === undefined ? undefined : verdict.whenOlder[older];
  const late = timed
    ? (slowness(expectation.lag, lag, USUAL_THRESHOLDS) ?? outOfTurn(view, pair, expectation, older, rule?.usual))
    : undefined;
  if (late !== undefined && older !== undefined && rule !== undefined && !inFlight(view, pair, expectation)) {
    return { pair, expectation, subkind: 'stale', behind: pair[older].value.system, confidence: late * rule.share, usual: rule.usual };
  }
  // Which of the two is wrong is not known: either may yet have been put right, or was and its log had ended.
  if (verdict.odd === undefined || inFlight(view, pair, expectation, [a.value.system, b.value.system])) return undefined;
  return { pair, expectation, subkind: 'state', behind: undefined, confidence: verdict.odd.confidence, usual: verdict.odd.usual };
}

/**
 * How sure it is that a system is behind because it was told first, where nearly always it is told last: what lies between the two times is then
 * no delay, and need not be long. The one told last may be the wrong one as well: both must have had the time to put it right.
 */
function outOfTurn(
  view: JourneyView,
  pair: ToldPair,
  expectation: FieldExpectation,
  older: 'a' | 'b' | undefined,
  usual: string | undefined,
): number | undefined {
  if (older === undefined || inFlight(view, pair, expectation, [pair.a.value.system, pair.b.value.system])) return undefined;
  // Where the two have come to what usually goes together: what is still under way was told last by whoever went first.
  const newer = view.prepared?.word(pair[older === 'a' ? 'b' : 'a'].value.value);
  const together = expectation.pairs.find(({ a, b }) => (older === 'a' ? a === usual && b === newer : b === usual && a === newer));
  const last = together?.last ?? expectation.last;
  const share = last === undefined ? 0 : wilsonLower(last[older], last.a + last.b);
  return share >= LAST_SHARE ? share : undefined;
}

/**
 * Younger than the time an update usually takes to get across: the other system may simply not have been told yet. Asked of the system that was
 * told last, unless other `systems` are meant.
 */
function inFlight(view: JourneyView, { a, b }: ToldPair, expectation: FieldExpectation, systems?: readonly string[]): boolean {
  if (a.value.at === undefined || b.value.at === undefined || expectation.lag === undefined) return false;
  const newer = Math.max(a.value.at, b.value.at);
  const behind = a.value.at < b.value.at ? a.value.system : b.value.system;
  const grace = newer + expectation.lag.p95;
  return (
    view.dataEnd < grace ||
    (systems ?? [behind]).some((system) => (view.coverage.endOf(system) ?? view.dataEnd) < Math.min(grace, view.dataEnd))
  );
}

function report(view: JourneyView, group: readonly Disagreement[]): Finding {
  const stale = group.filter((item) => item.subkind === 'stale');
  const chosen = stale.length > 0 ? stale : group;
  const odd =
    stale.length > 0
      ? mostFrequent(stale.map((item) => item.behind ?? ''))
      : mostFrequent(chosen.flatMap(({ pair }) => laterFirst(pair).map(({ value }) => value.system)));
  const main = strongest(chosen.filter(({ pair }) => pair.a.value.system === odd || pair.b.value.system === odd));
  const { pair, expectation, subkind } = main;
  const [wrong, right] = pair.a.value.system === odd ? [pair.a, pair.b] : [pair.b, pair.a];
  const record: RecordRef = wrong.field.record;
  const lag = Math.abs((wrong.value.at ?? 0) - (right.value.at ?? 0));
  const says = `${odd} says ${wrong.field.field} ${wrong.value.value}, ${right.value.system} says ${right.field.field === wrong.field.field ? '' : `${right.field.field} `}${right.value.value}`;
  const journeys = expectation.journeys;
  const why =
    subkind === 'stale'
      ? `${odd} was last updated ${formatDuration(lag)} before ${right.value.system}; usually ${formatDuration(expectation.lag?.median ?? 0)} lie between them, and ${right.value.system}'s ${right.value.value} goes with ${main.usual}.`
      : `With ${right.value.value} usually goes ${main.usual}; these two words stand together in hardly any of ${journeys} journeys.`;
  return finding(view.journey, {
    kind: 'mismatch',
    subkind,
    // A state that is behind may still catch up.
    severity: 'warning',
    confidence: main.confidence,
    record,
    place: { system: odd, flow: undefined, step: placeOf(view, odd, wrong.value.event) },
    steps: stepsOf(view, [wrong.value.event, right.value.event]),
    at: wrong.value.at,
    title: subkind === 'stale' ? `${odd} still says ${wrong.value.value}; ${right.value.system} says ${right.value.value}` : says,
    explanation: `${says}. ${why}`,
    expected: main.usual,
    actual: wrong.value.value,
    evidence: [wrong.value.event, right.value.event],
    facet: wrong.field.field,
    ...measureOf(main, wrong, right, lag),
  });
}

/** How far apart two numbers are, or how long a system was behind; nothing for words, between which there is no more or less. */
function measureOf({ subkind }: Disagreement, wrong: Told, right: Told, lag: number): { readonly measured?: Measure } {
  if (subkind === 'stale') return { measured: { parameter: 'lag', value: lag } };
  const [x, y] = [numberOf(wrong.value.attribute), numberOf(right.value.attribute)];
  return x === undefined || y === undefined ? {} : { measured: { parameter: 'difference', value: Math.abs(x - y) } };
}

/** Of two that stand alone against each other, the one told later is named: it should have taken over what the other said. Their names decide nothing. */
function laterFirst({ a, b }: ToldPair): readonly Told[] {
  return (a.value.at ?? -Infinity) >= (b.value.at ?? -Infinity) ? [a, b] : [b, a];
}

function mostFrequent(systems: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const system of systems) counts.set(system, (counts.get(system) ?? 0) + 1);
  let best = '';
  for (const [system, count] of counts) if (best === '' || count > (counts.get(best) ?? 0)) best = system;
  return best;
}

function strongest(items: readonly Disagreement[]): Disagreement {
  return items.reduce((best, item) => (item.confidence > best.confidence ? item : best));
}
