export { buildJourney } from './build.ts';
export { inOrder } from './order.ts';
export type { Ordered } from './order.ts';
export { attributeOf, fillShape, ROOT_KEY, shapeOf } from './shape.ts';
export type { Particulars, Shape } from './shape.ts';
export { nameOf } from './status.ts';
export { fieldName, foldText, numberOf, textOf, valuesAgree } from './state.ts';
export type { DataScope, JourneyInput } from './types.ts';
