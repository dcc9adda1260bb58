import { isAscii } from 'node:buffer';
import type { EntrySink, Json, RejectCode } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { JsonEntries } from './json-entries.ts';
import { parseSteps } from './json-nested.ts';
import { parsePrefix, parseSoundPrefix } from './json-prefix.ts';
import { type JsonShape, shapeOf } from './json-shape.ts';
import { type ElementSink, JsonSplitter } from './json-splitter.ts';
import { transformOf } from './json-transform.ts';
import { parseJson, syntaxReason, tooDeep } from './json-value.ts';
import { extensionOf, flagOption, listOption, rejection } from '../shared.ts';

/**
 * JSON documents: a list, a list inside an envelope, nested lists (OpenTelemetry, Jaeger), one object, or several documents one after
 * the other, with or without record separators (RFC 7464). Options: `root` keys to the list, `whole` the document is the element,
 * `nested` lists inside the element, `level` the outer element's name in the context, `frames` elements without the nested list are
 * passed over; `columns`, `pairs` and `extended` as in `json-transform.ts`.
 */
export const json: Format = {
  id: 'json',
  title: 'JSON',
  extensions: ['json', 'jsonocel'],

  sniff(head: Head): Detection | undefined {
    const prefix = parsePrefix(head.text);
    if (prefix === undefined) return sniffDamaged(head);
    if (prefix.open > 0 && head.complete && isEmpty(prefix.value)) return undefined;
    const shape = shapeOf(prefix.value, prefix.open);
    return { confidence: 0.95, reason: `JSON: ${shape.reason}`, options: optionsOf(shape) };
  },

  async read(chunks, options, sink) {
    const keys = parseSteps(listOption(options, 'root'));
    const whole = flagOption(options, 'whole');
    const splitter = new JsonSplitter({ keys: whole ? [] : keys, whole }, new JsonElements(options, sink));
    for await (const chunk of chunks) splitter.push(chunk);
    splitter.end();
  },

  header() {
    return undefined;
  },

  parse(bytes, options): Json {
    const value = parseJson(new TextDecoder().decode(bytes), true);
    return transformOf(options)?.(value) ?? value;
  },
};

/** Parses elements and gives them, or what is nested in them, to the sink. */
class JsonElements implements ElementSink {
  readonly #sink: EntrySink;
  readonly #entries: JsonEntries;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    this.#entries = new JsonEntries('element', options, sink);
  }

  element(bytes: Buffer, offset: number, line: number): void {
    const place = { offset, length: bytes.length, line };
    const text = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString();
    if (tooDeep(text)) {
      this.#entries.refuseDepth(place, bytes);
      return;
    }
    let value: Json;
    try {
      value = parseJson(text, true);
    } catch (error) {
      this.#sink.reject(rejection(place, 'malformed', `not valid JSON: ${syntaxReason(error)}`, bytes));
      return;
    }
    this.#entries.give(value, place, bytes, 0, bytes.length);
  }

  damaged(code: RejectCode, reason: string, bytes: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, code, reason, bytes));
  }
}

function optionsOf(shape: JsonShape): FormatOptions {
  return { root: [...shape.root], whole: shape.whole, nested: [...shape.nested], level: shape.level, ...shape.extra };
}

/** A file that says it is JSON and begins like it, but is broken near the beginning: what stands before the damage shows the shape. */
function sniffDamaged(head: Head): Detection | undefined {
  const match = /^\s*(?:(\[)\s*[{[]|\{\s*")/.exec(head.text.slice(0, 4096));
  if (match === null) return undefined;
  const named = json.extensions.includes(extensionOf(head.name));
  const sound = parseSoundPrefix(head.text);
  const shape = sound === undefined ? undefined : shapeOf(sound.value, sound.open);
  const unknown = { root: [], whole: match[1] === undefined, nested: [], level: '' };
  return {
    confidence: named ? 0.6 : 0.3,
    reason: 'begins like JSON, but is damaged in what was looked at',
    options: shape === undefined || (shape.whole && match[1] !== undefined) ? unknown : optionsOf(shape),
  };
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
