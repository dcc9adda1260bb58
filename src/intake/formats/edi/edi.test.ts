import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../entry.ts';
import { collect, readText, sniffText } from '../test-harness.ts';
import { EdiReader } from './edi-reader.ts';
import { X12 } from './dialect.ts';
import { isa, treesOf } from './testing.ts';
import { x12 } from './x12.ts';

const GROUP = 'GS*PO*BUYER*SELLER*20310304*0915*77*X*004010~';
const SET = 'ST*850*0001~BEG*00*SA*PO-77**20310304~SE*3*0001~';

async function reasons(content: string): Promise<readonly string[]> {
  return (await readText('a.edi', content)).rejections.map((rejection) => `${rejection.code}: ${rejection.reason}`);
}

describe('X12', () => {
  it('names elements by their position and keeps the envelope beside them', async () => {
    const { entries } = await readText('a.edi', `${isa({})}${GROUP}${SET}GE*1*77~IEA*1*000000077~`);
    expect(treesOf(entries)).toEqual([
      {
        message: '850',
        control: '0001',
        segments: [
          { segment: 'ST', ST01: '850', ST02: '0001' },
          { segment: 'BEG', BEG01: '00', BEG02: 'SA', BEG03: 'PO-77', BEG05: '20310304' },
          { segment: 'SE', SE01: '3', SE02: '0001' },
        ],
      },
    ]);
    expect(entries[0]!.kind === 'tree' ? entries[0]!.context : undefined).toMatchObject({
      interchange: { ISA06: 'BUYER'.padEnd(15), ISA11: 'U', ISA13: '000000077', ISA15: 'P' },
      group: { GS01: 'PO', GS06: '77' },
    });
  });

  it.each([
    ['a line feed', { terminator: '\n' }],
    ['U+2026', { terminator: '\u2026' }],
    ['a carriage return', { terminator: '\r' }],
    ['an information separator', { terminator: '\x1c', element: '\x1d', component: '\x1f' }],
    ['a tab between elements', { element: '\t' }],
  ])('reads %s as separator', async (_name, parts) => {
    const { element = '*', terminator = '~' } = parts as { element?: string; terminator?: string };
    const body = `${GROUP}${SET}GE*1*77~IEA*1*000000077~`.replaceAll('*', element).replaceAll('~', terminator);
    const { entries, rejections } = await readText('a.edi', isa(parts) + body);
    expect(rejections).toEqual([]);
    expect(treesOf(entries)[0]!['segments']).toContainEqual({
      segment: 'BEG',
      BEG01: '00',
      BEG02: 'SA',
      BEG03: 'PO-77',
      BEG05: '20310304',
    });
  });

  it('takes ISA11 for the repetition separator from version 00402 on', async () => {
    const line = 'ST*850*0001~REF*A^B*C>D>>*E>~SE*3*0001~';
    const read = async (version: string): Promise<unknown> => {
      const { entries } = await readText('a.edi', `${isa({ version, repetition: '^' })}${GROUP}${line}GE*1*77~IEA*1*77~`);
      return (treesOf(entries)[0]!['segments'] as unknown[])[1];
    };
    expect(await read('00401')).toEqual({ segment: 'REF', REF01: 'A^B', REF02: ['C', 'D'], REF03: 'E' });
    expect(await read('00501')).toEqual({ segment: 'REF', REF01: { repeated: ['A', 'B'] }, REF02: ['C', 'D'], REF03: 'E' });
  });

  it('reads a header whose padding was changed, by counting', async () => {
    const header = 'ISA*00**00**ZZ*BUYER*ZZ*SELLER*310304*0915*U*00401*77*0*P*>~';
    const { entries, rejections } = await readText('a.edi', `${header}${GROUP}${SET}GE*1*77~IEA*1*000000077~`);
    expect([entries.length, rejections.length]).toEqual([1, 0]);
  });

  it('reads interchanges with other separators behind each other, with text between and before them', async () => {
    const other = `${isa({ element: '|', component: '<', terminator: '\n' })}${`${GROUP}${SET}GE*1*77~IEA*1*000000077~`.replaceAll('*', '|').replaceAll('~', '\n')}`;
    const content = `Subject: orders\n\n${isa({})}${GROUP}${SET}GE*1*77~IEA*1*000000077~\n-- next --\n${other}`;
    const { entries, rejections, format, options } = await readText('a.edi', content);
    expect(treesOf(entries)[1]).toEqual(treesOf(entries)[0]);
    expect(rejections.map(({ reason, excerpt, place }) => [reason, excerpt, place.line])).toEqual([
      ['text outside of an interchange', 'Subject: orders', 1],
      ['text outside of an interchange', '-- next --', 4],
    ]);
    const bytes = Buffer.from(content);
    for (const { place } of entries) {
      expect(format.parse(bytes.subarray(place.offset, place.offset + place.length), options)).toEqual(treesOf(entries)[0]);
    }
  });

  it('is not found in the middle of a line or far behind other text', () => {
    const content = `${isa({})}${GROUP}${SET}GE*1*77~IEA*1*000000077~`;
    expect(sniffText('a.edi', `INFO got ${content}`)?.format.id).not.toBe('x12');
    expect(sniffText('a.edi', `${'a line of a log\n'.repeat(400)}${content}`)?.format.id).not.toBe('x12');
    expect(sniffText('a.edi', 'ISABELLA*was*here')?.format.id).not.toBe('x12');
  });

  it('says where counts and numbers of envelopes do not agree', async () => {
    expect(await reasons(`${isa({})}${GROUP}${SET}GE*2*78~IEA*3*000000078~`)).toEqual([
      'malformed: group 77: GE01 says 2 transaction sets, there is 1',
      'malformed: group 77: GS06 is 77, GE02 is 78',
      'malformed: interchange 000000077: IEA01 says 3 groups, there is 1',
      'malformed: interchange 000000077: ISA13 is 000000077, IEA02 is 000000078',
    ]);
    const { entries } = await readText('a.edi', `${isa({})}${GROUP}ST*850*0001~BEG*00~SE*7*0002~GE*1*77~IEA*1*77~`);
    expect(treesOf(entries)[0]!['problems']).toEqual(['SE01 says 7 segments, there are 3', 'ST02 is 0001, SE02 is 0002']);
  });

  it('refuses a transaction set without an end and goes on with the next', async () => {
    const content = `${isa({})}${GROUP}ST*850*0001~BEG*00*SA*PO-1~${SET.replaceAll('0001', '0002')}ST*850*0003~GE*3*77~IEA*1*77~`;
    expect(await reasons(content)).toEqual([
      'truncated: the transaction set 850 0001 has no SE',
      'truncated: the transaction set 850 0003 has no SE',
    ]);
    expect((await readText('a.edi', content)).entries).toHaveLength(1);
  });

  it('finds the next interchange where a trailer, a terminator or a header was lost', async () => {
    const whole = `${isa({})}${GROUP}${SET}GE*1*77~IEA*1*000000077~`;
    expect(await reasons(`${isa({})}${GROUP}${SET}${whole}`)).toEqual([
      'malformed: the group 77 has no GE',
      'malformed: the interchange 000000077 has no IEA',
    ]);
    const stuck = `${isa({})}${GROUP}ST*850*0001~BEG*00*SA*PO-77 ${'x'.repeat(400)}${whole}`;
    const { entries, rejections } = await readText('a.edi', stuck);
    expect(entries).toHaveLength(1);
    expect(rejections[0]).toMatchObject({ code: 'truncated', reason: 'the transaction set 850 0001 has no SE' });
    expect((await readText('a.edi', `${whole}ISA*damaged*${GROUP}${SET}\n${whole}`)).entries).toHaveLength(2);
  });

  it('tells a truncated file once', async () => {
    expect(await reasons(`${isa({})}${GROUP}ST*850*0001~BEG*00`)).toEqual(['truncated: the file ends inside the transaction set 850 0001']);
    expect(await reasons(`${isa({})}${GROUP}${SET}`)).toEqual([
      'truncated: the file ends before the interchange 000000077 is closed: IEA is missing',
    ]);
    expect(await reasons(`${isa({})}${GROUP}${SET}GE*1*77~IEA*1*000000077`)).toEqual([]);
  });

  it('reads a large transaction set in bounded time and refuses an endless segment', async () => {
    const lines = 'PO1*1*12*EA*9.95**UP*400638133393~'.repeat(100_000);
    const big = Buffer.from(`${isa({})}${GROUP}ST*850*0001~BEG*00*SA*PO-77~${lines}SE*100003*0001~GE*1*77~IEA*1*77~`);
    const { entries, rejections } = await collect(x12, big, {}, [65_521]);
    expect(rejections).toEqual([]);
    expect((treesOf(entries)[0]!['segments'] as unknown[]).length).toBe(100_003);
    const endless = Buffer.from(`${isa({})}${GROUP}ST*850*0001~BEG*${'x'.repeat(3_000_000)}\n${isa({})}${GROUP}${SET}GE*1*77~IEA*1*77~`);
    const after = await collect(x12, endless, {}, [65_521]);
    expect(after.entries).toHaveLength(1);
    expect(after.rejections[0]).toMatchObject({ code: 'truncated', reason: 'the transaction set 850 0001 has no SE' });
  });

  it('looks at the beginning and the end of a long transaction set, and says what it left out', async () => {
    const lines = 300_000;
    const body = Array.from({ length: lines }, (_, i) => `PO1*${i + 1}*1*EA*9.95~\n`).join('');
    const set = `ST*850*0001~\nBEG*00*SA*PO-77**20310304~\n${body}CTT*${lines}~\nSE*${lines + 4}*0001~`;
    const content = Buffer.from(`${isa({})}\n${GROUP}\n${set}\nGE*1*77~IEA*1*000000077~`);
    for (const sizes of [[], [65_536, 1_000]]) {
      const { entries, rejections } = await collect(x12, content, {}, sizes);
      const [tree] = treesOf(entries);
      const segments = tree!['segments'] as JsonObject[];
      expect(tree).toMatchObject({ message: '850', control: '0001' });
      expect(tree!['problems']).toBeUndefined();
      expect(segments.length + (tree!['omitted'] as number)).toBe(lines + 4);
      expect([segments[1]!['BEG03'], segments.at(-2)!['CTT01'], segments.at(-1)!['segment']]).toEqual(['PO-77', String(lines), 'SE']);
      // What was left out is a stretch of whole segments between the two that were looked at.
      const [rejection] = rejections;
      expect(rejections).toHaveLength(1);
      expect(rejection).toMatchObject({
        code: 'too-long',
        reason: `the transaction set 850 0001 is long: ${tree!['omitted'] as number} segments in its middle are not looked at`,
      });
      const { offset, length, line } = rejection!.place;
      const omitted = content
        .toString('utf8', offset, offset + length)
        .trim()
        .split('\n');
      expect(omitted).toHaveLength(tree!['omitted'] as number);
      const first = Number(omitted[0]!.split('*')[1]);
      expect(segments.some((segment) => segment['PO101'] === String(first - 1))).toBe(true);
      expect(segments.some((segment) => segment['PO101'] === String(first))).toBe(false);
      expect(segments.some((segment) => segment['PO101'] === String(Number(omitted.at(-1)!.split('*')[1]) + 1))).toBe(true);
      // The line that it goes on from ends the line of the segment before.
      expect(line).toBe(content.toString('utf8', 0, offset).split('\n').length);
      const { place } = entries[0]!;
      expect(content.toString('utf8', place.offset, place.offset + place.length)).toBe(set);
      expect(x12.parse(content.subarray(place.offset, place.offset + place.length), {})).toEqual(tree);
    }
  });

  it('lets go of a transaction set that grows beyond the limit', () => {
    const rejected: string[] = [];
    let entries = 0;
    const reader = new EdiReader(X12, { entry: () => entries++, reject: ({ code, reason }) => rejected.push(`${code}: ${reason}`) });
    reader.push(Buffer.from(`${isa({})}${GROUP}ST*850*0001~`));
    const chunk = Buffer.from('NTE*GEN*some text that says nothing at all~'.repeat(12_000));
    for (let length = 0; length <= 64 * 1024 * 1024; length += chunk.length) reader.push(chunk);
    reader.push(Buffer.from(`SE*3*0001~${SET}GE*2*77~IEA*1*77~`));
    reader.end();
    expect(rejected).toEqual(['too-long: the transaction set 850 0001 has more than 67108864 bytes']);
    expect(entries).toBe(1);
  });
});

