import type { Grid } from './grid.ts';
import type { PlannedHop } from './plan.ts';

/** Where each hop leaves and enters its cards: pixels below (or above, negative) the middle of the card. */
export interface Ports {
  readonly out: ReadonlyMap<string, number>;
  readonly in: ReadonlyMap<string, number>;
}

const STEP = 6;

/** Offsets, top to bottom, for nets that go up, straight on, and down. */
function spread(ups: number, straight: boolean, downs: number): readonly number[] {
  if (straight) {
    return [...Array.from({ length: ups }, (_, i) => (i - ups) * STEP), 0, ...Array.from({ length: downs }, (_, i) => (i + 1) * STEP)];
  }
  const count = ups + downs;
  return Array.from({ length: count }, (_, i) => (i - (count - 1) / 2) * STEP);
}

function side(
  hops: readonly PlannedHop[],
  card: (hop: PlannedHop) => string,
  net: (hop: PlannedHop) => string,
  other: (hop: PlannedHop) => number,
  own: (hop: PlannedHop) => number,
): Map<string, Map<string, number>> {
  const byCard = new Map<string, PlannedHop[]>();
  for (const hop of hops) {
    const list = byCard.get(card(hop));
    if (list === undefined) byCard.set(card(hop), [hop]);
    else list.push(hop);
  }
  const result = new Map<string, Map<string, number>>();
  for (const [id, list] of byCard) {
    const nets = new Map<string, { row: number; straight: boolean }>();
    for (const hop of list.toSorted((a, b) => other(a) - other(b))) {
      const straight = hop.way === 'straight';
      const key = straight ? 'straight' : net(hop);
      if (!nets.has(key)) nets.set(key, { row: straight ? own(hop) : other(hop) - (hop.from.row === hop.to.row ? 0.5 : 0), straight });
    }
    const sorted = [...nets].toSorted(([, a], [, b]) => a.row - b.row);
    const here = list[0] === undefined ? 0 : own(list[0]);
    const straight = nets.has('straight');
    const ups = sorted.filter(([, value]) => !value.straight && value.row < here).length;
    const offsets = spread(ups, straight, sorted.length - ups - (straight ? 1 : 0));
    result.set(id, new Map(sorted.map(([key], index) => [key, offsets[index] ?? 0])));
  }
  return result;
}

/**
 * Ports for all hops. Lines that leave a card and lines that enter the next card of the same row never have the same
 * height, so they can share the gap between the two without lying on each other; a straight line has the middle for itself.
 */
export function assignPorts(grid: Grid, hops: readonly PlannedHop[]): Ports {
  const outs = side(
    hops,
    (h) => h.hop.from,
    (h) => h.outNet,
    (h) => h.to.row,
    (h) => h.from.row,
  );
  const ins = side(
    hops,
    (h) => h.hop.to,
    (h) => h.inNet,
    (h) => h.from.row,
    (h) => h.to.row,
  );

  const shift = new Map<string, number>();
  const lastOfRow = new Map<number, string>();
  for (const cell of grid.cells) {
    const left = lastOfRow.get(cell.row);
    lastOfRow.set(cell.row, cell.step.id);
    if (left === undefined) continue;
    const leaving = [...(outs.get(left) ?? [])].filter(([key]) => key !== 'straight').map(([, y]) => y);
    const entering = [...(ins.get(cell.step.id) ?? [])].filter(([key]) => key !== 'straight').map(([, y]) => y);
    if (entering.some((y) => leaving.includes(y) || (y === 0 && outs.get(left)?.has('straight') === true))) {
      shift.set(cell.step.id, STEP / 2);
    }
  }

  const out = new Map<string, number>();
  const into = new Map<string, number>();
  for (const hop of hops) {
    const straight = hop.way === 'straight';
    out.set(hop.hop.id, straight ? 0 : (outs.get(hop.hop.from)?.get(hop.outNet) ?? 0));
    const y = ins.get(hop.hop.to)?.get(hop.inNet) ?? 0;
    into.set(hop.hop.id, straight ? 0 : y + (shift.get(hop.hop.to) ?? 0));
  }
  return { out, in: into };
}
