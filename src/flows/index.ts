export { createLearner } from './learner.ts';
export { findLeftOver } from './left-over.ts';
export { prepareCoverage } from './coverage.ts';
export type { SystemCoverage } from './coverage.ts';
export { FALSE_DISCOVERY_RATE, MIN_Z, summarise, zScore } from './durations.ts';
export { createWordReader, eachPair, pairKey, Tellers } from './fields.ts';
export type { Told } from './fields.ts';
export { add, createSketch, merge, quantile } from './sketch.ts';
export { fnv1a, upperTail, wilsonLower, wilsonUpper } from './statistics.ts';
export type {
  DurationModel,
  Expectations,
  FieldExpectation,
  FollowExpectation,
  HopExpectation,
  StepExpectation,
  StepKey,
  TypeExpectations,
} from './types.ts';
