import { numberOf, valuesAgree } from '../journey/index.ts';
import type { SystemCoverage } from './coverage.ts';
import { add, createSketch, quantile } from './sketch.ts';
import type { Sketch } from './sketch.ts';
import { inCommon, isMultiple, sumOf } from './told-groups.ts';
import type { Several, ToldGroup } from './told-groups.ts';
import type { SeveralExpectation } from './types.ts';

/** Disagreements kept of each pair: enough to see a constant factor. */
const MOST_KEPT = 256;
/** A factor is looked for in this many journeys, with this many different values, and is one when it holds in at least this share of them. */
const MIN_JOURNEYS = 10;
const MIN_DISTINCT = 8;
const FACTOR_SHARE = 0.75;
/** A factor beyond this, either way, is no unit and no tax. */
const MOST_FACTOR = 10_000;
/** … and nearer to one than this it is rounding. */
const LEAST_FACTOR = 1e-4;
/** That something comes in parts is believed when so many sums came out … */
const MIN_SUMS = 3;
/** … which is at least this share of them. */
const SUM_SHARE = 0.5;
/** A part that is longer in coming than twice the longest wait that was ever seen will not come. */
const PATIENCE = 2;

/** Two numbers that are not the same, in one journey. */
interface Unequal {
  readonly hash: number;
  readonly a: number;
  readonly b: number;
  /** How many numbers they were added up from, both sides together. */
  readonly parts: number;
  /** When the last of them was told (µs). */
  readonly at: number;
}

/** A sample of at most 2 × `MOST_KEPT`, chosen by the hashes of the journeys: the same in whatever order they come. */
class Kept {
  readonly items: Unequal[] = [];
  all = 0;
  #mask = 0;

