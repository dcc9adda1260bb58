export { createLearner } from './learner.ts';
export { findLeftOver } from './left-over.ts';
export { prepareCoverage } from './coverage.ts';
export type { SystemCoverage } from './coverage.ts';
export { withPassports } from './passport/declare.ts';
export { learnPassport } from './passport/learn.ts';
export { checkPassport } from './passport/lint.ts';
export { readPassport } from './passport/parse.ts';
export { deadlineOf } from './passport/windows.ts';
export type { Passport } from './passport/passport.ts';
export { FALSE_DISCOVERY_RATE, MIN_Z, summarise, zScore } from './durations.ts';
export { createWordReader, eachPair, pairKey, Tellers } from './fields.ts';
export type { Told } from './fields.ts';
export { afterOpenTime, measuredBy, openHoursText, openTime } from './open-hours.ts';
export { isPaused } from './pauses.ts';
export { aboutOf } from './rows.ts';
export { modelAt, whenAt } from './rhythm-parts.ts';
export { inCommon, isMultiple, singleAgrees, sumOf, toldGroups } from './told-groups.ts';
export type { ToldGroup } from './told-groups.ts';
export { add, createSketch, merge, quantile } from './sketch.ts';
export { fnv1a, upperTail, wilsonLower, wilsonUpper } from './statistics.ts';
export type {
  Declaration,
  DeclaredAgreement,
  DeclaredFollow,
  DurationModel,
  Expectations,
  FieldExpectation,
  FollowExpectation,
  Given,
  HopExpectation,
  StepExpectation,
  StepKey,
  Thresholds,
  TypeExpectations,
} from './types.ts';
