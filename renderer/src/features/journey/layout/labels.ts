import type { Box, LayoutHop, Metrics, Point } from './types.ts';

/** Whether two boxes share an inner point. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Places where a label may stand, best first: beside a vertical line in the margin between lanes, or on a long horizontal line. */
function candidates(points: readonly Point[], width: number, labelY: readonly number[], metrics: Metrics): readonly Box[] {
  const height = metrics.labelHeight;
  const boxes: Box[] = [];
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (from === undefined) continue;
    if (from.x === to.x) {
      const low = Math.min(from.y, to.y);
      const high = Math.max(from.y, to.y);
      const inside = labelY.filter((y) => y > low && y < high);
      // Nearest to where the hop comes from: that is where the eye starts.
      for (const y of from.y <= to.y ? inside : inside.toReversed()) {
        for (const x of [from.x + 4, from.x - width / 2, from.x - 4 - width]) boxes.push({ x, y: y - height / 2, width, height });
      }
    } else if (Math.abs(to.x - from.x) >= width + 8) {
      boxes.push({ x: (from.x + to.x - width) / 2, y: from.y - height / 2, width, height });
    }
  }
  return boxes;
}

/**
 * Finds a place for each label that covers no card and no other label; a label without a free place has none. Wide labels choose first:
 * they are the ones that tell of a problem.
 */
export function placeLabels(
  routes: readonly { readonly hop: LayoutHop; readonly points: readonly Point[] }[],
  cards: readonly Box[],
  labelY: readonly number[],
  metrics: Metrics,
): ReadonlyMap<string, Box> {
  const size = 256;
  const taken = new Map<string, Box[]>();
  const cells = (box: Box): readonly string[] => {
    const keys: string[] = [];
    for (let x = Math.floor(box.x / size); x <= Math.floor((box.x + box.width) / size); x += 1) {
      for (let y = Math.floor(box.y / size); y <= Math.floor((box.y + box.height) / size); y += 1) keys.push(`${x} ${y}`);
    }
    return keys;
  };
  const take = (box: Box): void => {
    for (const key of cells(box)) {
      const list = taken.get(key);
      if (list === undefined) taken.set(key, [box]);
      else list.push(box);
    }
  };
  const free = (box: Box): boolean => cells(box).every((key) => (taken.get(key) ?? []).every((other) => !overlaps(box, other)));

  for (const card of cards) take(card);
  const result = new Map<string, Box>();
  const wanted = routes.filter(({ hop }) => hop.labelWidth > 0).toSorted((a, b) => b.hop.labelWidth - a.hop.labelWidth);
  for (const { hop, points } of wanted) {
    const box = candidates(points, hop.labelWidth, labelY, metrics).find((candidate) => candidate.x >= 0 && free(candidate));
    if (box === undefined) continue;
    take(box);
    result.set(hop.id, box);
  }
  return result;
}
