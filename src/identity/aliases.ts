import type { Families, Family } from './families.ts';
import type { AliasRule } from './types.ts';

/** Two families of one type that may be two spellings of the same records, with what speaks for and against it. */
export interface Candidate {
  readonly left: number;
  readonly right: number;
  /** Cores that both families have. */
  readonly shared: number;
  /** In one entry: members with the same core, and members whose partner stands there under another core. */
  readonly agree: number;
  readonly disagree: number;
  /** Entries that name one member of each, with different cores, whether or not those have partners elsewhere. */
  readonly alone: number;
  /** The same over executions that carry exactly one member of each. */
  readonly executionsAgree: number;
  readonly executionsDisagree: number;
  /** Of the shared cores: those whose two spellings share a partner or an execution, and the same for spellings of different cores. */
  readonly partners: number;
  readonly partnersByChance: number;
}

export interface Verdict {
  readonly merge: boolean;
  /** Set when the two stand for different things, whatever else suggests that they meet. */
  readonly veto: boolean;
  readonly confidence: number;
  readonly reason: string;
}

const APART: Verdict = { merge: false, veto: false, confidence: 0, reason: '' };

/** Share of contradicting meetings that noise may cause. */
const NOISE = 0.1;
/** A likelihood of chance below which containment is believed: for one prefix, padding and the like; and for two different names. */
const CHANCE = 1e-3;
const CHANCE_BETWEEN_NAMES = 1e-6;

/**
 * Decides whether two families spell the same records.
 *
 * In this order: (1) entries, then executions, that name both: with the same core they are aliases, with different cores different
 * things (a sales order and its purchase order). Entries that name one of each must mostly agree. (2) Containment |A∩B| / min(|A|,|B|), an approximate inclusion dependency (Zhu et
 * al. 2016), if it is far above what numbers drawn from the possible range would give: the upper tail of the binomial, bounded after
 * Chernoff by exp(−n·KL(c‖p)). Counters that start near 1 overlap with everything, so for them p is close to 1 and containment alone
 * never merges. (3) For such dense ranges: shared company. If the two spellings of one number stand with the same payment, customer
 * or execution, and spellings of different numbers do not, they are one record; but never S-40 and R-40, which may be siblings.
 * Otherwise the families stay apart: two lists 1…1000 from unrelated systems prove nothing.
 */
export function judge(candidate: Candidate, families: Families): Verdict {
  const left = families.families[candidate.left]!;
  const right = families.families[candidate.right]!;
  const { agree, disagree, alone, executionsAgree, executionsDisagree } = candidate;
  const names = `${left.example} and ${right.example}`;
  if (disagree > NOISE * (agree + disagree)) {
    return { merge: false, veto: true, confidence: 1, reason: `${names} stand in one entry with different numbers` };
  }
  // Two numberings that stand together may meet in a number by chance: then they mostly stand there with different ones.
  if (agree > alone) {
    const confidence = round(1 - 0.2 / (1 + agree));
    return { merge: true, veto: false, confidence, reason: `${agree} ${entries(agree)} both with the same number` };
  }
  if (executionsDisagree > 2 && executionsDisagree > 0.5 * (executionsAgree + executionsDisagree)) {
    return { merge: false, veto: true, confidence: 0.9, reason: `${names} stand in one execution with different numbers` };
  }
  const twoNames = left.prefix !== '' && right.prefix !== '' && left.prefix !== right.prefix;
  if (!twoNames && executionsAgree > 0 && executionsDisagree <= NOISE * (executionsAgree + executionsDisagree)) {
    const confidence = round(0.95 - 0.25 / (1 + executionsAgree));
    return { merge: true, veto: false, confidence, reason: `${executionsAgree} executions carry both with the same number` };
  }
  return containment(candidate, left, right, families.types[left.type]!, twoNames);
}

function containment(candidate: Candidate, left: Family, right: Family, type: string, twoNames: boolean): Verdict {
  const small = Math.min(left.members, right.members);
  const share = Math.min(1, candidate.shared / small);
  if (share < neededShare(small)) return APART;
  const [from, to] = left.members <= right.members ? [left, right] : [right, left];
  const reason = `${candidate.shared} of ${small} numbers written like ${from.example} are also written like ${to.example}`;
  const chance = tail(share, small, chanceOf(from, to));
  if (onlyNotation(left, right, type)) {
    return { merge: true, veto: false, confidence: round(0.75 + 0.2 * share * (1 - chance)), reason };
  }
  if (chance <= (twoNames ? CHANCE_BETWEEN_NAMES : CHANCE))
    return { merge: true, veto: false, confidence: round(0.6 + 0.35 * share), reason };
  // Siblings share company too, and may be numbered alike: the outward shipment S-40 and the return R-40 of one order.
  if (twoNames) return APART;
  const company = candidate.partners / Math.max(1, candidate.shared);
  const byChance = candidate.partnersByChance / Math.max(1, candidate.shared);
  if (candidate.partners >= 3 && company >= 0.3 && company >= 3 * byChance) {
    const confidence = round(0.5 + 0.4 * (company - byChance));
    return { merge: true, veto: false, confidence, reason: `${reason}, ${candidate.partners} of them beside the same other records` };
  }
  return APART;
}

