import type { EntrySink, Json, JsonObject, RejectCode } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { parseJson, syntaxReason, tooDeep } from '../json/json-value.ts';
import { MAX_DEPTH, rejection } from '../shared.ts';
import { ObjectTypes } from './object-types.ts';
import { OcelJsonSplitter, type OcelSection } from './ocel-json-splitter.ts';
import { fromJson1, fromJson2 } from './ocel-value.ts';

const VERSION_1 = /"ocel:(?:global-log|global-event|global-object|events|objects)"\s{0,100}:/;
const DECLARES = /"(?:objectTypes|eventTypes)"\s{0,100}:\s{0,100}\[/g;
const LISTS = /"(?:objects|events)"\s{0,100}:\s{0,100}\[/;
const RELATES = /"relationships"\s{0,100}:\s{0,100}\[\s{0,100}\{\s{0,100}"(?:objectId|qualifier)"/;

/** Object-centric event logs in JSON, OCEL 1.0 and 2.0. Each event and each object is an entry; see `ocel-value.ts` for its shape. */
export const ocelJson: Format = {
  id: 'ocel-json',
  title: 'OCEL in JSON',
  extensions: ['jsonocel'],

  sniff(head: Head): Detection | undefined {
    if (!/^\s*\{/.test(head.text.slice(0, 1024))) return undefined;
    if (VERSION_1.test(head.text)) return found('1.0', 'the keys of OCEL 1.0');
    const declared = new Set(Array.from(head.text.matchAll(DECLARES), (match) => match[0].slice(1, 6))).size;
    const lists = LISTS.test(head.text);
    if (declared === 2 || (declared === 1 && lists)) return found('2.0', 'the object and event types of OCEL 2.0');
    return lists && RELATES.test(head.text) ? found('2.0', 'events with qualified relations to objects, as in OCEL 2.0') : undefined;
  },

  async read(chunks, _options, sink, again) {
    const types = new ObjectTypes();
    if (again !== undefined) {
      const first = new OcelJsonSplitter(new TypeReader(types), (section) => section === 'objects');
      for await (const chunk of again()) first.push(chunk);
      first.end();
      types.finish();
    }
    const splitter = new OcelJsonSplitter(new Entries(types, sink));
    for await (const chunk of chunks) splitter.push(chunk);
    splitter.end();
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    const entry = entryOf(new TextDecoder().decode(bytes));
    if (entry === undefined) throw new Error('the bytes are neither an event nor an object');
    return entry;
  },
};

function found(version: string, reason: string): Detection {
  return { confidence: 0.99, reason: `OCEL: ${reason}`, options: { version } };
}

/** `{…}` of a list, or `"id": {…}` of a map. */
function entryOf(text: string): JsonObject | undefined {
  if (!text.startsWith('"')) return fromJson2(parseJson(text, true));
  const member = parseJson(`{${text}}`, true);
  return fromJson1(member as JsonObject);
}

class TypeReader {
  readonly #types: ObjectTypes;

  constructor(types: ObjectTypes) {
    this.#types = types;
  }

  element(_section: OcelSection, bytes: Buffer): void {
    const text = bytes.toString();
    if (tooDeep(text)) return;
    try {
      this.#types.add(entryOf(text));
    } catch {
      // What is damaged is told when the entries are read.
      return;
    }
  }

  damaged(): void {
    // As above.
  }
}

class Entries {
  readonly #types: ObjectTypes;
  readonly #sink: EntrySink;

  constructor(types: ObjectTypes, sink: EntrySink) {
    this.#types = types;
    this.#sink = sink;
  }

  element(section: OcelSection, bytes: Buffer, offset: number, line: number): void {
    const place = { offset, length: bytes.length, line };
    const text = bytes.toString();
    if (tooDeep(text)) {
      this.#sink.reject(rejection(place, 'too-deep', `the entry nests deeper than ${MAX_DEPTH} levels`, bytes));
      return;
    }
    let value: JsonObject | undefined;
    try {
      value = entryOf(text);
    } catch (error) {
      this.#sink.reject(rejection(place, 'malformed', `not valid JSON: ${syntaxReason(error)}`, bytes));
      return;
    }
    if (value === undefined) {
      this.#sink.reject(rejection(place, 'unsupported', `an entry of ${section} has no id`, bytes));
      return;
    }
    this.#types.add(value);
    this.#sink.entry({ kind: 'tree', place, value, context: this.#types.contextOf(value) });
  }

  damaged(code: RejectCode, reason: string, beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, code, reason, beginning));
  }
}
