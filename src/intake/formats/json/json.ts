import { isAscii } from 'node:buffer';
import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import type { HeadedSink } from '../list-heads.ts';
import { readHeadedJson } from './json-heads.ts';
import { JsonEntries } from './json-entries.ts';
import { parseSteps } from './json-nested.ts';
import { parsePrefix, parseSoundPrefix } from './json-prefix.ts';
import { type JsonShape, shapeOf } from './json-shape.ts';
import { ANY_KEY, type ElementPath } from './json-elements.ts';
import { JsonSplitter } from './json-splitter.ts';
import { transformOf } from './json-transform.ts';
import { parseJson, syntaxReason, tooDeep } from './json-value.ts';
import { extensionOf, flagOption, listOption, rejection } from '../shared.ts';

/**
 * JSON documents: a list, a list inside an envelope, nested lists (OpenTelemetry, Jaeger), one object, or several documents one after
 * the other, with or without record separators (RFC 7464). Where what stands around a list makes the document a thing of its own (`orderId`), its elements have it as
 * their context, wherever it stands. Options: `root` keys to the list, `whole` the document is the element,
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

  async read(chunks, options, sink, again) {
    const whole = flagOption(options, 'whole');
    const path: ElementPath = { keys: whole ? [] : parseSteps(listOption(options, 'root')), whole };
    const elements = new JsonElements(options, sink);
    if (hasHead(path, options)) {
      await readHeadedJson(chunks, path, elements, sink, again);
      return;
    }
    const splitter = new JsonSplitter(path, elements);
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

/** Whether what stands around the list may belong to its elements: not where they are taken apart, or the list is one of many. */
function hasHead({ keys, whole }: ElementPath, options: FormatOptions): boolean {
  return !whole && keys.length > 0 && listOption(options, 'nested').length === 0 && !keys.some(([key]) => key === ANY_KEY);
}

/** Parses elements and gives them, or what is nested in them, to the sink. */
class JsonElements implements HeadedSink {
  readonly #sink: EntrySink;
  readonly #entries: JsonEntries;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    this.#entries = new JsonEntries('element', options, sink);
  }

  element(bytes: Buffer, offset: number, line: number, context?: JsonObject): void {
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
    this.#entries.give(value, place, bytes, 0, bytes.length, context);
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
