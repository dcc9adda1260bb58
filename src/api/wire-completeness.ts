import { z } from 'zod';
import { nullable } from './wire-basics.ts';

const counts = { met: z.number().int(), of: z.number().int() };
const lack = z.object({ name: z.string(), why: z.string(), step: nullable(z.string()) });
const factor = z.object({
  ...counts,
  /** Where nothing can be judged (`of` is 0): why. */
  unknown: nullable(z.string()),
  /** What is not as it should be: `of - met`. */
  lacks: z.array(lack),
  /** What does not count yet, or cannot be known. */
  undecided: z.array(lack),
});

/** The product of the shares that are known; null where none is. */
const share = nullable(z.number());

/** How complete a journey is: systems reached, fields in agreement, on time. */
export const completenessCounts = z.object({ share, systems: z.object(counts), fields: z.object(counts), times: z.object(counts) });
export type WireCompletenessCounts = z.infer<typeof completenessCounts>;

export const completeness = z.object({ share, systems: factor, fields: factor, times: factor });
export type WireCompleteness = z.infer<typeof completeness>;
export type WireCompletenessFactor = z.infer<typeof factor>;
