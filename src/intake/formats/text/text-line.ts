import type { JsonObject } from '../../entry.ts';
import { setMember } from '../shared.ts';
import { harvestFields } from './text-fields.ts';
import { findTime, isLevel, TIME_KINDS, type TimeSpot } from './text-time.ts';

/** Parts of a log line; those that were not found are missing. */
interface Parts {
  time: string | undefined;
  level: string | undefined;
  thread: string | undefined;
  logger: string | undefined;
  message: string;
  readonly fields: JsonObject;
}

const LOGFMT = /^[A-Za-z_@][\w.@/-]{0,63}=/;
const LOGFMT_TIME = /(?:^| )(ts|time|timestamp|t|@timestamp|datetime|date)=/;

/** Whether a line is nothing but `key=value` pairs with a time among them. */
export function isLogfmt(line: string): boolean {
  return LOGFMT.test(line) && LOGFMT_TIME.test(line.slice(0, 1024));
}

/**
 * Takes a log entry apart: `{ time, level, thread, logger, message, fields }`. Lines after the first belong to the message.
 * Understands log4j, logback, Spring Boot, Python, JUL, Airflow, syslog, access logs, CRI, tab-separated process logs, logfmt.
 */
export function parseTextEntry(text: string): JsonObject {
  const feed = text.indexOf('\n');
  const first = (feed < 0 ? text : text.slice(0, feed)).replace(/\r$/, '');
  const rest = feed < 0 ? '' : text.slice(feed);
  const parts: Parts = { time: undefined, level: undefined, thread: undefined, logger: undefined, message: '', fields: {} };
  const spot = findTime(first, TIME_KINDS);
  if (spot === undefined) {
    if (isLogfmt(first)) readLogfmt(first, parts);
    else parts.message = first;
  } else {
    parts.time = first.slice(spot.from, spot.to);
    parts.level = spot.level;
    readAfterTime(first, spot, parts);
    harvestFields(parts.message, parts.fields);
  }
  if (rest !== '') addRest(parts, rest.replaceAll('\r\n', '\n'));
  return toJson(parts);
}

function toJson(parts: Parts): JsonObject {
  const value: JsonObject = {};
  if (parts.time !== undefined) value['time'] = parts.time;
  if (parts.level !== undefined) value['level'] = parts.level;
  if (parts.thread !== undefined) value['thread'] = parts.thread;
  if (parts.logger !== undefined) value['logger'] = parts.logger;
  value['message'] = parts.message;
  if (Object.keys(parts.fields).length > 0) value['fields'] = parts.fields;
  return value;
}

/** java.util.logging writes the level and the message on the second line. */
function addRest(parts: Parts, rest: string): void {
  if (parts.level === undefined) {
    const second = /^\n([A-Z]{4,11}): /.exec(rest);
    if (second !== null && isLevel(second[1]!)) {
      parts.level = second[1]!;
      parts.logger ??= parts.message === '' ? undefined : parts.message;
      parts.message = rest.slice(second[0].length);
      harvestFields(parts.message, parts.fields);
      return;
    }
  }
  parts.message += rest;
}

/** What the usual keys of logfmt stand for. */
const LOGFMT_PARTS: ReadonlyMap<string, 'time' | 'level' | 'logger' | 'thread' | 'message'> = new Map([
  ...['ts', 'time', 'timestamp', 't', '@timestamp', 'datetime', 'date'].map((key) => [key, 'time'] as const),
  ...['level', 'lvl', 'severity'].map((key) => [key, 'level'] as const),
  ...['logger', 'caller', 'component'].map((key) => [key, 'logger'] as const),
  ['thread', 'thread'],
  ['msg', 'message'],
  ['message', 'message'],
]);

