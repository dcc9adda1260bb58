import type { Json, JsonObject } from '../../entry.ts';
import type { FormatOptions } from '../../format.ts';
import { listOption, numberOption, textOption } from '../shared.ts';
import { isLevel, isLoneLevel } from './text-levels.ts';
import { beginsEvent } from './text-event.ts';
import { compileYear, type YearOf } from './text-iso.ts';
import { beginsWithPair, isLogfmt } from './text-logfmt.ts';
import { findTime, TIME_KINDS, type TimeKind, type TimeSpot } from './text-time.ts';

/** What an entry may begin with: a time, a JSON object, logfmt, an event in CEF or LEEF, a level word, or a time of day without a date. */
export type StartKind = TimeKind | 'json' | 'logfmt' | 'event' | 'level' | 'clock';
const START_KINDS: readonly StartKind[] = [...TIME_KINDS, 'json', 'logfmt', 'event', 'level', 'clock'];

/** The beginning of an entry. `spot` is set where it is a time. */
export interface Start {
  readonly kind: StartKind;
  readonly spot: TimeSpot | undefined;
}

/** What the lines of one source look like: the options of the format, checked. */
export interface TextShape {
  /** What begins an entry. Empty in a container's log whose lines have no time of their own: then every line does that does not look like a continuation. */
  readonly starts: readonly StartKind[];
  /** What a container runtime puts before each line. */
  readonly wrapper: 'docker' | 'cri' | undefined;
  /** `syslog`: host and app follow a time of any kind. */
  readonly layout: 'syslog' | undefined;
  /** Cells between bars after the time; 0 when the lines are not written so. */
  readonly columns: number;
  /** Lines end with CR alone. */
  readonly carriageReturns: boolean;
  readonly yearOf: YearOf;
  /** The day of the first line, where lines tell the time of day only. */
  readonly day: string | undefined;
  /** What is said once for all lines; what stands before the first of them says no more. */
  readonly common: JsonObject | undefined;
}

/** The shape that options name; what is unknown in them is left out, so that it is found line by line. */
export function shapeOf(options: FormatOptions): TextShape {
  const named = listOption(options, 'starts');
  const wrapper = textOption(options, 'wrapper');
  return {
    starts: START_KINDS.filter((kind) => named.includes(kind)),
    wrapper: wrapper === 'docker' || wrapper === 'cri' ? wrapper : undefined,
    layout: textOption(options, 'layout') === 'syslog' ? 'syslog' : undefined,
    columns: Math.min(8, Math.max(0, Math.floor(numberOption(options, 'columns')))),
    carriageReturns: textOption(options, 'lineEnd') === 'cr',
    yearOf: compileYear(textOption(options, 'until')),
    day: textOption(options, 'day'),
    common: objectOption(options['common']),
  };
}

function objectOption(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** Finds how a line begins an entry; undefined when it does not. */
export type StartFinder = (line: string) => Start | undefined;

/** Compiles the search for some kinds of beginnings. */
export function compileStart(kinds: readonly StartKind[]): StartFinder {
  const times = TIME_KINDS.filter((kind) => kinds.includes(kind));
  const json = kinds.includes('json');
  const logfmt = kinds.includes('logfmt');
  const event = kinds.includes('event');
  const level = kinds.includes('level');
  const clock = kinds.includes('clock');
  return (line) => {
    const spot = times.length === 0 ? undefined : findTime(line, times);
    if (spot !== undefined) return { kind: spot.kind, spot };
    if (json && isObjectLine(line)) return { kind: 'json', spot: undefined };
    if (logfmt && beginsWithPair(line)) return { kind: 'logfmt', spot: undefined };
    if (event && beginsEvent(line)) return { kind: 'event', spot: undefined };
    if (level && beginsWithLevel(line)) return { kind: 'level', spot: undefined };
    if (clock && CLOCK.test(line)) return { kind: 'clock', spot: undefined };
    return undefined;
  };
}

const ANY_TIME = compileStart(TIME_KINDS);

/** How a line begins an entry, by what hardly ever stands at the beginning of other lines: a time, an object, logfmt, an event. */
export const findSureStart: StartFinder = (line) => {
  if (line.charCodeAt(0) <= 32) return undefined;
  const timed = ANY_TIME(line);
  if (timed !== undefined) return timed;
  if (isObjectLine(line)) return { kind: 'json', spot: undefined };
  if (beginsEvent(line)) return { kind: 'event', spot: undefined };
  return isLogfmt(line) ? { kind: 'logfmt', spot: undefined } : undefined;
};

/** How a line begins an entry when nothing is known about the file: a level or a time of day will do where there is nothing better. */
export const findAnyStart: StartFinder = (line) => {
  const sure = findSureStart(line);
  if (sure !== undefined) return sure;
  if (beginsWithLevel(line)) return { kind: 'level', spot: undefined };
  return CLOCK.test(line) ? { kind: 'clock', spot: undefined } : undefined;
};

function isObjectLine(line: string): boolean {
  return line.charCodeAt(0) === 123 && (line.charCodeAt(1) === 34 || line.charCodeAt(1) === 32) && line.trimEnd().endsWith('}');
}

/** `WARNING:root:`, `[ERROR] `, `info: Category[0]`, `INFO  `. */
const LEVEL = /^(\[?)([A-Za-z]{3,11})(\]?)([:\s|]|$)/;

function beginsWithLevel(line: string): boolean {
  const match = LEVEL.exec(line);
  if (match === null) return false;
  const word = match[2]!;
  if (match[1] === '[' || match[4] === ':') return (match[1] === '[') === (match[3] === ']') && isLevel(word);
  return match[3] === '' && word === word.toUpperCase() && isLoneLevel(word);
}

/** A time of day: `09:15:02,431 INFO`, `[09:15:02 INF]`. */
export const CLOCK = /^[[(]?\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?=[\s\]),|])/;
