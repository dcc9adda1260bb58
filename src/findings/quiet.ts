import { measuredBy } from '../flows/index.ts';
import { attributeOf, textOf, valuesAgree, type Particulars, type Shape } from '../journey/index.ts';
import type { CompletenessCounts } from '../model/completeness.ts';
import type { JourneyStatus } from '../model/journey.ts';
import { completenessWhenQuiet } from './completeness/completeness.ts';
import { agrees } from './agreements.ts';
import { agreesAsDeclared, deadlineAfter } from './declared.ts';
import { DETECTORS, statusOf } from './judge.ts';
import { slowness } from './slow.ts';
import type { Conditions, DetectorContext, Match, ValuePair } from './types.ts';
import { viewOf } from './view.ts';
import { vocabularyOf } from './vocabulary.ts';

/** What is said of every journey of a shape that meets the conditions: nothing but how it stands. */
export interface Quiet {
  readonly status: JourneyStatus;
  readonly statusReason: string;
  readonly completeness: CompletenessCounts;
  /** Whether the journey with these particulars meets the conditions. If not, it has to be judged. */
  holds(particulars: Particulars): boolean;
}

/** Asks the detectors about all journeys of a shape at once. Undefined when one of them has to see each. */
export function quietOf({ journey }: Shape, context: DetectorContext): Quiet | undefined {
  const conditions: Conditions = { durations: [], limits: [], windows: [], matches: [], pairs: [], agreements: [] };
  if (!DETECTORS.every((detector) => detector.isSilent(journey, context, conditions))) return undefined;
  const completeness = completenessWhenQuiet(journey, context);
  if (completeness === undefined) return undefined;
  const { durations, limits, windows, matches, pairs, agreements } = conditions;
  const word = viewOf(journey, context).prepared?.word ?? String;
  const { status, reason } = statusOf(journey, [], context);
  return {
    status,
    statusReason: reason,
    completeness,
    holds(particulars) {
      for (const { from, to, model, thresholds } of durations) {
        const since = particulars.time(from);
        const { usual, duration } = measuredBy(model, since, particulars.time(to));
        if (duration > usual.p99 && slowness(usual, duration, thresholds) !== undefined) return false;
      }
      for (const { from, to, most } of limits) if (particulars.time(to) - particulars.time(from) > most) return false;
      for (const { from, to, declared } of windows) {
        const deadline = deadlineAfter(declared, particulars.time(from));
        if (deadline !== undefined && particulars.time(to) > deadline) return false;
      }
      for (const { a, b, declared } of agreements)
        if (!agreesAsDeclared(declared, attributeOf(a, particulars), attributeOf(b, particulars))) return false;
      for (const match of matches) if (!isTold(match, particulars)) return false;
      for (const pair of pairs) if (!isUsual(pair, particulars, word)) return false;
      return true;
    },
  };
}

function isTold(match: Match, particulars: Particulars): boolean {
  const [a, b] = [match.a[0]!, match.b[0]!];
  // The common case, without making an attribute of either.
  if (match.a.length === 1 && match.b.length === 1 && match.expectation.factor === undefined) {
    const [i, j] = [a.attribute.number, b.attribute.number];
    if (i !== undefined && j !== undefined && particulars.isSame(a.event, i, b.event, j)) return true;
  }
  return agrees(match, (value) => attributeOf(value, particulars));
}

function isUsual(pair: ValuePair, particulars: Particulars, word: (text: string) => string): boolean {
  if (pair.mustAgree && !areSame(pair, particulars)) return false;
  if (!pair.areWords) return true;
  const a = textOf(attributeOf(pair.a, particulars));
  const b = textOf(attributeOf(pair.b, particulars));
  return vocabularyOf(pair.expectation).judge(word(a), word(b)) === undefined;
}

function areSame({ a, b }: ValuePair, particulars: Particulars): boolean {
  const [i, j] = [a.attribute.number, b.attribute.number];
  // The common case, without making an attribute of either.
  if (i !== undefined && j !== undefined && particulars.isSame(a.event, i, b.event, j)) return true;
  return valuesAgree(attributeOf(a, particulars), attributeOf(b, particulars));
}
