import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, JsonObject } from '../../entry.ts';
import { collect, readText, sniffText } from '../test-harness.ts';
import { text } from './text.ts';

function valueOf(entry: Entry | undefined): JsonObject {
  if (entry?.kind !== 'tree') throw new Error('no tree');
  return entry.value as JsonObject;
}

const messages = (entries: readonly Entry[]): unknown[] => entries.map((entry) => valueOf(entry)['message']);
const bytesOf = (content: string): Uint8Array => new TextEncoder().encode(content);
const ISO = { starts: ['iso'] };

describe('text: files that change their shape', () => {
  const before = '2031-03-04 09:15:01 INFO a.B - one\n2031-03-04 09:15:02 INFO a.B - two\n';

  it('goes over to another way of writing the time, and gives back the lines that it had joined', async () => {
    const other = '04/Mar/2031:09:16:01 +0000 three\n\tmore\n04/Mar/2031:09:16:02 +0000 four\n\n04/Mar/2031:09:16:03 +0000 five\n';
    const { entries, rejections } = await collect(text, bytesOf(before + other + before), ISO);
    expect(messages(entries)).toEqual(['one', 'two', 'three\n\tmore', 'four', 'five', 'one', 'two']);
    expect(entries.map((entry) => entry.place.line)).toEqual([1, 2, 3, 5, 7, 8, 9]);
    expect(rejections).toEqual([]);
  });

  it('joins one or two such lines to their entry', async () => {
    const { entries } = await collect(text, bytesOf(`${before}04/Mar/2031:09:16:01 +0000 x\n04/Mar/2031:09:16:02 +0000 y\n${before}`), ISO);
    expect(entries).toHaveLength(4);
    expect(valueOf(entries[1])['message']).toContain('09:16:02');
  });

  it('reads objects and lines of text side by side', async () => {
    const line = '{"ts":"2031-03-04T09:15:03Z","level":"warn","msg":"late","orderId":"SO-77"}\n';
    const { format, options, entries, rejections } = await readText('app.log', (before + line).repeat(3));
    expect([format.id, options['starts']]).toEqual(['text', ['iso', 'json']]);
    expect(entries).toHaveLength(9);
    expect(rejections).toEqual([]);
    expect(valueOf(entries[2])).toEqual({ time: '2031-03-04T09:15:03Z', level: 'warn', message: 'late', fields: { orderId: 'SO-77' } });
  });

  it('refuses what stands before the first entry, with its place, and joins banners between entries', async () => {
    const { entries, rejections } = await collect(text, bytesOf(`Starting\n*** v1 ***\n\n${before}--- restarted ---\n${before}`), ISO);
    expect(messages(entries)).toEqual(['one', 'two\n--- restarted ---', 'one', 'two']);
    expect(rejections).toMatchObject([
      { place: { offset: 0, length: 19, line: 1 }, code: 'malformed', reason: 'text before the first line that begins an entry' },
    ]);
  });
});

