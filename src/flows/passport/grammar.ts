import { isZone, type Calendar, type Window } from './windows.ts';

/** What is wrong with a text, and how many characters into it. */
export interface GrammarProblem {
  readonly at: number;
  readonly problem: string;
}

const SECOND = 1_000_000;
const UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [['ms', 'millisecond', 'milliseconds'], SECOND / 1000],
      [['s', 'sec', 'second', 'seconds'], SECOND],
      [['m', 'min', 'minute', 'minutes'], 60 * SECOND],
      [['h', 'hour', 'hours'], 3600 * SECOND],
      [['d', 'day', 'days'], 86_400 * SECOND],
      [['w', 'week', 'weeks'], 7 * 86_400 * SECOND],
    ] as const
  ).flatMap(([words, size]) => words.map((word) => [word, size] as const)),
);
/** A hundred years: what is longer was mistyped. */
const LONGEST = 36_525 * 86_400 * SECOND;

const AMOUNT = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]+)/i;

interface Amount {
  readonly count: number;
  readonly unit: string;
  /** Where it ends in the text. */
  readonly end: number;
}

function readAmount(text: string, from: number): Amount | GrammarProblem {
  const match = AMOUNT.exec(text.slice(from));
  if (match === null) return { at: from, problem: 'needs an amount of time such as 2 h, 30 min or 3 days' };
  return { count: Number(match[1]), unit: match[2]!.toLowerCase(), end: from + match[0].length };
}

/** Reads `2 h`, `1 h 30 min`, `90 days`: microseconds. */
export function parseDuration(text: string): number | GrammarProblem {
  let sum = 0;
  let at = 0;
  do {
    const amount = readAmount(text, at);
    if ('problem' in amount) return amount;
    const size = UNITS.get(amount.unit);
    if (size === undefined) return { at: amount.end - amount.unit.length, problem: unknownUnit(amount.unit) };
    sum += amount.count * size;
    at = amount.end;
  } while (text.slice(at).trim() !== '');
  return checked(Math.round(sum));
}

function checked(duration: number): number | GrammarProblem {
  if (duration === 0) return { at: 0, problem: 'is no time at all: nothing could ever be in time' };
  return duration > LONGEST ? { at: 0, problem: 'is longer than a hundred years' } : duration;
}

function unknownUnit(unit: string): string {
  return `${unit} is no unit of time; there are ms, s, min, h, days, weeks, business days and business hours`;
}

export interface ParsedWindow {
  readonly window: Window;
  /** The step from which it counts, where it says so. */
  readonly after: string | undefined;
  /** Where that name stands in the text. */
  readonly afterAt: number;
}

/**
 * Reads a window:
 *
 *     within 2 h of payment.capture · within 3 business days · within 8 business hours after erp.create
 *     before 02:00 Europe/Berlin · before 18:30 on business days after erp.create
 *
 * `calendar` says which days and hours are for business, and in which zone where the window names none.
 */
export function parseWindow(text: string, calendar: Calendar): ParsedWindow | GrammarProblem {
  const word = /^\s*(within|before)\b/i.exec(text);
  if (word === null) return { at: 0, problem: 'must begin with "within" (2 h of a step) or "before" (02:00 Europe/Berlin)' };
  return word[1]!.toLowerCase() === 'within' ? parseWithin(text, word[0].length, calendar) : parseBefore(text, word[0].length, calendar);
}

function parseWithin(text: string, from: number, calendar: Calendar): ParsedWindow | GrammarProblem {
  const anchor = /\s+(?:of|after)\s+(\S.*)$/i.exec(text.slice(from));
  const amountEnd = anchor === null ? text.length : from + anchor.index;
  const after = anchor?.[1]?.trim();
  const about = { after, afterAt: after === undefined ? 0 : text.lastIndexOf(after) };
  const amount = readAmount(text, from);
  if ('problem' in amount) return amount;
  if (amount.unit !== 'business') {
    const duration = parseDuration(text.slice(from, amountEnd));
    if (typeof duration !== 'number') return { at: from + duration.at, problem: duration.problem };
    return { window: { text: text.slice(0, amountEnd).trim(), kind: 'within', amount: duration }, ...about };
  }
  const rest = text.slice(amount.end, amountEnd);
  const unit = /^\s+(days?|hours?|h|d)\s*$/i.exec(rest);
  if (unit === null) return { at: amount.end, problem: 'needs "business days" or "business hours"' };
  const written = text.slice(0, amountEnd).trim();
  if (amount.count === 0) return { at: from, problem: 'is no time at all: nothing could ever be in time' };
  if (unit[1]!.toLowerCase().startsWith('h'))
    return { window: { text: written, kind: 'business-hours', amount: Math.round(amount.count * 3600 * SECOND), calendar }, ...about };
  if (!Number.isInteger(amount.count) || amount.count > 1000)
    return { at: from, problem: 'needs a whole number of business days, at most 1000' };
  return { window: { text: written, kind: 'business-days', days: amount.count, calendar }, ...about };
}

const BEFORE =
  /^\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?<zone>\s+(?!on\b|after\b|of\b)[A-Za-z][\w+\-/]*)?(?<business>\s+on\s+business\s+days)?(?:\s+(?:after|of)\s+(?<after>\S.*?))?\s*$/i;

function parseBefore(text: string, from: number, calendar: Calendar): ParsedWindow | GrammarProblem {
  const groups = BEFORE.exec(text.slice(from))?.groups;
  if (groups === undefined) {
    const time = /^\s+\d{1,2}:\d{2}/.exec(text.slice(from));
    return time === null
      ? { at: from, problem: 'needs a time of day such as 02:00' }
      : { at: from + time[0].length, problem: 'can only go on with a time zone, "on business days", and "after" a step' };
  }
  const minute = Number(groups['hour']) * 60 + Number(groups['minute']);
  if (Number(groups['minute']) > 59 || minute > 24 * 60)
    return { at: from, problem: `${groups['hour']}:${groups['minute']} is no time of day` };
  const zone = groups['zone']?.trim() ?? calendar.zone;
  if (!isZone(zone)) return { at: text.indexOf(zone, from), problem: `${zone} is no time zone` };
  const after = groups['after'];
  const end = after === undefined ? text.length : text.slice(0, text.lastIndexOf(after)).replace(/\s+(?:after|of)\s+$/i, '').length;
  return {
    window: {
      text: text.slice(0, end).trim(),
      kind: 'before',
      minute,
      business: groups['business'] !== undefined,
      calendar: zone === calendar.zone ? calendar : { ...calendar, zone },
    },
    after,
    afterAt: after === undefined ? 0 : text.lastIndexOf(after),
  };
}
