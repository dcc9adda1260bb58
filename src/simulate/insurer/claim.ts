import type { Random } from '../random.ts';

/** What a claim turns out to be. All but the faults are legitimate lives of a claim. */
export type Variant = 'surveyed' | 'fast-track' | 'two-payees' | 'not-covered' | 'withdrawn';

/**
 * What is known of a claim before anything happens to it. No number is common to all systems: the portal knows notice and policy, the claims
 * system notice, claim and dossier, the assessors dossier, the payments dossier and payment, the letters payment and letter.
 */
export interface Claim {
  /** `NT-7F3K2QX`: the portal's. */
  readonly notice: string;
  /** 4711: the claims system's counter of the year. */
  readonly number: number;
  /** 778120033: policy administration's. */
  readonly policy: number;
  /** Whether other claims are on the same policy. */
  readonly policyShared: boolean;
  /** `D5520931`: the assessors'. */
  readonly dossier: string;
  readonly estimateCents: number;
  readonly approvedCents: number;
  readonly variant: Variant;
  readonly at: number;
  /** One, or two for `two-payees`. */
  readonly payments: readonly string[];
  readonly letters: readonly string[];
}

/** Spellings of a claim number: in the claims system's log, in the assessors' dossiers, in policy administration. */
export const claimNumber = (claim: Claim): string => `26-${String(claim.number).padStart(7, '0')}`;
export const slashedClaim = (claim: Claim): string => `26/${String(claim.number).padStart(7, '0')}`;
export const plainClaim = (claim: Claim): string => `26${String(claim.number).padStart(7, '0')}`;

/** Spellings of a policy number: on the portal, in policy administration. */
export function dottedPolicy(claim: Claim): string {
  const digits = String(claim.policy);
  return `P-${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6)}`;
}
export const plainPolicy = (claim: Claim): string => String(claim.policy);

/** Letters and digits that nobody confuses when they are read out. */
const SPOKEN = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Fleets of cars with one policy each: hubs that must not glue their claims together. */
const FLEETS = [712_000_004, 744_100_907, 790_006_116] as const;

/** Primes: numbers multiplied by the second modulo the first never meet, and look unrelated to the claim's. */
const PRIME = 9_999_991;
const spread = (n: number, by: number): number => (n * by) % PRIME;

/** The claim of this index. Consumes the claim's generator in a fixed way. */
export function makeClaim(random: Random, seed: number, index: number, at: number): Claim {
  const offset = Math.abs(seed) % 1_000;
  let notice = 'NT-';
  for (let i = 0; i < 7; i++) notice += SPOKEN[random.int(0, 31)];
  const fleet = random.chance(0.02) ? random.pick(FLEETS) : undefined;
  // One claim in 32 is on the policy of any claim before it that may have a second: those that are 20 modulo 32.
  const earlier = random.float();
  const repeats = index % 32 === 5 && index > 32;
  const owner = repeats ? 32 * Math.floor(earlier * Math.floor(index / 32)) + 20 : index;
  const variant = variantOf(random.float());
  const estimateCents = Math.max(9_000, Math.round(random.logNormal(95_000, 0.8)));
  const approvedCents = variant === 'fast-track' ? estimateCents : Math.round(estimateCents * (0.6 + 0.4 * random.float()));
  const payment = (k: number): string => String(9_000_000_000 + spread(2 * (index + offset) + k + 1, 48_611));
  const letter = (k: number): string => `L${String(40_000_000 + spread(2 * (index + offset) + k + 1, 7_927))}`;
  const both = variant === 'two-payees' ? [0, 1] : [0];
  return {
    notice,
    number: 4_001 + index,
    policy: fleet ?? 700_000_000 + spread(owner + offset + 1, 104_729) * 9 + 17,
    policyShared: fleet !== undefined || repeats || index % 32 === 20,
    dossier: `D${5_000_000 + (spread(index + offset + 1, 611_953) % 5_000_000)}`,
    estimateCents,
    approvedCents,
    variant,
    at,
    payments: both.map(payment),
    letters: both.map(letter),
  };
}

function variantOf(roll: number): Variant {
  if (roll < 0.05) return 'not-covered';
  if (roll < 0.07) return 'withdrawn';
  if (roll < 0.17) return 'two-payees';
  if (roll < 0.5) return 'fast-track';
  return 'surveyed';
}
