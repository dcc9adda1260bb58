import { z } from 'zod';

/** ISO-8601, UTC. */
export const isoTime = z.string();
export const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();
export const recordRef = z.object({ type: z.string(), key: z.string() });

/** One piece of evidence: an event, the file it came from and its place there. */
export const evidence = z.object({
  event: z.number().int(),
  source: z.string(),
  line: z.number().int(),
  at: nullable(isoTime),
  system: z.string(),
  step: z.string(),
});
export type WireEvidence = z.infer<typeof evidence>;

/** A clock that does not go with the others. Durations in milliseconds; positive is ahead. */
export const clock = z.object({
  system: z.string(),
  /** `clock` and `zone` are corrected, `unclear` is not. */
  verdict: z.enum(['clock', 'zone', 'unclear']),
  offsetMs: z.number(),
  /** How much it gains a day; 0 where the offset is constant. */
  driftMsPerDay: z.number(),
  /** What the offset lies between; null where nothing bounds it on that side. */
  interval: z.object({ fromMs: nullable(z.number()), toMs: nullable(z.number()) }),
  evidence: z.object({
    hops: z.number().int(),
    backwards: z.number().int(),
    /** Of those that run backwards: the log declares their order. */
    declared: z.number().int(),
    /** The systems that it was compared with. */
    against: z.array(z.string()),
    /** It tells of no hop, and is taken to be the clock of the same system's other files. */
    alike: z.boolean(),
  }),
  /** `clock of wms corrected by −2.3 s`. */
  label: z.string(),
  /** The same with the evidence: `clock of wms corrected by −2.3 s: 142 of 800 hops would run backwards`. */
  text: z.string(),
});
export type WireClock = z.infer<typeof clock>;
