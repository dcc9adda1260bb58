import { clockSkew } from './clock-skew.ts';
import { DETECTORS } from './judge.ts';
import type { DetectorInfo } from './types.ts';

export { clockFindings } from './clock-skew.ts';
export { completenessOf } from './completeness/completeness.ts';
export { DETECTORS, judge } from './judge.ts';
export { usualLatency, withLearnedHops } from './learned-hops.ts';
export { quietOf } from './quiet.ts';
export type { Quiet } from './quiet.ts';

/** Everything that makes findings, as the reference describes it. */
export const DOCUMENTED: readonly DetectorInfo[] = [...DETECTORS, clockSkew];
