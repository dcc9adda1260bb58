import type { JsonObject } from '../../entry.ts';
import { readAccessLog, readNginxError } from './text-access.ts';
import { readBars } from './text-bars.ts';
import { beginsEvent, eventAfter, readEvent, readEventPrefix } from './text-event.ts';
import { harvestFields } from './text-fields.ts';
import { COMMON_LABELS, lineAfterTimes } from './text-grafana.ts';
import { isoTime } from './text-iso.ts';
import { mergeObject, objectStart, parseObject } from './text-json.ts';
import { readLayout } from './text-layout.ts';
import { isLevel, isLoneLevel } from './text-levels.ts';
import { isLogfmtMessage, readLogfmt } from './text-logfmt.ts';
import { addField, emptyParts, type Parts, toJson } from './text-parts.ts';
import { CLOCK, compileStart, findAnyStart, findSureStart, type Start, shapeOf, type StartFinder, type TextShape } from './text-shape.ts';
import { namesHostAndProcess, readSyslog } from './text-syslog.ts';
import type { TimeSpot } from './text-time.ts';

/** What surrounds the text of an entry: the time and stream that a container runtime wrote. */
export interface Outer {
  readonly time: string;
  readonly stream: string;
}

/** How a line begins an entry of this shape; lines of other shapes are recognised too. */
export function startFinder(shape: TextShape): StartFinder {
  const own = compileStart(shape.starts);
  return shape.starts.length === 0 ? findAnyStart : (line) => own(line) ?? findAnyStart(line);
}

/**
 * Takes a log entry apart: `{ time, level, thread, logger, message, fields }`. The time is ISO text where the line says enough for that. Lines after the first
 * belong to the message. For single entries; a reader compiles instead.
 */
export function parseTextEntry(text: string, shape: TextShape = shapeOf({})): JsonObject {
  const lines = text.replace(/\r\n?/g, '\n');
  const feed = lines.indexOf('\n');
  return readEntry(lines, startFinder(shape)(feed < 0 ? lines : lines.slice(0, feed)), shape, undefined);
}

/** Takes an entry apart whose beginning is known. Line ends are `\n`. */
export function readEntry(text: string, start: Start | undefined, shape: TextShape, outer: Outer | undefined): JsonObject {
  const feed = text.indexOf('\n');
  const first = feed < 0 ? text : text.slice(0, feed);
  const parts = emptyParts();
  if (outer !== undefined) addField(parts, 'stream', outer.stream);
  if (shape.common !== undefined) addField(parts, COMMON_LABELS, shape.common);
  const object = start?.kind === 'json' ? parseObject(first) : undefined;
  if (object !== undefined) {
    mergeObject(object, parts);
    if (feed >= 0) addRest(parts, text.slice(feed));
  } else {
    const finished = readFirst(first, start, shape, parts);
    if (feed >= 0) addRest(parts, text.slice(feed));
    if (!finished) finish(parts, shape);
  }
  if (outer !== undefined) placeInTime(parts, outer.time);
  return toJson(parts);
}

const ZONED = /(?:Z|[+-]\d{2}(?::?\d{2})?|[A-Z]{3,4}|\])$/;

/**
 * What the application wrote goes before the time of the container's runtime, if it says its zone. If not, the runtime's time, which does, is the sure one.
 * The other stays beside it.
 */
function placeInTime(parts: Parts, runtime: string): void {
  if (parts.time === undefined) parts.time = runtime;
  else if (ZONED.test(parts.time.slice(11))) addField(parts, 'containerTime', runtime);
  else {
    addField(parts, 'localTime', parts.time);
    parts.time = runtime;
  }
}

/** Reads the first line of an entry. True when its message has been looked into already. */
function readFirst(line: string, start: Start | undefined, shape: TextShape, parts: Parts): boolean {
  const spot = start?.spot;
  if (spot !== undefined) {
    parts.time = isoTime(line, spot, shape.yearOf);
    parts.level = spot.level;
    if (spot.kind === 'clf' && readAccessLog(line, spot, parts)) return true;
    readAfterTime(line, spot, shape, parts);
    return false;
  }
  const kind = start?.kind;
  if (kind === 'logfmt') readLogfmt(line, parts);
  else if (kind === 'level') readLevelLine(line, parts);
  else if (kind === 'clock') readClockLine(line, parts);
  else parts.message = line.trimEnd();
  return false;
}

