/** Heights in px: what a lane needs to stay readable, the axis, a row of the strip and the strip's own axis. */
const LANE = 62;
const AXIS = 28;
const ROW = 18;
const HEAD = 30;
const LEAST_ROWS = 4;

/**
 * Height of the timeline strip below the graph: what its rows need, of what the lanes leave, at most a third of the page;
 * 0 where the graph needs the room itself.
 */
export function stripHeight(available: number, lanes: number, rows: number): number {
  const wanted = HEAD + rows * ROW;
  const left = Math.min(available - AXIS - lanes * LANE, available / 3);
  const least = HEAD + Math.min(rows, LEAST_ROWS) * ROW;
  return left < least ? 0 : Math.round(Math.min(wanted, left));
}
