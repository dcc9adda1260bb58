import { harvestFields } from './text-fields.ts';
import { isLevel } from './text-levels.ts';
import { addField, type Parts } from './text-parts.ts';

/** `com.acme.Orders`: at least two parts, the first in small letters. */
export const CLASS_NAME = /^[a-z][\w$]{0,60}(?:\.[\w$]{1,80}){1,12}$/;
const SOURCE = /^[\w.$/-]{1,200}(?::\d{1,7})?$/;
const OPAQUE = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{32})$/i;

/** Reads what stands in brackets, braces or parentheses; false when that is no part of the header. */
export function readGroup(code: number, content: string, before: string | undefined, parts: Parts): boolean {
  if (code === 91) return readBracket(content, before, parts);
  return code === 123 ? readBrace(content, parts) : readParenthesis(content, before, parts);
}

const IDS = /^([0-9a-f]{16,32})[-,]([0-9a-f]{16})(?:,|$)/i;
const PAIRS = /^[A-Za-z_][\w.-]{0,63}: \S/;
const PROCESS = /^pid (\d{1,10})(?::tid (\d{1,20}))?$/;
const CLIENT = /^(?:client|remote) (\S{1,80})$/;
const MODULE = /^([\w-]{0,40}):([a-z0-9]{3,10})$/;

function readBracket(content: string, before: string | undefined, parts: Parts): boolean {
  if (parts.level === undefined && isLevel(content)) {
    parts.level = content;
    return true;
  }
  if (content === '' || content === '-' || content === '(null)' || content === 'null') return true;
  if (content.length > 500 || content.includes('"')) return readContext(content, parts);
  const plain = content.charCodeAt(0) !== 91;
  if (plain && (content.includes('=') || PAIRS.test(content))) return readContext(content, parts);
  if (plain && readKnown(content, parts)) return true;
  if (parts.logger !== undefined) {
    // Elasticsearch writes the node after the logger, both in brackets.
    if (before !== parts.logger || parts.thread !== undefined) return false;
    parts.thread = content;
    return true;
  }
  if (parts.thread === undefined) {
    if (parts.level !== undefined && CLASS_NAME.test(content) && parts.fields['pid'] === undefined) parts.logger = content;
    else parts.thread = content;
    return true;
  }
  if (CLASS_NAME.test(content)) {
    parts.logger = content;
    return true;
  }
  // Spring Boot 3 puts the application's name before the thread.
  if (Object.hasOwn(parts.fields, 'app')) return false;
  addField(parts, 'app', parts.thread);
  parts.thread = content;
  return true;
}

/** `[traceId=…,spanId=…]`, `[processor: a/b; event: c]`: pairs. Brackets that open a message (`["a"]`) are none. */
function readContext(content: string, parts: Parts): boolean {
  if (!content.includes('=') && !PAIRS.test(content)) return false;
  if (content.includes('=')) harvestFields(content, parts.fields);
  else {
    for (const pair of content.split(/[;,] ?/, 32)) {
      const colon = pair.indexOf(': ');
      if (colon > 0 && colon <= 64) addField(parts, pair.slice(0, colon).trim(), pair.slice(colon + 2).trim());
    }
  }
  return true;
}

/** Brackets whose content says what it is: ids of a trace, Apache's process and client, `core:error`. */
function readKnown(content: string, parts: Parts): boolean {
  // Most brackets hold a thread: each pattern is tried only where its mark is there.
  if (content.includes(',') || content.length > 32) {
    const sleuth = content.split(',', 5);
    const ids = IDS.exec(sleuth.length >= 3 ? sleuth.slice(1).join(',') : content);
    if (ids !== null) {
      if (sleuth.length >= 3 && sleuth[0] !== '') addField(parts, 'app', sleuth[0]!);
      addField(parts, 'traceId', ids[1]!);
      addField(parts, 'spanId', ids[2]!);
      return true;
    }
    // Sleuth outside of a trace: `[orders,,,]`.
    if (sleuth.length >= 3 && sleuth.slice(1).every((part) => part === '')) {
      addField(parts, 'app', sleuth[0]!);
      return true;
    }
  }
  const process = content.startsWith('pid ') ? PROCESS.exec(content) : null;
  if (process !== null) {
    addField(parts, 'pid', process[1]!);
    if (process[2] !== undefined) addField(parts, 'tid', process[2]);
    return true;
  }
  const client = content.includes(' ') ? CLIENT.exec(content) : null;
  if (client !== null) {
    addField(parts, 'remoteAddress', client[1]!);
    return true;
  }
  const module = parts.level === undefined && content.includes(':') ? MODULE.exec(content) : null;
  if (module !== null && isLevel(module[2]!)) {
    parts.level = module[2]!;
    if (module[1] !== '') parts.logger ??= module[1]!;
    return true;
  }
  if (content.length < 16 || !OPAQUE.test(content)) return false;
  // An opaque id in the header of a line is what its lines are tied together by.
  addField(parts, 'correlationId', content);
  return true;
}

function readBrace(content: string, parts: Parts): boolean {
  if (content === '') return true;
  // An object that the line ends with.
  if (content.charCodeAt(0) === 34) return false;
  if (content.includes('=')) {
    harvestFields(content, parts.fields);
    return true;
  }
  if (content.includes('"') || parts.logger !== undefined || !SOURCE.test(content)) return false;
  parts.logger = content;
  return true;
}

/** JBoss writes the thread in parentheses, after the logger in brackets; log4j's `%F:%L` and MDC pairs stand in them too. */
function readParenthesis(content: string, before: string | undefined, parts: Parts): boolean {
  if (content === '') return true;
  if (/^[\w$-]{1,100}\.[a-z]{1,6}:\d{1,7}$/i.test(content)) {
    addField(parts, 'source', content);
    return true;
  }
  if (parts.logger === undefined && before !== undefined && before === parts.thread && content.length <= 100) {
    parts.logger = before;
    parts.thread = content;
    return true;
  }
  if (parts.thread === undefined && before !== undefined && before === parts.logger && content.length <= 100) {
    parts.thread = content;
    return true;
  }
  const pair = /^([A-Za-z_][\w.-]{0,40})[:=]([\w.-]{1,128})$/.exec(content);
  if (pair === null) return false;
  addField(parts, pair[1]!, pair[2]!);
  return true;
}
