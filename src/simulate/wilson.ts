/** A share with its 95 % interval; all three are undefined when nothing was observed. */
export interface Share {
  readonly value: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

const Z = 1.959_963_985;

/** Wilson score interval (Wilson 1927) of `hits` among `trials`, at 95 %. */
export function wilson(hits: number, trials: number): Share {
  if (trials === 0) return { value: undefined, low: undefined, high: undefined };
  const p = hits / trials;
  const zz = (Z * Z) / trials;
  const centre = (p + zz / 2) / (1 + zz);
  const half = (Z / (1 + zz)) * Math.sqrt((p * (1 - p)) / trials + zz / (4 * trials));
  return { value: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
