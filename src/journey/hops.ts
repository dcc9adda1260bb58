import type { HopReason } from '../model/journey.ts';
import type { Micros } from '../model/time.ts';
import type { StepDraft } from './draft.ts';
import { endOf, startOf } from './draft.ts';

/** A step's place in the causal order: from which step it came, why, and on which branch it lies. */
export interface Placement {
  /** Index of the predecessor; -1 for a beginning. */
  readonly from: number;
  readonly reason: HopReason;
  readonly branch: number;
  /** Since when this step was under way: the end of `from`, or its start where it encloses this step. */
  readonly since: Micros | undefined;
}

interface Node {
  readonly draft: StepDraft;
  readonly start: Micros | undefined;
  readonly end: Micros | undefined;
  branch: number;
  /** The steps that came from this one, in order. */
  readonly next: number[];
  /** The step that encloses it, as declared by a span or an execution; -1 when there is none. */
  parent: number;
}

/**
 * Finds each step's causal predecessor (happened-before, Lamport 1978), strongest evidence first:
 * 1. the parent span;
 * 2. the step of the same execution that encloses it, or of the parent execution, when nothing inside came before;
 * 3. the step that ended last before it began, a step that nothing has followed yet before one that was already followed;
 *    where several branches are under way, the one of the same system.
 * A step that begins while the only follower of its predecessor is still under way in another system opens a branch.
 */
export function placeSteps(drafts: readonly StepDraft[]): Placement[] {
  const nodes: Node[] = drafts.map((draft) => ({ draft, start: startOf(draft), end: endOf(draft), branch: 0, next: [], parent: -1 }));
  const spans = spanIndex(drafts);
  const runs = new Map<number, number[]>();
  const placements: Placement[] = [];
  const frontier: number[] = [];
  let branches = 1;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const found = predecessor(nodes, i, spans, runs, frontier);
    if (node.draft.first.execution !== undefined) remember(runs, node.draft, i);
    if (found === undefined) {
      frontier.push(i);
      placements.push({ from: -1, reason: 'time', branch: 0, since: undefined });
      continue;
    }
    const from = nodes[found.from] as Node;
    const continued = branchOf(nodes, from, node);
    node.branch = continued ?? branches++;
    from.next.push(i);
    const at = frontier.indexOf(found.from);
    if (at >= 0) frontier.splice(at, 1);
    frontier.push(i);
    placements.push({ from: found.from, reason: found.reason, branch: node.branch, since: sinceOf(from, node, found.reason) });
  }
  return placements;
}

function predecessor(
  nodes: readonly Node[],
  at: number,
  spans: ReadonlyMap<number, number[]>,
  runs: ReadonlyMap<number, number[]>,
  frontier: readonly number[],
): { from: number; reason: HopReason } | undefined {
  const node = nodes[at] as Node;
  const { parentSpan, execution, parentExecution } = node.draft.first;
  if (parentSpan !== undefined) {
    const parent = spans.get(parentSpan)?.find((other) => other !== at && other < at && nodes[other]?.draft.first.execution === execution);
    if (parent !== undefined) return { from: (node.parent = parent), reason: 'parent-span' };
  }
  const enclosing = enclosingStep(nodes, at, execution === undefined ? undefined : runs.get(execution));
  if (enclosing !== undefined) {
    node.parent = enclosing;
    const sibling = latestInside(nodes, at, enclosing);
    return sibling === undefined
      ? { from: enclosing, reason: 'parent-execution' }
      : { from: sibling, reason: reasonOf(nodes, sibling, at) };
  }
  if (parentExecution !== undefined) {
    const callers = runs.get(parentExecution);
    if (callers !== undefined) return { from: callers.at(-1) as number, reason: 'parent-execution' };
  }
  return latestEnded(nodes, at, frontier);
}

