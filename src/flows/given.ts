import type { Predecessor } from './predecessors.ts';
import type { JourneyRows } from './rows.ts';
import { wilsonLower } from './statistics.ts';
import type { Given } from './types.ts';

/** One look at a pair in a journey that had the time. */
export interface Looked {
  readonly pair: number;
  readonly happened: boolean;
  /** Row of the first step of the pair. */
  readonly row: number;
}

/** What follows in at least this share of the comparable journeys, at 97.5 % confidence, needs no condition … */
const USUAL_SHARE = 0.95;
/** … and with one it must be as usual. */
const SHARE = 0.95;
/** Journeys of either half that meet a condition. */
const MIN_SUPPORT = 15;
/** Critical value of the log-likelihood ratio (χ², one degree of freedom) at 0.1 %. */
const CRITICAL_G2 = 10.83;
/** Pairs that are rarer are looked into in vain. */
const MIN_FOLLOWED = 2 * MIN_SUPPORT;

interface Counted {
  readonly eligible: number;
  readonly followed: number;
  readonly given: Given | undefined;
}

/** Of one pair, by half of the journeys and feature: those that have the feature, and those of them in which the second step followed. */
interface Table {
  readonly has: readonly [Uint32Array, Uint32Array];
  readonly followed: readonly [Uint32Array, Uint32Array];
  readonly all: [number, number];
  readonly allFollowed: [number, number];
}

/**
 * Counts how often what usually follows does; where it does so in some journeys only, looks for what tells beforehand in which: an earlier step (a partner's
 * order), or the kind of record that the first step is about (a delivery that orders share has a journey of its own). A condition is chosen on one half of the journeys, by a hash of their keys, and believed only when
 * the other half, of which the choice knows nothing, shows the same dependence (log-likelihood ratio, Dunning 1993): among hundreds of steps there is always
 * one that fits by chance. It is a decision tree of one level, grown and pruned on different data (Quinlan 1987).
 */
export function learnGiven(
  rows: JourneyRows,
  pairs: readonly Predecessor[],
  stepCount: number,
  eachEligible: (visit: (look: Looked, from: number) => void) => void,
): readonly Counted[] {
  const eligible = new Uint32Array(pairs.length);
  const followed = new Uint32Array(pairs.length);
  eachEligible(({ pair, happened }) => {
    eligible[pair] = (eligible[pair] as number) + 1;
    if (happened) followed[pair] = (followed[pair] as number) + 1;
  });
  const counted = pairs.map((_, i): Counted => ({ eligible: eligible[i]!, followed: followed[i]!, given: undefined }));
  const unsure = counted.map((one) => one.followed >= MIN_FOLLOWED && wilsonLower(one.followed, one.eligible) < USUAL_SHARE);
  if (!unsure.includes(true)) return counted;
  const features = stepCount + rows.abouts.length;
  const tables = unsure.map((is) => (is ? emptyTable(features) : undefined));
  const half = halves(rows);
  // The row in which a feature was counted last, so that each counts once a look.
  const seen = new Int32Array(features).fill(-1);
  let looks = 0;
  eachEligible(({ pair, happened, row }, from) => {
    const table = tables[pair];
    if (table === undefined) return;
    looks++;
    const side = half(from);
    table.all[side]++;
    if (happened) table.allFollowed[side]++;
    const count = (feature: number): void => {
      if (seen[feature] === looks) return;
      seen[feature] = looks;
      bump(table.has[side], feature);
      if (happened) bump(table.followed[side], feature);
    };
    for (let before = from; before < row; before++) count(rows.step[before] as number);
    count(stepCount + (rows.about[row] as number));
  });
  return counted.map((one, i) => {
    const table = tables[i];
    return (table === undefined ? undefined : choose(table, stepCount, rows.abouts)) ?? one;
  });
}

function choose(table: Table, stepCount: number, abouts: readonly string[]): Counted | undefined {
  const { has, followed } = table;
  let best = -1;
  for (let feature = 0; feature < has[0].length; feature++) {
    const [n, k] = [has[0][feature]!, followed[0][feature]!];
    if (n >= MIN_SUPPORT && k >= SHARE * n && (best < 0 || k > followed[0][best]!)) best = feature;
  }
  if (best < 0 || has[1][best]! < MIN_SUPPORT || !dependsOn(table, best)) return undefined;
  const counted = { eligible: has[0][best]! + has[1][best]!, followed: followed[0][best]! + followed[1][best]! };
  if (wilsonLower(counted.followed, counted.eligible) < SHARE) return undefined;
  return { ...counted, given: best < stepCount ? { step: best } : { about: abouts[best - stepCount]! } };
}

/** Whether the half that had no say shows that the second step follows more often where the feature is. */
function dependsOn({ has, followed, all, allFollowed }: Table, feature: number): boolean {
  const [n, k, total, hits] = [has[1][feature]!, followed[1][feature]!, all[1], allFollowed[1]];
  if (k * total <= hits * n) return false;
  const cells: readonly (readonly [seen: number, row: number, column: number])[] = [
    [k, n, hits],
    [n - k, n, total - hits],
    [hits - k, total - n, hits],
    [total - n - (hits - k), total - n, total - hits],
  ];
  let sum = 0;
  for (const [seen, row, column] of cells) if (seen > 0) sum += seen * Math.log((seen * total) / (row * column));
  return 2 * sum > CRITICAL_G2;
}

/** Into which half a journey falls, by its first row. */
function halves({ starts, hashes, journeys }: JourneyRows): (from: number) => 0 | 1 {
  let journey = 0;
  return (from) => {
    if (starts[journey]! > from) journey = 0;
    while (journey + 1 < journeys && starts[journey + 1]! <= from) journey++;
    // The low bits decide which journeys are kept at all.
    return ((hashes[journey]! >>> 31) & 1) === 0 ? 0 : 1;
  };
}

function emptyTable(features: number): Table {
  const column = (): Uint32Array => new Uint32Array(features);
  return { has: [column(), column()], followed: [column(), column()], all: [0, 0], allFollowed: [0, 0] };
}

function bump(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}
