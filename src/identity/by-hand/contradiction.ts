import { decisionText, spelled, type IdentityDecision, type IdentityWish, type SpelledIdentifier } from '../../model/identity-decision.ts';
import { TECHNICAL_TYPES } from '../../model/record.ts';
import { contradicts, LinkLedger } from './link-ledger.ts';
import { Units } from './units.ts';

const keyOf = ({ type, value }: SpelledIdentifier): string => `${type}\0${value}`;

/**
 * Why something cannot be said of who is who beside what was said before; undefined when it can. Looks at decisions only, so that the answer
 * does not depend on what is imported.
 */
export function contradiction(earlier: readonly IdentityDecision[], wish: IdentityWish): string | undefined {
  const { kind, a, b } = wish;
  if (keyOf(a) === keyOf(b)) return `${spelled(a)} is one identifier: name two`;
  const technical = [a, b].find(({ type }) => TECHNICAL_TYPES.has(type));
  if ((kind === 'merge' || kind === 'split') && technical !== undefined)
    return `${spelled(technical)} is the id of a run, which has one spelling: link or unlink it instead`;
  if (kind === 'merge' && a.type !== b.type)
    return `${spelled(a)} and ${spelled(b)} are of different types and cannot be one record: link them instead`;
  if (kind === 'split' && a.type !== b.type)
    return `${spelled(a)} and ${spelled(b)} are of different types and two records already: unlink them instead`;
  if (kind === 'link' && wish.relation === 'owns' && TECHNICAL_TYPES.has(a.type))
    return `${spelled(a)} is a run, which owns no record: say that ${spelled(b)} owns it`;
  const known = earlier.find((one) => one.kind === kind && one.relation === wish.relation && isOfSame(one, wish));
  if (known !== undefined) return `that was said before: decision ${known.id}, ${decisionText(known)}`;
  const before = refusedAmong(earlier);
  const decision: IdentityDecision = { ...wish, id: Number.MAX_SAFE_INTEGER, at: '' };
  const after = refusedAmong([...earlier, decision]);
  const own = after.get(decision);
  if (own !== undefined) return own;
  // Two records that become one may make a link and its opposite meet.
  const harmed = earlier.find((one) => after.has(one) && !before.has(one));
  return harmed === undefined ? undefined : contradicts(harmed);
}

function isOfSame(one: IdentityWish, other: IdentityWish): boolean {
  const [a, b, c, d] = [one.a, one.b, other.a, other.b].map(keyOf);
  return (a === c && b === d) || (one.relation !== 'owns' && a === d && b === c);
}

/** The decisions that contradict earlier ones, whatever the data, and why. */
function refusedAmong(decisions: readonly IdentityDecision[]): Map<IdentityDecision, string> {
  const refused = new Map<IdentityDecision, string>();
  const units = new Units<string>();
  joinByHand(decisions, units, keyOf, (decision, reason) => refused.set(decision, reason));
  const ledger = new LinkLedger<string>();
  for (const decision of decisions) {
    if (decision.kind !== 'link' && decision.kind !== 'unlink') continue;
    const reason = ledger.admit(decision, units.of(keyOf(decision.a)), units.of(keyOf(decision.b)));
    if (reason !== undefined) refused.set(decision, reason);
  }
  return refused;
}

/**
 * Joins what was merged and keeps apart what was split, in the order of the decisions. `thing` says what stands for an identifier; undefined where
 * nothing does.
 */
export function joinByHand<T>(
  decisions: readonly IdentityDecision[],
  units: Units<T>,
  thing: (identifier: SpelledIdentifier) => T | undefined,
  refuse: (decision: IdentityDecision, reason: string) => void,
): void {
  decisions.forEach((decision, at) => {
    if (decision.kind !== 'merge' && decision.kind !== 'split') return;
    const [a, b] = [thing(decision.a), thing(decision.b)];
    if (a === undefined || b === undefined) return;
    if (decision.kind === 'merge' ? units.join(a, b) : units.keepApart(a, b)) return;
    // The decision that it contradicts: the first one without which it could stand, or simply the latest of the other kind about the two.
    const other = decisions
      .slice(0, at)
      .findLast((one) => one.kind !== decision.kind && (one.kind === 'merge' || one.kind === 'split') && touches(one, a, b));
    refuse(decision, other === undefined ? `it contradicts earlier decisions` : contradicts(other));

    function touches(one: IdentityDecision, left: T, right: T): boolean {
      const groups = new Set([thing(one.a), thing(one.b)].map((each) => (each === undefined ? undefined : units.of(each))));
      return groups.has(units.of(left)) || groups.has(units.of(right));
    }
  });
}