/** The step of the same execution that began before this one and ended after it: the innermost one. */
function enclosingStep(nodes: readonly Node[], at: number, same: readonly number[] | undefined): number | undefined {
  if (same === undefined) return undefined;
  const node = nodes[at] as Node;
  if (node.start === undefined) return undefined;
  for (let i = same.length - 1; i >= 0; i--) {
    const other = nodes[same[i] as number] as Node;
    if (other.start === undefined || other.end === undefined || other.end <= other.start) continue;
    if (other.start <= node.start && other.end >= (node.end ?? node.start) && other.end > node.start) return same[i];
  }
  return undefined;
}

/** The last step inside the same enclosing one that had ended when this one began. */
function latestInside(nodes: readonly Node[], at: number, parent: number): number | undefined {
  const node = nodes[at] as Node;
  for (let i = at - 1; i > parent; i--) {
    const other = nodes[i] as Node;
    if (other.parent === parent && hasEnded(other, node)) return i;
  }
  return undefined;
}

function latestEnded(nodes: readonly Node[], at: number, frontier: readonly number[]): { from: number; reason: HopReason } | undefined {
  if (at === 0) return undefined;
  const node = nodes[at] as Node;
  let best: number | undefined;
  let own: number | undefined;
  for (const index of frontier) {
    const other = nodes[index] as Node;
    if (!hasEnded(other, node)) continue;
    best = later(nodes, best, index);
    if (other.draft.system === node.draft.system) own = later(nodes, own, index);
  }
  best = own ?? best;
  for (let i = at - 1; i >= 0 && best === undefined; i--) if (hasEnded(nodes[i] as Node, node)) best = i;
  // Everything before is still under way: it began within the one that began last.
  best ??= at - 1;
  return { from: best, reason: reasonOf(nodes, best, at) };
}

/** The one of two steps that ended later; of equals the one that stands later. */
function later(nodes: readonly Node[], best: number | undefined, index: number): number {
  return best === undefined || (nodes[index]?.end ?? 0) >= (nodes[best]?.end ?? 0) ? index : best;
}

/** Steps without times follow in the order of their source. */
function hasEnded(other: Node, node: Node): boolean {
  return other.end === undefined || node.start === undefined || other.end <= node.start;
}

function reasonOf(nodes: readonly Node[], from: number, to: number): HopReason {
  const a = nodes[from] as Node;
  const b = nodes[to] as Node;
  const untold = a.start === undefined || b.start === undefined || a.start === b.start;
  return untold && a.draft.first.source === b.draft.first.source ? 'sequence' : 'time';
}

/** The branch a step continues: its predecessor's, unless a follower of it is still under way; then undefined: a new one. */
function branchOf(nodes: readonly Node[], from: Node, node: Node): number | undefined {
  let branch: number | undefined = from.branch;
  for (const index of from.next) {
    const other = nodes[index] as Node;
    if (hasEnded(other, node)) branch = other.branch;
    else if (other.branch === branch) branch = undefined;
  }
  return branch;
}

function sinceOf(from: Node, to: Node, reason: HopReason): Micros | undefined {
  if (to.start === undefined) return undefined;
  const encloses = from.end !== undefined && from.start !== undefined && from.end > to.start && from.start <= to.start;
  return encloses || reason === 'parent-span' ? (from.start ?? from.end) : from.end;
}

function spanIndex(drafts: readonly StepDraft[]): Map<number, number[]> {
  const spans = new Map<number, number[]>();
  for (let i = 0; i < drafts.length; i++) {
    const span = drafts[i]?.first.span;
    if (span === undefined) continue;
    const list = spans.get(span);
    if (list === undefined) spans.set(span, [i]);
    else list.push(i);
  }
  return spans;
}

function remember(runs: Map<number, number[]>, draft: StepDraft, index: number): void {
  for (const attempt of draft.attempts) {
    if (attempt.execution === undefined) continue;
    const list = runs.get(attempt.execution);
    if (list === undefined) runs.set(attempt.execution, [index]);
    else if (list.at(-1) !== index) list.push(index);
  }
}
