export { DETECTORS, judge } from './judge.ts';
export { usualLatency, withLearnedHops } from './learned-hops.ts';
export type { Detection, Detector, DetectorContext, Verdict } from './types.ts';
