/**
 * Journeys of one record type that are learned from, at most about this many. A share or a quantile learned from 20,000 journeys is known
 * to a fraction of a percent (a share of 0.99 to ±0.0014 at 95 %); learning from ten times as many costs ten times the time for
 * little more certainty.
 */
const MOST_LEARNED = 20_000;

/**
 * Which journeys to learn from: all of a type while they are few, else every k-th by a hash of the record's key, so that the choice depends
 * neither on the order of imports nor on time. `typeOf` numbers the types of records.
 */
export function sampleOf(
  roots: Iterable<number>,
  typeOf: (root: number) => number,
  keyOf: (root: number) => string,
  most = MOST_LEARNED,
): (root: number) => boolean {
  const journeys = new Map<number, number>();
  for (const root of roots) journeys.set(typeOf(root), (journeys.get(typeOf(root)) ?? 0) + 1);
  return (root) => {
    const count = journeys.get(typeOf(root))!;
    return count <= most || hashOf(keyOf(root)) < (most / count) * 2 ** 32;
  };
}

/** FNV-1a with a final mix (http://www.isthe.com/chongo/tech/comp/fnv/): consecutive keys must spread over the whole range. */
export function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
