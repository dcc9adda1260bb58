import type { WireFinding, WireHop, WireJourney, WireStep } from '../../../../../src/api/wire.ts';
import type { Absence } from '../../../../../src/model/journey.ts';
import type { Severity } from '../../../../../src/model/finding.ts';
import { formatMs, formatTime, humanise, plural, type Zone } from '../../../ui/format.ts';
import { statusTone, type Tone } from '../../../ui/severity.ts';
import { aggregateRuns } from '../layout/aggregate.ts';
import type { LayoutHop, LayoutStep } from '../layout/types.ts';
import { compareFindings, isAboutHop } from './finding-order.ts';
import { isoMs } from './iso.ts';
import { betweenSteps, lateWays, ratioText } from './late-ways.ts';
import { textWidth } from './text-width.ts';

/** One card of the graph: a step, or a run of equal steps. */
export interface GraphNode {
  /** Id of its first step. */
  readonly id: string;
  readonly steps: readonly WireStep[];
  readonly first: WireStep;
  readonly name: string;
  readonly flow: string | undefined;
  readonly tone: Tone;
  /** The line under the name: duration, or what is wrong. */
  readonly detail: string;
  /** What is read to those who do not see it: `erp confirm, succeeded, 350 ms, 1 finding`. */
  readonly spoken: string;
  readonly attempts: number;
  readonly findings: readonly WireFinding[];
  readonly width: number;
}

/** One line of the graph. */
export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly hop: WireHop;
  /** Hops drawn by this line: more than one between runs. */
  readonly count: number;
  /** Set when the hop was slower than usual. */
  readonly late: Severity | undefined;
  readonly finding: WireFinding | undefined;
  readonly label: string;
  readonly labelWidth: number;
  /** Set when it leads to a step that did not come. */
  readonly ghost: Absence | undefined;
}

export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** The card that shows a step. */
  readonly nodeOf: ReadonlyMap<string, string>;
  readonly layoutSteps: readonly LayoutStep[];
  readonly layoutHops: readonly LayoutHop[];
}

/** The line under the name is set smaller. */
const DETAIL_SCALE = 0.87;
const MIN_CARD = 92;
const MAX_CARD = 208;

/** Why an absent step is absent, in two or three words. */
export function absenceText(step: WireStep, zone: Zone): string {
  const due = step.startedAt === null ? '' : `, due ${formatTime(step.startedAt, zone, 'time').slice(0, 5)}`;
  switch (step.absence) {
    case 'outside-coverage':
      return 'not logged then';
    case 'still-open':
      return `still open${due}`;
    case 'confirmed':
    case null:
      return `never came${due}`;
  }
}

/** The tone of an absent step: only a confirmed absence accuses anybody. */
export function absenceTone(step: WireStep): Tone {
  return step.absence === 'confirmed' || step.absence === null ? 'critical' : 'neutral';
}

function detailOf(steps: readonly WireStep[], attempts: number, findings: readonly WireFinding[], zone: Zone): string {
  const first = steps[0];
  if (first === undefined) return '';
  if (first.absent) return absenceText(first, zone);
  if (steps.length > 1) {
    const failed = steps.filter((step) => statusTone(step.status) === 'critical').length;
    return failed === 0 ? `${steps.length} times` : `${steps.length} times, ${failed} failed`;
  }
  const duration = first.durationMs === null || first.durationMs === 0 ? undefined : formatMs(first.durationMs);
  const hidden = findings.some((finding) => finding.kind === 'retry' && finding.subkind === 'hidden');
  const tries = attempts > 1 ? `${attempts} attempts${hidden ? ', hidden' : ''}` : undefined;
  const status = first.status === 'succeeded' ? undefined : humanise(first.status).toLowerCase();
  // Where there is worse news than how long it took, that is said alone: the card stays short.
  const parts = hidden ? [status, tries] : [status, tries ?? duration];
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? humanise(first.status).toLowerCase() : said.join(' · ');
}

function toneOf(steps: readonly WireStep[], attempts: number, findings: readonly WireFinding[]): Tone {
  const first = steps[0];
  if (first === undefined) return 'neutral';
  if (first.absent) return absenceTone(first);
  const tones = steps.map((step) => statusTone(step.status));
  if (tones.includes('critical')) return 'critical';
  if (tones.includes('warning') || (attempts > steps.length && findings.length > 0)) return 'warning';
  return tones[0] ?? 'neutral';
}

function clampWidth(name: string, detail: string, marks: number): number {
  const width = Math.max(30 + textWidth(name) + marks * 18, 44 + textWidth(detail) * DETAIL_SCALE);
  return Math.round(Math.min(MAX_CARD, Math.max(MIN_CARD, width)));
}