function readLogfmt(line: string, parts: Parts): void {
  const all: JsonObject = {};
  harvestFields(line, all);
  let hasMessage = false;
  for (const [key, value] of Object.entries(all)) {
    const part = LOGFMT_PARTS.get(key);
    if (part === undefined || typeof value !== 'string') setMember(parts.fields, key, value);
    else if (part === 'message') {
      if (hasMessage) setMember(parts.fields, key, value);
      else parts.message = value;
      hasMessage = true;
    } else if (parts[part] === undefined) parts[part] = value;
    else setMember(parts.fields, key, value);
  }
}

function readAfterTime(line: string, spot: TimeSpot, parts: Parts): void {
  if (spot.kind === 'clf' && readAccessLog(line, parts)) return;
  let at = spot.to;
  // Whatever closes the bracket that the time stands in.
  const closer = line[at];
  if (closer === ']' || closer === '"' || closer === ')') at++;
  if (line[at] === '\t' && readTabs(line.slice(at + 1), parts)) return;
  if (spot.kind === 'syslog' || line.startsWith('<')) at = readSyslog(line, at, parts);
  const cri = / (stdout|stderr) ([FP]) /y;
  cri.lastIndex = at;
  const stream = cri.exec(line);
  if (stream !== null) {
    parts.fields['stream'] = stream[1]!;
    parts.message = line.slice(cri.lastIndex);
    return;
  }
  readLayout(line, at, parts);
}

/** `level`, `shape`, `info`, `message` separated by tabs: Boomi's process log. */
function readTabs(text: string, parts: Parts): boolean {
  const cells = text.split('\t');
  if (cells.length < 4 || !isLevel(cells[0]!)) return false;
  parts.level = cells[0]!;
  parts.logger = cells[1]!;
  parts.fields['shape'] = cells[1]!;
  if (cells[2] !== '') parts.fields['info'] = cells[2]!;
  parts.message = cells.slice(3).join('\t');
  return true;
}

