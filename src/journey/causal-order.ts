import type { StepDraft } from './draft.ts';

/**
 * Steps with every parent span before its children. Clocks of two machines differ, so that a call can seem to arrive before it was
 * made: what the spans declare is held to be true, and the caller is moved in front of what it called. Everything else keeps its place.
 */
export function inCausalOrder(drafts: readonly StepDraft[]): readonly StepDraft[] {
  if (drafts.every(({ first }) => first.parentSpan === undefined)) return drafts;
  const position = new Map<number, number[]>();
  drafts.forEach(({ first: { span } }, i) => {
    if (span === undefined) return;
    const list = position.get(span);
    if (list === undefined) position.set(span, [i]);
    else list.push(i);
  });
  const parentOf = ({ first: { parentSpan, execution } }: StepDraft, at: number): number | undefined =>
    parentSpan === undefined ? undefined : position.get(parentSpan)?.find((i) => i !== at && drafts[i]?.first.execution === execution);
  if (drafts.every((draft, i) => (parentOf(draft, i) ?? -1) < i)) return drafts;
  const ordered: StepDraft[] = [];
  const placed = new Set<number>();
  const place = (at: number): void => {
    // From the step up to its first ancestor that has no place yet; a circle of parents ends where it closes.
    const chain: number[] = [];
    for (let i: number | undefined = at; i !== undefined && !placed.has(i); i = parentOf(drafts[i] as StepDraft, i)) {
      placed.add(i);
      chain.push(i);
    }
    for (const i of chain.toReversed()) ordered.push(drafts[i] as StepDraft);
  };
  for (let i = 0; i < drafts.length; i++) place(i);
  return ordered;
}
