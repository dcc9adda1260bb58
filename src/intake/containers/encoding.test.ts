import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decoded, decodeWindows1252, guessEncoding } from './encoding.ts';

async function decodeAll(bytes: Uint8Array, size: number): Promise<{ text: string; encoding: string }> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const guess = guessEncoding(bytes.subarray(0, 64));
  let encoding: string = guess.encoding;
  const pieces: Uint8Array[] = [];
  for await (const chunk of decoded(chunks(), guess, (found) => (encoding = found))) pieces.push(chunk);
  return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(pieces)), encoding };
}

const TEXT = 'Bestellung für Jürgen: 12,50 € 😀\n'.repeat(4);

function utf16(text: string, big: boolean, mark: boolean): Buffer {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-16LE with a mark', utf16(TEXT, false, true), 'utf-16le'],
    ['UTF-16BE with a mark', utf16(TEXT, true, true), 'utf-16be'],
    ['UTF-16LE without', utf16(TEXT, false, false), 'utf-16le'],
    ['UTF-16BE without', utf16(TEXT, true, false), 'utf-16be'],
  ])('reads %s, cut anywhere', async (_name, bytes, encoding) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 80 }), async (size) => {
        expect(await decodeAll(bytes, size)).toEqual({ text: TEXT, encoding });
      }),
      { numRuns: 40 },
    );
  });

  it('maps the bytes 0x80–0x9F as Windows does', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const text = decodeWindows1252(bytes).toString();
    expect(text.slice(0x80, 0xa0)).toBe('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');
    expect(text.slice(0, 0x80)).toBe(String.fromCharCode(...bytes.subarray(0, 0x80)));
    expect(text.slice(0xa0)).toBe(String.fromCharCode(...bytes.subarray(0xa0)));
  });

  it('takes Windows-1252 for what is not UTF-8, also where it shows late', async () => {
    const line = Buffer.from('Stra\xdfe;12,50 \x80\n', 'latin1');
    expect(await decodeAll(line, 5)).toEqual({ text: 'Straße;12,50 €\n', encoding: 'windows-1252' });
    const late = Buffer.concat([Buffer.from('plain text\n'.repeat(20)), line, line]);
    const { text, encoding } = await decodeAll(late, 64);
    expect(encoding).toBe('windows-1252');
    expect(text.endsWith('Straße;12,50 €\nStraße;12,50 €\n')).toBe(true);
  });

  it('survives bad bytes in the middle of UTF-8 and keeps what stands around them', async () => {
    const bytes = Buffer.concat([Buffer.from('Grüße,1\n'.repeat(10)), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('\nÄpfel,2\n')]);
    for (const size of [1, 7, 1000]) {
      const { text, encoding } = await decodeAll(bytes, size);
      expect(encoding).toBe('utf-8');
      expect(text).toContain('\uFFFD');
      expect(text.endsWith('\nÄpfel,2\n')).toBe(true);
      expect(text.startsWith('Grüße,1\n'.repeat(10))).toBe(true);
    }
  });

  it('always gives well-formed UTF-8', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
        await expect(decodeAll(bytes, size)).resolves.toHaveProperty('text');
      }),
    );
  });
});