  add(item: Unequal): void {
    this.all++;
    if ((item.hash & this.#mask) !== 0) return;
    this.items.push(item);
    if (this.items.length <= 2 * MOST_KEPT) return;
    this.#mask = this.#mask * 2 + 1;
    const kept = this.items.filter(({ hash }) => (hash & this.#mask) === 0);
    this.items.length = 0;
    this.items.push(...kept);
  }
}

interface Tally {
  of: number;
  agreed: number;
}

/** What is counted of two tellers of one field, journey by journey. */
export class AgreementStats {
  readonly a: number;
  readonly b: number;
  /** Journeys in which each told it once, and in which they agreed. */
  journeys = 0;
  agreed = 0;
  /** … and those in which one of them told it of several records. */
  several = 0;
  readonly #unequal = new Kept();
  readonly #sums = new Kept();
  readonly #tallies: { readonly [S in Several]: Tally } = {
    sum: { of: 0, agreed: 0 },
    same: { of: 0, agreed: 0 },
    each: { of: 0, agreed: 0 },
  };
  readonly #lag: Sketch = createSketch();
  /** Sums that came out in which A, and in which B, told more parts; the longest time (µs) from the first of them to the last. */
  #partsOfA = 0;
  #partsOfB = 0;
  #spread = 0;

  constructor(a: number, b: number) {
    this.a = a;
    this.b = b;
  }

  observe(a: ToldGroup, b: ToldGroup, hash: number): void {
    if (a.values.length === 1 && b.values.length === 1) this.#single(a, b, hash);
    else this.#many(a, b, hash);
  }

  #single({ values: [x] }: ToldGroup, { values: [y] }: ToldGroup, hash: number): void {
    this.journeys++;
    if (x!.at !== undefined && y!.at !== undefined) add(this.#lag, Math.abs(x!.at - y!.at));
    if (valuesAgree(x!.attribute, y!.attribute)) {
      this.agreed++;
      return;
    }
    const [a, b] = [numberOf(x!.attribute), numberOf(y!.attribute)];
    if (a !== undefined && b !== undefined)
      this.#unequal.add({ hash, a, b, parts: 2, at: Math.max(x!.at ?? -Infinity, y!.at ?? -Infinity) });
  }

  #many(a: ToldGroup, b: ToldGroup, hash: number): void {
    this.several++;
    const common = inCommon(a.values, b.values);
    if (common.length > 0) {
      count(
        this.#tallies.same,
        common.every(([x, y]) => valuesAgree(x.attribute, y.attribute)),
      );
      return;
    }
    const all = [...a.values, ...b.values];
    count(
      this.#tallies.each,
      all.every((value) => valuesAgree(value.attribute, all[0]!.attribute)),
    );
    const [x, y] = [sumOf(a.values.map(({ attribute }) => attribute)), sumOf(b.values.map(({ attribute }) => attribute))];
    if (x === undefined || y === undefined) return;
    const parts = all.length;
    const fits = isMultiple(x, y, 1, parts);
    count(this.#tallies.sum, fits);
    if (!fits) this.#sums.add({ hash, a: x, b: y, parts, at: 0 });
    const [more, times] = a.values.length > b.values.length ? (['a', timesOf(a)] as const) : (['b', timesOf(b)] as const);
    if (a.values.length === b.values.length) return;
    if (more === 'a') this.#partsOfA++;
    else this.#partsOfB++;
    if (times.length > 1) this.#spread = Math.max(this.#spread, Math.max(...times) - Math.min(...times));
  }

  /** What was learned; `endOf` says until when (µs) a teller was logged. */
  finish(endOf: (teller: number) => number): Learned {
    const factor = this.#factor();
    const several = this.#several(factor ?? 1);
    const open = several?.parts === undefined ? 0 : this.#openOf(several, factor ?? 1, endOf);
    const { items, all } = this.#unequal;
    const fitting = factor === undefined ? 0 : items.filter(({ a, b, parts }) => isMultiple(a, b, factor, parts)).length;
    const scale = items.length === 0 ? 0 : all / items.length;
    return {
      journeys: this.journeys - Math.round(open * scale),
      agreed: factor === undefined ? this.agreed : Math.round(fitting * scale),
      factor,
      several,
      grace: this.#lag.count === 0 ? undefined : quantile(this.#lag, 0.95),
    };
  }

  /** The constant that nearly all unequal pairs have in common. */
  #factor(): number | undefined {
    const { items, all } = this.#unequal;
    if (all < FACTOR_SHARE * this.journeys || items.length < MIN_JOURNEYS) return undefined;
    if (new Set(items.map(({ a }) => a)).size < MIN_DISTINCT) return undefined;
    // The larger numbers are, the less their rounding moves the ratio: a median weighted by them.
    const ratios = items.filter(({ a, b }) => a > 0 && b > 0).toSorted((x, y) => x.b / x.a - y.b / y.a);
    const half = ratios.reduce((sum, { a }) => sum + a, 0) / 2;
    let seen = 0;
    const middle = ratios.find(({ a }) => (seen += a) >= half);
    if (middle === undefined) return undefined;
    const exact = middle.b / middle.a;
    if (exact > MOST_FACTOR || exact < 1 / MOST_FACTOR || Math.abs(exact - 1) < LEAST_FACTOR) return undefined;
    // Rates and units have few digits, one way or the other.
    const digits = [2, 3, 4, 6];
    const short = digits.flatMap((count) => [toDigits(exact, count), 1 / toDigits(1 / exact, count)]);
    return [...short, exact].find(
      (factor) => items.filter(({ a, b, parts }) => isMultiple(a, b, factor, parts)).length >= FACTOR_SHARE * items.length,
    );
  }

  #several(factor: number): SeveralExpectation | undefined {
    const { sum, same, each } = this.#tallies;
    const sums =
      factor === 1 ? sum : { of: sum.of, agreed: this.#sums.items.filter((one) => isMultiple(one.a, one.b, factor, one.parts)).length };
    const options: readonly (readonly [Several, Tally])[] = [
      ['same', same],
      ['sum', sums],
      ['each', each],
    ];
    const [as, { of, agreed }] = options.reduce((best, next) => (next[1].agreed > best[1].agreed ? next : best));
    if (of === 0 || agreed === 0) return undefined;
    const known = { as, journeys: of, agreed };
    if (as !== 'sum' || agreed < MIN_SUMS || agreed < SUM_SHARE * of) return known;
    return { ...known, parts: this.#partsOfA > this.#partsOfB ? 'a' : 'b', patience: PATIENCE * this.#spread };
  }

  /** Of the unequal pairs that were kept, those to which a part could still have come when the data ended. */
  #openOf({ parts, patience = 0 }: SeveralExpectation, factor: number, endOf: (teller: number) => number): number {
    const until = endOf(parts === 'a' ? this.a : this.b) - patience;
    return this.#unequal.items.filter(
      (one) =>
        one.at > until && (parts === 'a' ? factor * one.a < one.b : one.b < factor * one.a) && !isMultiple(one.a, one.b, factor, one.parts),
    ).length;
  }
}

/** What two tellers of a field have to do with each other. */
export interface Learned {
  readonly journeys: number;
  readonly agreed: number;
  readonly factor: number | undefined;
  readonly several: SeveralExpectation | undefined;
  readonly grace: number | undefined;
}

function count(tally: Tally, agreed: boolean): void {
  tally.of++;
  if (agreed) tally.agreed++;
}

const toDigits = (number: number, count: number): number => Number(number.toPrecision(count));

function timesOf({ values }: ToldGroup): number[] {
  return values.flatMap(({ at }) => (at === undefined ? [] : [at]));
}

/** Until when a system is known to have been logged. */
export function endOfSystem(coverage: SystemCoverage, system: string): number {
  return Math.min(coverage.dataEnd, coverage.endOf(system) ?? coverage.dataEnd);
}
