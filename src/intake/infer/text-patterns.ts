import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { TextPattern } from '../mapper.ts';

/** A key found under a field, for learning what keys look like. */
export interface IdentifierSample {
  readonly type: string;
  readonly value: string;
}

/** Types that say no more than that something is kept apart: the case of a process-mining log, the record of an error list. */
export const UNTYPED: ReadonlySet<string> = new Set(['case', 'record']);

/** Fewer different keys than this teach nothing. */
const MIN_SUPPORT = 3;
const MAX_PATTERNS = 60;

/** `SO-1042` as literal `SO-` and a run of digits; `gid://shop/Order/1042` likewise; `pay_3Nx8a` as literal `pay_` and a run of letters and digits. */
interface Shape {
  readonly literal: string;
  readonly tail: 'digits' | 'alnum';
  readonly length: number;
}

/**
 * Learns how the keys of each record type are written, to find them in free text. Only what begins with a literal of at least two
 * letters, or with a long constant beginning of a long number, becomes a pattern: bare small numbers never do, they are in every text. Two
 * digits are enough behind a separator (`SO-77`), else three.
 */
export function learnTextPatterns(samples: readonly IdentifierSample[]): TextPattern[] {
  const groups = new Map<string, { type: string; shape: Shape; min: number; max: number; values: Set<string>; example: string }>();
  const numbers = new Map<string, Set<string>>();
  for (const { type, value } of samples) {
    if (TECHNICAL_TYPES.has(type) || value.length > 120) continue;
    if (/^\d{8,20}$/.test(value)) {
      const key = `${type} ${value.length}`;
      const set = numbers.get(key) ?? new Set<string>();
      if (set.size < 2000) set.add(value);
      numbers.set(key, set);
      continue;
    }
    const shape = shapeOf(value);
    if (shape === undefined) continue;
    const key = `${type} ${shape.tail} ${shape.literal}`;
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { type, shape, min: shape.length, max: shape.length, values: new Set([value]), example: value });
    else {
      group.min = Math.min(group.min, shape.length);
      group.max = Math.max(group.max, shape.length);
      if (group.values.size < MIN_SUPPORT) group.values.add(value);
    }
  }
  const patterns: TextPattern[] = [];
  for (const group of groups.values()) {
    if (group.values.size < MIN_SUPPORT) continue;
    // Counters grow: one digit more than was seen is still the same kind of key.
    const run = group.shape.tail === 'digits' ? `\\d{${group.min},${group.max + 1}}` : `[0-9A-Za-z]{${group.min},${group.max}}`;
    patterns.push({ type: group.type, source: `\\b${escape(group.shape.literal)}${run}\\b`, example: group.example });
  }
  for (const [key, values] of numbers) patterns.push(...ofNumbers(key.slice(0, key.lastIndexOf(' ')), values));
  return withoutAmbiguous(patterns).slice(0, MAX_PATTERNS);
}

function shapeOf(value: string): Shape | undefined {
  const digits = /^([#A-Za-z][A-Za-z0-9:/_.#-]*?[A-Za-z:/_.#-]|[A-Za-z]{2,8})(\d{2,16})$/.exec(value);
  if (digits !== null && letters(digits[1]!) >= 2 && digits[2]!.length >= (/[:/_.#-]$/.test(digits[1]!) ? 2 : 3))
    return { literal: digits[1]!, tail: 'digits', length: digits[2]!.length };
  const alnum = /^([A-Za-z]{2,8}[-_])([0-9A-Za-z]{8,40})$/.exec(value);
  if (alnum !== null && /\d/.test(alnum[2] ?? '')) return { literal: alnum[1] ?? '', tail: 'alnum', length: (alnum[2] ?? '').length };
  return undefined;
}

function letters(text: string): number {
  return text.replace(/[^A-Za-z]/g, '').length;
}

/** Long numbers of one length that all begin alike (`0000100042`, `4500017931`): the constant beginning is the literal. */
function ofNumbers(type: string, values: ReadonlySet<string>): TextPattern[] {
  const all = [...values];
  const first = all[0];
  if (first === undefined || all.length < MIN_SUPPORT) return [];
  let common = first.length;
  for (const value of all) {
    let i = 0;
    while (i < common && value.charCodeAt(i) === first.charCodeAt(i)) i++;
    common = i;
  }
  // Times in digits begin alike too: a literal of 1… or 2… says nothing unless it is long.
  const literal = first.slice(0, Math.min(common, first.length - 3));
  const enough = literal.startsWith('00') ? literal.length >= 2 : literal.length >= 4;
  return enough ? [{ type, source: `\\b${literal}\\d{${first.length - literal.length}}\\b`, example: first }] : [];
}

/**
 * One spelling under two types (`payment` and `transaction` columns) would be found twice: the type seen first keeps it, one that says something
 * before one that does not (`case`).
 */
function withoutAmbiguous(patterns: readonly TextPattern[]): TextPattern[] {
  const seen = new Set<string>();
  const typed = patterns.filter((pattern) => !UNTYPED.has(pattern.type));
  return [...typed, ...patterns.filter((pattern) => UNTYPED.has(pattern.type))].filter((pattern) => {
    const literal = literalOf(pattern.source);
    if (seen.has(literal)) return false;
    seen.add(literal);
    return true;
  });
}

function escape(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The literal that every match of a learned pattern begins with. */
function literalOf(source: string): string {
  const body = source.startsWith('\\b') ? source.slice(2) : source;
  const run = /^(.*?)(?:\\d\{|\[0-9A-Za-z\]\{)/.exec(body)?.[1] ?? '';
  return run.replace(/\\(.)/g, '$1');
}

/** Told of each key in a text. */
export type FindKeys = (text: string, found: (type: string, value: string) => void) => void;

/**
 * Compiles patterns to a finder. A pattern's literal is searched first, so that texts without keys cost one scan a pattern; a key must not
 * be part of a longer word or number.
 */
export function compileFinder(patterns: readonly TextPattern[]): FindKeys {
  const finders = patterns
    .map((pattern) => ({ type: pattern.type, literal: literalOf(pattern.source), regex: new RegExp(pattern.source, 'y') }))
    .filter((finder) => finder.literal !== '');
  return (text, found) => {
    for (const { type, literal, regex } of finders) {
      for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
        regex.lastIndex = at;
        const match = regex.exec(text);
        if (match !== null) found(type, match[0]);
      }
    }
  };
}
