import { KEY_NAME } from './text-fields.ts';
import { CLASS_NAME, readGroup } from './text-groups.ts';
import { isLevel, isLoneLevel } from './text-levels.ts';
import { addField, type Parts } from './text-parts.ts';

const MOST_ITEMS = 12;
const MOST_BRACKET = 2048;
const NAME = /^[A-Za-z_$][\w.$/#@+`-]{0,199}(?:\[\d{1,10}\])?$/;
/** `oms::orders`. */
const SCOPED = /^[A-Za-z_]\w{0,60}(?:::\w{1,60}){1,12}$/;
/** Names that only code has: with a dot, an underscore, a dash, or capitals inside. */
const CODE_NAME = /[._$/[-]|[a-z][A-Z]/;
/** Names with their package, module or process id. */
const QUALIFIED = /[.$/[]|::/;
const NUMBER = /^\d{1,10}$/;

/**
 * Reads level, thread, logger and context in whatever order they stand, up to where the message begins: log4j, logback, Spring Boot, Mule, JBoss,
 * Elasticsearch, Python, Serilog, Airflow, Apache's error log. What is not clearly one of these begins the message.
 */
export function readLayout(line: string, start: number, parts: Parts): void {
  let at = start;
  /** What the last item was, if it was in brackets. */
  let bracket: string | undefined;
  /** The logger, if it stood in brackets: should another name follow, it was a thread that looks like a class. */
  let named: string | undefined;
  for (let count = 0; count < MOST_ITEMS; count++) {
    at = skipSeparators(line, at);
    const code = line.charCodeAt(at);
    if (code === 91 || code === 123 || code === 40) {
      const end = closingBracket(line, at);
      if (end < 0) break;
      const content = line.slice(at + 1, end).trim();
      const known = parts.logger;
      if (!readGroup(code, content, bracket, parts)) break;
      bracket = code === 91 ? content : undefined;
      if (known === undefined && parts.logger === content) named = content;
      at = end + 1;
      continue;
    }
    bracket = undefined;
    const end = wordEnd(line, at);
    if (end === at) break;
    const word = line.slice(at, end);
    const bare = word.endsWith(':') ? word.slice(0, -1) : word;
    if (
      parts.level === undefined &&
      (word === bare ? isLoneLevel(bare) || (isLevel(bare) && separatorFollows(line, end)) : isLevel(bare))
    ) {
      parts.level = bare;
      at = end;
      continue;
    }
    if (NUMBER.test(word) && line.startsWith(' --- ', end)) {
      addField(parts, 'pid', word);
      at = end;
      continue;
    }
    const next = loggerAfter(line, end, word, bare, parts, named);
    if (next < 0) break;
    named = undefined;
    at = next;
    // Python writes the level after the logger.
    const level = skipSeparators(line, at);
    if (parts.level !== undefined || !isLevel(line.slice(level, wordEnd(line, level)))) {
      at = level;
      break;
    }
  }
  parts.message = line.slice(at).trim();
}

function loggerAfter(line: string, end: number, word: string, bare: string, parts: Parts, bracketed: string | undefined): number {
  if (parts.logger === undefined) return loggerEnd(line, end, word, bare, parts);
  if (bracketed === undefined || parts.thread !== undefined || !CLASS_NAME.test(bare)) return -1;
  const next = loggerEnd(line, end, word, bare, parts);
  if (next >= 0) parts.thread = bracketed;
  return next;
}

const CATEGORY = /^([A-Za-z_][\w.`+-]{0,199})\[(\d{1,10})\]$/;
/** `event:6f1c…`, as Mule writes between logger and thread. */
const TAG = /^([A-Za-z_][\w.-]{0,40}):([\w.-]{1,128})$/;

/**
 * Whether a word is the logger: a name that a colon, dash or bar ends, with groups or tags between them at most. Sets it and returns where to go on, -1
 * when the word belongs to the message.
 */
function loggerEnd(line: string, end: number, word: string, bare: string, parts: Parts): number {
  if (!NAME.test(bare) && !SCOPED.test(bare)) return -1;
  if (word !== bare) {
    // `Received: 5 orders`: without a level or thread before it, a plain word with a colon is the message's own.
    if (parts.level === undefined && parts.thread === undefined && !CODE_NAME.test(bare)) return -1;
    // `orderId: SO-77, customer: C-1`: pairs.
    if (!QUALIFIED.test(bare) && (KEY_NAME.test(bare) || /^\s?[^\s,;]{1,128}[,;](?:\s|$)/.test(line.slice(end, end + 140)))) return -1;
    parts.logger = bare;
    return end;
  }
  const category = word.endsWith(']') ? CATEGORY.exec(word) : null;
  if (category !== null && parts.level !== undefined) {
    parts.logger = category[1]!;
    addField(parts, 'eventId', category[2]!);
    return end;
  }
  if (separatorFollows(line, end)) {
    parts.logger = bare;
    return end;
  }
  const found: { readonly code: number; readonly content: string }[] = [];
  let i = end;
  for (let count = 0; count < 4; count++) {
    while (line.charCodeAt(i) === 32) i++;
    const code = line.charCodeAt(i);
    if (code === 91 || code === 40 || code === 123) {
      const close = closingBracket(line, i);
      if (close < 0) return -1;
      found.push({ code, content: line.slice(i + 1, close).trim() });
      i = close + 1;
    } else {
      const stop = wordEnd(line, i);
      const tag = TAG.exec(line.slice(i, stop));
      if (tag === null) return -1;
      found.push({ code: 0, content: tag[0] });
      i = stop;
    }
    if (!separatorFollows(line, i) && !(line.charCodeAt(i) === 58 && line.charCodeAt(i + 1) === 32)) continue;
    parts.logger = bare;
    for (const { code: kind, content } of found)
      if (kind === 0) addTag(content, parts);
      else readGroup(kind, content, undefined, parts);
    return line.charCodeAt(i) === 58 ? i + 1 : i;
  }
  return -1;
}

function addTag(tag: string, parts: Parts): void {
  const colon = tag.indexOf(':');
  addField(parts, tag.slice(0, colon), tag.slice(colon + 1));
}

/** Where the bracket that opens at `at` closes, brackets of its kind inside counted; -1 when it does not within 2,048 characters. */
function closingBracket(line: string, at: number): number {
  const open = line.charCodeAt(at);
  const close = open === 40 ? 41 : open + 2;
  const end = Math.min(line.length, at + MOST_BRACKET);
  let depth = 0;
  for (let i = at; i < end; i++) {
    const code = line.charCodeAt(i);
    if (code === open) depth++;
    else if (code === close && --depth === 0) return i;
  }
  return -1;
}

/** Blanks, and `-`, `|`, `:`, `>` that stand alone. */
function skipSeparators(line: string, at: number): number {
  let i = at;
  for (;;) {
    while (line.charCodeAt(i) <= 32) i++;
    let end = i;
    while (end < line.length && end - i < 4 && isSeparator(line.charCodeAt(end))) end++;
    if (end === i || (end < line.length && line.charCodeAt(end) > 32)) return i;
    i = end;
  }
}

function isSeparator(code: number): boolean {
  return code === 45 || code === 124 || code === 58 || code === 62;
}

function separatorFollows(line: string, at: number): boolean {
  let i = at;
  while (line.charCodeAt(i) <= 32 && i - at < 64) i++;
  return i > at && isSeparator(line.charCodeAt(i)) && (line.charCodeAt(i + 1) <= 32 || i + 1 >= line.length);
}

function wordEnd(line: string, at: number): number {
  let i = at;
  while (line.charCodeAt(i) > 32) i++;
  return i;
}
