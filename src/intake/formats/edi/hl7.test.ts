import { describe, expect, it } from 'vitest';
import { readText, sniffText } from '../test-harness.ts';
import { hl7Tree } from './hl7-tree.ts';
import { treesOf } from './testing.ts';

const MSH = 'MSH|^~\\&|LIS|A|HIS|B|20310304091502+0100||ORM^O01^ORM_O01|M77|P|2.5';

describe('HL7 v2', () => {
  it('numbers the fields of the header as the standard does', () => {
    const tree = hl7Tree(`${MSH}\rORC|NW|ORD77`);
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
    const tree = hl7Tree(`${MSH}\rPID|1||4711^^^A&1.2&ISO~99||a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\X41\\\\H\\g\\N\\\\.br\\h \\Zown\\ C:\\dir`);
    expect((tree['segments'] as unknown[])[1]).toEqual({
      segment: 'PID',
      'PID-1': '1',
      'PID-3': { repeated: [['4711', '', '', ['A', '1.2', 'ISO']], '99'] },
      'PID-5': 'a|b^c&d~e\\fAg\nh \\Zown\\ C:\\dir',
    });
  });

  it('reads other delimiters', () => {
    const tree = hl7Tree('MSH$*!\\&$LIS$A$HIS$B$20310304$$ACK$K1$P$2.5\rMSA$AA$M77');
    expect(tree).toMatchObject({ message: 'ACK', control: 'K1' });
    expect(tree['segments']).toContainEqual({ segment: 'MSA', 'MSA-1': 'AA', 'MSA-2': 'M77' });
  });

  it('keeps a line break in a text with its segment', () => {
    const tree = hl7Tree(`${MSH}\nNTE|1||first\nsecond line\nOBX|1`);
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
});
