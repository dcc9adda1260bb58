import { RE2JS, RE2JSException } from 're2js';

/** A regular expression that cannot be used; the message is one sentence without a full stop. */
export class RegexError extends Error {}

const MAX_PATTERN = 1000;
/** Instructions of the compiled program: each character of the text costs at most so many steps. */
const MAX_PROGRAM = 3000;
/** Longer texts are only looked at up to here. */
const MAX_TEXT = 65_536;
/** Matches taken from one text. */
const MAX_MATCHES = 100;

/** A user's regular expression. One for each source: it keeps a matcher. */
export interface UserRegex {
  /** Names of its groups, in order; empty when it has none. */
  readonly names: readonly string[];
  /** The group `value`, else the first group, else the whole of the first match; undefined when there is none, empty when the group took no part. */
  find(text: string): string | undefined;
  /** The same for every match. */
  findAll(text: string): readonly string[];
  /** The named groups of a match that begins at the beginning of the text and that took part; undefined when there is none. */
  groupsAtStart(text: string): Readonly<Record<string, string>> | undefined;
  /** Whether the text begins with a match. */
  startsWith(text: string): boolean;
}

/**
 * Compiles a regular expression of a user. It runs in time linear in the text (Thompson's construction, as in RE2), so no expression can make an
 * import hang; look-around and back references do not exist there. @throws RegexError when it is too long or cannot be read.
 */
export function compileUserRegex(pattern: string): UserRegex {
  if (pattern.length > MAX_PATTERN) throw new RegexError(`a regular expression has at most ${MAX_PATTERN} characters`);
  const regex = compile(pattern);
  if (regex.programSize() > MAX_PROGRAM) throw new RegexError('the regular expression repeats too much: make its counts smaller');
  const groups = regex.namedGroups();
  const names = Object.keys(groups).toSorted((a, b) => groups[a]! - groups[b]!);
  const wanted = groups['value'] ?? (regex.groupCount() > 0 ? 1 : 0);
  const matcher = regex.matcher('');
  const reset = (text: string): void => {
    matcher.resetMatcherInput(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text);
  };
  return {
    names,
    find(text) {
      reset(text);
      return matcher.find() ? (matcher.group(wanted) ?? '') : undefined;
    },
    findAll(text) {
      reset(text);
      const found: string[] = [];
      while (found.length < MAX_MATCHES && matcher.find()) found.push(matcher.group(wanted) ?? '');
      return found;
    },
    groupsAtStart(text) {
      reset(text);
      if (!matcher.lookingAt()) return undefined;
      const values: Record<string, string> = {};
      for (const name of names) {
        const value = matcher.group(name);
        if (value !== null) values[name] = value;
      }
      return values;
    },
    startsWith(text) {
      reset(text);
      return matcher.lookingAt();
    },
  };
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException)
      throw new RegexError(`not a regular expression: ${error.message.replace(/^error parsing regexp: /, '')}`);
    throw error;
  }
}
