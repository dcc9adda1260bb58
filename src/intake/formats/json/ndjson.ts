import type { EntrySink, Json } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { JsonEntries } from './json-entries.ts';
import { shapeOfLine } from './json-shape.ts';
import { mayHoldLongIntegers, parseJson, syntaxReason, tooDeep } from './json-value.ts';
import { type LineSink, readLines } from '../lines.ts';
import { extensionOf, MAX_ENTRY_BYTES, rejection } from '../shared.ts';

/** JSON lines: one document a line. A line that is not one is rejected and the next is read. Options: `nested`, `level` as in `json`. */
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
    const { nested, level } = shapeOfLine(values[0]!);
    return {
      confidence: named ? 0.99 : 0.97,
      reason:
        broken === 0
          ? `each of the first ${values.length} lines is a JSON document`
          : `${values.length} of the first ${lines.length} lines are JSON documents`,
      options: { nested: [...nested], level },
    };
  },

  async read(chunks, options, sink) {
    await readLines(chunks, new JsonLines(options, sink), MAX_ENTRY_BYTES);
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    return parseJson(new TextDecoder().decode(bytes), true);
  },
};

class JsonLines implements LineSink {
  readonly #sink: EntrySink;
  readonly #entries: JsonEntries;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    this.#entries = new JsonEntries('line', options, sink);
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean, terminated: boolean): void {
    // Decoding ASCII as latin1 is a copy; UTF-8 would look at every byte first.
    const text = ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
    let value: Json;
    try {
      value = mayHoldLongIntegers(text) ? parseJson(text, true) : (JSON.parse(text) as Json);
    } catch (error) {
      this.#broken(text, { offset, length: end - start, line }, bytes.subarray(start, end), terminated, error);
      return;
    }
    const place = { offset, length: end - start, line };
    if (tooDeep(text)) this.#entries.refuseDepth(place, bytes.subarray(start, end));
    else this.#entries.give(value, place, bytes, start, end);
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, 'too-long', `the line has more than ${MAX_ENTRY_BYTES} bytes`, beginning));
  }

  #broken(text: string, place: { offset: number; length: number; line: number }, bytes: Buffer, terminated: boolean, error: unknown): void {
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

/** The first 50 lines that are not blank; a last one that may be cut is left out. */
function wholeLines(head: Head): string[] {
  const lines = head.text.split('\n', 200);
  const cut = !head.complete && lines.length < 200;
  if (cut) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, 50);
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
