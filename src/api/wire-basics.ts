import { z } from 'zod';

/** ISO-8601, UTC. */
export const isoTime = z.string();
export const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();
export const recordRef = z.object({ type: z.string(), key: z.string() });
