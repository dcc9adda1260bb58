import type { Thresholds } from '../flows/index.ts';
import { MICROS_PER_SECOND } from '../model/time.ts';

/** What holds where no passport says otherwise. */
export const USUAL_THRESHOLDS: Thresholds = { slowTimes: 3, slowMoreThan: MICROS_PER_SECOND, usualShare: 0.95, agreeShare: 0.9 };
