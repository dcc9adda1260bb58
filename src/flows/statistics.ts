/** 95 % two-sided, 97.5 % one-sided. */
const Z_95 = 1.96;

/** Lower end of the Wilson score interval of a share (Wilson 1927): what the share is at least, at 97.5 % confidence. */
export function wilsonLower(hits: number, trials: number): number {
  if (trials === 0) return 0;
  const p = hits / trials;
  const z2 = Z_95 * Z_95;
  const centre = p + z2 / (2 * trials);
  const margin = Z_95 * Math.sqrt((p * (1 - p) + z2 / (4 * trials)) / trials);
  return Math.max(0, (centre - margin) / (1 + z2 / trials));
}

/** Upper end of the Wilson score interval. */
export function wilsonUpper(hits: number, trials: number): number {
  return trials === 0 ? 1 : 1 - wilsonLower(trials - hits, trials);
}

/** P(Z > z) of the standard normal, by Abramowitz and Stegun 26.2.17 (absolute error below 7.5e-8), with the Mills ratio far out. */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  // Beyond 4 the polynomial's absolute error exceeds the tail itself.
  if (z > 4) return (density / z) * (1 - 1 / (z * z) + 3 / z ** 4);
  const t = 1 / (1 + 0.2316419 * z);
  return density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
}

/** 32-bit FNV-1a over UTF-16 units. */
export function fnv1a(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
