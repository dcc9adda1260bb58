/** A pattern that cannot be read; `at` is the 0-based character. */
export class PatternError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export type Part =
  | 'year'
  | 'month'
  | 'month-name'
  | 'day'
  | 'ordinal'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'zone'
  | 'weekday';

export type Token =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'space' }
  | { readonly kind: 'part'; readonly part: Part; readonly least: number; readonly most: number }
  | { readonly kind: 'optional'; readonly tokens: readonly Token[] };

const MAX_PATTERN = 100;
const MAX_NESTING = 3;

export interface TimePattern {
  readonly tokens: readonly Token[];
  readonly hasYear: boolean;
}

/**
 * Reads a pattern of dates: the letters of Java's `DateTimeFormatter` and of Unicode LDML (`y M d D H h m s S a E Z X x z`), text in single quotes,
 * optional parts in brackets; any other character stands for itself, a blank for one or more. Numbers
 * may have fewer digits than letters, but not where digits touch (`yyyyMMdd`). Source: Unicode Technical Standard 35, part 4, "Date Format Patterns".
 * @throws PatternError when it cannot be read, or says no day.
 */
export function parsePattern(pattern: string): TimePattern {
  if (pattern.length > MAX_PATTERN) throw new PatternError(`a pattern has at most ${MAX_PATTERN} characters`, MAX_PATTERN);
  const reader = new PatternReader(pattern);
  const tokens = reader.read(0);
  const parts = partsIn(tokens);
  if (!(parts.has('day') && (parts.has('month') || parts.has('month-name'))) && !parts.has('ordinal'))
    throw new PatternError('a pattern needs a month and a day (M and d, or D)', 0);
  if (parts.has('ordinal') && !parts.has('year')) throw new PatternError('the day of a year (D) needs the year (y)', 0);
  if (parts.has('minute') && !parts.has('hour'))
    throw new PatternError('minutes (m) need hours (H or h); months are M', pattern.indexOf('m'));
  return { tokens, hasYear: parts.has('year') };
}

function partsIn(tokens: readonly Token[], into: Set<Part> = new Set()): ReadonlySet<Part> {
  for (const token of tokens) {
    if (token.kind === 'part') into.add(token.part);
    else if (token.kind === 'optional') partsIn(token.tokens, into);
  }
  return into;
}

class PatternReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(depth: number): Token[] {
    const tokens: Token[] = [];
    const open = this.#at - 1;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at]!;
      if (char === ']') {
        if (depth === 0) throw new PatternError('"]" without "["', this.#at);
        this.#at++;
        return tokens;
      }
      if (char === '[') {
        if (depth === MAX_NESTING) throw new PatternError(`brackets nest at most ${MAX_NESTING} deep`, this.#at);
        this.#at++;
        tokens.push({ kind: 'optional', tokens: this.read(depth + 1) });
      } else if (char === "'") literal(tokens, this.#quoted());
      else if (/[A-Za-z]/.test(char)) tokens.push(this.#letters(char));
      else if (char === ' ' || char === '\t') {
        tokens.push({ kind: 'space' });
        this.#at++;
      } else {
        literal(tokens, char);
        this.#at++;
      }
    }
    if (depth > 0) throw new PatternError('"[" without "]"', open);
    return joinDigits(tokens);
  }

  /** `'T'`, `'o''clock'`; two quotes are one. */
  #quoted(): string {
    const open = this.#at++;
    let text = '';
    for (; ; this.#at++) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new PatternError('a quote is not closed', open);
      if (char !== "'") text += char;
      else if (this.#text[this.#at + 1] === "'") {
        text += "'";
        this.#at++;
      } else break;
    }
    this.#at++;
    return text === '' ? "'" : text;
  }

  #letters(letter: string): Token {
    const from = this.#at;
    while (this.#text[this.#at] === letter) this.#at++;
    const count = this.#at - from;
    const part = (name: Part, least: number, most: number): Token => ({ kind: 'part', part: name, least, most });
    switch (letter) {
      case 'y':
      case 'u':
        return count === 2 ? part('year', 2, 2) : part('year', 4, 4);
      case 'M':
      case 'L':
        return count >= 3 ? part('month-name', 3, 12) : part('month', count, 2);
      case 'd':
        return part('day', count, 2);
      case 'D':
        return part('ordinal', count, 3);
      case 'H':
      case 'h':
        return part('hour', count, 2);
      case 'm':
        return part('minute', count, 2);
      case 's':
        return part('second', count, 2);
      case 'S':
      case 'n':
        // Log libraries write more or fewer digits than their pattern says; where digits follow, the pattern counts.
        return part('fraction', count, 9);
      case 'a':
        return part('half', 1, 5);
      case 'E':
        return part('weekday', 2, 12);
      case 'Z':
      case 'X':
      case 'x':
      case 'z':
      case 'O':
        return part('zone', 1, 9);
      default:
        throw new PatternError(`"${letter}" is no letter of a time pattern; text stands in single quotes`, from);
    }
  }
}

function literal(tokens: Token[], text: string): void {
  const last = tokens.at(-1);
  if (last?.kind === 'literal') tokens[tokens.length - 1] = { kind: 'literal', text: last.text + text };
  else tokens.push({ kind: 'literal', text });
}

/** Parts that are digits. */
export const NUMERIC: ReadonlySet<Part> = new Set<Part>(['year', 'month', 'day', 'ordinal', 'hour', 'minute', 'second', 'fraction']);

/** Where digits touch, each number has the digits its letters say: `yyyyMMddHHmm`. */
function joinDigits(tokens: readonly Token[]): Token[] {
  return tokens.map((token, i) => {
    const next = tokens[i + 1];
    if (token.kind !== 'part' || !NUMERIC.has(token.part) || next?.kind !== 'part' || !NUMERIC.has(next.part)) {
      // A single letter reads one digit or two; two letters read a lone digit too, as long as something tells where it ends.
      return token.kind === 'part' && NUMERIC.has(token.part) && token.part !== 'year' && token.part !== 'fraction'
        ? { ...token, least: 1 }
        : token;
    }
    return {
      ...token,
      most: token.part === 'year' ? token.most : Math.max(token.least, token.part === 'ordinal' ? 3 : 2),
      least: token.least,
    };
  });
}
