import type { EntrySink, Json, JsonObject, Place } from '../../entry.ts';
import { valueEnd, walkElements, walkMembers } from './json-ranges.ts';

/** A step of a nested path: the spellings of a key, or `*` for an element that is itself a list. */
export type NestedStep = readonly string[];

export const LIST_STEP = '*';

/** `a|b` → the spellings `a` and `b`. */
export function parseSteps(texts: readonly string[]): NestedStep[] {
  return texts.map((text) => text.split('|'));
}

/** Old, plural and snake_case names of levels, so that the context has one name for one thing. */
const LEVEL_NAMES: { readonly [key: string]: string } = {
  hits: 'hit',
  resource_spans: 'resourceSpans',
  resource_logs: 'resourceLogs',
  scope_spans: 'scopeSpans',
  scope_logs: 'scopeLogs',
  instrumentationLibrarySpans: 'scopeSpans',
  instrumentationLibraryLogs: 'scopeLogs',
  instrumentation_library_spans: 'scopeSpans',
  instrumentation_library_logs: 'scopeLogs',
};

/**
 * Gives out the innermost elements of nested lists, each with its own place and with what surrounds it: for every enclosing object, under
 * its level's name, its members without the nested list.
 */
export class NestedReader {
  readonly #steps: readonly NestedStep[];
  readonly #level: string;
  readonly #sink: EntrySink;

  /** @param level name of the outermost object in the context; empty leaves it out. */
  constructor(steps: readonly NestedStep[], level: string, sink: EntrySink) {
    this.#steps = steps;
    this.#level = LEVEL_NAMES[level] ?? level;
    this.#sink = sink;
  }

  /**
   * @param bytes the outer element, from which `value` was parsed.
   * @param place of the outer element in the stream.
   * @returns whether the outer element has the first nested list.
   */
  read(bytes: Buffer, value: Json, place: Place): boolean {
    const places = new Places(bytes, this.#steps, place);
    places.find(value);
    return this.#give(value, 0, this.#level, undefined, places);
  }

  #give(value: Json, step: number, level: string, context: JsonObject | undefined, places: Places): boolean {
    const spellings = this.#steps[step];
    if (spellings === undefined) {
      this.#sink.entry({ kind: 'tree', place: places.next(), value, context });
      return true;
    }
    if (spellings[0] === LIST_STEP) {
      if (!Array.isArray(value)) return this.#give(value, step + 1, level, context, places);
      for (const element of value) this.#give(element, step + 1, level, context, places);
      return true;
    }
    const name = nameOf(value, spellings);
    if (name === undefined) return false;
    const object = value as JsonObject;
    const inner = object[name];
    if (inner === undefined || inner === null) return true;
    const within = surroundings(object, name, level, context);
    const innerLevel = LEVEL_NAMES[name] ?? name;
    if (Array.isArray(inner)) for (const element of inner) this.#give(element, step + 1, innerLevel, within, places);
    else if (typeof inner !== 'object') return false;
    else return this.#give(inner, step + 1, innerLevel, within, places);
    return true;
  }
}

/** The spelling under which an object has the nested list. */
function nameOf(value: Json, spellings: NestedStep): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return spellings.find((spelling) => Object.hasOwn(value, spelling));
}

/** Where the innermost elements stand, in one pass over the bytes. */
class Places {
  readonly #bytes: Buffer;
  readonly #steps: readonly NestedStep[];
  readonly #place: Place;
  /** Beginning and end of each, in order. */
  readonly #found: number[] = [];
  #given = 0;
  #line: number;
  #feed: number;

  constructor(bytes: Buffer, steps: readonly NestedStep[], place: Place) {
    this.#bytes = bytes;
    this.#steps = steps;
    this.#place = place;
    this.#line = place.line;
    this.#feed = bytes.indexOf(10);
  }

  find(value: Json): void {
    this.#walk(value, 0, 0);
  }

  /** The place of the next element in the stream. */
  next(): Place {
    const from = this.#found[this.#given++]!;
    const to = this.#found[this.#given++]!;
    while (this.#feed >= 0 && this.#feed < from) {
      this.#line++;
      this.#feed = this.#bytes.indexOf(10, this.#feed + 1);
    }
    return { offset: this.#place.offset + from, length: to - from, line: this.#line };
  }

  /** Goes through the value that begins at `at`, as it is given out later. Returns the offset after it. */
  #walk(value: Json | undefined, at: number, step: number): number {
    const spellings = this.#steps[step];
    if (spellings === undefined) {
      const to = valueEnd(this.#bytes, at);
      this.#found.push(at, to);
      return to;
    }
    if (value === undefined) return valueEnd(this.#bytes, at);
    if (spellings[0] === LIST_STEP) return Array.isArray(value) ? this.#elements(value, at, step) : this.#walk(value, at, step + 1);
    const name = nameOf(value, spellings);
    const inner = name === undefined ? undefined : (value as JsonObject)[name];
    if (name === undefined || inner === undefined || inner === null || typeof inner !== 'object') return valueEnd(this.#bytes, at);
    const before = this.#found.length;
    return walkMembers(this.#bytes, at, name, (from) => {
      // Of a repeated key the last one counts, as in `JSON.parse`.
      this.#found.length = before;
      return Array.isArray(inner) ? this.#elements(inner, from, step) : this.#walk(inner, from, step + 1);
    });
  }

  #elements(list: readonly Json[], at: number, step: number): number {
    let i = 0;
    return walkElements(this.#bytes, at, (from) => this.#walk(list[i++], from, step + 1));
  }
}

function surroundings(value: JsonObject, nested: string, level: string, context: JsonObject | undefined): JsonObject | undefined {
  const rest: JsonObject = {};
  let some = false;
  for (const [key, member] of Object.entries(value)) {
    if (key === nested) continue;
    rest[key] = member;
    some = true;
  }
  if (!some || level === '') return context;
  return { ...context, [level]: rest };
}
