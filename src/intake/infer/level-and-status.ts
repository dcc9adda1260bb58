import { TECHNICAL_TYPES } from '../../model/record.ts';
import { fold, levelClass, normaliseStatus } from '../profiles/vocabulary.ts';
import type { StatusFormat } from '../profiles/vocabulary.ts';
import type { Claims } from './claims.ts';
import { best, claim, free, has } from './claims.ts';
import type { FieldProfile } from './field-profile.ts';
import { RECORD_NOUNS } from './record-nouns.ts';

const LEVEL_NAMES = ['level', 'lvl', 'severity', 'loglevel', 'levelname', 'severitytext', 'severitynumber', 'l'] as const;
const STATUS_NAMES = ['status', 'state', 'outcome', 'result', 'transition', 'disposition', 'statuscode', 'ergebnis', 'lifecycle'] as const;
/** Names of what happened, not of how it went. */
const STEP_NAMES = [
  'event',
  'step',
  'activity',
  'action',
  'operation',
  'task',
  'stage',
  'type',
  'name',
  'message',
  'msg',
  'kind',
  'method',
] as const;

const RUN_NOUNS: ReadonlySet<string> = new Set(['return', 'execution', 'case']);
const RECORD_PARTS: ReadonlySet<string> = new Set(['financial', 'fulfillment', 'fulfilment', 'billing', 'shipping']);

/** Claims the log level: a field whose values are level words, or bunyan and pino numbers under a name that says level. */
export function claimLevel(claims: Claims): void {
  const found = best(
    free(claims).filter((field) => !field.list && field.distinct.size <= 12 && field.presence >= 0.3),
    (field) => {
      const levels = field.values.filter((value) => levelClass(value) !== undefined).length / Math.max(1, field.values.length);
      if (levels < 0.95) return 0;
      if (has(field, ...LEVEL_NAMES)) return 1 - 0.05 * field.depth;
      // Words only a logger writes; "error" or "warning" alone could as well be a status.
      return field.forms.digits === 0 &&
        field.values.some((value) => ['info', 'debug', 'warn', 'trace', 'notice'].includes(value.toLowerCase()))
        ? 0.7
        : 0;
    },
    0.5,
  );
  if (found !== undefined)
    claim(claims, found.field, 'level', found.score, `every value is a log level (${found.field.samples.join(', ')})`);
}

interface StatusScore {
  readonly score: number;
  readonly format: StatusFormat;
  readonly reason: string;
}

/** Claims the status of the entry: words of the vocabulary, HTTP or gRPC codes, or a flag. A status of the entry beats one of a business object (`payment_status`). */
export function claimStatus(claims: Claims): void {
  const candidates = free(claims).filter((field) => !field.list && field.presence >= 0.1);
  const scores = new Map(candidates.map((field) => [field.path, scoreStatus(field)]));
  const found = best(candidates, (field) => scores.get(field.path)?.score ?? 0, 0.5);
  const score = found && scores.get(found.field.path);
  if (found === undefined || score === undefined) return;
  claim(claims, found.field, 'status', found.score, score.reason, { format: score.format });
}

function scoreStatus(field: FieldProfile): StatusScore | undefined {
  const penalty = 0.04 * field.depth + (isOfRecord(field.words) ? 0.15 : 0) + (field.presence < 0.5 ? 0.15 : 0) + (field.inText ? 0.1 : 0);
  const flag = scoreFlag(field);
  if (flag !== undefined) return { ...flag, score: flag.score - penalty };
  const code = scoreCode(field);
  if (code !== undefined) return { ...code, score: code.score - penalty };
  if (field.forms.digits + field.forms.decimal + field.forms.text > 0.3) return undefined;
  const named = has(field, ...STATUS_NAMES);
  if (!named && has(field, ...STEP_NAMES)) return undefined;
  if (field.distinct.size > Math.max(6, Math.min(30, 0.25 * field.values.length))) return undefined;
  const known = share(field, (value) => normaliseStatus(value) !== 'unknown');
  if (!named && (known < 0.8 || field.distinct.size < 2)) return undefined;
  if (named && known < 0.3 && field.distinct.size > 12) return undefined;
  const unknown = [...field.distinct.keys()].filter((value) => normaliseStatus(value) === 'unknown').slice(0, 3);
  return {
    score: 0.5 * known + (named ? 0.5 : 0.15) - penalty,
    format: 'word',
    reason: `${Math.round(known * 100)} % of the values are known status words${unknown.length > 0 ? `, not known: ${unknown.join(', ')}` : ''}${named ? '; the name says status' : ''}`,
  };
}

function scoreFlag(field: FieldProfile): StatusScore | undefined {
  if (field.forms.boolean < 0.95) return undefined;
  const name = field.name.join(' ');
  if (/^(?:is |was )?(?:success|succeeded|successful|ok|passed)$/.test(name))
    return { score: 0.85, format: 'success-flag', reason: 'true or false, and the name says success' };
  if (/^(?:is |was |has )?(?:error|errors|failed|failure)$/.test(name))
    return { score: 0.8, format: 'failure-flag', reason: 'true or false, and the name says failure' };
  return undefined;
}

function scoreCode(field: FieldProfile): StatusScore | undefined {
  const numbers = field.values.map(Number);
  const whole = field.words.join(' ');
  if (
    field.forms.digits > 0.95 &&
    numbers.every((number) => number >= 100 && number <= 599) &&
    /\b(?:http|status|response|sc|code)\b/.test(whole)
  ) {
    return { score: /\bstatus\b/.test(whole) ? 0.75 : 0.6, format: 'http', reason: 'every value is an HTTP response code' };
  }
  if (field.forms.digits > 0.95 && numbers.every((number) => number <= 16) && /\bgrpc\b/.test(whole))
    return { score: 0.7, format: 'grpc', reason: 'every value is a gRPC code' };
  if (field.forms.digits > 0.95 && numbers.every((number) => number <= 75) && /\bidoc\b/.test(whole) && /\bstat/.test(whole)) {
    return { score: 0.7, format: 'idoc', reason: 'every value is an IDoc status code' };
  }
  return undefined;
}

function share(field: FieldProfile, fits: (value: string) => boolean): number {
  let count = 0;
  for (const [value, times] of field.distinct) if (fits(value)) count += times;
  return count / Math.max(1, field.values.length);
}

/** `payment_status`, `order.state`: the state of a record, which the entry may only carry along. `words` are those of the path. */
export function isOfRecord(words: readonly string[]): boolean {
  return words.some((word) => {
    const noun = RECORD_NOUNS.get(word);
    return RECORD_PARTS.has(word) || (noun !== undefined && !TECHNICAL_TYPES.has(noun.type) && !RUN_NOUNS.has(word));
  });
}

/** Whether an unclaimed field is a status of something, worth keeping as an attribute. */
export function isStatusLike(field: FieldProfile): boolean {
  return has(field, ...STATUS_NAMES) && field.forms.text < 0.1 && field.distinct.size <= 40 && fold(field.samples[0] ?? '') !== '';
}
