import type { WireBaseline } from '../../../../../src/api/wire.ts';

export interface HistogramBar {
  /** Fractions of the chart's width and height. */
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

export interface Histogram {
  readonly bars: readonly HistogramBar[];
  /** Place of a duration in ms on the logarithmic axis, 0..1. */
  at(ms: number): number;
}

/** Lays a baseline out on a logarithmic axis that also holds what was observed. */
export function histogram(baseline: WireBaseline): Histogram {
  const positive = [...baseline.edgesMs, baseline.observedMs].filter((ms) => ms > 0);
  const low = Math.log(Math.min(...positive, 1e9));
  const high = Math.log(Math.max(...positive, 1e-3));
  const span = Math.max(1e-9, high - low);
  const at = (ms: number): number => (ms <= 0 ? 0 : Math.min(1, Math.max(0, (Math.log(ms) - low) / span)));
  const most = Math.max(1, ...baseline.counts);
  const bars = baseline.counts.map((count, index): HistogramBar => {
    const x = at(baseline.edgesMs[index] ?? 0);
    return { x, width: Math.max(0, at(baseline.edgesMs[index + 1] ?? 0) - x), height: count / most };
  });
  return { bars, at };
}
