import type { WireFinding, WireHop, WireJourney } from '../../../../../src/api/wire.ts';
import { formatMs } from '../../../ui/format.ts';
import { compareFindings } from './finding-order.ts';
import type { GraphEdge } from './graph-model.ts';

/** Whether a finding is a measured delay between two steps: then it is drawn on a line, not on a card. */
export function betweenSteps(finding: WireFinding): boolean {
  return finding.kind === 'delay' && finding.subkind !== 'step' && finding.baseline !== null && new Set(finding.steps).size === 2;
}

/** How many times the usual a hop took, ` · ×58`; empty below twice. */
export function ratioText(hop: WireHop): string {
  if (hop.usualMs === null || hop.latencyMs === null || hop.usualMs.median <= 0) return '';
  const ratio = hop.latencyMs / hop.usualMs.median;
  return ratio < 2 ? '' : ` · ×${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en-GB')}`;
}

/**
 * Delays between two steps that no hop joins, because something else happened between them: each gets a line of its own,
 * so that what took too long can be seen.
 */
export function lateWays(journey: WireJourney, nodeOf: ReadonlyMap<string, string>, edges: readonly GraphEdge[]): readonly GraphEdge[] {
  const position = new Map(journey.steps.map((step, index) => [step.id, index]));
  const systems = new Map(journey.steps.map((step) => [step.id, step.system]));
  const ways = new Map<string, GraphEdge>();
  for (const finding of journey.findings.toSorted(compareFindings)) {
    const [a, b] = [...new Set(finding.steps)].toSorted((left, right) => (position.get(left) ?? 0) - (position.get(right) ?? 0));
    if (!betweenSteps(finding) || finding.baseline === null || a === undefined || b === undefined) continue;
    const from = nodeOf.get(a);
    const to = nodeOf.get(b);
    if (
      from === undefined ||
      to === undefined ||
      from === to ||
      edges.some((edge) => edge.from === from && edge.to === to) ||
      ways.has(`${from} ${to}`)
    )
      continue;
    const { medianMs, p95Ms, observedMs, observations } = finding.baseline;
    const hop: WireHop = {
      from: a,
      to: b,
      latencyMs: observedMs,
      crossesSystem: systems.get(a) !== systems.get(b),
      why: finding.title,
      reason: 'expected',
      usualMs: { median: medianMs, p95: p95Ms, observations },
    };
    const label = `${formatMs(observedMs)}${ratioText(hop)}`;
    ways.set(`${from} ${to}`, {
      id: `late ${from} ${to}`,
      from,
      to,
      hop,
      count: 1,
      late: finding.severity,
      finding,
      label,
      labelWidth: Math.ceil(label.length * 6.1) + 30,
      ghost: undefined,
    });
  }
  return [...ways.values()];
}
