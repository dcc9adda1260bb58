/** A stretch of a line that needs a track of its own among those it overlaps. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Gives each stretch a track so that stretches of one track never touch, trying the tracks in order for each stretch in
 * the order given: the caller's order decides who stands outermost. Answers the track of each stretch, and how many there are.
 */
export function assignTracks(stretches: readonly Stretch[]): { readonly track: readonly number[]; readonly count: number } {
  const tracks: Stretch[][] = [];
  const track = stretches.map((stretch) => {
    const low = Math.min(stretch.from, stretch.to);
    const high = Math.max(stretch.from, stretch.to);
    let index = tracks.findIndex((taken) => taken.every((other) => other.to < low || other.from > high));
    if (index < 0) index = tracks.push([]) - 1;
    tracks[index]?.push({ from: low, to: high });
    return index;
  });
  return { track, count: tracks.length };
}
