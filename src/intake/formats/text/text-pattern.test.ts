import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, Rejection } from '../../entry.ts';
import { textPattern } from './text-pattern.ts';

const OPTIONS = { pattern: '^(?<at>\\d{4}) (?<level>[A-Z]+) (?<text>.*)$' };
const LOG = Buffer.from('head\n0915 INFO grüße\r\n\tat a\n\tat b\n\n0916 WARN two\n0917 ERROR drei\nCaused by: x\n\n');

async function read(bytes: Uint8Array, cuts: readonly number[] = []): Promise<{ entries: Entry[]; rejections: Rejection[] }> {
  const entries: Entry[] = [];
  const rejections: Rejection[] = [];
  const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let i = 1; i < bounds.length; i++) yield bytes.subarray(bounds[i - 1], bounds[i]);
  };
  await textPattern.read(chunks(), OPTIONS, { entry: (entry) => entries.push(entry), reject: (rejection) => rejections.push(rejection) });
  return { entries, rejections };
}

describe('text by a pattern', () => {
  it('begins an entry at each line that fits, wherever the chunks end', async () => {
    const expected = await read(LOG);
    expect(expected.entries.map((entry) => entry.kind === 'tree' && entry.value)).toEqual([
      { at: '0915', level: 'INFO', text: 'grüße', rest: '\tat a\n\tat b' },
      { at: '0916', level: 'WARN', text: 'two' },
      { at: '0917', level: 'ERROR', text: 'drei', rest: 'Caused by: x' },
    ]);
    expect(expected.entries.map((entry) => entry.place.line)).toEqual([2, 6, 7]);
    expect(expected.rejections).toMatchObject([{ code: 'malformed', excerpt: 'head', place: { line: 1, offset: 0, length: 4 } }]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 6 }), async (cuts) => {
        expect(await read(LOG, cuts)).toEqual(expected);
      }),
    );
  });

  it('gives places whose bytes parse to the same value', async () => {
    for (const entry of (await read(LOG)).entries) {
      const { offset, length } = entry.place;
      expect(textPattern.parse(LOG.subarray(offset, offset + length), OPTIONS)).toEqual(entry.kind === 'tree' && entry.value);
    }
  });

  it('survives any flipped byte; entries before it stay', async () => {
    const sound = (await read(LOG)).entries;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: LOG.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
        const bytes = Buffer.from(LOG);
        bytes[at] = byte;
        const { entries } = await read(bytes);
        const before = sound.filter((entry) => entry.place.offset + entry.place.length < at - 10);
        // The lines after an entry belong to it, so the one right before the damage may have grown.
        expect(entries.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      }),
    );
  });
});
