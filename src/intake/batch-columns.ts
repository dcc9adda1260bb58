/** What every event has once, by row. Texts are indexes into the strings of the batch, ids into its pairs; 0 stands for none. */
export interface RowColumns {
  readonly time: Float64Array;
  readonly end: Float64Array;
  readonly precision: Uint8Array;
  readonly kind: Uint8Array;
  readonly entry: Uint32Array;
  readonly line: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  readonly system: Uint32Array;
  readonly flow: Uint32Array;
  readonly step: Uint32Array;
  readonly status: Uint8Array;
  readonly statusRaw: Uint32Array;
  /** Pairs: executions are identifiers. */
  readonly execution: Uint32Array;
  readonly parentExecution: Uint32Array;
  readonly span: Float64Array;
  readonly parentSpan: Float64Array;
  readonly attempt: Uint16Array;
  readonly error: Uint32Array;
  readonly fingerprint: Float64Array;
  /** `idStart[i]..idStart[i+1]` are the identifiers of event i, as pairs. */
  readonly idStart: Uint32Array;
  readonly attrStart: Uint32Array;
}

/** What events have in any number. */
export interface ListColumns {
  readonly idPair: Uint32Array;
  readonly idPath: Uint32Array;
  readonly attrName: Uint32Array;
  readonly attrText: Uint32Array;
  readonly attrNumber: Float64Array;
}

/** Columns that are being filled. */
export class BatchColumns implements RowColumns {
  readonly time: Float64Array;
  readonly end: Float64Array;
  readonly precision: Uint8Array;
  readonly kind: Uint8Array;
  readonly entry: Uint32Array;
  readonly line: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  readonly system: Uint32Array;
  readonly flow: Uint32Array;
  readonly step: Uint32Array;
  readonly status: Uint8Array;
  readonly statusRaw: Uint32Array;
  readonly execution: Uint32Array;
  readonly parentExecution: Uint32Array;
  readonly span: Float64Array;
  readonly parentSpan: Float64Array;
  readonly attempt: Uint16Array;
  readonly error: Uint32Array;
  readonly fingerprint: Float64Array;
  readonly idStart: Uint32Array;
  readonly attrStart: Uint32Array;
  readonly idPair = new GrowingUint32();
  readonly idPath = new GrowingUint32();
  readonly attrName = new GrowingUint32();
  readonly attrText = new GrowingUint32();
  readonly attrNumber: number[] = [];

  constructor(n: number) {
    this.time = new Float64Array(n);
    this.end = new Float64Array(n);
    this.precision = new Uint8Array(n);
    this.kind = new Uint8Array(n);
    this.entry = new Uint32Array(n);
    this.line = new Uint32Array(n);
    this.offset = new Float64Array(n);
    this.length = new Uint32Array(n);
    this.system = new Uint32Array(n);
    this.flow = new Uint32Array(n);
    this.step = new Uint32Array(n);
    this.status = new Uint8Array(n);
    this.statusRaw = new Uint32Array(n);
    this.execution = new Uint32Array(n);
    this.parentExecution = new Uint32Array(n);
    this.span = new Float64Array(n);
    this.parentSpan = new Float64Array(n);
    this.attempt = new Uint16Array(n);
    this.error = new Uint32Array(n);
    this.fingerprint = new Float64Array(n);
    this.idStart = new Uint32Array(n + 1);
    this.attrStart = new Uint32Array(n + 1);
  }

  /** Adds an identifier to the last row. */
  mention(pair: number, path: number): void {
    this.idPair.push(pair);
    this.idPath.push(path);
  }

  /** Adds an attribute to the last row. */
  attribute(name: number, text: number, number: number): void {
    this.attrName.push(name);
    this.attrText.push(text);
    this.attrNumber.push(number);
  }

  /** The columns, when `count` rows are filled; nothing may be added any more. */
  close(count: number): RowColumns & ListColumns {
    this.idStart[count] = this.idPair.length;
    this.attrStart[count] = this.attrName.length;
    return {
      time: this.time,
      end: this.end,
      precision: this.precision,
      kind: this.kind,
      entry: this.entry,
      line: this.line,
      offset: this.offset,
      length: this.length,
      system: this.system,
      flow: this.flow,
      step: this.step,
      status: this.status,
      statusRaw: this.statusRaw,
      execution: this.execution,
      parentExecution: this.parentExecution,
      span: this.span,
      parentSpan: this.parentSpan,
      attempt: this.attempt,
      error: this.error,
      fingerprint: this.fingerprint,
      idStart: this.idStart,
      attrStart: this.attrStart,
      idPair: this.idPair.take(),
      idPath: this.idPath.take(),
      attrName: this.attrName.take(),
      attrText: this.attrText.take(),
      attrNumber: Float64Array.from(this.attrNumber),
    };
  }
}

/** A list of numbers that grows in place. */
export class GrowingUint32 {
  length = 0;
  #values = new Uint32Array(1024);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** What was collected, in a buffer of its own; the list is empty afterwards. */
  take(): Uint32Array {
    const values = this.#values.slice(0, this.length);
    this.length = 0;
    return values;
  }
}
