import type { EventKind } from '../model/event.ts';
import type { Status } from '../model/status.ts';
import type { Precision } from '../model/time.ts';

/**
 * The event that a mapper is filling in. One object is used for a whole source: `reset()` clears it, the mapper sets
 * what the entry says, the batch builder copies it into columns. Lists are parallel arrays, for speed.
 * Empty strings mean "not said".
 */
export class Draft {
  /** Microseconds; NaN when the entry has no time. */
  time = Number.NaN;
  /** Microseconds; NaN when not said. A mapper that knows a duration sets `end = time + duration`. */
  end = Number.NaN;
  precision: Precision = 'second';
  kind: EventKind = 'step';
  system = '';
  flow = '';
  step = '';
  status: Status = 'unknown';
  statusRaw = '';
  executionType = '';
  execution = '';
  parentExecution = '';
  span = '';
  parentSpan = '';
  /** 0: not said. */
  attempt = 0;
  /** The entry's number in an order that the source declares (event id, sequence number); NaN: the order of the file. Decides between equal times. */
  sequence = Number.NaN;
  error = '';
  readonly idTypes: string[] = [];
  readonly idValues: string[] = [];
  /** The field path an identifier was found under, or `text` for one found in free text. */
  readonly idPaths: string[] = [];
  readonly attrNames: string[] = [];
  /** Canonical text of the value. */
  readonly attrTexts: string[] = [];
  /** NaN when the value is not a number. */
  readonly attrNumbers: number[] = [];

  reset(): void {
    this.time = Number.NaN;
    this.end = Number.NaN;
    this.precision = 'second';
    this.kind = 'step';
    this.system = '';
    this.flow = '';
    this.step = '';
    this.status = 'unknown';
    this.statusRaw = '';
    this.executionType = '';
    this.execution = '';
    this.parentExecution = '';
    this.span = '';
    this.parentSpan = '';
    this.attempt = 0;
    this.sequence = Number.NaN;
    this.error = '';
    // Popping is inlined by the compiler and keeps the arrays' room; setting `length` is a call each and gives the room back.
    while (this.idTypes.length > 0) {
      this.idTypes.pop();
      this.idValues.pop();
      this.idPaths.pop();
    }
    while (this.attrNames.length > 0) {
      this.attrNames.pop();
      this.attrTexts.pop();
      this.attrNumbers.pop();
    }
  }

  /** Adds an identifier unless this entry already named it. Empty values are ignored. */
  identifier(type: string, value: string, path: string): void {
    if (value === '') return;
    for (let i = 0; i < this.idValues.length; i++) {
      if (this.idValues[i] === value && this.idTypes[i] === type) return;
    }
    this.idTypes.push(type);
    this.idValues.push(value);
    this.idPaths.push(path);
  }

  attribute(name: string, text: string, number: number): void {
    if (text === '' && Number.isNaN(number)) return;
    this.attrNames.push(name);
    this.attrTexts.push(text);
    this.attrNumbers.push(number);
  }
}
