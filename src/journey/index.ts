export { buildJourney } from './build.ts';
export { nameOf } from './status.ts';
export { foldText, numberOf, valuesAgree } from './state.ts';
export type { DataScope, JourneyInput } from './types.ts';
