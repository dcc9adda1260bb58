import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../entry.ts';
import { CSV_SAMPLES } from './csv/csv-samples.ts';
import { JSON_SAMPLES } from './json/json-samples.ts';
import { collect, readText } from './test-harness.ts';

/** Every byte of the samples of tables and JSON, damaged in turn: what stood before it is read as if nothing had happened. */
describe.each([...CSV_SAMPLES, ...JSON_SAMPLES])('$name', (sample) => {
  const bytes = new TextEncoder().encode(sample.content);

  it('keeps the entries before the damage', async () => {
    const whole = await readText(sample.name, sample.content);
    // What is nested in one document is read when the document has ended.
    const unit = whole.options['whole'] === true || hasNested(whole.options['nested']);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.constantFrom(0, 10, 13, 34, 44, 91, 92, 93, 123, 125, 255), async (at, byte) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = byte;
        const { entries } = await collect(whole.format, damaged, whole.options, [37]);
        // A line feed in the place of another byte makes what is left of a row look like one.
        const before = whole.entries.filter((entry) => endOf(entry, unit, bytes) < at - 1);
        expect(entries.slice(0, before.length).map(essence)).toEqual(before.map(essence));
      }),
      { numRuns: 150 },
    );
  });

  it('ends on any garbage', async () => {
    const { format, options } = await readText(sample.name, sample.content);
    const piece = fc.oneof(
      fc.constantFrom('"', '""', '\\"', '=', '="', ',', ';', '\n', '\r\n', '{', '}', '[', ']', ':', '\u001e', '\ufeff', '{"', '":', '$'),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), async (pieces, size) => {
        const garbage = new TextEncoder().encode(pieces.join(''));
        const { entries } = await collect(format, garbage, options, [size]);
        for (const { place } of entries) {
          expect(() => format.parse(garbage.subarray(place.offset, place.offset + place.length), options)).not.toThrow();
        }
      }),
      { numRuns: 150 },
    );
  });
});

function hasNested(nested: unknown): boolean {
  return Array.isArray(nested) && nested.length > 0;
}

/** Where the entry has ended for sure: with its line or, when it is one of several in a document, with the file. */
function endOf(entry: Entry, unit: boolean, bytes: Uint8Array): number {
  const end = entry.place.offset + entry.place.length;
  if (!unit) return end;
  const feed = bytes.indexOf(10, end);
  return feed < 0 ? bytes.length : feed;
}

function essence(entry: Entry): unknown {
  return entry.kind === 'tree' ? [entry.place, entry.value] : [entry.place, entry.cells];
}
