export { estimateClocks, MIN_BACKWARDS } from './estimate.ts';
export type { ClockEvent, ClockJourney, ClockStep } from './rows.ts';
export { oneClock } from './tellers.ts';
