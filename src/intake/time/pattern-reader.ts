import type { Precision } from '../../model/time.ts';
import { daysFromCivil, daysFromOrdinal } from './civil.ts';
import { monthOfName } from './month-names.ts';
import { NUMERIC } from './pattern.ts';
import type { TimePattern, Token } from './pattern.ts';
import { ofDigits } from './precision.ts';
import type { TextParts } from './text-parts.ts';
import { joinParts } from './text-parts.ts';
import { fullYear } from './text-shapes.ts';
import type { ZoneResolver } from './zone.ts';

interface State {
  at: number;
  year: string | undefined;
  month: number;
  day: number;
  ordinal: number;
  hour: string | undefined;
  minute: string | undefined;
  second: string | undefined;
  fraction: string | undefined;
  half: string | undefined;
  zone: string | undefined;
}

function fresh(): State {
  return {
    at: 0,
    year: undefined,
    month: Number.NaN,
    day: Number.NaN,
    ordinal: Number.NaN,
    hour: undefined,
    minute: undefined,
    second: undefined,
    fraction: undefined,
    half: undefined,
    zone: undefined,
  };
}

/** Compiles a pattern to a parser of texts; NaN for what does not fit. `yearOf` finds the year of patterns without one. One pass over the text, but for optional parts. */
export function compilePattern(pattern: TimePattern, resolve: ZoneResolver, yearOf: (days: number) => number): (text: string) => number {
  return (text) => {
    const parts = match(pattern, text);
    if (parts === undefined) return Number.NaN;
    return joinParts(pattern.hasYear ? parts : { ...parts, days: yearOf(parts.days) }, resolve);
  };
}

/** How finely a text that fits a pattern is written. */
export function patternPrecision(pattern: TimePattern, text: string): Precision {
  const parts = match(pattern, text);
  if (parts?.hour === undefined) return 'day';
  return parts.second === undefined ? 'minute' : ofDigits(parts.fraction?.length ?? 0);
}

function match(pattern: TimePattern, text: string): TextParts | undefined {
  const state = fresh();
  if (!run(pattern.tokens, text, state) || state.at !== text.length) return undefined;
  const { hour, minute, second, fraction, half, zone } = state;
  return { days: daysOf(state), hour, minute, second, fraction, half, zone };
}

function daysOf(state: State): number {
  const year = state.year === undefined ? 2000 : fullYear(state.year);
  return Number.isNaN(state.ordinal) ? daysFromCivil(year, state.month, state.day) : daysFromOrdinal(year, state.ordinal);
}

function run(tokens: readonly Token[], text: string, state: State): boolean {
  for (const token of tokens) {
    switch (token.kind) {
      case 'literal':
        if (!text.startsWith(token.text, state.at)) return false;
        state.at += token.text.length;
        break;
      case 'space': {
        const from = state.at;
        while (text.charCodeAt(state.at) <= 32 || text.charCodeAt(state.at) === 0xa0) state.at++;
        if (state.at === from) return false;
        break;
      }
      case 'optional': {
        const before = { ...state };
        if (!run(token.tokens, text, state)) Object.assign(state, before);
        break;
      }
      case 'part':
        if (!readPart(token, text, state)) return false;
    }
  }
  return true;
}

function readPart(token: Token & { kind: 'part' }, text: string, state: State): boolean {
  const from = state.at;
  const to = endOf(token, text, from);
  if (to - from < token.least) return false;
  const word = text.slice(from, to);
  state.at = to;
  switch (token.part) {
    case 'year':
      state.year = word;
      return true;
    case 'month':
      state.month = Number(word);
      return true;
    case 'month-name':
      state.month = monthOfName(word);
      if (text.charCodeAt(state.at) === 0x2e) state.at++;
      return !Number.isNaN(state.month);
    case 'day':
      state.day = Number(word);
      return true;
    case 'ordinal':
      state.ordinal = Number(word);
      return true;
    case 'hour':
      state.hour = word;
      return true;
    case 'minute':
      state.minute = word;
      return true;
    case 'second':
      state.second = word;
      return true;
    case 'fraction':
      state.fraction = word;
      return true;
    case 'half':
      state.half = word;
      return /^[AaPp]\.?[Mm]\.?$/.test(word);
    case 'zone':
      state.zone = word;
      return true;
    case 'weekday':
      if (text.charCodeAt(state.at) === 0x2e) state.at++;
      return true;
  }
}

function endOf(token: Token & { kind: 'part' }, text: string, from: number): number {
  const most = Math.min(text.length, from + token.most);
  let to = from;
  const fits = NUMERIC.has(token.part) ? isDigit : token.part === 'zone' ? isZoneCode : token.part === 'half' ? isHalfCode : isLetter;
  while (to < most && fits(text.charCodeAt(to))) to++;
  return to;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAsciiLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Month names have accents. */
function isLetter(code: number): boolean {
  return isAsciiLetter(code) || (code >= 0xc0 && code <= 0x24f);
}

function isZoneCode(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 0x2b || code === 0x2d || code === 0x3a;
}

function isHalfCode(code: number): boolean {
  return code === 0x2e || /[AaPpMm]/.test(String.fromCharCode(code));
}
