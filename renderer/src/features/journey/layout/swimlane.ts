import { columnTimes, setColumns } from './columns.ts';
import { placeInGrid } from './grid.ts';
import { idleBreaks } from './idle.ts';
import { placeLabels } from './labels.ts';
import { causalOrder } from './order.ts';
import { planHops } from './plan.ts';
import { assignPorts } from './ports.ts';
import { routePoints, verticalLines } from './route.ts';
import { stackRows } from './rows.ts';
import { METRICS, type Card, type LayoutHop, type LayoutStep, type Metrics, type Swimlane, type Tick } from './types.ts';

/**
 * Lays a journey out: a lane per system, causal time along them. Cards never overlap, a step never stands left of one of its causes,
 * and no hop crosses a card. Deterministic and independent of the order of its input; O((n + h) log n) for the placement, with
 * tracks found by search among the few lines of one gutter or channel.
 *
 * @param dataEnd end of the data in ms: drawn as a line, ghosts that are due later stand behind it.
 */
export function layoutSwimlane(
  steps: readonly LayoutStep[],
  hops: readonly LayoutHop[],
  dataEnd: number | undefined,
  metrics: Metrics = METRICS,
): Swimlane {
  const order = causalOrder(steps, hops);
  const grid = placeInGrid(order, metrics, dataEnd);
  const planned = planHops(grid, order);
  const ports = assignPorts(grid, planned);
  const rows = stackRows(grid, planned, metrics);
  const lines = verticalLines(planned, ports, rows, metrics);
  const intervals = order.steps.flatMap((step) =>
    step.start === undefined || step.ghost ? [] : [{ start: step.start, end: Math.max(step.start, step.end ?? step.start) }],
  );
  const columns = setColumns(grid, planned, lines, idleBreaks(intervals), metrics);

  const cards = grid.cells.map(({ step, lane, column, slot, row }): Card => ({
    id: step.id,
    lane,
    column,
    slot,
    x: columns.x[column] ?? 0,
    y: rows.top[row] ?? 0,
    width: step.width,
    height: metrics.cardHeight,
  }));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const drawn = planned.flatMap((hop) => {
    const from = byId.get(hop.hop.from);
    const to = byId.get(hop.hop.to);
    if (from === undefined || to === undefined) return [];
    return [{ hop: hop.hop, points: routePoints(hop, from, to, ports, rows, columns.lineX, metrics) }];
  });
  const labels = placeLabels(drawn, cards, [...rows.labelY.values()], metrics);

  const times = columnTimes(grid);
  const ticks = times.flatMap(({ start }, column): Tick[] => (start === undefined ? [] : [{ x: columns.x[column] ?? 0, time: start }]));
  const end = dataEnd === undefined ? undefined : { time: dataEnd, x: endOfData(grid, columns, dataEnd, metrics) };
  return {
    cards,
    lanes: rows.lanes,
    routes: drawn.map(({ hop, points }) => ({ id: hop.id, from: hop.from, to: hop.to, points, label: labels.get(hop.id) })),
    ticks,
    breaks: columns.breaks,
    dataEnd: end,
    width: Math.max(columns.right, end === undefined ? 0 : end.x) + 16,
    height: rows.height,
  };
}

/** Behind everything that is known; before the ghosts that are due only after it. */
function endOfData(
  grid: ReturnType<typeof placeInGrid>,
  columns: ReturnType<typeof setColumns>,
  dataEnd: number,
  metrics: Metrics,
): number {
  const last = grid.cells.reduce(
    (latest, { step, column }) => (step.ghost && (step.start === undefined || step.start > dataEnd) ? latest : Math.max(latest, column)),
    -1,
  );
  const next = columns.x[last + 1];
  const beyond =
    next !== undefined && grid.cells.some(({ step, column }) => column > last && step.start !== undefined && step.start > dataEnd);
  return beyond ? next - metrics.entry - 2 : columns.right + 12;
}
