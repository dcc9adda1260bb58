export { DETECTORS, judge } from './judge.ts';
export { usualLatency, withLearnedHops } from './learned-hops.ts';