/** Half of a sizeable family; nearly all of a small one; all of a handful. */
function neededShare(members: number): number {
  if (members >= 20) return 0.5;
  return members >= 8 ? (members - 1) / members : 1;
}

/**
 * Whether the two differ only in how a number is written down (zeros, separators, a base that names the type), not in what it is
 * called. That is so common, and a coincidence of two numberings under one name so rare, that containment is enough.
 */
function onlyNotation(left: Family, right: Family, type: string): boolean {
  if (left.prefix !== right.prefix) return false;
  if (left.base === right.base) return true;
  const base = left.base === '' ? right.base : right.base === '' ? left.base : undefined;
  if (base === undefined) return false;
  const words = base.split(/[^a-z0-9]+/).filter((word) => word !== '');
  const last = words.at(-1);
  return last !== undefined && (last === type || last === `${type}s`);
}

/** Probability that a core of `from` is in `to` if the two had nothing to do with each other. */
function chanceOf(from: Family, to: Family): number {
  if (!from.numeric || !to.numeric) return Math.min(1, to.members / 36 ** Math.min(9, Math.max(1, to.length)));
  const greatest = Math.max(from.greatest, to.greatest);
  const least = Math.min(from.least, to.least);
  // A counter that starts low: all counters do. One that starts high could have started anywhere among numbers of that length.
  const space = least <= greatest / 2 ? greatest : 0.9 * 10 ** Math.ceil(Math.log10(greatest + 1));
  return Math.min(1, to.members / Math.max(1, space));
}

/** Chernoff's bound on P(X ≥ share·n) for X ~ Binomial(n, p). */
function tail(share: number, n: number, p: number): number {
  if (p >= share) return 1;
  if (p <= 0) return 0;
  const divergence = share * Math.log(share / p) + (share < 1 ? (1 - share) * Math.log((1 - share) / (1 - p)) : 0);
  return Math.exp(-n * divergence);
}

function entries(count: number): string {
  return count === 1 ? 'entry names' : 'entries name';
}

function round(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
}

/** Which families became one, and why. */
export interface Merges {
  /** Family → the smallest family index of its group. */
  readonly groupOf: Uint32Array;
  readonly accepted: ReadonlyMap<number, Verdict>;
}

/**
 * Joins families that were judged to meet, the surest first; a group never takes in a family that any of its members is known to be
 * different from.
 */
export function mergeFamilies(candidates: readonly Candidate[], families: Families): Merges {
  const count = families.families.length;
  const groupOf = Uint32Array.from({ length: count }, (_, i) => i);
  const members = new Map<number, number[]>();
  const vetoed = new Set<number>();
  const judged = candidates.map((candidate) => ({ candidate, verdict: judge(candidate, families) }));
  for (const { candidate, verdict } of judged) {
    if (verdict.veto) vetoed.add(candidate.left * count + candidate.right).add(candidate.right * count + candidate.left);
  }
  const wanted = judged
    .filter(({ verdict }) => verdict.merge)
    .toSorted(
      (a, b) =>
        b.verdict.confidence - a.verdict.confidence ||
        b.candidate.shared - a.candidate.shared ||
        byName(a.candidate, b.candidate, families),
    );
  const accepted = new Map<number, Verdict>();
  for (const { candidate, verdict } of wanted) {
    const a = groupOf[candidate.left]!;
    const b = groupOf[candidate.right]!;
    const left = members.get(a) ?? [a];
    const right = members.get(b) ?? [b];
    if (a !== b && left.some((l) => right.some((r) => vetoed.has(l * count + r)))) continue;
    accepted.set(Math.min(candidate.left, candidate.right) * count + Math.max(candidate.left, candidate.right), verdict);
    if (a === b) continue;
    const all = [...left, ...right];
    const group = Math.min(a, b);
    members.delete(Math.max(a, b));
    members.set(group, all);
    for (const family of all) groupOf[family] = group;
  }
  return { groupOf, accepted };
}

function byName(a: Candidate, b: Candidate, families: Families): number {
  const name = (c: Candidate): string => [families.families[c.left]!.example, families.families[c.right]!.example].toSorted().join(' ');
  return name(a) < name(b) ? -1 : 1;
}

/** Which kind of difference lies between two spellings that were judged to be the same, the heaviest first. */
export function ruleBetween(left: Family, right: Family): AliasRule['id'] {
  if (left.base !== right.base) return 'urn-tail';
  if (left.prefix !== right.prefix) return 'prefix';
  if (left.style !== right.style) return 'separators';
  return left.width === right.width ? 'case' : 'zero-padding';
}
