import type { Json, JsonObject } from '../../entry.ts';
import { parseJson, tooDeep } from '../json/json-value.ts';
import { epochToIso } from './text-iso.ts';
import { addField, type Parts } from './text-parts.ts';

type PartName = 'time' | 'level' | 'logger' | 'thread' | 'message';

/** What the usual members of a logger's object stand for. */
const PARTS: ReadonlyMap<string, PartName> = new Map<string, PartName>([
  ...['@timestamp', 'timestamp', 'time', 'ts', 'datetime', 'asctime', '@t'].map((key): [string, PartName] => [key, 'time']),
  ...['level', 'severity', 'levelname', 'lvl', 'loglevel', 'log.level', '@l'].map((key): [string, PartName] => [key, 'level']),
  ...['logger', 'logger_name', 'loggerName', 'log.logger', 'SourceContext'].map((key): [string, PartName] => [key, 'logger']),
  ...['thread', 'threadName', 'thread_name', 'process.thread.name'].map((key): [string, PartName] => [key, 'thread']),
  ...['message', 'msg', '@m'].map((key): [string, PartName] => [key, 'message']),
]);

const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const OPENS = /\{\s{0,64}"/g;

/** Where a JSON object begins that a message ends with: the first brace with a quote after it. -1 when the message does not end with a brace. */
export function objectStart(message: string): number {
  let last = message.length - 1;
  while (message.charCodeAt(last) <= 32) last--;
  if (message.charCodeAt(last) !== 125) return -1;
  OPENS.lastIndex = 0;
  return OPENS.exec(message)?.index ?? -1;
}

/** The object that a text is; undefined when it is none, or nests too deep to be walked. */
export function parseObject(text: string): JsonObject | undefined {
  if (tooDeep(text)) return undefined;
  try {
    const value = parseJson(text, true);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Puts an object that stands in a line into its parts: its time goes before the line's own, for that is when the application spoke; its level, logger, thread
 * and message fill what the line does not say; every other member becomes a field.
 */
export function mergeObject(object: JsonObject, parts: Parts): void {
  let timed = false;
  for (const key of Object.keys(object)) {
    const value = object[key]!;
    const part = PARTS.get(key);
    const text = part === undefined ? undefined : part === 'time' ? timeText(value) : plainText(value);
    if (part === undefined || text === undefined) addField(parts, key, value);
    else if (part === 'time' && !timed) {
      parts.time = text;
      timed = true;
    } else if (part === 'message' && parts.message === '') parts.message = text;
    else if (part !== 'time' && part !== 'message' && parts[part] === undefined) parts[part] = text;
    else addField(parts, key, value);
  }
}

function plainText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** ISO text, or a number of seconds, milliseconds … since 1970; undefined for anything else. */
function timeText(value: Json | undefined): string | undefined {
  const text = plainText(value);
  if (text === undefined) return undefined;
  if (ISO.test(text)) return text;
  const iso = /^1\d{9}/.test(text) ? epochToIso(text) : text;
  return iso === text ? undefined : iso;
}
