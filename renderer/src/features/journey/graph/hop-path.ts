import type { Point } from '../layout/types.ts';

const CORNER = 5;

/** The SVG path of a polyline with rounded corners. The last stretch ends `trim` px early, for the arrow head. */
export function hopPath(points: readonly Point[], trim: number): string {
  const shortened = trimEnd(points, trim);
  const parts: string[] = [];
  for (const [index, point] of shortened.entries()) {
    const before = shortened[index - 1];
    const after = shortened[index + 1];
    if (before === undefined) {
      parts.push(`M${point.x} ${point.y}`);
    } else if (after === undefined) {
      parts.push(`L${point.x} ${point.y}`);
    } else {
      const radius = Math.min(CORNER, length(before, point) / 2, length(point, after) / 2);
      const enter = toward(point, before, radius);
      const leave = toward(point, after, radius);
      parts.push(`L${enter.x} ${enter.y}Q${point.x} ${point.y} ${leave.x} ${leave.y}`);
    }
  }
  return parts.join('');
}

/** The arrow head at the end of a polyline, a triangle `size` px long. */
export function arrowHead(points: readonly Point[], size: number): string {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return '';
  const back = toward(end, before, size);
  const half = size * 0.55;
  return before.y === end.y
    ? `M${end.x} ${end.y}L${back.x} ${end.y - half}L${back.x} ${end.y + half}Z`
    : `M${end.x} ${end.y}L${end.x - half} ${back.y}L${end.x + half} ${back.y}Z`;
}

function trimEnd(points: readonly Point[], trim: number): readonly Point[] {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return points;
  return [...points.slice(0, -1), toward(end, before, Math.min(trim, length(end, before)))];
}

function length(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** The point `distance` px from one point in the direction of another. */
function toward(from: Point, to: Point, distance: number): Point {
  const total = length(from, to);
  return total === 0 ? from : { x: from.x + ((to.x - from.x) / total) * distance, y: from.y + ((to.y - from.y) / total) * distance };
}
