import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColumnEncoder, decodeColumns, sliceColumns, type ColumnBatch } from './column-batch.ts';

/** One for all: what a batch leaves behind must not be seen in the next. */
const encoder = new ColumnEncoder();

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const f64 = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -(2 ** 52), max: 2 ** 52 }), fc.double());

/** Events with any number of identifiers and attributes each. */
const batch: fc.Arbitrary<ColumnBatch> = fc
  .array(
    fc.record({
      f: fc.array(f64, { minLength: 6, maxLength: 6 }),
      u: fc.array(u32, { minLength: 10, maxLength: 10 }),
      attempt: fc.integer({ min: 0, max: 0xffff }),
      status: fc.integer({ min: 0, max: 255 }),
      kind: fc.integer({ min: 0, max: 255 }),
      ids: fc.array(fc.tuple(u32, u32), { maxLength: 4 }),
      attrs: fc.array(fc.tuple(u32, u32, f64), { maxLength: 4 }),
    }),
    { maxLength: 40 },
  )
  .map((events) => {
    const starts = (sizes: readonly number[]): Uint32Array => {
      const start = new Uint32Array(sizes.length + 1);
      sizes.forEach((size, i) => (start[i + 1] = start[i]! + size));
      return start;
    };
    const wide = (k: number): Float64Array => Float64Array.from(events, (event) => event.f[k]!);
    const words = (k: number): Uint32Array => Uint32Array.from(events, (event) => event.u[k]!);
    const attrs = events.flatMap((event) => event.attrs);
    const ids = events.flatMap((event) => event.ids);
    return {
      count: events.length,
      firstEvent: 17,
      source: 3,
      time: wide(0),
      end: wide(1),
      span: wide(2),
      parentSpan: wide(3),
      fingerprint: wide(4),
      offset: wide(5),
      attrNumber: Float64Array.from(attrs, ([, , number]) => number),
      entry: words(0),
      system: words(1),
      flow: words(2),
      step: words(3),
      statusRaw: words(4),
      execution: words(5),
      parentExecution: words(6),
      error: words(7),
      line: words(8),
      length: words(9),
      idStart: starts(events.map((event) => event.ids.length)),
      identifier: Uint32Array.from(ids, ([id]) => id),
      idPath: Uint32Array.from(ids, ([, path]) => path),
      attrStart: starts(events.map((event) => event.attrs.length)),
      attrName: Uint32Array.from(attrs, ([name]) => name),
      attrText: Uint32Array.from(attrs, ([, text]) => text),
      attempt: Uint16Array.from(events, (event) => event.attempt),
      status: Uint8Array.from(events, (event) => event.status),
      kind: Uint8Array.from(events, (event) => event.kind),
      precision: Uint8Array.from(events, (event) => event.status >> 5),
    };
  });

test('what was encoded comes back, whatever the numbers of identifiers and attributes', () => {
  fc.assert(
    fc.property(batch, (columns) => {
      expect(decodeColumns(encoder.encode(columns), columns.firstEvent, columns.source)).toEqual(columns);
    }),
    { numRuns: 150 },
  );
});

test('a slice is what its events say, and all slices together are the batch', () => {
  fc.assert(
    fc.property(batch, fc.nat(40), fc.nat(40), (columns, a, b) => {
      const [from, to] = [Math.min(a, b, columns.count), Math.min(Math.max(a, b), columns.count)];
      const slice = sliceColumns(columns, from, to);
      expect(decodeColumns(encoder.encode(slice), slice.firstEvent, slice.source)).toEqual(slice);
      expect([slice.count, slice.firstEvent]).toEqual([to - from, columns.firstEvent + from]);
      for (let i = from; i < to; i++) {
        const own = slice.identifier.subarray(slice.idStart[i - from], slice.idStart[i - from + 1]);
        expect(own).toEqual(columns.identifier.subarray(columns.idStart[i], columns.idStart[i + 1]));
        const values = slice.attrText.subarray(slice.attrStart[i - from], slice.attrStart[i - from + 1]);
        expect(values).toEqual(columns.attrText.subarray(columns.attrStart[i], columns.attrStart[i + 1]));
        expect(slice.time[i - from]).toEqual(columns.time[i]);
      }
    }),
    { numRuns: 100 },
  );
});

test('columns that are parts of larger buffers are encoded by their own length', () => {
  fc.assert(
    fc.property(batch, (columns) => {
      const roomy = Object.fromEntries(
        Object.entries(columns).map(([name, value]: [string, unknown]) => {
          if (!(value instanceof Float64Array)) return [name, value];
          const room = new Float64Array(value.length + 7).fill(-1);
          room.set(value, 3);
          return [name, room.subarray(3, 3 + value.length)];
        }),
      ) as unknown as ColumnBatch;
      expect(decodeColumns(encoder.encode(roomy), columns.firstEvent, columns.source)).toEqual(columns);
    }),
    { numRuns: 50 },
  );
});
