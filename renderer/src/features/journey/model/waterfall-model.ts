import type { WireJourney, WireStep } from '../../../../../src/api/wire.ts';
import { statusTone, type Tone } from '../../../ui/severity.ts';
import type { Interval } from '../layout/idle.ts';
import { timeScale, type TimeScale } from '../layout/time-scale.ts';
import { isoMs } from './iso.ts';

/** One bar: an attempt. `left` and `width` are fractions of the axis. */
export interface Bar {
  readonly left: number;
  readonly width: number;
  readonly tone: Tone;
  /** Whether a later attempt of the same step followed. */
  readonly retried: boolean;
}

export interface WaterfallRow {
  /** How deep it stands inside of other steps: 0 for what has no parent. */
  readonly depth: number;
  readonly step: WireStep;
  readonly bars: readonly Bar[];
  /** Where a ghost would have stood: an outline. */
  readonly ghost: { readonly left: number; readonly width: number } | undefined;
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  readonly scale: TimeScale;
  /** Place of the end of the data when it lies on the axis. */
  readonly dataEnd: number | undefined;
}

interface Try extends Interval {
  readonly tone: Tone;
}

function tries(step: WireStep): readonly Try[] {
  const all = step.attempts.flatMap((attempt): Try[] => {
    const start = isoMs(attempt.at);
    return start === undefined ? [] : [{ start, end: Math.max(start, isoMs(attempt.endedAt) ?? start), tone: statusTone(attempt.status) }];
  });
  if (all.length > 0 || step.absent) return all;
  const start = isoMs(step.startedAt);
  return start === undefined ? [] : [{ start, end: Math.max(start, isoMs(step.endedAt) ?? start), tone: statusTone(step.status) }];
}

const GHOST_WIDTH = 0.06;

/** Depth of each step among parent spans and executions, in one pass over steps that stand in causal order. */
function nesting(journey: WireJourney): ReadonlyMap<string, number> {
  const parents = new Map(
    journey.hops.filter((hop) => hop.reason === 'parent-span' || hop.reason === 'parent-execution').map((hop) => [hop.to, hop.from]),
  );
  const depths = new Map<string, number>();
  for (const { id } of journey.steps) {
    const parent = parents.get(id);
    depths.set(id, parent === undefined ? 0 : (depths.get(parent) ?? -1) + 1);
  }
  return depths;
}

/** The rows of the waterfall, in the journey's causal order. A ghost without a due time stands after the step it was expected from. */
export function waterfall(journey: WireJourney): Waterfall {
  const bars = new Map(journey.steps.map((step) => [step.id, tries(step)]));
  const scale = timeScale([...bars.values()].flat());
  const depths = nesting(journey);
  const rows = journey.steps.map((step): WaterfallRow => {
    const depth = depths.get(step.id) ?? 0;
    if (step.absent) {
      const from = journey.hops.find((hop) => hop.to === step.id)?.from;
      const before = from === undefined ? undefined : bars.get(from)?.at(-1)?.end;
      const at = isoMs(step.startedAt) ?? before;
      return {
        step,
        depth,
        bars: [],
        ghost: at === undefined ? undefined : { left: Math.min(scale.at(at), 1 - GHOST_WIDTH), width: GHOST_WIDTH },
      };
    }
    const own = bars.get(step.id) ?? [];
    return {
      step,
      depth,
      bars: own.map((one, index) => {
        const left = scale.at(one.start);
        return { left, width: Math.max(0, scale.at(one.end) - left), tone: one.tone, retried: index < own.length - 1 };
      }),
      ghost: undefined,
    };
  });
  const end = isoMs(journey.dataEndsAt);
  const last = scale.parts.at(-1);
  return { rows, scale, dataEnd: end === undefined || last === undefined || end > last.to ? undefined : scale.at(end) };
}
