import type { Detection, Head } from '../../format.ts';
import { unwrap, type Wrapper } from './text-container.ts';
import { dayIn, fileName, tellDay } from './text-day.ts';
import { beginsEvent, eventAfter } from './text-event.ts';
import { commonLabels } from './text-grafana.ts';
import { findAnyStart, type Start, type StartKind } from './text-shape.ts';
import { looksLikeSyslog, namesHostAndProcess } from './text-syslog.ts';
import { TIME_KINDS } from './text-time.ts';

const SAMPLE_LINES = 400;
/** Lines that may stand before the first entry. */
const MOST_BANNER = 30;

/** Recognises a text log by the beginnings of its lines, and finds the reader's options. Undefined when it is none. */
export function sniffTextLog(head: Head): Detection | undefined {
  const { lines, lineEnd } = linesOf(head);
  const wrapped = sniffWrapper(lines);
  if (wrapped !== undefined) {
    const { wrapper, inner, count } = wrapped;
    const shape = shapeOfLines(inner, head.name);
    return {
      confidence: 0.995,
      reason: `${count} of ${lines.length} lines are as ${wrapper === 'cri' ? 'a container runtime' : 'Docker’s json-file driver'} writes them${shape === undefined ? '' : `; inside, ${shape.reason}`}`,
      options: { wrapper, starts: [], ...shape?.options, ...lineEnd },
    };
  }
  const shape = shapeOfLines(lines, head.name);
  // Objects alone are JSON lines, which another format reads.
  if (shape === undefined || shape.kinds.every((kind) => kind === 'json')) return undefined;
  const common = commonLabels(head.text);
  return {
    confidence: shape.confidence,
    reason: `${shape.reason}${common === undefined ? '' : '; labels that all share stand above them'}`,
    options: { ...shape.options, ...lineEnd, ...(common === undefined ? {} : { common }) },
  };
}

/** The first lines that are not blank; one that may be cut is left out. */
function linesOf(head: Head): { readonly lines: readonly string[]; readonly lineEnd: { readonly lineEnd?: 'cr' } } {
  const alone = !head.text.includes('\n') && head.text.includes('\r');
  const all = head.text.split(alone ? '\r' : '\n', SAMPLE_LINES);
  if (all.length > 1 && all.length < SAMPLE_LINES && !head.complete) all.pop();
  const lines = all.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter((line) => line.trim() !== '');
  return { lines, lineEnd: alone ? { lineEnd: 'cr' } : {} };
}

function sniffWrapper(lines: readonly string[]): { wrapper: Wrapper; inner: readonly string[]; count: number } | undefined {
  for (const wrapper of ['cri', 'docker'] as const) {
    const inner: string[] = [];
    let count = 0;
    let open = '';
    for (const line of lines) {
      const unwrapped = unwrap(line, wrapper);
      if (unwrapped === undefined) continue;
      count++;
      open += unwrapped.text;
      if (unwrapped.partial) continue;
      if (open.trim() !== '') inner.push(open);
      open = '';
    }
    if (count > 0 && count >= 0.8 * lines.length) return { wrapper, inner, count };
  }
  return undefined;
}

/** A line that begins an entry. */
interface Used {
  readonly line: string;
  readonly start: Start;
}

interface Found {
  readonly kinds: readonly StartKind[];
  readonly confidence: number;
  readonly reason: string;
  readonly options: Detection['options'];
}

function shapeOfLines(lines: readonly string[], name: string): Found | undefined {
  const starts: Used[] = [];
  let firstAt = -1;
  for (const [i, line] of lines.entries()) {
    const start = findAnyStart(line);
    if (start === undefined) continue;
    if (firstAt < 0) firstAt = i;
    starts.push({ start, line });
  }
  if (firstAt < 0 || firstAt > MOST_BANNER || starts.length < lines.length * 0.02) return undefined;
  const counts = new Map<StartKind, number>();
  for (const { start } of starts) counts.set(start.kind, (counts.get(start.kind) ?? 0) + 1);
  const often = [...counts].filter(([, count]) => count >= starts.length * 0.1).sort((a, b) => b[1] - a[1]);
  const sure = often.filter(([kind]) => kind !== 'level' && kind !== 'clock');
  // A level or a time of day begins an entry only where nothing better does.
  const better = sure.reduce((sum, [, count]) => sum + count, 0);
  const clocked = (counts.get('clock') ?? 0) >= 2 * better;
  const chosen = (sure.length > 0 && !clocked ? sure : often).map(([kind]) => kind);
  // A few lines with a date among those with a time of day tell the day.
  const kinds = chosen.includes('clock')
    ? [...chosen, ...[...counts.keys()].filter((kind) => TIMED.has(kind) && !YEARLESS.has(kind) && !chosen.includes(kind))]
    : chosen;
  const used = starts.filter(({ start }) => kinds.includes(start.kind));
  const share = used.length / lines.length;
  if ((sure.length === 0 || clocked) && (share < 0.2 || used.length < 2)) return undefined;
  const told = kinds.includes('clock') ? tellDay(lines, name) : undefined;
  const options = layoutOf(used, kinds, name);
  return {
    kinds,
    confidence: confidenceOf(kinds, used, lines, share),
    reason: `${used.length} of ${lines.length} lines ${PHRASES[kinds[0] ?? ''] ?? 'begin with a time'}${options.until === undefined ? '' : `, some without a year: the last such day up to ${options.until} is meant`}${told === undefined ? '' : `: ${told.reason}`}`,
    options: { starts: kinds, ...options, ...(told?.day === undefined ? {} : { day: told.day }) },
  };
}

