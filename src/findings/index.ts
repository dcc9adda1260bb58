export { DETECTORS, judge } from './judge.ts';
export type { Detection, Detector, DetectorContext, Verdict } from './types.ts';
