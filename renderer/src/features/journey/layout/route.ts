import type { VerticalLine } from './columns.ts';
import type { PlannedHop } from './plan.ts';
import type { Ports } from './ports.ts';
import type { Rows } from './rows.ts';
import type { Card, Metrics, Point } from './types.ts';

interface Heights {
  readonly out: number;
  readonly in: number;
  readonly channel: number;
}

function heights(planned: PlannedHop, ports: Ports, rows: Rows, metrics: Metrics): Heights {
  const middle = metrics.cardHeight / 2;
  return {
    out: (rows.top[planned.from.row] ?? 0) + middle + (ports.out.get(planned.hop.id) ?? 0),
    in: (rows.top[planned.to.row] ?? 0) + middle + (ports.in.get(planned.hop.id) ?? 0),
    channel: rows.channelY.get(planned.hop.id) ?? 0,
  };
}

/** A trunk is shared with the lines of the same source, else with those of the same target. */
function sharedNet(planned: PlannedHop): string {
  return planned.outNet.startsWith('out ') ? planned.outNet : planned.inNet;
}

/** The vertical lines that the hops need, with their heights: what the gutters must hold. */
export function verticalLines(hops: readonly PlannedHop[], ports: Ports, rows: Rows, metrics: Metrics): readonly VerticalLine[] {
  const lines: VerticalLine[] = [];
  for (const hop of hops) {
    const y = heights(hop, ports, rows, metrics);
    switch (hop.way) {
      case 'straight':
        break;
      case 'near':
        lines.push({ gutter: hop.out, net: sharedNet(hop), hop, from: y.out, to: y.in });
        break;
      case 'target-row':
        lines.push({ gutter: hop.out, net: sharedNet(hop), hop, from: y.out, to: y.in });
        break;
      case 'source-row':
        lines.push({ gutter: hop.in, net: sharedNet(hop), hop, from: y.out, to: y.in });
        break;
      case 'channel':
        lines.push({ gutter: hop.out, net: `${hop.outNet} leaving`, hop, from: y.out, to: y.channel });
        lines.push({ gutter: hop.in, net: `${hop.inNet} entering`, hop, from: y.channel, to: y.in });
        break;
    }
  }
  return lines;
}

/** Drops points that repeat and points in the middle of a straight stretch. */
export function simplify(points: readonly Point[]): readonly Point[] {
  const result: Point[] = [];
  for (const point of points) {
    const last = result.at(-1);
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const before = result.at(-2);
    if (
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    ) {
      result.pop();
    }
    result.push(point);
  }
  return result;
}

/** The polyline of one hop. `lineX` tells where the vertical line of a net stands in a gutter. */
export function routePoints(
  planned: PlannedHop,
  from: Card,
  to: Card,
  ports: Ports,
  rows: Rows,
  lineX: (gutter: number, net: string) => number,
  metrics: Metrics,
): readonly Point[] {
  const y = heights(planned, ports, rows, metrics);
  const start = { x: from.x + from.width, y: y.out };
  const end = { x: to.x, y: y.in };
  switch (planned.way) {
    case 'straight':
      return [start, end];
    case 'near':
    case 'target-row': {
      const x = lineX(planned.out, sharedNet(planned));
      return simplify([start, { x, y: y.out }, { x, y: y.in }, end]);
    }
    case 'source-row': {
      const x = lineX(planned.in, sharedNet(planned));
      return simplify([start, { x, y: y.out }, { x, y: y.in }, end]);
    }
    case 'channel': {
      const first = lineX(planned.out, `${planned.outNet} leaving`);
      const second = lineX(planned.in, `${planned.inNet} entering`);
      return simplify([
        start,
        { x: first, y: y.out },
        { x: first, y: y.channel },
        { x: second, y: y.channel },
        { x: second, y: y.in },
        end,
      ]);
    }
  }
}
