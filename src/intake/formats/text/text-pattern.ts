import { UserError } from '../../../model/errors.ts';
import type { EntrySink, Json, JsonObject } from '../../entry.ts';
import type { Format, FormatOptions } from '../../format.ts';
import { compileUserRegex, RegexError, type UserRegex } from '../../user-regex.ts';
import { type LineSink, readLines } from '../lines.ts';
import { rejection, setMember, textOption } from '../shared.ts';

const MAX_TEXT_ENTRY_BYTES = 1024 * 1024;

/**
 * Text whose lines a user's profile describes by a regular expression with named groups (option `pattern`): a line that it fits begins an entry, whose
 * members are the groups; lines that it does not fit belong to the entry before them, under `rest`. Never recognised: only a profile chooses it.
 */
export const textPattern: Format = {
  id: 'text-pattern',
  title: 'Text log by a pattern of a profile',
  extensions: [],

  sniff() {
    return undefined;
  },

  async read(chunks, options, sink) {
    const reader = new PatternReader(patternOf(options), sink);
    await readLines(chunks, reader, MAX_TEXT_ENTRY_BYTES);
    reader.end();
  },

  header() {
    return undefined;
  },

  parse(bytes, options): Json {
    const [first = '', ...rest] = new TextDecoder().decode(bytes).split(/\r?\n/);
    const groups = patternOf(options).groupsAtStart(first);
    if (groups === undefined) throw new Error('the line does not fit the pattern');
    return valueOf(groups, rest);
  },
};

function patternOf(options: FormatOptions): UserRegex {
  try {
    return compileUserRegex(textOption(options, 'pattern') ?? '');
  } catch (error) {
    if (error instanceof RegexError) throw new UserError('profile-invalid', `the pattern for lines cannot be used: ${error.message}`);
    throw error;
  }
}

function valueOf(groups: Readonly<Record<string, string>>, rest: readonly string[]): JsonObject {
  const value: JsonObject = {};
  for (const [name, text] of Object.entries(groups)) setMember(value, name, text);
  if (rest.length > 0) setMember(value, 'rest', rest.join('\n'));
  return value;
}

interface OpenEntry {
  readonly groups: Readonly<Record<string, string>>;
  readonly rest: string[];
  readonly offset: number;
  readonly line: number;
  /** Offset after its last line that is not blank, without the line end. */
  to: number;
  /** Lines at the end of `rest` that are blank. */
  blank: number;
}

/** Joins lines into entries. */
class PatternReader implements LineSink {
  readonly #pattern: UserRegex;
  readonly #sink: EntrySink;
  #entry: OpenEntry | undefined;

  constructor(pattern: UserRegex, sink: EntrySink) {
    this.#pattern = pattern;
    this.#sink = sink;
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean): void {
    const text = ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
    const to = offset + end - start;
    const groups = this.#pattern.groupsAtStart(text);
    if (groups !== undefined) {
      this.end();
      this.#entry = { groups, rest: [], offset, line, to, blank: 0 };
      return;
    }
    const blank = text.trim() === '';
    const entry = this.#entry;
    if (entry !== undefined && to - entry.offset <= MAX_TEXT_ENTRY_BYTES) {
      entry.rest.push(text);
      if (blank) entry.blank++;
      else {
        entry.blank = 0;
        entry.to = to;
      }
      return;
    }
    if (blank) return;
    const reason =
      entry === undefined ? 'the line does not fit the pattern of the profile' : 'the lines after this entry make it longer than 1 MB';
    const place = { offset, length: end - start, line };
    this.#sink.reject(rejection(place, entry === undefined ? 'malformed' : 'too-long', reason, bytes.subarray(start, end)));
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.end();
    this.#sink.reject(rejection({ offset, length, line }, 'too-long', 'the line is longer than 1 MB', beginning));
  }

  /** Hands the open entry on; to be called after the last line. */
  end(): void {
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry === undefined) return;
    const rest = entry.rest.slice(0, entry.rest.length - entry.blank);
    const place = { offset: entry.offset, length: entry.to - entry.offset, line: entry.line };
    this.#sink.entry({ kind: 'tree', place, value: valueOf(entry.groups, rest), context: undefined });
  }
}
