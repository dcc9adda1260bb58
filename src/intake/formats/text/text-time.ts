const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const CLOCK = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`;
const ZONE = String.raw`(?: ?(?:Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?![\d:])))?`;

/** The ways in which log lines write a time, each as a pattern of bounded length. */
const TIMES = {
  iso: new RegExp(String.raw`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?${ZONE}`, 'y'),
  slash: new RegExp(String.raw`\d{4}/\d{2}/\d{2}[ T]${CLOCK}${ZONE}`, 'y'),
  clf: new RegExp(String.raw`\d{2}/${MONTH}/\d{4}:\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: [+-]\d{4})?`, 'y'),
  dotted: new RegExp(String.raw`\d{1,2}[./]\d{1,2}[./]\d{4},? \d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: [AP]M)?`, 'y'),
  named: new RegExp(String.raw`\d{1,2}[ -]${MONTH}[a-z]{0,6}[ -]\d{4} ${CLOCK}${ZONE}`, 'y'),
  american: new RegExp(String.raw`${MONTH}[a-z]{0,6} \d{1,2}, \d{4} (?:@ )?\d{1,2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: [AP]M)?`, 'y'),
  ctime: new RegExp(String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? ${MONTH} [ \d]?\d ${CLOCK} (?:[A-Z]{2,5} )?\d{4}`, 'y'),
  syslog: new RegExp(String.raw`${MONTH} [ \d]?\d ${CLOCK}`, 'y'),
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

const LEVELS: ReadonlySet<string> = new Set(
  (
    'TRACE DEBUG INFO INFORMATION NOTICE WARN WARNING ERROR ERR FATAL SEVERE CONFIG FINE FINER FINEST ' +
    'CRITICAL CRIT ALERT EMERG EMERGENCY VERBOSE PANIC'
  ).split(' '),
);

/** Whether a word is one of the level words that loggers write, in any case. */
export function isLevel(word: string): boolean {
  return word.length >= 3 && word.length <= 11 && LEVELS.has(word.toUpperCase());
}

const PRIORITY = /<\d{1,3}>(?:1 )?/y;
const LEVEL_FIRST = /\[?([A-Za-z]{3,11})\]?[\s:|-]{1,8}/y;

/** How far into a line the time of an access log may stand: after the address and the user. */
const ACCESS_LOG_REACH = 160;

/**
 * The time at the beginning of a line: after `<PRI>`, a bracket or a level word; in access logs after the address. Undefined when there is none.
 */
export function findTime(line: string, kinds: readonly TimeKind[]): TimeSpot | undefined {
  let at = 0;
  PRIORITY.lastIndex = 0;
  if (PRIORITY.test(line)) at = PRIORITY.lastIndex;
  const direct = timeAt(line, at, kinds, undefined);
  if (direct !== undefined) return direct;
  const code = line.charCodeAt(at);
  if (code <= 32) return undefined;
  LEVEL_FIRST.lastIndex = at;
  const level = LEVEL_FIRST.exec(line);
  if (level !== null && isLevel(level[1]!)) {
    const spot = timeAt(line, LEVEL_FIRST.lastIndex, kinds, level[1]);
    if (spot !== undefined) return spot;
  }
  if (!kinds.includes('clf')) return undefined;
  const bracket = line.indexOf('[');
  return bracket > 0 && bracket < ACCESS_LOG_REACH ? timeAt(line, bracket, ['clf'], undefined) : undefined;
}

function timeAt(line: string, at: number, kinds: readonly TimeKind[], level: string | undefined): TimeSpot | undefined {
  const code = line.charCodeAt(at);
  const from = code === 91 || code === 34 || code === 40 ? at + 1 : at;
  const first = line.charCodeAt(from);
  const digit = first >= 48 && first <= 57;
  if (!digit && !(first >= 65 && first <= 90)) return undefined;
  for (const kind of kinds) {
    const pattern = TIMES[kind];
    pattern.lastIndex = from;
    if (pattern.test(line)) return { kind, from, to: pattern.lastIndex, level };
  }
  return undefined;
}