function node(steps: readonly WireStep[], findings: readonly WireFinding[], zone: Zone): GraphNode | undefined {
  const first = steps[0];
  if (first === undefined) return undefined;
  const attempts = steps.reduce((sum, step) => sum + step.attempts.length, 0);
  const name = steps.length > 1 ? `${first.step} ×${steps.length}` : first.step;
  const detail = detailOf(steps, attempts, findings, zone);
  const problem = findings.length === 0 ? '' : `, ${plural(findings.length, 'finding')}`;
  const state = first.absent
    ? detail
    : [humanise(first.status).toLowerCase(), first.durationMs === null ? undefined : formatMs(first.durationMs)]
        .filter((part) => part !== undefined)
        .join(', ');
  const tries = attempts > 1 && steps.length === 1 ? `, ${attempts} attempts` : '';
  const stack = attempts > steps.length || steps.length > 1 ? 6 : 0;
  return {
    id: first.id,
    steps,
    first,
    name,
    flow: first.flow ?? undefined,
    tone: toneOf(steps, attempts, findings),
    detail,
    spoken: `${first.system} ${name}, ${state}${tries}${problem}`,
    attempts,
    findings,
    width:
      clampWidth(
        name,
        first.absence === 'outside-coverage' ? `${detail}  ` : detail,
        Math.min(3, new Set(findings.map((finding) => finding.severity)).size),
      ) +
      stack +
      (steps.length > 1 ? 18 : 0),
  };
}

/**
 * Turns a journey into cards and lines with what they say. Runs of equal steps become one card in long journeys, except those
 * whose first step is in `expanded`.
 */
export function graphModel(journey: WireJourney, zone: Zone, expanded: ReadonlySet<string>): GraphModel {
  const byId = new Map(journey.steps.map((step) => [step.id, step]));
  const groups = aggregateRuns(
    journey.steps.map((step) => ({ id: step.id, lane: step.system, key: `${step.flow ?? ''}\n${step.step}\n${step.absent}` })),
    expanded,
  );
  const nodeOf = new Map<string, string>();
  for (const [id, members] of groups) for (const member of members) nodeOf.set(member, id);

  const onHop = new Map<string, WireFinding>();
  const hopFindings = new Set<string>();
  for (const finding of journey.findings.toSorted(compareFindings)) {
    for (const hop of journey.hops) {
      if (!isAboutHop(finding, hop)) continue;
      if (!onHop.has(`${hop.from} ${hop.to}`)) onHop.set(`${hop.from} ${hop.to}`, finding);
      hopFindings.add(finding.id);
    }
  }
  const ofStep = new Map<string, WireFinding[]>();
  for (const finding of journey.findings) {
    if (hopFindings.has(finding.id) || betweenSteps(finding)) continue;
    for (const id of new Set(finding.steps.map((step) => nodeOf.get(step) ?? step))) {
      const list = ofStep.get(id);
      if (list === undefined) ofStep.set(id, [finding]);
      else list.push(finding);
    }
  }

  const nodes: GraphNode[] = [];
  for (const [id, members] of groups) {
    const steps = members.flatMap((member) => byId.get(member) ?? []);
    const built = node(steps, (ofStep.get(id) ?? []).toSorted(compareFindings), zone);
    if (built !== undefined) nodes.push(built);
  }

  const merged = new Map<string, WireHop[]>();
  for (const hop of journey.hops) {
    const from = nodeOf.get(hop.from);
    const to = nodeOf.get(hop.to);
    if (from === undefined || to === undefined || from === to) continue;
    const list = merged.get(`${from} ${to}`);
    if (list === undefined) merged.set(`${from} ${to}`, [hop]);
    else list.push(hop);
  }
  const edges: GraphEdge[] = [];
  for (const [id, hops] of merged) {
    const hop = hops.toSorted((a, b) => (b.latencyMs ?? 0) - (a.latencyMs ?? 0))[0];
    if (hop === undefined) continue;
    const from = nodeOf.get(hop.from) ?? hop.from;
    const to = nodeOf.get(hop.to) ?? hop.to;
    // A way back between two runs is the way there, seen from the other end.
    if (hops.length > 1 && edges.some((edge) => edge.from === to && edge.to === from)) continue;
    const finding = hops.map((one) => onHop.get(`${one.from} ${one.to}`)).find((one) => one !== undefined);
    const slow = hop.usualMs !== null && hop.latencyMs !== null && hop.latencyMs > 2 * hop.usualMs.p95 && hop.latencyMs > 1000;
    const late = finding?.severity ?? (slow ? 'warning' : undefined);
    const target = byId.get(hop.to);
    const ghost = target?.absent === true ? (target.absence ?? 'confirmed') : undefined;
    const time = hop.latencyMs === null || ghost !== undefined ? '' : formatMs(hop.latencyMs);
    // A part begins before the whole has ended: that is no time taken on the way.
    const inside = (hop.latencyMs ?? 0) < 0 && (hop.reason === 'parent-span' || hop.reason === 'parent-execution');
    const quiet = inside || Math.abs(hop.latencyMs ?? 0) < 1;
    const label = late === undefined ? (quiet ? '' : time) : `${time}${ratioText(hop)}`;
    const labelWidth = label === '' ? 0 : Math.ceil(label.length * 6.1) + (late === undefined ? 6 : 30);
    edges.push({ id, from, to, hop, count: hops.length, late, finding, label, labelWidth, ghost });
  }

  edges.push(...lateWays(journey, nodeOf, edges));

  const layoutSteps = nodes.map(({ id, steps, first, width }): LayoutStep => ({
    id,
    system: first.system,
    start: isoMs(first.startedAt),
    end: isoMs(steps.at(-1)?.endedAt) ?? isoMs(steps.at(-1)?.startedAt) ?? isoMs(first.endedAt),
    ghost: first.absent,
    branch: first.branch,
    width,
  }));
  const layoutHops = edges.map(({ id, from, to, labelWidth }): LayoutHop => ({ id, from, to, labelWidth }));
  return { nodes, edges, nodeOf, layoutSteps, layoutHops };
}
