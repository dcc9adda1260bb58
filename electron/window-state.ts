import { z } from 'zod';

/** Position and size in device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const pixels = z.number().int().min(-100_000).max(100_000);
export const windowState = z.object({
  bounds: z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) }),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

export const SMALLEST = { width: 800, height: 560 } as const;
const FIRST = { width: 1360, height: 880 } as const;
/** So much of a window must be on one display to be found and dragged. */
const VISIBLE = { width: 160, height: 48 } as const;

/**
 * Where to open the window: where it was, when enough of its upper edge is on a display that is there now, and never larger than that
 * display; else in the middle of the first display. `displays` are work areas, the primary one first; there is at least one.
 */
export function placeWindow(saved: WindowState | undefined, displays: readonly Bounds[]): Bounds {
  const home = displays
    .map((area) => ({ area, seen: saved === undefined ? 0 : seenOf(saved.bounds, area) }))
    .reduce((best, one) => (one.seen > best.seen ? one : best));
  const size = saved?.bounds ?? FIRST;
  const width = Math.min(Math.max(size.width, SMALLEST.width), home.area.width);
  const height = Math.min(Math.max(size.height, SMALLEST.height), home.area.height);
  if (saved === undefined || home.seen === 0) {
    return {
      x: home.area.x + Math.round((home.area.width - width) / 2),
      y: home.area.y + Math.round((home.area.height - height) / 2),
      width,
      height,
    };
  }
  return {
    x: between(saved.bounds.x, home.area.x, home.area.x + home.area.width - width),
    y: between(saved.bounds.y, home.area.y, home.area.y + home.area.height - height),
    width,
    height,
  };
}

/** Square pixels of the window on the display; 0 when its upper edge cannot be grasped there. */
function seenOf(bounds: Bounds, area: Bounds): number {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
  const edge = bounds.y >= area.y - VISIBLE.height && bounds.y + VISIBLE.height <= area.y + area.height;
  return width >= VISIBLE.width && height >= VISIBLE.height && edge ? width * height : 0;
}

function between(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
