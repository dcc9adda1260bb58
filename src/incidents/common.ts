/** How many of the affected and of the others have a value. */
export interface FieldCount {
  readonly field: string;
  readonly value: string;
  readonly affected: number;
  readonly others: number;
}

/** A value that the affected have in common and the others have not. */
export interface InCommon extends FieldCount {
  readonly affectedOf: number;
  readonly othersOf: number;
  /** Share among the affected over the share among all. */
  readonly lift: number;
  /** Probability that so many of the affected have it by chance (Fisher, one-sided). */
  readonly byChance: number;
}

/** As many as a person reads. */
const MOST = 5;
/** Of what is reported, at most this share is there by chance. */
const FALSE_DISCOVERY_RATE = 0.01;
/** What fewer than this share of the affected have is not common to them. */
const MIN_SHARE = 0.5;
/** What is not this many times as frequent among the affected as among all says little, however certain it is. */
const MIN_LIFT = 1.5;
const MIN_AFFECTED = 3;

/**
 * What the affected have in common that the others have not: of every value of every field, Fisher's exact test (1922) of the two-by-two table, of all of
 * them those that keep the false-discovery rate (Benjamini and Hochberg 1995), ranked by lift and then by how many have it. Of values that the very
 * same journeys have (a city and its depot) each is listed: which of them is the cause, the data cannot tell.
 */
export function inCommon(counts: readonly FieldCount[], affectedOf: number, othersOf: number): readonly InCommon[] {
  if (affectedOf < MIN_AFFECTED || othersOf === 0) return [];
  const logs = logFactorials(affectedOf + othersOf);
  const tested = counts
    .filter(({ affected }) => affected >= MIN_AFFECTED)
    .map((count): InCommon => {
      const { affected, others } = count;
      const lift = affected / affectedOf / ((affected + others) / (affectedOf + othersOf));
      return { ...count, affectedOf, othersOf, lift, byChance: fisher(logs, affected, affectedOf, others, othersOf) };
    });
  const line = significantBelow(tested.map(({ byChance }) => byChance));
  return tested
    .filter(({ affected, lift, byChance }) => byChance <= line && lift >= MIN_LIFT && affected >= MIN_SHARE * affectedOf)
    .toSorted((a, b) => b.lift - a.lift || b.affected - a.affected || (`${a.field}=${a.value}` < `${b.field}=${b.value}` ? -1 : 1))
    .slice(0, MOST);
}

/** Benjamini and Hochberg: the largest of m sorted p with p_k ≤ k/m × rate. */
function significantBelow(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  let line = -1;
  sorted.forEach((value, i) => {
    if (value <= ((i + 1) / sorted.length) * FALSE_DISCOVERY_RATE) line = value;
  });
  return line;
}

/** Upper tail of the hypergeometric distribution: `affected` or more of the affected have what `affected + others` have in all. */
function fisher(logs: Float64Array, affected: number, affectedOf: number, others: number, othersOf: number): number {
  const having = affected + others;
  const all = affectedOf + othersOf;
  const choose = (n: number, k: number): number => (logs[n] as number) - (logs[k] as number) - (logs[n - k] as number);
  const total = choose(all, having);
  let sum = 0;
  for (let k = affected; k <= Math.min(affectedOf, having); k++) {
    const term = Math.exp(choose(affectedOf, k) + choose(othersOf, having - k) - total);
    sum += term;
    // Beyond its top the distribution falls faster than geometrically.
    if (term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
}

function logFactorials(to: number): Float64Array {
  const logs = new Float64Array(to + 1);
  for (let n = 1; n <= to; n++) logs[n] = (logs[n - 1] as number) + Math.log(n);
  return logs;
}