/** The time of day that an entry tells without a date. */
export function clockOf(value: JsonObject): string | undefined {
  const fields = value['fields'];
  const clock = typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? fields['clock'] : undefined;
  return typeof clock === 'string' ? clock : undefined;
}

/** `09:15:02,431 INFO …`: the time of day is kept, but it is no time until the reader knows the day. */
function readClockLine(line: string, parts: Parts): void {
  const [clock] = CLOCK.exec(line) ?? [''];
  addField(parts, 'clock', clock.replace(/^[[(]/, ''));
  readLayout(line, closed(line, clock.length), parts);
}

/** What is the same for all layouts, once message and context are known: an object or pairs that the message holds. */
function finish(parts: Parts, shape: TextShape): void {
  const message = parts.message;
  if (message === '') return;
  if (beginsEvent(message)) {
    readEvent(parts, shape.yearOf);
    return;
  }
  const at = objectStart(message);
  const object = at < 0 ? undefined : parseObject(message.slice(at));
  const feed = message.indexOf('\n');
  if (object === undefined) {
    if (feed < 0 && isLogfmtMessage(message)) {
      parts.message = '';
      readLogfmt(message, parts);
    } else harvestFields(feed < 0 ? message : message.slice(0, feed), parts.fields);
    return;
  }
  if (at === 0) parts.message = '';
  else harvestFields(message.slice(0, feed < 0 || feed > at ? at : feed), parts.fields);
  mergeObject(object, parts);
}

/** java.util.logging writes the level and the message on the second line, .NET's console the message. */
function addRest(parts: Parts, rest: string): void {
  if (parts.level === undefined) {
    const second = /^\n([A-Z]{4,11}): /.exec(rest);
    if (second !== null && isLevel(second[1]!)) {
      parts.level = second[1]!;
      if (parts.logger === undefined && parts.message !== '') readCaller(parts);
      parts.message = rest.slice(second[0].length);
      return;
    }
  }
  parts.message = parts.message === '' ? rest.trim() : parts.message + rest;
}

/** `a.b.C method`: class and method that java.util.logging found the caller to be. */
function readCaller(parts: Parts): void {
  const blank = parts.message.indexOf(' ');
  parts.logger = blank < 0 ? parts.message : parts.message.slice(0, blank);
  if (blank >= 0) addField(parts, 'function', parts.message.slice(blank + 1).trim());
}

function readAfterTime(line: string, spot: TimeSpot, shape: TextShape, parts: Parts): void {
  if (spot.kind === 'klog') {
    readKlog(line, spot.to, parts);
    return;
  }
  const at = closed(line, spot.to);
  const event = eventAfter(line, at);
  if (event > 0) {
    readEventPrefix(line, at, event, parts);
    parts.message = line.slice(event).trim();
    return;
  }
  if (line.charCodeAt(at) === 9) {
    const from = spot.kind === 'epoch' ? lineAfterTimes(line, at) : -1;
    if (from > 0) {
      readInner(line.slice(from), shape, parts);
      return;
    }
    if (readTabs(line.slice(at + 1), parts)) return;
  }
  if (spot.kind === 'syslog' || shape.layout === 'syslog' || line.charCodeAt(0) === 60 || isIsoSyslog(line, spot)) {
    const from = readSyslog(line, at, parts);
    if (from > at) {
      readSpoken(line.slice(from).trim(), parts);
      return;
    }
  }
  if (shape.columns > 0 && line.indexOf('|', at) >= 0) {
    readBars(line, at, shape.columns, parts);
    return;
  }
  if (spot.kind === 'slash') {
    const from = readNginxError(line, at, parts);
    if (from >= 0) {
      parts.message = line.slice(from);
      return;
    }
  }
  // `[2031-03-04T09:15:02Z INFO  module] message`: time, level and logger share one bracket.
  const bracket = line.charCodeAt(spot.from - 1) === 91 && at === spot.to ? line.indexOf(']', at) : -1;
  if (bracket > 0 && bracket - at < 200) {
    readLayout(`${line.slice(at, bracket)} :`, 0, parts);
    const inside = parts.message;
    readLayout(line, bracket + 1, parts);
    if (inside !== '') parts.message = `${inside} ${parts.message}`.trim();
    return;
  }
  readLayout(line, at, parts);
}

/** Reads a line that was kept with a time of its own: what the line says of time is the application's, if it says the zone. */
function readInner(line: string, shape: TextShape, parts: Parts): void {
  const spot = findSureStart(line)?.spot;
  if (spot === undefined) {
    parts.message = line;
    return;
  }
  const time = isoTime(line, spot, shape.yearOf);
  if (ZONED.test(time.slice(11))) parts.time = time;
  parts.level = spot.level;
  readAfterTime(line, spot, shape, parts);
}

/** RFC 3164 with a time that it does not know: journald's and rsyslog's ISO times, epoch seconds. */
function isIsoSyslog(line: string, spot: TimeSpot): boolean {
  return (spot.kind === 'iso' || spot.kind === 'epoch') && namesHostAndProcess(line, spot.to);
}

/** Where the line goes on after a time: behind the bracket, quote or parenthesis that the time stands in. */
function closed(line: string, at: number): number {
  const code = line.charCodeAt(at);
  return code === 93 || code === 34 || code === 41 ? at + 1 : at;
}

/** What an application said through syslog. A level of its own goes before the one of the PRI value, which is often the same for all. */
function readSpoken(message: string, parts: Parts): void {
  parts.message = message;
  const match = /^\[?([A-Za-z]{3,11})\]?(?::\s{0,8}|\s{1,8}|$)/.exec(message);
  if (match === null) return;
  const word = match[1]!;
  const marked = message.charCodeAt(0) === 91 || message.charCodeAt(word.length) === 58;
  if (!(marked ? isLevel(word) : word === word.toUpperCase() && isLoneLevel(word))) return;
  parts.level = word;
  parts.message = message.slice(match[0].length);
}

/** `level`, `shape`, `info`, `message` separated by tabs: Boomi's process log. `request id`, `level`, `message`: AWS Lambda. */
function readTabs(text: string, parts: Parts): boolean {
  const cells = text.split('\t', 5);
  if (cells.length >= 3 && /^[0-9a-f-]{36}$/i.test(cells[0]!) && isLevel(cells[1]!)) {
    addField(parts, 'requestId', cells[0]!);
    parts.level = cells[1]!;
    parts.message = afterTabs(text, 2);
    return true;
  }
  if (cells.length < 4 || !isLevel(cells[0]!)) return false;
  parts.level = cells[0]!;
  parts.logger = cells[1]!;
  addField(parts, 'shape', cells[1]!);
  if (cells[2] !== '') addField(parts, 'info', cells[2]!);
  parts.message = afterTabs(text, 3);
  return true;
}

function afterTabs(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count; i++) at = text.indexOf('\t', at) + 1;
  return text.slice(at);
}

const KLOG = / {1,8}(\d{1,10}) ([^\s\]]{1,200}:\d{1,7})\] ?/y;

/** `E0304 09:15:02.431000      77 file.go:12] message`: thread and source after the time. */
function readKlog(line: string, at: number, parts: Parts): void {
  KLOG.lastIndex = at;
  const match = KLOG.exec(line);
  if (match !== null) {
    parts.thread = match[1]!;
    parts.logger = match[2]!;
  }
  parts.message = line.slice(match === null ? at : KLOG.lastIndex).trim();
}

const PYTHON = /^([A-Za-z]{3,11}):([\w.$-]{1,200}):/;

/** A line without a time: Python's `WARNING:root:message`, .NET's `info: Category[0]`, `[ERROR] message`. */
function readLevelLine(line: string, parts: Parts): void {
  const python = PYTHON.exec(line);
  if (python === null || !isLevel(python[1]!)) {
    readLayout(line, 0, parts);
    return;
  }
  parts.level = python[1]!;
  parts.logger = python[2]!;
  parts.message = line.slice(python[0].length);
}
