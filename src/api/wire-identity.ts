import { z } from 'zod';
import { DECISION_KINDS, HAND_RELATIONS } from '../model/identity-decision.ts';
import { evidence, isoTime, nullable, recordRef } from './wire-basics.ts';

/** The shapes of who is who: how a record is spelled and linked, with the evidence, and what people decided about it. */

/** An identifier as its source spells it. */
export const spelledIdentifier = z.object({ type: z.string(), value: z.string() });

export const decisionKind = z.enum(DECISION_KINDS);

export const identityDecision = z.object({
  id: z.number().int(),
  kind: decisionKind,
  /** Of a link: whether `a` owns `b`, which then is part of its journey, or the two only belong together. */
  relation: nullable(z.enum(HAND_RELATIONS)),
  a: spelledIdentifier,
  b: spelledIdentifier,
  note: z.string(),
  at: isoTime,
  /** `order SO-1042 owns shipment SHP-9`. */
  text: z.string(),
  /** In the data as it is: `waiting` for entries that name both, `refused` because it contradicts an earlier one or cannot be. */
  state: z.enum(['applied', 'waiting', 'refused']),
  reason: z.string(),
});
export type WireIdentityDecision = z.infer<typeof identityDecision>;

export const conflict = z.object({
  /** `claimed`: several records claim it, of which usually one does. `reused`: a number that stands for several records. */
  kind: z.enum(['claimed', 'reused']),
  record: recordRef,
  /** `shipment SHP-9 is claimed by order SO-1 and order SO-2; 498 of 500 of type shipment go with one order`. */
  text: z.string(),
  claims: z.array(
    z.object({
      record: recordRef,
      /** Whether the record is told in the journey of this one. */
      chosen: z.boolean(),
      /** How many entries name both. */
      entries: z.number().int(),
      evidence: z.array(evidence),
    }),
  ),
});
export type WireConflict = z.infer<typeof conflict>;

/** One spelling of a record. */
export const recordIdentifier = spelledIdentifier.extend({
  /** Whether the record is known by it. */
  key: z.boolean(),
  rule: z.enum(['key', 'same', 'case', 'urn-tail', 'zero-padding', 'prefix', 'separators', 'by-hand']),
  /** Why it is a spelling of the key, with the numbers behind it. */
  explanation: z.string(),
  confidence: z.number(),
  systems: z.array(z.string()),
  /** Entries of the journey that name it. */
  entries: z.number().int(),
  /** Entries that show it, those first that name several spellings at once; `names` are the spellings that each names. */
  evidence: z.array(evidence.extend({ names: z.array(z.string()) })),
});
export type WireRecordIdentifier = z.infer<typeof recordIdentifier>;

export const recordLink = z.object({
  record: recordRef,
  relation: z.enum(['child', 'parent', 'peer', 'context']),
  /** Of the two types, seen from the owner: `1:n`. Null where it was linked by hand. */
  cardinality: nullable(z.string()),
  /** Why the types are related so. */
  reason: z.string(),
  confidence: z.number(),
  /** Entries that name both. */
  entries: z.number().int(),
  evidence: z.array(evidence),
  /** The decision that made it. */
  decision: nullable(z.number().int()),
});
export type WireRecordLink = z.infer<typeof recordLink>;

/** Who a record is. */
export const recordIdentity = z.object({
  record: recordRef,
  /** The record whose journey it is part of; null for what only gives context. */
  journey: nullable(recordRef),
  identifiers: z.array(recordIdentifier),
  /** At most 200. What a journey says by itself (that two shipments of an order belong together) is not listed. */
  links: z.array(recordLink),
  conflicts: z.array(conflict),
  /** What was decided about its spellings. */
  decisions: z.array(identityDecision),
});
export type WireRecordIdentity = z.infer<typeof recordIdentity>;
