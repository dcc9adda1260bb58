import { isLevel } from './text-levels.ts';

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const CLOCK = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`;
/** The words are those that `src/intake/time/zone.ts` reads. */
const WORDS = String.raw`(?:UTC|GMT|CES?T|WES?T|EES?T|[ECMP][SD]T)\b`;
const ZONE = String.raw`(?: ?(?:Z\b|${WORDS}|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?![\d:])))?`;

/** The ways in which log lines write a time, each as a pattern of bounded length. `syslog` and `klog` have no year. */
const TIMES = {
  iso: new RegExp(String.raw`\d{4}-\d{2}-\d{2}(?:[T ]|, )\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?${ZONE}(?:\[[A-Za-z][\w/+-]{1,40}\])?`, 'y'),
  slash: new RegExp(String.raw`\d{4}/\d{2}/\d{2}[ T]${CLOCK}${ZONE}`, 'y'),
  clf: new RegExp(String.raw`\d{2}/${MONTH}/\d{4}:\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: [+-]\d{4})?`, 'y'),
  dotted: new RegExp(String.raw`\d{1,2}[./]\d{1,2}[./]\d{4},? \d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: [AP]M)?`, 'y'),
  named: new RegExp(String.raw`(?:${WEEKDAY}, )?\d{1,2}[ -]${MONTH}[a-z]{0,6}[ -]\d{4} ${CLOCK}${ZONE}`, 'y'),
  american: new RegExp(String.raw`${MONTH}[a-z]{0,6} \d{1,2}, \d{4},? (?:@ )?\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: [AP]M)?`, 'y'),
  ctime: new RegExp(String.raw`${WEEKDAY},? ${MONTH} [ \d]?\d ${CLOCK} (?:[A-Z]{2,5} )?\d{4}`, 'y'),
  syslog: new RegExp(String.raw`${MONTH} [ \d]?\d ${CLOCK}(?: ${WORDS})?`, 'y'),
  klog: /[0-1]\d[0-3]\d \d{2}:\d{2}:\d{2}\.\d{6}(?= )/y,
  compact: new RegExp(String.raw`\d{8}[T ]\d{6}(?:[.,]\d{1,9})?Z?(?!\d)`, 'y'),
  epoch: new RegExp(String.raw`1\d{9}(?:\d{3}|\.\d{1,9})?(?=[\s\]|,;])`, 'y'),
} as const;

export type TimeKind = keyof typeof TIMES;
export const TIME_KINDS = Object.keys(TIMES) as readonly TimeKind[];

/** A time found in a line. */
export interface TimeSpot {
  readonly kind: TimeKind;
  readonly from: number;
  readonly to: number;
  /** The level word that stands before the time, if one does. */
  readonly level: string | undefined;
}

/** `<PRI>`, with the length before it that octet counting writes (RFC 6587) and the version of RFC 5424. */
const PRIORITY = /(?:\d{1,5} )?<\d{1,3}>(?:1 )?/y;
const LEVEL_FIRST = /\[?([A-Za-z]{3,11})\]?[\s:|-]{1,8}/y;
const WEEKDAY_FIRST = new RegExp(String.raw`${WEEKDAY} (?=\d{4}-)`, 'y');
const KLOG_LEVELS: Readonly<Record<string, string>> = { I: 'INFO', W: 'WARNING', E: 'ERROR', F: 'FATAL' };

/** How far into a line the time of an access log may stand: after the address and the user. */
const ACCESS_LOG_REACH = 160;

/**
 * The time at the beginning of a line: after `<PRI>`, a bracket or a level word; in access logs after the address. Undefined when there is none.
 */
export function findTime(line: string, kinds: readonly TimeKind[]): TimeSpot | undefined {
  const code = line.charCodeAt(0);
  // Most lines that do not begin an entry are indented.
  if (!(code > 32)) return undefined;
  if (code >= 48 && code <= 57) {
    const spot = timeAt(line, 0, kinds, undefined);
    if (spot !== undefined) return spot;
  }
  let at = 0;
  if (code === 60 || (code >= 48 && code <= 57)) {
    PRIORITY.lastIndex = 0;
    if (PRIORITY.test(line)) at = PRIORITY.lastIndex;
    const spot = at === 0 ? undefined : timeAt(line, at, kinds, undefined);
    if (spot !== undefined) return spot;
  } else {
    const spot = timeAt(line, 0, kinds, undefined) ?? afterLevel(line, kinds);
    if (spot !== undefined) return spot;
  }
  if (!kinds.includes('clf')) return undefined;
  const bracket = line.indexOf('[');
  return bracket > 0 && bracket < ACCESS_LOG_REACH ? timeAt(line, bracket, ['clf'], undefined) : undefined;
}

function afterLevel(line: string, kinds: readonly TimeKind[]): TimeSpot | undefined {
  LEVEL_FIRST.lastIndex = 0;
  const level = LEVEL_FIRST.exec(line);
  return level !== null && isLevel(level[1]!) ? timeAt(line, LEVEL_FIRST.lastIndex, kinds, level[1]) : undefined;
}

function timeAt(line: string, at: number, kinds: readonly TimeKind[], level: string | undefined): TimeSpot | undefined {
  const code = line.charCodeAt(at);
  // A bracket, quote or parenthesis, or the mark of a Cisco clock that is not set.
  let from = code === 91 || code === 34 || code === 40 || code === 42 ? at + 1 : at;
  const first = line.charCodeAt(from);
  const digit = first >= 48 && first <= 57;
  if (!digit) {
    if (!(first >= 65 && first <= 90)) return undefined;
    const second = line.charCodeAt(from + 1);
    if (second >= 48 && second <= 49) return kinds.includes('klog') ? klogAt(line, from) : undefined;
    WEEKDAY_FIRST.lastIndex = from;
    if (WEEKDAY_FIRST.test(line)) from = WEEKDAY_FIRST.lastIndex;
  }
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i]!;
    if (kind === 'klog') continue;
    const pattern = TIMES[kind];
    pattern.lastIndex = from;
    if (pattern.test(line)) return { kind, from, to: pattern.lastIndex, level };
  }
  return undefined;
}

/** `E0304 09:15:02.431000`: the level is the letter before the month. */
function klogAt(line: string, at: number): TimeSpot | undefined {
  const level = KLOG_LEVELS[line[at]!];
  TIMES.klog.lastIndex = at + 1;
  if (level === undefined || !TIMES.klog.test(line)) return undefined;
  return { kind: 'klog', from: at + 1, to: TIMES.klog.lastIndex, level };
}