const ACCESS = /^(\S{1,255}) (\S{1,255}) (\S{1,255}) \[[^\]]{1,64}\] "([A-Z]{1,16}) ([^" ]{0,8192})[^"]{0,32}" (\d{3}) (\d{1,18}|-)/;

function readAccessLog(line: string, parts: Parts): boolean {
  const match = ACCESS.exec(line);
  if (match === null) return false;
  const [, remote, , user, method, path, status, bytes] = match;
  Object.assign(parts.fields, { remote: remote!, method: method!, path: path!, status: status! });
  if (user !== '-') parts.fields['user'] = user!;
  if (bytes !== '-') parts.fields['bytes'] = bytes!;
  parts.message = `${method} ${path} ${status}`;
  harvestFields(path!, parts.fields);
  return true;
}

const SYSLOG = /\s{1,4}(\S{1,255}) ([^\s:[]{1,64})(?:\[(\d{1,10})\])?: ?/y;
const SYSLOG_5424 = / (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?=[[-])(?:- ?)?/y;

/** Host, program and process of a syslog line. Returns where the rest begins. */
function readSyslog(line: string, at: number, parts: Parts): number {
  SYSLOG_5424.lastIndex = at;
  const modern = /^<\d{1,3}>1 /.test(line) ? SYSLOG_5424.exec(line) : null;
  if (modern !== null) {
    const [, host, program, process, id] = modern;
    if (host !== '-') parts.fields['host'] = host!;
    if (program !== '-') parts.logger = program!;
    if (process !== '-') parts.fields['pid'] = process!;
    if (id !== '-') parts.fields['msgid'] = id!;
    return SYSLOG_5424.lastIndex;
  }
  SYSLOG.lastIndex = at;
  const match = SYSLOG.exec(line);
  if (match === null) return at;
  parts.fields['host'] = match[1]!;
  parts.logger = match[2]!;
  if (match[3] !== undefined) parts.fields['pid'] = match[3];
  return SYSLOG.lastIndex;
}

const MOST_PARTS = 10;
const NAME = /^[A-Za-z_$][\w.$/#@-]{0,199}(?:\[\d{1,10}\])?$/;
const SOURCE = /^[\w.$/-]{1,200}(?::\d{1,7})?$/;

/** Level, thread, logger and context in whatever order, up to where the message begins. */
function readLayout(line: string, start: number, parts: Parts): void {
  let at = start;
  for (let count = 0; count < MOST_PARTS; count++) {
    at = skipSeparators(line, at);
    const code = line.charCodeAt(at);
    if (code === 91 || code === 123) {
      const end = line.indexOf(code === 91 ? ']' : '}', at);
      if (end < 0 || end - at > 2048) break;
      const content = line.slice(at + 1, end).trim();
      if (!(code === 91 ? readBracket(content, parts) : readBrace(content, parts))) break;
      at = end + 1;
      continue;
    }
    const end = wordEnd(line, at);
    if (end === at) break;
    const word = line.slice(at, end);
    const bare = word.endsWith(':') ? word.slice(0, -1) : word;
    if (parts.level === undefined && isLevel(bare)) {
      parts.level = bare;
      at = end;
      continue;
    }
    if (/^\d{1,10}$/.test(word) && line.startsWith(' --- ', end)) {
      parts.fields['pid'] = word;
      at = end;
      continue;
    }
    if (parts.logger === undefined && NAME.test(bare) && (word !== bare || separatorFollows(line, end))) {
      parts.logger = bare;
      at = end;
      // Python writes the level after the logger.
      const next = skipSeparators(line, at);
      if (parts.level !== undefined || !isLevel(line.slice(next, wordEnd(line, next)))) {
        at = next;
        break;
      }
      continue;
    }
    break;
  }
  parts.message = line.slice(at).trim();
}

const IDS = /^([0-9a-f]{16,32})[-,]([0-9a-f]{16})(?:,|$)/i;

function readBracket(content: string, parts: Parts): boolean {
  if (parts.level === undefined && isLevel(content)) {
    parts.level = content;
    return true;
  }
  if (content === '') return true;
  if (content.includes('=')) {
    harvestFields(content, parts.fields);
    return true;
  }
  const sleuth = content.split(',');
  const ids = IDS.exec(sleuth.length >= 3 ? sleuth.slice(1).join(',') : content);
  if (ids !== null) {
    if (sleuth.length >= 3 && sleuth[0] !== '') parts.fields['app'] = sleuth[0]!;
    parts.fields['traceId'] = ids[1]!;
    parts.fields['spanId'] = ids[2]!;
    return true;
  }
  if (parts.logger !== undefined || content.length > 200 || content.includes('"')) return false;
  // Spring Boot 3 puts the application's name before the thread.
  if (parts.thread !== undefined) {
    if (Object.hasOwn(parts.fields, 'app')) return false;
    parts.fields['app'] = parts.thread;
  }
  parts.thread = content;
  return true;
}

function readBrace(content: string, parts: Parts): boolean {
  if (content.includes('"')) return false;
  if (content.includes('=')) {
    harvestFields(content, parts.fields);
    return true;
  }
  if (content === '') return true;
  if (parts.logger !== undefined || !SOURCE.test(content)) return false;
  parts.logger = content;
  return true;
}

/** Blanks, and `-`, `|`, `:`, `>` that stand alone. */
function skipSeparators(line: string, at: number): number {
  let i = at;
  for (;;) {
    while (line.charCodeAt(i) <= 32) i++;
    let end = i;
    while (end < line.length && end - i < 4 && '-|:>'.includes(line[end]!)) end++;
    if (end === i || (end < line.length && line.charCodeAt(end) > 32)) return i;
    i = end;
  }
}

function separatorFollows(line: string, at: number): boolean {
  let i = at;
  while (line.charCodeAt(i) <= 32 && i - at < 64) i++;
  return i > at && '-|:>'.includes(line[i] ?? '.') && line.charCodeAt(i + 1) <= 32;
}

function wordEnd(line: string, at: number): number {
  let i = at;
  while (i < line.length && line.charCodeAt(i) > 32) i++;
  return i;
}
