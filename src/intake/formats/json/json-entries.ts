import type { EntrySink, Json, Place } from '../../entry.ts';
import type { FormatOptions } from '../../format.ts';
import { NestedReader, parseSteps } from './json-nested.ts';
import { listOption, MAX_DEPTH, rejection, textOption } from '../shared.ts';

/** Gives parsed documents to the sink: as they are or, where the options say `nested`, what stands in those lists. */
export class JsonEntries {
  readonly #what: string;
  readonly #sink: EntrySink;
  readonly #nested: NestedReader | undefined;
  readonly #first: string;

  /** @param what a document is called where it is refused: `line` or `element`. */
  constructor(what: string, options: FormatOptions, sink: EntrySink) {
    this.#what = what;
    this.#sink = sink;
    const steps = listOption(options, 'nested');
    this.#first = steps[0]?.split('|')[0] ?? '';
    this.#nested = steps.length > 0 ? new NestedReader(parseSteps(steps), textOption(options, 'level') ?? '', sink) : undefined;
  }

  /** The document stands in `bytes` from `start` to `end`. */
  give(value: Json, place: Place, bytes: Buffer, start: number, end: number): void {
    if (this.#nested === undefined) {
      this.#sink.entry({ kind: 'tree', place, value, context: undefined });
    } else if (!this.#nested.read(bytes.subarray(start, end), value, place)) {
      const reason = `the ${this.#what} has no list called ${this.#first}`;
      this.#sink.reject(rejection(place, 'unsupported', reason, bytes.subarray(start, end)));
    }
  }

  refuseDepth(place: Place, bytes: Buffer): void {
    this.#sink.reject(rejection(place, 'too-deep', `the ${this.#what} nests deeper than ${MAX_DEPTH} levels`, bytes));
  }
}
