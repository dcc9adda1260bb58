import type { EntrySink, Json } from '../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../format.ts';
import { NestedReader, parseSteps } from './json-nested.ts';
import { shapeOfLine } from './json-shape.ts';
import { mayHoldLongIntegers, parseJson, syntaxReason, tooDeep } from './json-value.ts';
import { type LineSink, readLines } from './lines.ts';
import { extensionOf, listOption, MAX_DEPTH, MAX_ENTRY_BYTES, rejection, textOption } from './shared.ts';

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
      reason: broken === 0 ? `each of the first ${values.length} lines is a JSON document` : `${values.length} of the first ${lines.length} lines are JSON documents`,
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
  readonly #nested: NestedReader | undefined;
  readonly #first: string;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    const steps = listOption(options, 'nested');
    this.#first = steps[0]?.split('|')[0] ?? '';
    this.#nested = steps.length > 0 ? new NestedReader(parseSteps(steps), textOption(options, 'level') ?? '', sink) : undefined;
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
    if (tooDeep(text)) {
      this.#sink.reject(rejection(place, 'too-deep', `the line nests deeper than ${MAX_DEPTH} levels`, bytes.subarray(start, end)));
    } else if (this.#nested === undefined) {
      this.#sink.entry({ kind: 'tree', place, value, context: undefined });
    } else if (!this.#nested.read(bytes.subarray(start, end), value, place)) {
      this.#sink.reject(rejection(place, 'unsupported', `the line has no list called ${this.#first}`, bytes.subarray(start, end)));
    }
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
