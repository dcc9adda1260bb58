export { inCommon } from './common.ts';
export type { FieldCount, InCommon } from './common.ts';
export { incidentsOf } from './group.ts';
export { explanationOf, titleOf } from './words.ts';
export type { Incident, IncidentFinding } from './types.ts';
