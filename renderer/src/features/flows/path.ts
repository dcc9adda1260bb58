import type { WireUsualStep } from '../../../../src/api/wire.ts';

/** A step of the usual path with its place in the drawing. */
export interface PathRow {
  readonly step: WireUsualStep;
  /** Branches to the right of the main line: the most frequent way goes straight on. */
  readonly lane: number;
  /** What leads to it, where that does not stand right above it. */
  readonly from: WireUsualStep | undefined;
  /** Its flow, where the same step stands in another as well. */
  readonly flow: string | undefined;
}

/** The usual path as rows: each step below what leads to it, straight on where it is the first to follow, else one lane further in. */
export function pathRows(steps: readonly WireUsualStep[]): PathRow[] {
  const lanes: number[] = [];
  const names = Map.groupBy(steps, nameOf);
  return steps.map((step, place) => {
    const { after } = step;
    const above = after === place - 1;
    const lane = after === null ? 0 : (lanes[after] ?? 0) + (above ? 0 : 1);
    lanes.push(lane);
    return {
      step,
      lane,
      from: after === null || above ? undefined : steps[after],
      flow: names.get(nameOf(step))!.length > 1 ? (step.flow ?? undefined) : undefined,
    };
  });
}

function nameOf({ system, step }: WireUsualStep): string {
  return `${system} ${step}`;
}
