import { readCef } from './text-cef.ts';
import { epochToIso, isoTime, type YearOf } from './text-iso.ts';
import { readLeef } from './text-leef.ts';
import { addField, type Parts } from './text-parts.ts';
import { readPriority, readSyslog } from './text-syslog.ts';
import { findTime, TIME_KINDS } from './text-time.ts';

const HEADER = /(?:CEF:\d{1,3}|LEEF:\d(?:\.\d)?)\|/y;
/** How far into a line the header of an event may stand: after a time, a host, an app and structured data. */
const REACH = 1024;

/** Whether a line or message begins with the header of an event in CEF or LEEF. */
export function beginsEvent(text: string, at = 0): boolean {
  const code = text.charCodeAt(at);
  if (code !== 67 && code !== 76) return false;
  HEADER.lastIndex = at;
  return HEADER.test(text);
}

/** Where an event begins that stands behind a header of syslog, whose time ends at `from`; -1 when there is none. */
export function eventAfter(line: string, from: number): number {
  const mark = line.indexOf('EF:', from);
  if (mark < 0 || mark - from > REACH) return -1;
  const at = line.charCodeAt(mark - 1) === 69 ? mark - 2 : mark - 1;
  return at > from && line.charCodeAt(at - 1) === 32 && beginsEvent(line, at) ? at : -1;
}

/** Reads what stands between the time and the event: RFC 5424, or host and tag, which may both be missing. */
export function readEventPrefix(line: string, from: number, event: number, parts: Parts): void {
  const between = line.slice(from, event).trim();
  if (between.split(' ').length > 3 && readSyslog(line, from, parts) > from) return;
  readPriority(line, parts);
  const [host, app] = between.replace(/^: ?/, '').split(/ {1,8}/, 2);
  if (host !== undefined && host !== '') addField(parts, 'host', host);
  const tag = app === undefined ? null : /^([^[\]:]{1,128})(?:\[([^\]]{1,20})\])?:?$/.exec(app);
  if (tag !== null) addField(parts, 'app', tag[1]!);
  if (tag?.[2] !== undefined) addField(parts, 'pid', tag[2]);
}

/** Fields of times; the first that is there is when the event happened: its start, before when it was received. */
const TIMES: Readonly<Record<'cef' | 'leef', readonly string[]>> = {
  cef: ['start', 'startTime', 'rt', 'deviceReceiptTime', 'end', 'endTime'],
  leef: ['devTime'],
};

/**
 * Takes a message apart that is an event: its header stands in the field `cef` or `leef`, its own fields beside the others. What it says of time goes before the
 * line's own, unless only the line says its zone. False when the header is damaged: the message stays as it is.
 */
export function readEvent(parts: Parts, yearOf: YearOf): boolean {
  const text = parts.message;
  const event = text.startsWith('CEF') ? readCef(text) : readLeef(text);
  if (event === undefined) return false;
  const { format, header, fields } = event;
  addField(parts, format, header);
  placeInTime(parts, ownTime(fields, TIMES[format], yearOf));
  for (const key in fields) if (key !== 'msg') addField(parts, key, fields[key]!);
  parts.message = fields['msg'] || (header['name'] ?? header['id'] ?? '');
  return true;
}

const ZONED = /(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4})$/;

/** The first of an event's times; all of them are put into ISO. */
function ownTime(fields: Record<string, string>, keys: readonly string[], yearOf: YearOf): string | undefined {
  let own: string | undefined;
  for (const key of keys) {
    const value = fields[key];
    const time = value === undefined ? undefined : eventTime(value.trim(), yearOf);
    if (time === undefined) continue;
    fields[key] = time;
    own ??= time;
  }
  return own;
}

function placeInTime(parts: Parts, own: string | undefined): void {
  const line = parts.time;
  if (own === undefined || (line !== undefined && ZONED.test(line.slice(10)) && !ZONED.test(own.slice(10)))) return;
  if (line !== undefined) addField(parts, 'syslogTime', line);
  parts.time = own;
}

/** `Mar 04 2031 09:15:02.431 UTC`: the fraction and the zone may be missing. */
const NAMED = /^([A-Z][a-z]{2}) ([ \d]?\d) (\d{4}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?: ?([A-Z]{1,4}|[+-]\d{2}:?\d{2}))?$/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** The time of a field as ISO text; undefined when it is none of the forms that CEF and LEEF know, or has no year and none is to be assumed. */
function eventTime(text: string, yearOf: YearOf): string | undefined {
  if (/^\d{10}(?:\d{3})?$/.test(text)) return epochToIso(text);
  const named = NAMED.exec(text);
  if (named !== null) {
    const month = MONTHS.indexOf(named[1]!) / 3 + 1;
    if (!Number.isInteger(month) || month < 1) return undefined;
    const day = named[2]!.trim().padStart(2, '0');
    return `${named[3]}-${String(month).padStart(2, '0')}-${day} ${named[4]}${named[5] === undefined ? '' : ` ${named[5]}`}`;
  }
  const spot = findTime(text, TIME_KINDS);
  if (spot === undefined || spot.from !== 0 || spot.to !== text.length) return undefined;
  const time = isoTime(text, spot, yearOf);
  return /^\d{4}-/.test(time) ? time : undefined;
}
