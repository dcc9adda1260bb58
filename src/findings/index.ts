export { DETECTORS, judge } from './judge.ts';
export { usualLatency, withLearnedHops } from './learned-hops.ts';
export { quietOf } from './quiet.ts';
export type { Quiet } from './quiet.ts';