/** `rt=Mar 04 09:15:02`. */
const YEARLESS_FIELD = /[a-z]=[A-Z][a-z]{2} [ \d]?\d \d{2}:/;
const TIMED: ReadonlySet<StartKind> = new Set<StartKind>(TIME_KINDS);
const YEARLESS: ReadonlySet<StartKind> = new Set<StartKind>(['syslog', 'klog']);
const PHRASES: Readonly<Record<string, string>> = {
  logfmt: 'are key=value pairs',
  json: 'are JSON objects',
  event: 'are events in CEF or LEEF',
  level: 'begin with a log level',
  clock: 'begin with a time of day, without a date',
};

function confidenceOf(kinds: readonly StartKind[], used: readonly Used[], lines: readonly string[], share: number): number {
  // Objects between lines of text: JSON lines would refuse the text.
  if (kinds.includes('json') && kinds.length > 1) return 0.98;
  if (kinds[0] === 'level' || kinds[0] === 'clock') return 0.4 + 0.3 * share;
  if (kinds[0] === 'logfmt') return share >= 0.5 ? 0.88 : 0.6;
  // Bars within the lines are no columns of a table.
  const events = used.filter(({ line, start }) =>
    start.spot === undefined ? beginsEvent(line) : eventAfter(line, start.spot.to) > 0,
  ).length;
  if (events > used.length * 0.8) return 0.96;
  const tabs = lines.filter((line) => /^\S{19,35}\t[A-Z]{4,8}\t[^\t]*\t[^\t]*\t/.test(line)).length;
  if (tabs > used.length * 0.8) return 0.93;
  return share >= 0.8 ? 0.82 : 0.6 + share * 0.2;
}

interface Layout {
  readonly layout?: 'syslog';
  readonly columns?: number;
  readonly until?: string;
}

function layoutOf(used: readonly Used[], kinds: readonly StartKind[], name: string): Layout {
  const options: { layout?: 'syslog'; columns?: number; until?: string } = {};
  const syslog = used.filter(({ line, start }) => looksLikeSyslog(line) || namesHostAndProcess(line, start.spot?.to ?? 0)).length;
  if (syslog > 0 && syslog >= 0.5 * used.length) options.layout = 'syslog';
  else {
    const columns = columnsOf(used);
    if (columns > 1) options.columns = columns;
  }
  if (kinds.some((kind) => YEARLESS.has(kind)) || (kinds.includes('event') && used.some(({ line }) => YEARLESS_FIELD.test(line))))
    options.until = untilOf(name, dateAmong(used));
  return options;
}

/** Cells between bars after the time, where a bar is the first thing after it; the fewest of all lines. 0 when there are none. */
function columnsOf(used: readonly Used[]): number {
  let fewest = 8;
  let counted = 0;
  for (const { line, start } of used) {
    const rest = start.spot === undefined ? '' : line.slice(start.spot.to);
    if (!/^[\])]?\s{0,4}\|/.test(rest)) continue;
    counted++;
    fewest = Math.min(fewest, rest.split('|', 9).length - 1);
  }
  return counted > 0 && counted >= 0.9 * used.length ? fewest : 0;
}

/** A file that names a day, in its name or in other lines, holds what was written about then, before or after it. */
const HALF_YEAR_DAYS = 183;

/** The last ISO date that lines of another shape give: `2031-03-04`. */
function dateAmong(used: readonly Used[]): string | undefined {
  const dated = used.findLast(({ start }) => start.spot?.kind === 'iso');
  return dated === undefined ? undefined : dated.line.slice(dated.start.spot!.from, dated.start.spot!.from + 10);
}

/**
 * The last day that a time without a year may mean, as `2031-03-05`: tomorrow, for no log tells the future and clocks differ; half a year after the day that
 * the file's name (`messages-20310304`) or its other lines (`among`) give.
 */
export function untilOf(name: string, among?: string): string {
  const known = Date.parse(`${dayIn(fileName(name)) ?? dayIn(among ?? '') ?? ''}T00:00:00Z`);
  const last = Number.isNaN(known) ? Date.now() + DAY : known + HALF_YEAR_DAYS * DAY;
  return new Date(last).toISOString().slice(0, 10);
}

const DAY = 86_400_000;
