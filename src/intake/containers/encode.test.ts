import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf } from './code-pages.ts';
import { createEncoder } from './encode.ts';
import { decoded, givenEncoding } from './encoding.ts';
import { CODE_PAGES, type Encoding } from './encodings.ts';

async function decode(bytes: Uint8Array, encoding: Encoding, at: number): Promise<Buffer> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, at);
    yield bytes.subarray(at);
  }
  const out: Uint8Array[] = [];
  for await (const piece of decoded(pieces(), givenEncoding(encoding, new Uint8Array()), () => undefined)) out.push(Buffer.from(piece));
  return Buffer.concat(out);
}

function encode(text: Uint8Array, encoding: Encoding, at: number): Buffer {
  const encoder = createEncoder(encoding);
  return Buffer.concat([text.subarray(0, at), text.subarray(at)].map((piece) => Buffer.from(encoder(piece))));
}

describe('the way back from text to bytes', () => {
  it.each(CODE_PAGES)('gives back every byte of %s that is a character of its own', async (page) => {
    const characters = charactersOf(page);
    const own = [...characters].flatMap((one, byte) => (one !== '\ufffd' && characters.indexOf(one) === byte ? [byte] : []));
    expect(own.length).toBeGreaterThan(200);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...own), { maxLength: 60 }), fc.nat(), fc.nat(), async (list, a, b) => {
        const bytes = Uint8Array.from(list);
        const text = await decode(bytes, page, a % (bytes.length + 1));
        expect([...encode(text, page, b % (text.length + 1))]).toEqual(list);
      }),
    );
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const)(
    'gives back %s, wherever the text is cut',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(), async (text, at) => {
          const utf8 = Buffer.from(text);
          const bytes = encode(utf8, encoding, at % (utf8.length + 1));
          expect((await decode(bytes, encoding, at % (bytes.length + 1))).equals(utf8)).toBe(true);
        }),
      );
    },
  );

  it('says of what has no byte that it has none', () => {
    expect([...encode(Buffer.from('a→b'), 'iso-8859-2', 0)]).toEqual([0x61, 0x1a, 0x62]);
  });
});
