import type { EntrySink, Json, JsonObject, Place } from '../../entry.ts';
import type { FormatOptions } from '../../format.ts';
import { NestedReader, parseSteps } from './json-nested.ts';
import { type Transform, transformOf } from './json-transform.ts';
import { flagOption, listOption, MAX_DEPTH, rejection, textOption } from '../shared.ts';

/** Gives parsed documents to the sink: as they are or, where the options say `nested`, what stands in those lists. */
export class JsonEntries {
  readonly #what: string;
  readonly #sink: EntrySink;
  readonly #nested: NestedReader | undefined;
  readonly #first: string;
  readonly #frames: boolean;

  /** @param what a document is called where it is refused: `line` or `element`. */
  constructor(what: string, options: FormatOptions, sink: EntrySink) {
    this.#what = what;
    const transform = transformOf(options);
    this.#sink = transform === undefined ? sink : transforming(sink, transform);
    const steps = listOption(options, 'nested');
    this.#first = steps[0]?.split('|')[0] ?? '';
    this.#nested = steps.length > 0 ? new NestedReader(parseSteps(steps), textOption(options, 'level') ?? '', this.#sink) : undefined;
    this.#frames = flagOption(options, 'frames');
  }

  /** The document stands in `bytes` from `start` to `end`. `context` is what stands outside of it and belongs to it. */
  give(value: Json, place: Place, bytes: Buffer, start: number, end: number, context?: JsonObject): void {
    if (this.#nested === undefined) {
      this.#sink.entry({ kind: 'tree', place, value, context });
    } else if (!this.#nested.read(bytes.subarray(start, end), value, place) && !this.#frames) {
      const reason = `the ${this.#what} has no list called ${this.#first}`;
      this.#sink.reject(rejection(place, 'unsupported', reason, bytes.subarray(start, end)));
    }
  }

  refuseDepth(place: Place, bytes: Buffer): void {
    this.#sink.reject(rejection(place, 'too-deep', `the ${this.#what} nests deeper than ${MAX_DEPTH} levels`, bytes));
  }
}

function transforming(sink: EntrySink, transform: Transform): EntrySink {
  return {
    entry: (entry) => sink.entry(entry.kind === 'tree' ? { ...entry, value: transform(entry.value) } : entry),
    reject: (rejection) => sink.reject(rejection),
  };
}
