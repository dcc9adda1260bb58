import { z } from 'zod';
import { SEVERITIES } from '../model/finding.ts';
import { nullable, recordRef } from './wire-basics.ts';

/** Something to say of a passport: an error keeps it from being used, a warning does not. */
export const complaint = z.object({
  /** 1-based. */
  line: z.number().int(),
  column: z.number().int(),
  level: z.enum(['error', 'warning']),
  rule: z.string(),
  message: z.string(),
});
export type WireComplaint = z.infer<typeof complaint>;

/** A passport that a workspace is judged by. */
export const passportRow = z.object({
  name: z.string(),
  title: nullable(z.string()),
  record: z.string(),
  owner: nullable(z.string()),
  runbook: nullable(z.string()),
  severity: nullable(z.enum(SEVERITIES)),
  addedAt: z.string(),
  steps: z.number().int(),
  windows: z.number().int(),
  fields: z.number().int(),
  complaints: z.array(complaint),
});
export type WirePassport = z.infer<typeof passportRow>;

/** What is declared of a step. */
const declared = z.object({
  passport: z.string(),
  line: z.number().int(),
  after: z.string(),
  window: nullable(z.string()),
  required: z.boolean(),
});

/** A step as it usually is, in the order in which steps usually come. */
export const usualStep = z.object({
  system: z.string(),
  flow: nullable(z.string()),
  step: z.string(),
  /** Journeys that have it, of those of the type. */
  journeys: z.number().int(),
  /** What usually leads to it, by its place in the list; null where nothing does. */
  after: nullable(z.number().int()),
  /** Of the journeys that had what leads to it, and the time, how many had it. */
  followed: z.number().int(),
  eligible: z.number().int(),
  /** How many steps of what leads to it stand before it. */
  depth: z.number().int(),
  latency: nullable(z.object({ medianMs: z.number(), p99Ms: z.number(), observations: z.number().int() })),
  duration: nullable(z.object({ medianMs: z.number(), p99Ms: z.number(), observations: z.number().int() })),
  /** Of the journeys with it that had the time to go on, how many end here. */
  ends: z.number().int(),
  endsOf: z.number().int(),
  /** Where it does not follow: `shop cancel`. */
  unless: z.array(z.string()),
  declared: z.array(declared),
});
export type WireUsualStep = z.infer<typeof usualStep>;

/** What is usual in the journeys of a type. */
export const usualFlow = z.object({
  type: z.string(),
  journeys: z.number().int(),
  steps: z.array(usualStep),
  fields: z.array(z.object({ field: z.string(), a: z.string(), b: z.string(), agreed: z.number().int(), journeys: z.number().int() })),
});
export type WireUsualFlow = z.infer<typeof usualFlow>;

/** Counts of findings, as stored and as they would be. */
const counts = { before: z.number().int(), after: z.number().int() };

export const backtestResult = z.object({
  passport: z.string(),
  record: z.string(),
  journeys: z.number().int(),
  /** Journeys of which something else would be said. */
  changed: z.number().int(),
  /** By the week in which journeys began (its Monday, UTC; empty: no time) and kind (`delay/window`), where there is anything. */
  weeks: z.array(z.object({ week: z.string(), kind: z.string(), ...counts })),
  /** The first of the journeys that differ, at most 100. */
  differing: z.array(
    z.object({
      record: recordRef,
      appeared: z.array(z.object({ kind: z.string(), title: z.string() })),
      gone: z.array(z.object({ kind: z.string(), title: z.string() })),
    }),
  ),
});
export type WireBacktest = z.infer<typeof backtestResult>;

export const backtestProgress = z.object({
  /** Journeys judged, of those there are. */
  done: z.number().int(),
  total: z.number().int(),
  /** With the last message only. */
  result: nullable(backtestResult),
});
export type WireBacktestProgress = z.infer<typeof backtestProgress>;
