import { z } from 'zod';
import { NUMBER_FORMATS } from '../../infer/compile-content.ts';
import { ROLES } from '../../mapper.ts';
import { isZone } from '../../time/index.ts';
import { VOCABULARIES } from '../vocabulary.ts';

const text = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z.union([text.transform((one) => [one]), z.array(text).min(1)]);
const zone = z.string().refine(isZone, 'is no time zone');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2031-03-10');

const json: z.ZodType = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]));

const field = z.strictObject({
  path: text.optional(),
  constant: scalar.optional(),
  template: text.optional(),
  role: z.enum(ROLES),
  type: text.optional(),
  format: text.optional(),
  zone: zone.optional(),
  newest: day.optional(),
  extract: text.optional(),
  values: z.record(z.string(), scalar).optional(),
});

const keyRule = z.strictObject({
  capture: text.optional(),
  'strip-prefix': texts.optional(),
  'strip-zeros': z.boolean().optional(),
  case: z.enum(['upper', 'lower']).optional(),
});

const match = z.strictObject({
  format: texts.optional(),
  file: texts.optional(),
  header: texts.optional(),
  paths: texts.optional(),
  elements: texts.optional(),
});

/** What entries mean: in a profile, and in each way of reading what it rejects. */
const meaning = {
  base: text.optional(),
  namespaces: z.record(z.string().regex(/^[A-Za-z_][\w.-]{0,63}$/, 'is no prefix'), text).optional(),
  records: text.optional(),
  system: text.optional(),
  zone: zone.optional(),
  kind: z.enum(['step', 'snapshot', 'note']).optional(),
  step: text.optional(),
  flow: text.optional(),
  execution: text.optional(),
  vocabulary: z.enum(VOCABULARIES as [string, ...string[]]).optional(),
  statuses: z.record(z.string(), scalar).optional(),
  others: z.enum(['infer', 'ignore']).optional(),
  types: z.record(text, keyRule).optional(),
  fields: z.array(field).default([]),
} as const;

export const meaningSchema = z.strictObject(meaning);
export type WrittenMeaning = z.output<typeof meaningSchema>;

/** A profile as it is written. What one value says about another is checked in `check.ts`. */
export const profileSchema = z.strictObject({
  profile: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens'),
  title: text.optional(),
  match: match.optional(),
  format: text.optional(),
  options: z.record(z.string(), json).optional(),
  lines: text.optional(),
  ...meaning,
  otherwise: z.array(meaningSchema).optional(),
});

export type WrittenProfile = z.output<typeof profileSchema>;
export type WrittenField = WrittenProfile['fields'][number];

/** Formats that a role's values may be written in, where they are few. */
export const ATTRIBUTE_FORMATS: readonly string[] = NUMBER_FORMATS;
