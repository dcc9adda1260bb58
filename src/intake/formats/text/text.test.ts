import { describe, expect, it } from 'vitest';
import { harvestFields } from './text-fields.ts';
import { parseTextEntry } from './text-line.ts';
import { text } from './text.ts';
import { collect, readText, sniffText, valuesOf } from '../test-harness.ts';

describe('text: entries', () => {
  it('joins a stack trace to its line and leaves out blank lines', async () => {
    const content = '2031-03-04 09:15:02 ERROR a.B - x\nTraceback:\n  File "x"\n\n\n2031-03-04 09:15:03 INFO a.B - y\n';
    const { entries } = await readText('x.log', content);
    expect(valuesOf(entries, undefined).map((value) => (value as { message: string }).message)).toEqual(['x\nTraceback:\n  File "x"', 'y']);
    expect(entries.map((entry) => entry.place.line)).toEqual([1, 6]);
  });

  it('caps an entry and says so', async () => {
    const { format, options } = await readText('x.log', '2031-03-04 09:15:02 INFO a\n2031-03-04 09:15:03 INFO b\n');
    const long = `2031-03-04 09:15:02 INFO a\n${`${'x'.repeat(999)}\n`.repeat(1500)}2031-03-04 09:15:03 INFO b\n`;
    const { entries, rejections } = await collect(format, new TextEncoder().encode(long), options);
    expect(entries).toHaveLength(2);
    expect(rejections).toMatchObject([{ code: 'too-long' }]);
    expect(entries[0]!.place.length + rejections[0]!.place.length).toBeGreaterThan(1_490_000);
  });

  it('does not take what it does not understand', () => {
    const refused = (name: string, content: string): void =>
      expect(text.sniff({ name, bytes: new TextEncoder().encode(content), text: content, complete: true })).toBeUndefined();
    refused('notes.txt', 'a plain text\nwithout any time\nin three lines\n');
    refused('iis.log', '#Software: IIS\n#Fields: date time cs-method\n2031-03-04 08:15:02 POST\n2031-03-04 08:15:03 GET\n');
    refused('x.edi', "UNB+UNOA:1+A+B+310304:0915+1'UNH+1+ORDERS:D:96A:UN'BGM+220+SO-77+9'\n");
    refused(
      'x.edi',
      'ISA*00*          *00*          *ZZ*A              *ZZ*B              *310304*0915*U*00401*1*0*P*>~GS*PO*A*B*20310304*0915*1*X*004010~',
    );
    refused('x.ndjson', '{"a":1}\n{"a":2}\n');
  });

  it('prefers a table to a log when a header says so', () => {
    expect(sniffText('x.txt', 'at,order,status\n2031-03-04T09:15:02Z,SO-1,new\n2031-03-04T09:15:03Z,SO-2,new\n')?.format.id).toBe('csv');
    expect(
      sniffText('x.log', '2031-03-04 09:15:02,431 ERROR a\n2031-03-04 09:15:03,431 ERROR b\n2031-03-04 09:15:04,431 ERROR c\n')?.format.id,
    ).toBe('text');
    expect(
      sniffText('process_log.txt', '2031-03-04T09:15:02Z\tINFO\tStart\t\tone\n2031-03-04T09:15:02Z\tINFO\tMap\t\ttwo\n')?.format.id,
    ).toBe('text');
  });
});

describe('text: hostile lines', () => {
  it.each(['<a "', '{"a":[', '[[', '"', 'a,"', '<log ', '<event> ', '<!--', '["', '2031-03-04 ', 'a=', '\n'])(
    'any beginning is sniffed in linear time: %j repeated',
    (piece) => {
      const content = piece.repeat(400_000 / piece.length);
      for (const name of ['x.csv', 'x.json', 'x.log', 'x.xml']) {
        const choice = sniffText(name, content);
        expect(choice === undefined || choice.detection.confidence <= 1).toBe(true);
      }
    },
  );

  it.each(['=', 'a=', '[', '{a=', '"=', ' -', 'a b: ', 'a: 1 ', '{"', '[a ', '(', 'a="', 'a=\\"', '| ', ':', 'a/1', '{"a":['])(
    'stay linear: %j repeated',
    (piece) => {
      const line = `2031-03-04 09:15:02 ${piece.repeat(300_000 / piece.length)}`;
      expect(parseTextEntry(line)).toHaveProperty('time');
      expect(text.parse(new TextEncoder().encode(line), {})).toHaveProperty('time');
    },
  );

  it('harvests at most 64 fields, the first of a repeated key', () => {
    const fields = {};
    harvestFields(`k=1 k=2 ${Array.from({ length: 200 }, (_, i) => `f${i}=${i}`).join(' ')} __proto__=x`, fields);
    expect(Object.keys(fields)).toHaveLength(64);
    expect(fields).toMatchObject({ k: '1' });
  });
});
