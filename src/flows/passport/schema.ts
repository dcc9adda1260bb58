import { z } from 'zod';
import { SEVERITIES } from '../../model/finding.ts';
import { PERIODS } from './passport.ts';
import { isDay, isZone } from './windows.ts';

/** Longest name or sentence in a passport. */
const LONGEST_TEXT = 500;
/** Rules of one kind that a passport may hold: a flow of more steps than this is several. */
const MOST_RULES = 500;
const MOST_HOLIDAYS = 1000;

const text = z.string().min(1).max(LONGEST_TEXT, `is longer than ${LONGEST_TEXT} characters`);
const list = <T extends z.ZodType>(item: T) => z.array(item).max(MOST_RULES, `has more than ${MOST_RULES} entries`);
const day = text.refine(isDay, 'is no day such as 2026-12-25');
const severity = z.enum(SEVERITIES);
/** A number, or a share such as `2 %`. */
const amount = z.union([z.number().nonnegative('is below 0'), text]);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const NAME_STYLES = ['kebab-case', 'snake_case', 'camelCase', 'PascalCase', 'lower case'] as const;

/** What makes a step due, and by when. */
const requirement = {
  after: text.optional(),
  window: text.optional(),
  unless: z.union([text.transform((one) => [one]), list(text)]).optional(),
  severity: severity.optional(),
};

const step = z.strictObject({
  step: text,
  ...requirement,
  optional: z.boolean().optional(),
  end: z.boolean().optional(),
  takes: text.optional(),
});

const system = z.strictObject({ system: text, ...requirement });

const field = z.strictObject({
  field: text,
  between: z.array(text).length(2, 'must name two systems'),
  tolerance: amount.optional(),
  values: z.record(text, z.union([text.transform((one) => [one]), list(text)])).optional(),
  within: text.optional(),
  ignore: z.boolean().optional(),
  severity: severity.optional(),
});

const volume = z.strictObject({
  step: text,
  per: z.enum(PERIODS),
  'at-least': z.number().nonnegative('is below 0').optional(),
  'at-most': z.number().nonnegative('is below 0').optional(),
  severity: severity.optional(),
});

/** The YAML of a flow passport; `docs/passports.md` tells what each key means. */
export const passportSchema = z.strictObject({
  passport: text.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be in kebab-case, such as order-to-cash'),
  title: text.optional(),
  record: text,
  owner: text.optional(),
  runbook: text.optional(),
  severity: severity.optional(),
  retention: text.optional(),
  calendar: z
    .strictObject({
      zone: text.refine(isZone, 'is no time zone').optional(),
      days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
      holidays: z.array(day).max(MOST_HOLIDAYS, `has more than ${MOST_HOLIDAYS} days`).optional(),
      hours: text.regex(/^\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}$/, 'must be two times such as 08:00-18:00').optional(),
    })
    .optional(),
  naming: z
    .strictObject({ systems: z.enum(NAME_STYLES).optional(), flows: z.enum(NAME_STYLES).optional(), steps: z.enum(NAME_STYLES).optional() })
    .optional(),
  thresholds: z
    .strictObject({
      'slow-times': z.number().min(1, 'is below 1').optional(),
      'slow-more-than': text.optional(),
      'usual-share': amount.optional(),
      'agree-share': amount.optional(),
    })
    .optional(),
  steps: list(step).optional(),
  systems: list(system).optional(),
  fields: list(field).optional(),
  volume: list(volume).optional(),
});
export type WrittenPassport = z.infer<typeof passportSchema>;
