import type { CausalOrder } from './order.ts';
import type { LayoutStep, Metrics } from './types.ts';

/** A place in the grid of columns (causal time) and rows (lane and slot). */
export interface Cell {
  readonly step: LayoutStep;
  readonly lane: number;
  readonly slot: number;
  readonly column: number;
  /** Row over all lanes: the lane's first row plus the slot. */
  readonly row: number;
}

export interface Grid {
  /** In causal order. */
  readonly cells: readonly Cell[];
  readonly systems: readonly string[];
  /** Rows of each lane, at least 1. */
  readonly slots: readonly number[];
  readonly columns: number;
  readonly rows: number;
}

interface OpenColumn {
  start: number | undefined;
  /** Latest deadline of its ghosts. */
  due: number;
  minEnd: number;
  onlyGhosts: boolean;
  readonly branches: Set<number>;
  readonly used: Map<number, Set<number>>;
}

function openColumn(): OpenColumn {
  return {
    start: undefined,
    due: Number.NEGATIVE_INFINITY,
    minEnd: Number.POSITIVE_INFINITY,
    onlyGhosts: true,
    branches: new Set(),
    used: new Map(),
  };
}

/**
 * Whether a step may stand in a column beside what is there: it begins at the same time, or early within the shortest of
 * what runs there. A ghost's time is a deadline and contradicts nothing, so it stands beside anything; only what is due after the end
 * of the data stands apart, behind that line.
 */
function concurrent(step: LayoutStep, column: OpenColumn, dataEnd: number): boolean {
  if (step.ghost) return step.start === undefined || step.start <= dataEnd || column.due > dataEnd;
  if (column.onlyGhosts) return true;
  if (step.start === undefined) return column.start === undefined && !column.branches.has(step.branch);
  if (column.start === undefined) return false;
  if (step.start <= column.start) return true;
  return step.start - column.start < (column.minEnd - column.start) / 4;
}

/** The wanted slot, or the next free one below it, or above it where the lane would grow too high. */
function freeSlot(used: ReadonlySet<number>, wanted: number, most: number): number {
  for (let slot = wanted; slot < most; slot += 1) if (!used.has(slot)) return slot;
  let slot = 0;
  while (used.has(slot)) slot += 1;
  return slot;
}

function nested(step: LayoutStep, end: number | undefined): boolean {
  return step.start !== undefined && end !== undefined && step.start < end && (step.end ?? step.start) <= end;
}

/**
 * Places the ordered steps: lanes in order of first appearance, columns that never go back, slots where several steps of one
 * system share a column. A step always stands in a later column than each of its causal predecessors.
 */
export function placeInGrid(order: CausalOrder, metrics: Metrics, dataEnd: number = Number.POSITIVE_INFINITY): Grid {
  const laneOf = new Map<string, number>();
  // Real steps name the lanes first, so that a ghost's system does not push in before the systems that took part.
  for (const ghost of [false, true]) {
    for (const step of order.steps) if (step.ghost === ghost && !laneOf.has(step.system)) laneOf.set(step.system, laneOf.size);
  }

  const columnOf = new Map<string, number>();
  const slotOf = new Map<string, number>();
  const slots = Array.from(laneOf, () => 1);
  const placed: { step: LayoutStep; lane: number; slot: number; column: number }[] = [];
  const ends = new Map<string, number>();
  let current = openColumn();
  let index = -1;
  for (const step of order.steps) {
    const lane = laneOf.get(step.system) ?? 0;
    let earliest = 0;
    let wanted: number | undefined;
    for (const id of order.predecessors.get(step.id) ?? []) {
      earliest = Math.max(earliest, (columnOf.get(id) ?? 0) + 1);
      const slot = slotOf.get(`${lane} ${id}`);
      // What begins while its cause still runs is a part of it, and hangs below it.
      if (slot !== undefined) wanted ??= nested(step, ends.get(id)) ? Math.min(slot + 1, metrics.maxSlots - 1) : slot;
    }
    const taken = current.used.get(lane)?.size ?? 0;
    if (index < 0 || earliest > index || taken >= metrics.maxSlots || !concurrent(step, current, dataEnd)) {
      current = openColumn();
      index += 1;
    }
    const used = current.used.get(lane) ?? new Set<number>();
    current.used.set(lane, used);
    const slot = freeSlot(used, wanted ?? 0, metrics.maxSlots);
    used.add(slot);
    if (step.ghost) {
      current.due = Math.max(current.due, step.start ?? current.due);
    } else {
      current.onlyGhosts = false;
      current.branches.add(step.branch);
      if (step.start !== undefined) {
        current.start = Math.min(current.start ?? step.start, step.start);
        current.minEnd = Math.min(current.minEnd, Math.max(step.start, step.end ?? step.start));
      }
    }
    if (step.end !== undefined) ends.set(step.id, step.end);
    columnOf.set(step.id, index);
    slotOf.set(`${lane} ${step.id}`, slot);
    slots[lane] = Math.max(slots[lane] ?? 1, slot + 1);
    placed.push({ step, lane, slot, column: index });
  }

  const firstRow: number[] = [];
  let rows = 0;
  for (const count of slots) {
    firstRow.push(rows);
    rows += count;
  }
  const cells = placed.map((cell) => ({ ...cell, row: (firstRow[cell.lane] ?? 0) + cell.slot }));
  return { cells, systems: [...laneOf.keys()], slots, columns: index + 1, rows };
}
