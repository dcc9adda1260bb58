import type { Cell, Grid } from './grid.ts';
import type { CausalOrder } from './order.ts';
import type { LayoutHop } from './types.ts';

/**
 * How a hop travels, decided on the grid alone:
 * `straight` along its row; `near` with one vertical line in the gutter between neighbouring columns; `target-row`
 * vertical first, then along the free row of its target; `source-row` along its own free row, then vertical;
 * `channel` vertical, along the channel between two rows, vertical.
 */
export type Way = 'straight' | 'near' | 'target-row' | 'source-row' | 'channel';

export interface PlannedHop {
  readonly hop: LayoutHop;
  readonly from: Cell;
  readonly to: Cell;
  readonly way: Way;
  /** Gutter right of the source, and gutter left of the target. Gutter g stands left of column g. */
  readonly out: number;
  readonly in: number;
  /** Channel h runs above row h; only for `channel`. */
  readonly channel: number;
  /** Lines of one name may share a track: more than `BUS` lines of one card are drawn as one trunk. */
  readonly outNet: string;
  readonly inNet: string;
}

/** From this many lines on one side of a card on, they share one port and one trunk. */
export const BUS = 4;

function countBy(hops: readonly LayoutHop[], key: (hop: LayoutHop) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const hop of hops) counts.set(key(hop), (counts.get(key(hop)) ?? 0) + 1);
  return counts;
}

/** The cell before and after each cell in its row. Cells come in causal order, so columns never decrease. */
function rowNeighbours(grid: Grid): ReadonlyMap<string, { readonly previous: number; readonly next: number }> {
  const last = new Map<number, Cell>();
  const previous = new Map<string, number>();
  const next = new Map<string, number>();
  for (const cell of grid.cells) {
    const left = last.get(cell.row);
    previous.set(cell.step.id, left?.column ?? -1);
    if (left !== undefined) next.set(left.step.id, cell.column);
    last.set(cell.row, cell);
  }
  return new Map(
    grid.cells.map(({ step }) => [step.id, { previous: previous.get(step.id) ?? -1, next: next.get(step.id) ?? grid.columns }]),
  );
}

/** Decides the way of every hop; none of them passes a cell that holds a card. O(hops). */
export function planHops(grid: Grid, order: CausalOrder): readonly PlannedHop[] {
  const cells = new Map(grid.cells.map((cell) => [cell.step.id, cell]));
  const neighbours = rowNeighbours(grid);
  const outs = countBy(order.hops, (hop) => hop.from);
  const ins = countBy(order.hops, (hop) => hop.to);
  const planned: PlannedHop[] = [];
  for (const hop of order.hops) {
    const from = cells.get(hop.from);
    const to = cells.get(hop.to);
    if (from === undefined || to === undefined) continue;
    const forward = to.column > from.column;
    const sourceRowFree = forward && (neighbours.get(hop.from)?.next ?? 0) >= to.column;
    const targetRowFree = forward && (neighbours.get(hop.to)?.previous ?? grid.columns) <= from.column;
    let way: Way = 'channel';
    if (from.row === to.row && sourceRowFree) way = 'straight';
    else if (from.row !== to.row && to.column === from.column + 1) way = 'near';
    else if (from.row !== to.row && targetRowFree) way = 'target-row';
    else if (from.row !== to.row && sourceRowFree) way = 'source-row';
    const channel = from.row < to.row ? to.row : from.row > to.row ? to.row + 1 : from.row;
    const outNet = (outs.get(hop.from) ?? 0) >= BUS ? `out ${hop.from}` : `hop ${hop.id}`;
    const inNet = (ins.get(hop.to) ?? 0) >= BUS ? `in ${hop.to}` : `hop ${hop.id}`;
    planned.push({ hop, from, to, way, out: from.column + 1, in: to.column, channel, outNet, inNet });
  }
  return planned;
}
