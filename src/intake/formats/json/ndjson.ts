import type { EntrySink, Json, JsonObject, Place } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { bulkAction } from './json-element.ts';
import { JsonEntries } from './json-entries.ts';
import { beginningOf } from './json-prefix.ts';
import { shapeOfLine } from './json-shape.ts';
import { transformOf, transformOptions } from './json-transform.ts';
import { LineShapes } from './line-shapes.ts';
import { mayHoldLongIntegers, parseJson, syntaxReason, tooDeep } from './json-value.ts';
import { type LineSink, readLines } from '../lines.ts';
import { extensionOf, flagOption, listOption, MAX_ENTRY_BYTES, rejection } from '../shared.ts';

/**
 * JSON lines: one document a line. A line that is not one is rejected and the next is read. Options: `nested`, `level`, `frames`, `columns`,
 * `pairs`, `extended` as in `json`; `bulk`: a line of Elasticsearch's bulk body says what is done with the document in the next one.
 */
export const ndjson: Format = {
  id: 'ndjson',
  title: 'JSON lines',
  extensions: ['ndjson', 'jsonl', 'ldjson'],

  sniff(head: Head): Detection | undefined {
    const lines = wholeLines(head);
    const values: Json[] = [];
    let broken = 0;
    for (const line of lines) {
      const value = tryParse(line);
      if (value === undefined) broken++;
      else values.push(value);
    }
    if (values.length === 0 || broken > values.length) return undefined;
    const named = ndjson.extensions.includes(extensionOf(head.name));
    if (lines.length < 2 && !named) return undefined;
    const options = optionsOf(values);
    return {
      confidence: named ? 0.99 : 0.97,
      reason:
        broken === 0
          ? `each of the first ${values.length} lines is a JSON document`
          : `${values.length} of the first ${lines.length} lines are JSON documents`,
      options,
    };
  },

  async read(chunks, options, sink) {
    await readLines(chunks, new JsonLines(options, sink), MAX_ENTRY_BYTES);
  },

  header() {
    return undefined;
  },

  parse(bytes, options): Json {
    const value = parseJson(new TextDecoder().decode(bytes), true);
    return transformOf(options)?.(value) ?? value;
  },
};

function optionsOf(values: readonly Json[]): FormatOptions {
  if (bulkAction(values[0]!) !== undefined) {
    const documents = values.filter((value) => bulkAction(value) === undefined);
    return { nested: [], level: '', bulk: true, ...transformOptions(documents, undefined) };
  }
  const { nested, level, extra } = shapeOfLine(values[0]!);
  const options = nested.length > 0 ? extra : transformOptions(values, undefined);
  return { nested: [...nested], level, ...options };
}

const OPEN_OBJECT = 123;
const RECORD_SEPARATOR = 30;

class JsonLines implements LineSink {
  readonly #sink: EntrySink;
  readonly #entries: JsonEntries;
  readonly #bulk: boolean;
  /** Where the sink takes lines without their being parsed. */
  readonly #shapes: LineShapes | undefined;
  /** What the last line said about the document in the next one. */
  #action: JsonObject | undefined;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    this.#bulk = flagOption(options, 'bulk');
    this.#entries = new JsonEntries('line', options, sink);
    const plain = transformOf(options) === undefined && listOption(options, 'nested').length === 0 && !this.#bulk;
    this.#shapes = plain && sink.spans !== undefined ? new LineShapes() : undefined;
  }

  line(bytes: Buffer, from: number, end: number, lineOffset: number, line: number, ascii: boolean, terminated: boolean): void {
    const start = bytes[from] === OPEN_OBJECT ? from : skipMarks(bytes, from, end);
    const offset = lineOffset + start - from;
    const place = { offset, length: end - start, line };
    const shapes = this.#shapes;
    if (shapes?.read(bytes, start, end, ascii) === true && this.#sink.spans!(shapes.spans, place)) return;
    // Decoding ASCII as latin1 is a copy; UTF-8 would look at every byte first.
    const text = ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
    let value: Json;
    try {
      value = mayHoldLongIntegers(text) ? parseJson(text, true) : (JSON.parse(text) as Json);
    } catch (error) {
      this.#action = undefined;
      this.#broken(text, place, bytes.subarray(start, end), terminated, error);
      return;
    }
    if (shapes?.learns === true) shapes.learn(bytes, start, end);
    if (tooDeep(text)) {
      this.#action = undefined;
      this.#entries.refuseDepth(place, bytes.subarray(start, end));
    } else if (this.#bulk) {
      this.#giveBulk(value, place, bytes, start, end);
    } else {
      this.#entries.give(value, place, bytes, start, end);
    }
  }

  /** An action waits for its document; a deletion has none. */
  #giveBulk(value: Json, place: Place, bytes: Buffer, start: number, end: number): void {
    const action = this.#action === undefined ? bulkAction(value) : undefined;
    if (action === undefined) {
      this.#entries.give(value, place, bytes, start, end, this.#action);
      this.#action = undefined;
    } else if (action.action !== 'delete') {
      this.#action = { bulk: action.about };
    }
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, 'too-long', `the line has more than ${MAX_ENTRY_BYTES} bytes`, beginning));
  }

  #broken(text: string, place: Place, bytes: Buffer, terminated: boolean, error: unknown): void {
    const first = text.trimStart()[0];
    if (first === undefined) return;
    const opens = first === '{' || first === '[';
    if (opens && !terminated) {
      this.#sink.reject(rejection(place, 'truncated', 'the file ends inside this line', bytes));
    } else {
      const reason = opens ? `not valid JSON: ${syntaxReason(error)}` : 'plain text between JSON lines';
      this.#sink.reject(rejection(place, 'malformed', reason, bytes));
    }
  }
}

/** After the record separator (RFC 7464) and the byte order marks that a line may begin with. */
function skipMarks(bytes: Buffer, from: number, end: number): number {
  let at = from;
  for (;;) {
    if (bytes[at] === RECORD_SEPARATOR && at < end) at++;
    else if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf && at + 3 <= end) at += 3;
    else return at;
  }
}

/** The first 50 lines that are not blank; a last one that may be cut is left out. */
function wholeLines(head: Head): string[] {
  const lines = head.text.split('\n', 200);
  const cut = !head.complete && lines.length < 200;
  if (cut) lines.pop();
  return lines
    .map((line) => line.slice(beginningOf(line)))
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
}

function tryParse(line: string): Json | undefined {
  const first = line.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    return parseJson(line, true);
  } catch {
    // Counted by the caller.
    return undefined;
  }
}