describe('text: line ends', () => {
  it.each(['\n', '\r\n', '\r'])('%j', async (end) => {
    const content = ['2031-03-04 09:15:01 INFO a.B - one', '\tmore', '2031-03-04 09:15:02 INFO a.B - two', ''].join(end);
    const { entries } = await readText('x.log', content);
    expect(messages(entries)).toEqual(['one\n\tmore', 'two']);
    const place = entries[1]!.place;
    expect(content.slice(place.offset, place.offset + place.length)).toBe('2031-03-04 09:15:02 INFO a.B - two');
  });

  it('any mix of them leaves places that parse to the same values', async () => {
    const pieces = ['2031-03-04 09:15:01 INFO a.B - öne k=1', '\tat x', '', 'Caused by: y', '"a": 1}', '50%'];
    const files = fc.array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom('\n', '\r\n', '\r', '\r\r\n')), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 40 }), async (lines, size) => {
        const bytes = bytesOf(lines.flat().join(''));
        const { entries } = await collect(text, bytes, ISO, [size]);
        expect(entries).toEqual((await collect(text, bytes, ISO)).entries);
        expect(entries).toHaveLength(lines.filter(([line]) => line.startsWith('2031')).length);
        for (const entry of entries) {
          const { offset, length } = entry.place;
          expect(text.parse(bytes.subarray(offset, offset + length), ISO)).toEqual(valueOf(entry));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('text: what is too much', () => {
  it('refuses a line of 5 MB and reads on', async () => {
    const content = `2031-03-04 09:15:01 INFO a\n${'x'.repeat(5_000_000)}\nafter\n2031-03-04 09:15:02 INFO b\n`;
    const { entries, rejections } = await collect(text, bytesOf(content), ISO, [65_536]);
    expect(messages(entries)).toEqual(['a', 'b']);
    expect(rejections).toMatchObject([
      { place: { offset: 27, length: 5_000_000, line: 2 }, code: 'too-long', reason: 'the line is longer than 1 MB' },
      { place: { offset: 5_000_028, length: 5, line: 3 }, code: 'too-long', reason: 'text after a line that is longer than 1 MB' },
    ]);
  });

  it('accounts for each of 100,000 lines without a time', async () => {
    const rest = 'nothing that has a time, nor a level, nor a key\n'.repeat(100_000);
    const bytes = bytesOf(`${rest}2031-03-04 09:15:01 INFO a\n${rest}2031-03-04 09:15:02 INFO b\n`);
    const { entries, rejections } = await collect(text, bytes, ISO, [65_536]);
    expect(entries.map((entry) => entry.place.line)).toEqual([100_001, 200_002]);
    expect(rejections.map(({ code }) => code)).toEqual(['malformed', 'too-long']);
    const covered = [...entries, ...rejections].reduce((sum, { place }) => sum + place.length, 0);
    // All but the line feeds between the four.
    expect(bytes.length - covered).toBe(4);
  });
});

describe('text: logs of containers', () => {
  const cri = (part: string, flag = 'F', stream = 'stdout'): string => `2031-03-04T09:15:02.431000000Z ${stream} ${flag} ${part}\n`;
  const docker = (log: string, stream = 'stdout'): string => `${JSON.stringify({ log, stream, time: '2031-03-04T09:15:02.431Z' })}\n`;

  it('joins the parts of a line and the lines of a stack trace', async () => {
    const content =
      cri('2031-03-04 09:15:02 ERROR a.B - post ', 'P') +
      cri('failed') +
      cri('java.lang.Error: x') +
      cri('\tat a.B') +
      cri('2031-03-04 09:15:03 INFO a.B - ok');
    const { options, entries, rejections } = await readText('0.log', content);
    expect(options).toEqual({ wrapper: 'cri', starts: ['iso'] });
    expect(messages(entries)).toEqual(['post failed\njava.lang.Error: x\n\tat a.B', 'ok']);
    expect(valueOf(entries[0])).toMatchObject({
      time: '2031-03-04T09:15:02.431000000Z',
      fields: { stream: 'stdout', localTime: '2031-03-04 09:15:02' },
    });
    expect(rejections).toEqual([]);
    for (const entry of entries) {
      const { offset, length } = entry.place;
      expect(text.parse(bytesOf(content).subarray(offset, offset + length), options)).toEqual(valueOf(entry));
    }
  });

  it('takes the time of the runtime where the program wrote none, and keeps streams apart', async () => {
    const content =
      docker('started\n') +
      docker('oops\n', 'stderr') +
      docker('  at x\n', 'stderr') +
      docker('done') +
      docker('!\n') +
      'garbage\n' +
      docker('x\n');
    const { options, entries, rejections } = await readText('abc-json.log', content);
    expect(options).toMatchObject({ wrapper: 'docker' });
    expect(entries.map(valueOf)).toMatchObject([
      { time: '2031-03-04T09:15:02.431Z', message: 'started', fields: { stream: 'stdout' } },
      { message: 'oops\n  at x', fields: { stream: 'stderr' } },
      { message: 'done!' },
      { message: 'x' },
    ]);
    expect(rejections).toMatchObject([{ code: 'malformed', place: { line: 6 } }]);
  });

  it('goes by the time of the program where that says its zone', async () => {
    const { entries } = await readText('0.log', cri('2031-03-04T10:15:01+01:00 INFO a.B - a').repeat(2));
    expect(valueOf(entries[0])).toMatchObject({
      time: '2031-03-04T10:15:01+01:00',
      fields: { containerTime: '2031-03-04T09:15:02.431000000Z' },
    });
  });

  it('leaves lines that a collector enriched to JSON', () => {
    const line = '{"log":"a\\n","stream":"stdout","time":"2031-03-04T09:15:02Z","kubernetes":{"pod_name":"p"}}\n';
    expect(sniffText('a.log', line.repeat(3))?.format.id).toBe('ndjson');
  });

  it('opens the objects inside', async () => {
    const { entries } = await readText('abc-json.log', docker('{"level":"info","orderId":"SO-77","msg":"a"}\n').repeat(3));
    expect(valueOf(entries[0])).toEqual({
      time: '2031-03-04T09:15:02.431Z',
      level: 'info',
      message: 'a',
      fields: { stream: 'stdout', orderId: 'SO-77' },
    });
  });
});
