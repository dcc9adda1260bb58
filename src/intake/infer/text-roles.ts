import type { Claims } from './claims.ts';
import { best, claim, free, has } from './claims.ts';
import type { FieldProfile } from './field-profile.ts';

const ERROR_WORDS = [
  'error',
  'err',
  'exception',
  'fault',
  'failure',
  'errormessage',
  'errmsg',
  'throwable',
  'thrown',
  'stacktrace',
  'fehler',
  'errors',
] as const;
const ERROR_PHRASE =
  /\b(?:error|err|exception|fault|failure|fail|failed|rejection|reject|decline|fehler)\b.*\b(?:message|msg|text|reason|description|detail|details|desc|cause|info)\b|\b(?:reason|cause)$/;
const MESSAGE_NAMES =
  /^(?:msg|message|log|text|body|content|line|raw|textpayload|log message|message text|rendered message|description|detail|details|note|notes|comment|event original|short message)$/;

/** Claims the error text: often absent, and named so. A message beats a code or class name. */
export function claimError(claims: Claims): void {
  const found = best(free(claims), errorScore, 0.4);
  if (found === undefined) return;
  const { field } = found;
  claim(claims, field, 'error', found.score, `text in ${Math.round(field.presence * 100)} % of the entries, and the name says error`);
}

function errorScore(field: FieldProfile): number {
  const { forms } = field;
  if (field.list || forms.digits + forms.decimal + forms.boolean > 0.3) return 0;
  const words = field.words.join(' ');
  const phrase = ERROR_PHRASE.test(words);
  if (!phrase && !has(field, ...ERROR_WORDS) && !field.words.some((word) => (ERROR_WORDS as readonly string[]).includes(word))) return 0;
  if (has(field, 'count', 'total', 'rate', 'url', 'type', 'class', 'code', 'name', 'id', 'stack', 'trace', 'level'))
    return phrase ? 0 : 0.42;
  if (/\b(?:reason|cause)$/.test(words) && !field.words.some((word) => /^(?:err|fail|fault|exception|reject|decline)/.test(word)))
    return field.presence < 0.6 ? 0.5 : 0;
  return 0.7 + 0.2 * (forms.text + forms.label) - 0.03 * field.depth;
}

/** Claims the message: sentences that mostly differ from each other, or what is named so. */
export function claimMessage(claims: Claims): void {
  const found = best(
    free(claims).filter((field) => !field.list && !field.holdsJson && field.presence >= 0.1),
    (field) => {
      const wordy = field.forms.text + field.forms.label;
      const name = MESSAGE_NAMES.test(field.name.join(' ')) ? 1 : has(field, 'message', 'msg') ? 0.8 : 0;
      if (name === 0 && (field.forms.text < 0.5 || field.meanLength < 30 || field.presence < 0.3)) return 0;
      if (has(field, 'type', 'id', 'code', 'template')) return 0;
      if (wordy + field.forms.word < 0.5 || field.time !== undefined) return 0;
      return 0.5 * name + 0.4 * Math.min(1, wordy) + 0.1 * Math.min(1, field.meanLength / 40) - 0.03 * field.depth;
    },
    0.45,
  );
  if (found === undefined) return;
  claim(claims, found.field, 'message', found.score, `sentences of ${Math.round(found.field.meanLength)} characters on average`);
}

const WRONG_WORDS = [' ERROR ', ' FATAL ', ' SEVERE ', ' CRITICAL ', '[ERROR]', '[FATAL]', '[SEVERE]', ' ERROR:'] as const;

/** Whether a message that brings its own level in its first words (`16:42:22 ERROR t.s.Service …`) is an error. */
export function saysError(message: string): boolean {
  const head = message.length > 64 ? message.slice(0, 64) : message;
  return WRONG_WORDS.some((word) => head.includes(word)) || head.startsWith('ERROR ') || head.startsWith('FATAL ');
}

/**
 * The part of a message that stays the same: words that hold digits, quotes or `=` become `…`, at most eight words are kept, a `…` at the end is dropped.
 * `posted SO-77 to WMS in 12 ms` → `posted … to WMS in … ms`.
 */
export function messageTemplate(message: string): string {
  let template = '';
  let words = 0;
  let gap = false;
  let at = 0;
  // A stack trace or payload under the first line tells nothing about the kind of message.
  const feed = message.indexOf('\n', 1);
  const end = Math.min(feed < 0 ? message.length : feed, 400);
  while (at < end && words < 8) {
    let stop = at;
    let variable = false;
    while (stop < end) {
      const code = message.charCodeAt(stop);
      if (code <= 32) break;
      if ((code >= 48 && code <= 57) || code === 0x3d || code === 0x22 || code === 0x27) variable = true;
      stop++;
    }
    if (stop > at) {
      if (variable) {
        if (!gap) {
          template += template === '' ? '…' : ' …';
          words++;
        }
        gap = true;
      } else {
        template += template === '' ? message.slice(at, stop) : ` ${message.slice(at, stop)}`;
        words++;
        gap = false;
      }
    }
    at = stop + 1;
  }
  if (template.endsWith(' …')) template = template.slice(0, -2);
  return template.length > 80 ? `${template.slice(0, 79)}…` : template;
}