describe('EDIFACT', () => {
  it('resolves released characters, also a released terminator and a wrapped release', async () => {
    const content = "UNB+UNOC:3+A+B+310304:0915+1'UNH+1+ORDERS:D:96A:UN'FTX+AAI+++it?'s 1?+1?:2 ??'BGM+220+a?\n'b'UNT+4+1'UNZ+1+1'";
    const { entries, rejections } = await readText('a.edi', content);
    expect(rejections).toEqual([]);
    const segments = treesOf(entries)[0]!['segments'] as unknown[];
    expect(segments[1]).toEqual({ segment: 'FTX', FTX01: 'AAI', FTX04: "it's 1+1:2 ?" });
    expect(segments[2]).toEqual({ segment: 'BGM', BGM01: '220', BGM02: "a'b" });
  });

  it('knows the information separators of level B, explicit nesting and syntax 4', async () => {
    const level = "UNB+UNOB:1+A+B+310304:0915+1'UNH+1+ORDERS:D:96A:UN'LIN:1:2+1?'UNT+3+1'UNZ+1+1'";
    const plain = level.replaceAll('?', '').replaceAll('+', '\x1d').replaceAll(':', '\x1f').replaceAll("'", '\x1c');
    const { entries } = await readText('a.edi', plain);
    expect((treesOf(entries)[0]!['segments'] as unknown[])[1]).toEqual({ segment: 'LIN', LIN01: '1' });
    const four = "UNA:+.?*'UNB+UNOW:4+A+B+20310304:0915+1'UNH+1+CONTRL:4:1:UN'X+a*b:c'UNT+3+1'UNZ+1+1'";
    const { entries: repeated } = await readText('a.edi', four);
    expect((treesOf(repeated)[0]!['segments'] as unknown[])[1]).toEqual({ segment: 'X', X01: { repeated: ['a', ['b', 'c']] } });
  });

  it.each([
    ['UNOD', 'iso-8859-2', 'Łódź'],
    ['UNOE', 'iso-8859-5', 'Заказ'],
    ['UNOF', 'iso-8859-7', 'Αθήνα'],
  ])('reads text of %s in %s, as it came through Windows-1252', async (level, charset, text) => {
    const body = (name: string): string => `UNB+${level}:3+A+B+310304:0915+1'UNH+1+ORDERS:D:96A:UN'FTX+${name}'UNT+3+1'UNZ+1+1'`;
    const asLatin = [...text].map((character) => String.fromCharCode(byteIn(charset, character))).join('');
    const { entries, format, options } = await readText('a.edi', body(asLatin));
    expect((treesOf(entries)[0]!['segments'] as unknown[])[1]).toEqual({ segment: 'FTX', FTX01: text });
    const { offset, length } = entries[0]!.place;
    expect(format.parse(Buffer.from(body(asLatin)).subarray(offset, offset + length), options)).toEqual(treesOf(entries)[0]);
    // What was UTF-8 already is left alone.
    const { entries: utf8 } = await readText('a.edi', body(`${text} €Ł`));
    expect((treesOf(utf8)[0]!['segments'] as unknown[])[1]).toEqual({ segment: 'FTX', FTX01: `${text} €Ł` });
  });

  it('compares groups where there are any, else messages', async () => {
    const message = "UNH+1+ORDERS:D:96A:UN'BGM+220'UNT+3+1'";
    expect(await reasons(`UNB+UNOC:3+A+B+310304:0915+1'${message}UNZ+2+1'`)).toEqual([
      'malformed: interchange 1: UNZ01 says 2 messages, there is 1',
    ]);
    expect(await reasons(`UNB+UNOC:3+A+B+310304:0915+1'UNG+ORDERS+A+B+310304:0915+5+UN+D:96A'${message}UNE+1+5'UNZ+1+1'`)).toEqual([]);
  });
});

/** The byte of a character in a set of single bytes. */
function byteIn(charset: string, character: string): number {
  const decoder = new TextDecoder(charset);
  for (let byte = 0xa0; byte < 0x100; byte++) if (decoder.decode(Uint8Array.of(byte)) === character) return byte;
  return character.charCodeAt(0);
}
