import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, readText, sniffText } from '../test-harness.ts';
import { hl7 } from './hl7.ts';
import { Hl7Trees, MOST_SEGMENTS } from './hl7-tree.ts';
import { treesOf } from './testing.ts';

const MSH = 'MSH|^~\\&|LIS|A|HIS|B|20310304091502+0100||ORM^O01^ORM_O01|M77|P|2.5';

function treeOf(text: string) {
  return new Hl7Trees().message(Buffer.from(text)).value;
}

describe('HL7 v2', () => {
  it('numbers the fields of the header as the standard does', () => {
    const tree = treeOf(`${MSH}\rORC|NW|ORD77`);
    expect(tree).toMatchObject({ message: 'ORM^O01', control: 'M77' });
    expect((tree['segments'] as unknown[])[0]).toMatchObject({
      'MSH-1': '|',
      'MSH-2': '^~\\&',
      'MSH-3': 'LIS',
      'MSH-7': '20310304091502+0100',
      'MSH-9': ['ORM', 'O01', 'ORM_O01'],
      'MSH-12': '2.5',
    });
  });

  it('resolves escapes, repetitions, components and subcomponents', () => {
    const tree = treeOf(`${MSH}\rPID|1||4711^^^A&1.2&ISO~99||a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\X41\\\\H\\g\\N\\\\.br\\h \\Zown\\ C:\\dir`);
    expect((tree['segments'] as unknown[])[1]).toEqual({
      segment: 'PID',
      'PID-1': '1',
      'PID-3': { repeated: [['4711', '', '', ['A', '1.2', 'ISO']], '99'] },
      'PID-5': 'a|b^c&d~e\\fAg\nh \\Zown\\ C:\\dir',
    });
  });

  it('reads other delimiters', () => {
    const tree = treeOf('MSH$*!\\&$LIS$A$HIS$B$20310304$$ACK$K1$P$2.5\rMSA$AA$M77');
    expect(tree).toMatchObject({ message: 'ACK', control: 'K1' });
    expect(tree['segments']).toContainEqual({ segment: 'MSA', 'MSA-1': 'AA', 'MSA-2': 'M77' });
  });

  it('keeps a line break in a text with its segment', () => {
    const tree = treeOf(`${MSH}\nNTE|1||first\nsecond line\nOBX|1`);
    expect(tree['segments']).toContainEqual({ segment: 'NTE', 'NTE-1': '1', 'NTE-3': 'first\nsecond line' });
  });

  it.each(['\r', '\n', '\r\n', '\r\r'])('cuts messages that end lines with %j, in frames or without', async (end) => {
    const message = `${MSH}${end}ORC|NW|ORD77${end}`;
    const { entries, rejections } = await readText('a.hl7', `\v${message}\x1c\r\v${message}\x1c\r\n${message}${message}`);
    expect(rejections).toEqual([]);
    expect(treesOf(entries)).toHaveLength(4);
    expect(new Set(treesOf(entries).map((tree) => JSON.stringify(tree))).size).toBe(1);
  });

  it('keeps the headers of file and batch beside the messages, and compares the count', async () => {
    const content = `FHS|^~\\&|X||||||||F1\rBHS|^~\\&|X||||||||B1\r${MSH}\r${MSH}\rBTS|3\rFTS|1\r${MSH}\r`;
    const { entries, rejections } = await readText('a.hl7', content);
    expect(entries.map((entry) => (entry.kind === 'tree' ? Object.keys(entry.context ?? {}) : []))).toEqual([
      ['file', 'batch'],
      ['file', 'batch'],
      [],
    ]);
    expect(rejections.map(({ reason }) => reason)).toEqual(['batch B1: BTS-1 says 3 messages, there are 2']);
  });

  it('is not taken for anything that only begins alike', () => {
    expect(sniffText('a.txt', 'MSHabc is a word')?.format.id).not.toBe('hl7');
    expect(sniffText('a.csv', 'MSH|name|value\nx|y|z\n')?.format.id).not.toBe('hl7');
  });

  it('gives the same wherever chunks end', async () => {
    const message = (i: number): string =>
      `${MSH.replace('M77', `M${i}`)}\rPID|1||4711^^^HOSP^MR\rNTE|1||first\nsecond\rOBX|1|NM|naïve|\\F\\~a&b\r`;
    const content = Buffer.from(`FHS|^~\\&|X\r\v${message(1)}\x1c\r${message(2)}stray\n\nBTS|1\r\x0b\r${message(3)}`);
    const whole = await collect(hl7, content, {});
    expect(whole.entries).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 }), async (sizes) => {
        expect(await collect(hl7, content, {}, sizes)).toEqual(whole);
      }),
    );
  });

  it('looks at the first segments of a long message, and says what it left out', async () => {
    const results = Array.from({ length: MOST_SEGMENTS + 10 }, (_, i) => `OBX|${i + 1}|NM|718-7||13\r`);
    const content = `${MSH}\r${results.join('')}`;
    const { entries, rejections } = await readText('a.hl7', content);
    const [tree] = treesOf(entries);
    expect((tree!['segments'] as unknown[]).at(-1)).toMatchObject({ 'OBX-1': String(MOST_SEGMENTS - 1) });
    expect([tree!['omitted'], entries[0]!.place.length]).toEqual([11, content.length - 1]);
    expect(rejections).toMatchObject([
      { code: 'too-long', reason: `the message is long: 11 segments behind the first ${MOST_SEGMENTS} are not looked at` },
    ]);
    expect(content.slice(rejections[0]!.place.offset).split('|')[1]).toBe(String(MOST_SEGMENTS));
    expect(rejections[0]!.place.offset + rejections[0]!.place.length).toBe(content.length - 1);
  });
});
