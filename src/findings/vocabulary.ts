import { wilsonUpper } from '../flows/index.ts';
import type { FieldExpectation } from '../flows/index.ts';

/** A pair of words is odd when it occurs less than this times as often as it would if the words had nothing to do with each other. */
export const RARE_RATIO = 0.5;
/** A system can be behind only in a pair that makes up at most this share of the journeys with the newer word. */
export const ROW_SHARE = 0.05;
/** Critical value of the log-likelihood ratio G² (χ², one degree of freedom) at 0.1 %. */
const CRITICAL_G2 = 10.83;
/** The word that usually goes with another does so in at least this share. */
const DOMINANT_SHARE = 0.5;

/** What the vocabulary says of one pair of words; undefined for a pair that is known to go together. */
export interface WordVerdict {
  /** One of the words is new: nothing is known of what it goes with. */
  readonly unseen: boolean;
  /** Far rarer than chance would make it. */
  readonly odd: { readonly confidence: number; readonly usual: string } | undefined;
  /** What holds if that side was updated before the other: it still has an old word, where the other's word usually goes with `usual`. */
  readonly whenOlder: { readonly a: Usual | undefined; readonly b: Usual | undefined };
}

interface Usual {
  readonly usual: string;
  /** At least this share of the journeys with the newer word do not have this pair. */
  readonly share: number;
}

export interface Vocabulary {
  /** Judges two folded words, of A and of B. */
  judge(a: string, b: string): WordVerdict | undefined;
}

const vocabularies = new WeakMap<FieldExpectation, Vocabulary>();

/** The contingency table of two systems' final words, ready for questions. */
export function vocabularyOf(expectation: FieldExpectation): Vocabulary {
  let known = vocabularies.get(expectation);
  if (known === undefined) vocabularies.set(expectation, (known = build(expectation)));
  return known;
}

interface Side {
  /** With the journeys in which the other side told nothing. */
  readonly total: number;
  readonly alone: number;
  readonly top: string;
  readonly topCount: number;
}

/** Stands for the other side in journeys of which it told nothing. No word is written like it. */
const NOTHING = '\u0000';

/** That one side told nothing is a partner of the other's word like any other: a rejected claim has no payment, so `REJECTED` beside one is odd. */
function build({ pairs, alone }: FieldExpectation): Vocabulary {
  const rows = new Map<string, Side>();
  const columns = new Map<string, Side>();
  const counts = new Map<string, number>();
  let total = 0;
  // Most frequent first, so that the first partner seen is the usual one.
  for (const { a, b, count } of pairs) {
    total += count;
    counts.set(`${a}\u0000${b}`, count);
    tally(rows, a, b, count);
    tally(columns, b, a, count);
  }
  for (const { word, count } of alone?.a ?? []) {
    total += count;
    tally(rows, word, NOTHING, count);
  }
  for (const { word, count } of alone?.b ?? []) {
    total += count;
    tally(columns, word, NOTHING, count);
  }
  return {
    judge(a, b) {
      const row = rows.get(a);
      const column = columns.get(b);
      // Each is the other's usual partner: the common case.
      if (row?.top === b && column?.top === a) return undefined;
      const count = counts.get(`${a}\u0000${b}`) ?? 0;
      // The usual partner of either word, unless that word usually stands alone.
      if (
        (row?.top === b && !standsAlone(row)) ||
        (column?.top === a && !standsAlone(column)) ||
        row === undefined ||
        column === undefined
      ) {
        // The usual partner of either word is no odd pair, but a system can still be behind with the only word it knows.
        return verdictOf(undefined, behind(row, b, count), behind(column, a, count), row === undefined || column === undefined);
      }
      const expected = (row.total * column.total) / total;
      const isOdd = count < RARE_RATIO * expected && logLikelihoodRatio(count, row.total, column.total, total) > CRITICAL_G2;
      const plainer = standsAlone(row) || (!standsAlone(column) && row.total < column.total) ? column : row;
      const odd = isOdd ? { confidence: 1 - wilsonUpper(count, Math.min(row.total, column.total)), usual: plainer.top } : undefined;
      return verdictOf(odd, behind(row, b, count), behind(column, a, count));
    },
  };
}

function standsAlone({ alone, total }: Side): boolean {
  return alone >= DOMINANT_SHARE * total;
}

function verdictOf(
  odd: WordVerdict['odd'],
  bBehind: Usual | undefined,
  aBehind: Usual | undefined,
  unseen = false,
): WordVerdict | undefined {
  if (odd === undefined && bBehind === undefined && aBehind === undefined && !unseen) return undefined;
  return { odd, whenOlder: { a: aBehind, b: bBehind }, unseen };
}

/** Whether `other` is a rare partner of the word this side stands for, which usually has another one. */
function behind(side: Side | undefined, other: string, count: number): Usual | undefined {
  if (side === undefined || side.top === other) return undefined;
  const told = side.total - side.alone;
  if (side.topCount < DOMINANT_SHARE * told) return undefined;
  return count <= ROW_SHARE * told ? { usual: side.top, share: 1 - wilsonUpper(count, told) } : undefined;
}

function tally(sides: Map<string, Side>, word: string, partner: string, count: number): void {
  const known = sides.get(word);
  const alone = partner === NOTHING ? count : 0;
  if (known === undefined) sides.set(word, { total: count, alone, top: partner, topCount: count });
  else sides.set(word, { ...known, total: known.total + count, alone: known.alone + alone });
}

/** G² of the 2×2 table around one pair (Dunning 1993): how surprising its count is, given how often each word occurs. */
function logLikelihoodRatio(both: number, row: number, column: number, total: number): number {
  const cells = [both, row - both, column - both, total - row - column + both];
  const sums = [row, row, total - row, total - row];
  const others = [column, total - column, column, total - column];
  let sum = 0;
  cells.forEach((cell, i) => {
    const expected = ((sums[i] as number) * (others[i] as number)) / total;
    if (cell > 0 && expected > 0) sum += cell * Math.log(cell / expected);
  });
  return 2 * sum;
}
