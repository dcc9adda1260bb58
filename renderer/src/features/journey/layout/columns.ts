import type { Grid } from './grid.ts';
import type { PlannedHop } from './plan.ts';
import { assignTracks } from './tracks.ts';
import type { IdleBreak, Metrics, PlacedBreak } from './types.ts';

/** What one vertical line needs to know of itself. */
export interface VerticalLine {
  readonly gutter: number;
  /** Lines of one net share a track. */
  readonly net: string;
  readonly hop: PlannedHop;
  readonly from: number;
  readonly to: number;
}

/** The horizontal measures: where columns and vertical lines stand. */
export interface Columns {
  readonly x: readonly number[];
  readonly breaks: readonly PlacedBreak[];
  lineX(gutter: number, net: string): number;
  readonly right: number;
}

interface Trunk {
  readonly net: string;
  readonly ins: boolean;
  from: number;
  to: number;
}

/** Earliest start and latest end of the real steps of each column. */
export function columnTimes(grid: Grid): readonly { readonly start: number | undefined; readonly end: number | undefined }[] {
  const times = Array.from({ length: grid.columns }, (): { start: number | undefined; end: number | undefined } => ({
    start: undefined,
    end: undefined,
  }));
  for (const { step, column } of grid.cells) {
    const time = times[column];
    if (time === undefined || step.ghost || step.start === undefined) continue;
    time.start = Math.min(time.start ?? step.start, step.start);
    time.end = Math.max(time.end ?? step.start, step.end ?? step.start);
  }
  return times;
}

/** Room for time that passed: 3 px for each doubling beyond a second, up to 20 px. */
function timeRoom(pause: number): number {
  return pause <= 1000 ? 0 : Math.min(20, 3 * Math.log2(pause / 1000));
}

/** The gutter in which each break falls: before the first column that begins after it. */
function breakGutters(grid: Grid, breaks: readonly IdleBreak[]): ReadonlyMap<number, IdleBreak> {
  const times = columnTimes(grid);
  const result = new Map<number, IdleBreak>();
  for (const idle of breaks) {
    const column = times.findIndex((time) => time.start !== undefined && time.start >= idle.to);
    // With skewed clocks the causal order may contradict the times: then there is no one place for the pause.
    if (column > 0 && times.slice(column).every((time) => time.start === undefined || time.start >= idle.to)) result.set(column, idle);
  }
  return result;
}

/** Sets columns and gutters, each gutter as wide as its lines, its break and its straight labels need. */
export function setColumns(
  grid: Grid,
  hops: readonly PlannedHop[],
  lines: readonly VerticalLine[],
  breaks: readonly IdleBreak[],
  metrics: Metrics,
): Columns {
  const widths = Array.from({ length: grid.columns }, () => 0);
  for (const { step, column } of grid.cells) widths[column] = Math.max(widths[column] ?? 0, step.width);

  const trunks = Array.from({ length: grid.columns + 1 }, () => new Map<string, Trunk>());
  const multipleIns = new Map<string, number>();
  for (const { hop } of hops) multipleIns.set(hop.to, (multipleIns.get(hop.to) ?? 0) + 1);
  for (const line of lines) {
    const gutter = trunks[line.gutter];
    const trunk = gutter?.get(line.net);
    const from = Math.min(line.from, line.to);
    const to = Math.max(line.from, line.to);
    if (trunk === undefined) gutter?.set(line.net, { net: line.net, ins: (multipleIns.get(line.hop.hop.to) ?? 0) > 1, from, to });
    else {
      trunk.from = Math.min(trunk.from, from);
      trunk.to = Math.max(trunk.to, to);
    }
  }

  const straightLabel = Array.from({ length: grid.columns + 1 }, () => 0);
  for (const planned of hops) {
    if (planned.way !== 'straight' || planned.out !== planned.in) continue;
    straightLabel[planned.in] = Math.max(straightLabel[planned.in] ?? 0, planned.hop.labelWidth === 0 ? 0 : planned.hop.labelWidth + 12);
  }

  const pauses = breakGutters(grid, breaks);
  const times = columnTimes(grid);
  const x: number[] = [];
  const placed: PlacedBreak[] = [];
  const lineX = new Map<string, number>();
  let at = 0;
  let latest: number | undefined;
  for (let gutter = 0; gutter <= grid.columns; gutter += 1) {
    const own = [...(trunks[gutter]?.values() ?? [])];
    // Longer lines stand outside of shorter ones where a card fans out, inside where lines join: fewer crossings.
    const sorted = own.toSorted(
      (a, b) => (a.ins ? a.to - a.from : a.from - a.to) - (b.ins ? b.to - b.from : b.from - b.to) || a.from - b.from,
    );
    const { track, count } = assignTracks(sorted);
    const pause = pauses.get(gutter);
    const start = times[gutter]?.start;
    const passed = pause === undefined && start !== undefined && latest !== undefined ? timeRoom(start - latest) : 0;
    let width = (gutter === 0 && count === 0 ? 0 : metrics.exit) + passed;
    if (pause !== undefined) {
      placed.push({ ...pause, x: at + width, width: metrics.breakWidth });
      width += metrics.breakWidth + metrics.exit;
    }
    const lines = count * metrics.track;
    for (const [index, trunk] of sorted.entries()) lineX.set(`${gutter} ${trunk.net}`, at + width + (track[index] ?? 0) * metrics.track);
    width += lines + metrics.entry;
    width = Math.max(width, straightLabel[gutter] ?? 0);
    if (gutter < grid.columns) x.push(at + width);
    at += width + (widths[gutter] ?? 0);
    const end = times[gutter]?.end;
    if (end !== undefined) latest = Math.max(latest ?? end, end);
  }
  return { x, breaks: placed, lineX: (gutter, net) => lineX.get(`${gutter} ${net}`) ?? 0, right: at };
}
