import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../entry.ts';
import { SAMPLES } from './samples.ts';
import { collect, readText, valuesOf } from './test-harness.ts';

const RUNS = { numRuns: 60 };

describe.each(SAMPLES)('$name', (sample) => {
  const bytes = new TextEncoder().encode(sample.content);

  it('is recognised and read', async () => {
    const { format, entries, rejections } = await readText(sample.name, sample.content);
    expect(format.id).toBe(sample.format);
    expect({ entries: entries.length, rejections: rejections.length }).toEqual({ entries: sample.entries, rejections: sample.rejections });
  });

  it('gives the same entries whatever the chunks', async () => {
    const whole = await readText(sample.name, sample.content);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 }), async (sizes) => {
        const cut = await collect(whole.format, bytes, whole.options, sizes);
        expect(cut.entries).toEqual(whole.entries);
        expect(cut.rejections).toEqual(whole.rejections);
      }),
      RUNS,
    );
  });

  it('gives a beginning of the entries when it is cut off', async () => {
    const whole = await readText(sample.name, sample.content);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), fc.integer({ min: 1, max: 200 }), async (length, size) => {
        const { entries } = await collect(whole.format, bytes.subarray(0, length), whole.options, [size]);
        const sure = sample.cutReadable ? entries.slice(0, -1) : entries;
        // A trace's context is complete only when its document is.
        expect(sure.map(essence)).toEqual(whole.entries.slice(0, sure.length).map(essence));
      }),
      RUNS,
    );
  });

  it('says exactly where each entry stands', async () => {
    const { format, options, entries } = await readText(sample.name, sample.content);
    const values = valuesOf(entries, format.header(options));
    for (const [i, entry] of entries.entries()) {
      const { offset, length, line } = entry.place;
      expect(format.parse(bytes.subarray(offset, offset + length), options)).toEqual(values[i]);
      expect(line).toBe(new TextDecoder().decode(bytes.subarray(0, offset)).split('\n').length);
    }
  });

  it('survives any damage', async () => {
    const { format, options } = await readText(sample.name, sample.content);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 1, max: 200 }), async (changes, size) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, byte] of changes) damaged[at] = byte;
        const { entries, rejections } = await collect(format, damaged, options, [size]);
        let last = 0;
        for (const { place } of entries) {
          expect(place.offset).toBeGreaterThanOrEqual(last);
          last = place.offset + place.length;
        }
        expect(last).toBeLessThanOrEqual(bytes.length);
        for (const { place, excerpt } of rejections) {
          expect(place.offset + place.length).toBeLessThanOrEqual(bytes.length);
          expect(excerpt.length).toBeLessThanOrEqual(200);
        }
      }),
      RUNS,
    );
  });
});

function essence(entry: Entry): unknown {
  return entry.kind === 'tree' ? [entry.place, entry.value] : [entry.place, entry.cells];
}
