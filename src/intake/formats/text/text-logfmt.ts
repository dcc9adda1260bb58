import { isLevel } from './text-levels.ts';
import { closingQuote, unescapeText } from './text-fields.ts';
import { addField, type Parts } from './text-parts.ts';

const PAIR_FIRST = /^[A-Za-z_@][\w.@/-]{0,63}=/;
const TIME_KEY = /(?:^| )(?:ts|time|timestamp|t|@timestamp|datetime|date)=/;
const LEVEL_KEY = /(?:^| )(?:level|lvl|severity|at)=/;
const MESSAGE_KEY = /(?:^| )(?:msg|message)=/;

/** Whether a line begins with a `key=` as lines of a logfmt file do. */
export function beginsWithPair(line: string): boolean {
  return PAIR_FIRST.test(line);
}

/** Whether a line is logfmt: it begins with a pair, and has a time, or a level and a message, among its first 1,024 characters. */
export function isLogfmt(line: string): boolean {
  if (!PAIR_FIRST.test(line)) return false;
  const head = line.length > 1024 ? line.slice(0, 1024) : line;
  return TIME_KEY.test(head) || (LEVEL_KEY.test(head) && MESSAGE_KEY.test(head));
}

/** Whether a message that follows a time is logfmt of its own. */
export function isLogfmtMessage(message: string): boolean {
  if (!PAIR_FIRST.test(message)) return false;
  const head = message.length > 1024 ? message.slice(0, 1024) : message;
  return MESSAGE_KEY.test(head) || LEVEL_KEY.test(head);
}

type PartName = 'time' | 'level' | 'logger' | 'thread' | 'message';

/** What the usual keys of logfmt stand for. */
const PARTS: ReadonlyMap<string, PartName> = new Map<string, PartName>([
  ...['ts', 'time', 'timestamp', 't', '@timestamp', 'datetime', 'date'].map((key): [string, PartName] => [key, 'time']),
  ...['level', 'lvl', 'severity', 'at'].map((key): [string, PartName] => [key, 'level']),
  ...['logger', 'caller', 'component'].map((key): [string, PartName] => [key, 'logger']),
  ['thread', 'thread'],
  ['msg', 'message'],
  ['message', 'message'],
]);

const MOST_PAIRS = 128;

/**
 * Reads a line of `key=value`, `key="quoted value"` with JSON's escapes, and keys alone, which are true. Bare words after an unquoted message belong to it
 * (`msg=post failed`). What has gone before `parts.time` and the like stays. Linear.
 */
export function readLogfmt(line: string, parts: Parts): void {
  let at = 0;
  let hasMessage = false;
  /** Whether the last pair was an unquoted message. */
  let open = false;
  for (let count = 0; count < MOST_PAIRS; count++) {
    while (at < line.length && line.charCodeAt(at) <= 32) at++;
    if (at >= line.length) return;
    let end = at;
    while (end < line.length && line.charCodeAt(end) > 32 && line.charCodeAt(end) !== 61) end++;
    const key = line.slice(at, end);
    if (end >= line.length || line.charCodeAt(end) !== 61) {
      if (open) parts.message += ` ${key}`;
      else if (/^[A-Za-z_@][\w.@/-]{0,63}$/.test(key)) addField(parts, key, true);
      at = end;
      continue;
    }
    const quoted = line.charCodeAt(end + 1) === 34;
    const close = quoted ? closingQuote(line, end + 1) : -1;
    let to = close + 1;
    if (close < 0) {
      to = end + 1;
      while (to < line.length && line.charCodeAt(to) > 32) to++;
    }
    const value = close < 0 ? line.slice(end + 1, to) : unescapeText(line.slice(end + 2, close));
    at = to;
    open = false;
    if (key === '') continue;
    const part = PARTS.get(key);
    if (part === 'message' && !hasMessage) {
      parts.message = value;
      hasMessage = true;
      open = !quoted;
    } else if (part !== undefined && part !== 'message' && parts[part] === undefined && (key !== 'at' || isLevel(value)))
      parts[part] = value;
    else addField(parts, key, value);
  }
}
