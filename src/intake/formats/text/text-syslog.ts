import { unescapeText } from './text-fields.ts';
import { priorityOf } from './text-levels.ts';
import { addField, type Parts } from './text-parts.ts';

const PRIORITY = /^(?:\d{1,5} )?<(\d{1,3})>(1 )?/;
/** RFC 3164, section 4.1.2: host, tag, process id. The blank after a Cisco clock's colon counts as one before the host. */
const CLASSIC = /:?\s{1,4}(\S{1,255}) ([^\s:[\]]{1,128})(?:\[([^\s\]]{1,20})\])?: ?/y;
/** Without a host, which relays and some daemons leave out: only with a process id, else any `word:` would do. */
const WITHOUT_HOST = /:?\s{1,4}([^\s:[\]]{1,128})\[(\d{1,10})\]: ?/y;
/** RFC 5424, section 6: HOSTNAME APP-NAME PROCID MSGID before the structured data. */
const MODERN = / (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?=[[-])/y;
/** journald's and rsyslog's ISO time with the rest of RFC 3164. The process id is what tells it from other layouts. */
const HOST_AND_PROCESS = / [A-Za-z0-9][\w.-]{0,254} [^\s:[\]]{1,128}\[\d{1,10}\]: ?/y;

/** Whether a line goes on with host, app and process id after its time, which ends at `at`. */
export function namesHostAndProcess(line: string, at: number): boolean {
  HOST_AND_PROCESS.lastIndex = at;
  return HOST_AND_PROCESS.test(line);
}

/** Reads severity and facility from the PRI value that may lead a line. */
export function readPriority(line: string, parts: Parts): RegExpExecArray | null {
  const priority = PRIORITY.exec(line);
  const meaning = priority === null ? undefined : priorityOf(Number(priority[1]));
  if (meaning !== undefined) {
    parts.level = meaning.severity;
    addField(parts, 'facility', meaning.facility);
  }
  return priority;
}

/**
 * Reads what stands between the time and the message of a syslog line, RFC 5424 or RFC 3164: host, app, process id, the kind of message, structured data, and
 * severity and facility where a PRI value leads the line. Returns where the message begins; `at` when it is not such a line.
 */
export function readSyslog(line: string, at: number, parts: Parts): number {
  const priority = readPriority(line, parts);
  if (priority?.[2] !== undefined) {
    MODERN.lastIndex = at;
    const modern = MODERN.exec(line);
    if (modern !== null) return readModern(line, modern, MODERN.lastIndex, parts);
  }
  CLASSIC.lastIndex = at;
  const classic = CLASSIC.exec(line);
  if (classic !== null && !classic[1]!.endsWith(':')) {
    addField(parts, 'host', classic[1]!);
    addField(parts, 'app', classic[2]!);
    if (classic[3] !== undefined) addField(parts, 'pid', classic[3]);
    return CLASSIC.lastIndex;
  }
  WITHOUT_HOST.lastIndex = at;
  const bare = WITHOUT_HOST.exec(line);
  if (bare === null) return at;
  addField(parts, 'app', bare[1]!);
  addField(parts, 'pid', bare[2]!);
  return WITHOUT_HOST.lastIndex;
}

function readModern(line: string, match: RegExpExecArray, from: number, parts: Parts): number {
  const [, host, app, process, kind] = match;
  if (host !== '-') addField(parts, 'host', host!);
  if (app !== '-') addField(parts, 'app', app!);
  if (process !== '-') addField(parts, 'pid', process!);
  // MSGID "should identify the type of message": it names an event, not one message.
  if (kind !== '-') addField(parts, 'event', kind!);
  let at = from;
  if (line.charCodeAt(at) === 45) at++;
  else
    while (line.charCodeAt(at) === 91) {
      const end = readElement(line, at, parts);
      if (end < 0) break;
      at = end;
    }
  if (line.charCodeAt(at) === 32) at++;
  // The byte order mark that says the message is UTF-8.
  return line.charCodeAt(at) === 0xfeff ? at + 1 : at;
}

const ELEMENT = /\[([^\s=\]"]{1,64})/y;
const PARAMETER = / ([^\s=\]"]{1,64})="/y;

/** One `[id name="value" …]`; `"`, `\` and `]` are escaped in values. Returns where it ends, -1 when it is damaged: what was read of it stays. */
function readElement(line: string, at: number, parts: Parts): number {
  ELEMENT.lastIndex = at;
  if (!ELEMENT.test(line)) return -1;
  let i = ELEMENT.lastIndex;
  for (;;) {
    if (line.charCodeAt(i) === 93) return i + 1;
    PARAMETER.lastIndex = i;
    const parameter = PARAMETER.exec(line);
    if (parameter === null) return -1;
    const from = PARAMETER.lastIndex;
    let end = from;
    while (end < line.length && line.charCodeAt(end) !== 34) end += line.charCodeAt(end) === 92 ? 2 : 1;
    if (end >= line.length) return -1;
    addField(parts, parameter[1]!, unescapeText(line.slice(from, end)));
    i = end + 1;
  }
}

const CLASSIC_LINE =
  /^(?:\d{1,5} )?(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]?\d \d{2}:\d{2}:\d{2}(?:\.\d{1,9})? [A-Za-z0-9][\w.:-]{0,254} [^\s:[\]]{1,128}(?:\[[^\s\]]{1,20}\])?: /;

/** Whether a line has time, host and tag as RFC 3164 writes them, or begins with the PRI and version of RFC 5424. */
export function looksLikeSyslog(line: string): boolean {
  return CLASSIC_LINE.test(line) || /^(?:\d{1,5} )?<\d{1,3}>1 /.test(line);
}
