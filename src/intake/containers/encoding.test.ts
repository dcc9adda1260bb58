import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf, codePageDecoder } from './code-pages.ts';
import { encodingByName } from './declared-encoding.ts';
import { decoded, decodedByHead, givenEncoding, guessEncoding } from './encoding.ts';
import { CODE_PAGES } from './encodings.ts';

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

function utf32(text: string, big: boolean, mark: boolean): Buffer {
  return Buffer.concat(
    Array.from((mark ? '\uFEFF' : '') + text, (character) => {
      const bytes = Buffer.alloc(4);
      if (big) bytes.writeUInt32BE(character.codePointAt(0)!);
      else bytes.writeUInt32LE(character.codePointAt(0)!);
      return bytes;
    }),
  );
}

/** A text in a code page, by its table. */
function inPage(text: string, page: (typeof CODE_PAGES)[number]): Buffer {
  const characters = charactersOf(page);
  return Buffer.from(Array.from(text, (character) => characters.lastIndexOf(character)));
}

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-16LE with a mark', utf16(TEXT, false, true), 'utf-16le'],
    ['UTF-16BE with a mark', utf16(TEXT, true, true), 'utf-16be'],
    ['UTF-16LE without', utf16(TEXT, false, false), 'utf-16le'],
    ['UTF-16BE without', utf16(TEXT, true, false), 'utf-16be'],
    ['UTF-32LE with a mark', utf32(TEXT, false, true), 'utf-32le'],
    ['UTF-32BE with a mark', utf32(TEXT, true, true), 'utf-32be'],
    ['UTF-32LE without', utf32(TEXT, false, false), 'utf-32le'],
    ['UTF-32BE without', utf32(TEXT, true, false), 'utf-32be'],
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
    const text = codePageDecoder('windows-1252')(bytes).toString();
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

describe('encodings that a text declares', () => {
  it.each([
    ['<?xml version="1.0" encoding="ISO-8859-2"?><a>Łódź</a>', 'iso-8859-2'],
    ["<?xml version='1.0' encoding='iso-8859-5' ?><a>Заказ</a>", 'iso-8859-5'],
    ['<?xml version="1.0" encoding="ISO-8859-15"?><a>€</a>', 'iso-8859-15'],
    ['<?xml version="1.0" encoding="latin1"?><a>ß</a>', 'iso-8859-1'],
    ["UNB+UNOD:3+SENDER+RECEIVER+310304:0915+1'NAD+BY+++Łódź'", 'iso-8859-2'],
    ["UNA:+.? '\r\nUNB+UNOE:3+S+R+310304:0915+1'NAD+BY+++Заказ'", 'iso-8859-5'],
    ["UNB+UNOC:3+S+R+310304:0915+1'NAD+BY+++Müller'", 'iso-8859-1'],
  ] as const)('%s', async (text, encoding) => {
    expect(await decodeHead(inPage(text, encoding))).toEqual({ text, encoding });
    // A file that was recoded keeps its declaration.
    expect(await decodeHead(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' });
  });

  it('hold from the first byte above ASCII on, however late it comes', async () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-2"?><a>${'plain '.repeat(50)}Łódź</a>`;
    expect(await decodeAll(inPage(text, 'iso-8859-2'), 64)).toEqual({ text, encoding: 'iso-8859-2' });
  });

  it('do not count where they cannot be true or are not known', async () => {
    const text = '<?xml version="1.0" encoding="UTF-16"?><a>x</a>';
    expect(await decodeHead(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' });
    expect((await decodeHead(Buffer.from('<?xml version="1.0" encoding="KOI8-U"?><a>x</a>'))).encoding).toBe('utf-8');
  });
});

describe('EBCDIC', () => {
  const ISA = 'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *310304*0915*U*00401*000000001*0*P*>~\nGS*PO*S*R~\n';

  it.each([ISA, "UNB+UNOA:3+S+R+310304:0915+1'", '<?xml version="1.0"?><order>SO-77</order>'])(
    'is recognised where it is certain: %s',
    async (text) => {
      expect(await decodeHead(inPage(text, 'ibm-037'))).toEqual({ text, encoding: 'ibm-037' });
    },
  );

  it('is not guessed otherwise', () => {
    expect(guessEncoding(inPage('order,total\nSO-77,12\n', 'ibm-037')).encoding).not.toBe('ibm-037');
    expect(guessEncoding(Buffer.from([0xc9, 0xe2, 0xc1, 1, 2, 3, 4, 5, 6, 7])).encoding).not.toBe('ibm-037');
  });

  it('reads both of its line ends as line feeds', () => {
    expect(codePageDecoder('ibm-037')(Uint8Array.from([0xc1, 0x15, 0xc2, 0x25, 0xc3])).toString()).toBe('A\nB\nC');
  });

  it('has 256 characters, each once but for the line feed', () => {
    const characters = [...charactersOf('ibm-037')];
    expect(characters).toHaveLength(256);
    expect(new Set(characters).size).toBe(255);
    expect([0x40, 0x4b, 0x5c, 0x6b, 0x7c, 0xa1, 0xf0, 0xf9].map((byte) => characters[byte])).toEqual([
      ' ',
      '.',
      '*',
      ',',
      '@',
      '~',
      '0',
      '9',
    ]);
  });
});

describe('encodings that the user names', () => {
  it('are found under all their names', () => {
    expect(['UTF8', 'Latin-1', 'iso_8859-2', 'CP1252', 'EBCDIC-CP-US', 'cp037', 'Windows-1251'].map(encodingByName)).toEqual([
      'utf-8',
      'iso-8859-1',
      'iso-8859-2',
      'windows-1252',
      'ibm-037',
      'ibm-037',
      'windows-1251',
    ]);
    expect(encodingByName('klingon')).toBeUndefined();
  });

  it.each(CODE_PAGES)('%s keeps ASCII and has a character for each byte', (page) => {
    const characters = charactersOf(page);
    expect(characters).toHaveLength(256);
    if (page !== 'ibm-037') expect(characters.slice(0, 128)).toBe(String.fromCharCode(...Array.from({ length: 128 }, (_, i) => i)));
  });

  it('lose the mark that a file may have', () => {
    expect(givenEncoding('utf-8', Uint8Array.from([0xef, 0xbb, 0xbf, 65]))).toEqual({ encoding: 'utf-8', mark: 3, certain: true });
    expect(givenEncoding('iso-8859-2', Uint8Array.from([0xef, 0xbb, 0xbf, 65]))).toMatchObject({ mark: 0 });
  });
});

async function decodeHead(bytes: Uint8Array): Promise<{ text: string; encoding: string }> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const pieces: Uint8Array[] = [];
  for await (const chunk of decodedByHead(chunks())) pieces.push(chunk);
  return { text: Buffer.concat(pieces).toString(), encoding: guessEncoding(bytes).encoding };
}
