import type { EntrySink, Json, JsonObject, Place } from '../../entry.ts';
import { elementRanges, memberAt, valueEnd } from './json-ranges.ts';

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
    const lines = new LineCounter(bytes, place.line);
    return this.#descend({ bytes, value, at: 0, to: bytes.length, step: 0, level: this.#level, context: undefined, place, lines });
  }

  #descend(node: Node): boolean {
    const { bytes, value, at, step, place } = node;
    const spellings = this.#steps[step];
    if (spellings === undefined) {
      const line = node.lines.lineAt(at);
      this.#sink.entry({ kind: 'tree', place: { offset: place.offset + at, length: node.to - at, line }, value, context: node.context });
      return true;
    }
    if (spellings[0] === LIST_STEP) {
      if (!Array.isArray(value)) return this.#descend({ ...node, step: step + 1 });
      this.#elements(node, value, at, step + 1, node.level, node.context);
      return true;
    }
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
    const name = spellings.find((spelling) => Object.hasOwn(value, spelling));
    if (name === undefined) return false;
    const inner = value[name];
    if (inner === undefined || inner === null) return true;
    const from = memberAt(bytes, at, name);
    const level = LEVEL_NAMES[name] ?? name;
    const context = surroundings(node, value, name);
    if (Array.isArray(inner)) this.#elements(node, inner, from, step + 1, level, context);
    else if (typeof inner !== 'object') return false;
    else return this.#descend({ ...node, value: inner, at: from, to: valueEnd(bytes, from), step: step + 1, level, context });
    return true;
  }

  #elements(node: Node, list: readonly Json[], at: number, step: number, level: string, context: JsonObject | undefined): void {
    const ranges = elementRanges(node.bytes, at);
    for (let i = 0; i < list.length; i++) {
      const range = ranges[i]!;
      this.#descend({ ...node, value: list[i]!, at: range.from, to: range.to, step, level, context });
    }
  }
}

interface Node {
  readonly bytes: Buffer;
  readonly value: Json;
  readonly at: number;
  readonly to: number;
  readonly step: number;
  readonly level: string;
  readonly context: JsonObject | undefined;
  readonly place: Place;
  readonly lines: LineCounter;
}

function surroundings(node: Node, value: JsonObject, nested: string): JsonObject | undefined {
  const rest: JsonObject = {};
  let some = false;
  for (const [key, member] of Object.entries(value)) {
    if (key === nested) continue;
    rest[key] = member;
    some = true;
  }
  if (!some || node.level === '') return node.context;
  return { ...node.context, [node.level]: rest };
}

/** Lines of rising positions in one piece of bytes; no byte is looked at twice. */
class LineCounter {
  readonly #bytes: Buffer;
  #feed: number;
  #line: number;

  constructor(bytes: Buffer, line: number) {
    this.#bytes = bytes;
    this.#line = line;
    this.#feed = bytes.indexOf(10);
  }

  lineAt(position: number): number {
    while (this.#feed >= 0 && this.#feed < position) {
      this.#line++;
      this.#feed = this.#bytes.indexOf(10, this.#feed + 1);
    }
    return this.#line;
  }
}
