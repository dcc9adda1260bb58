/** Heights in px: what a lane needs to stay readable, the axis, a row of the strip and the strip's own axis. */
const LANE = 68;
/** A journey of more rows will not fit at once: its lanes are drawn larger, and a map stands below. */
const LONG = 9;
const LONG_LANE = 84;
const MAP = 44;
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
  const graph = rows > LONG ? AXIS + MAP + lanes * LONG_LANE : AXIS + lanes * LANE;
  const left = Math.min(available - graph, available / 3);
  const least = HEAD + Math.min(rows, LEAST_ROWS) * ROW;
  return left < least ? 0 : Math.round(Math.min(wanted, left));
}
