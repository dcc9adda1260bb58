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
  /** Each identifier of the batch once, as type and value in its strings; the first one stands for none. */
  readonly pairType: Uint32Array;
  readonly pairValue: Uint32Array;
  /** `hash52` of the value. */
  readonly pairHash: Float64Array;
}

/**
 * Columns that are being filled. They are shared memory, so that another thread reads them without a copy, and are used again for another batch when
 * it has: new ones for each were what made V8 collect garbage most often, and the system clear pages.
 */
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
  readonly attrNumber = new GrowingFloat64();
  readonly pairType = new GrowingUint32();
  readonly pairValue = new GrowingUint32();
  readonly pairHash = new GrowingFloat64();

  constructor(n: number) {
    this.time = new Float64Array(shared(8 * n));
    this.end = new Float64Array(shared(8 * n));
    this.precision = new Uint8Array(shared(n));
    this.kind = new Uint8Array(shared(n));
    this.entry = new Uint32Array(shared(4 * n));
    this.line = new Uint32Array(shared(4 * n));
    this.offset = new Float64Array(shared(8 * n));
    this.length = new Uint32Array(shared(4 * n));
    this.system = new Uint32Array(shared(4 * n));
    this.flow = new Uint32Array(shared(4 * n));
    this.step = new Uint32Array(shared(4 * n));
    this.status = new Uint8Array(shared(n));
    this.statusRaw = new Uint32Array(shared(4 * n));
    this.execution = new Uint32Array(shared(4 * n));
    this.parentExecution = new Uint32Array(shared(4 * n));
    this.span = new Float64Array(shared(8 * n));
    this.parentSpan = new Float64Array(shared(8 * n));
    this.attempt = new Uint16Array(shared(2 * n));
    this.error = new Uint32Array(shared(4 * n));
    this.fingerprint = new Float64Array(shared(8 * n));
    this.idStart = new Uint32Array(shared(4 * (n + 1)));
    this.attrStart = new Uint32Array(shared(4 * (n + 1)));
  }

  /** Adds an identifier of the batch. Returns its number. */
  pair(type: number, value: number, hash: number): number {
    this.pairType.push(type);
    this.pairValue.push(value);
    this.pairHash.push(hash);
    return this.pairType.length - 1;
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
      attrNumber: this.attrNumber.take(),
      pairType: this.pairType.take(),
      pairValue: this.pairValue.take(),
      pairHash: this.pairHash.take(),
    };
  }
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

/** A list of numbers in shared memory that grows in place. */
export class GrowingUint32 {
  length = 0;
  #values = new Uint32Array(shared(4 * 1024));

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(shared(8 * this.length));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** What was collected, as a view that is good until the next `push`; the list is empty afterwards. */
  take(): Uint32Array {
    const values = this.#values.subarray(0, this.length);
    this.length = 0;
    return values;
  }
}

/** As `GrowingUint32`. */
export class GrowingFloat64 {
  length = 0;
  #values = new Float64Array(shared(8 * 1024));

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(shared(16 * this.length));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  take(): Float64Array {
    const values = this.#values.subarray(0, this.length);
    this.length = 0;
    return values;
  }
}
