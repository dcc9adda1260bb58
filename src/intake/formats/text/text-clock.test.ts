import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../entry.ts';
import { readText, sniffText } from '../test-harness.ts';

async function times(name: string, lines: readonly string[]): Promise<unknown[]> {
  const { entries, rejections } = await readText(name, lines.map((line) => `${line}\n`).join(''));
  expect(rejections).toEqual([]);
  return entries.map((entry) => (entry.kind === 'tree' ? ((entry.value as JsonObject)['time'] ?? '') : ''));
}

const LINES = ['09:15:02,431 INFO a.B - one', '09:15:01,000 INFO a.B - of another thread', '09:15:03,000 INFO a.B - two'];
const AT = ['2031-03-04 09:15:02.431', '2031-03-04 09:15:01.000', '2031-03-04 09:15:03.000'];

describe('lines with a time of day only', () => {
  it.each([
    ['console-2031-03-04.log', LINES],
    ['console.log.20310304', LINES],
    ['console.log', ['Log started on 2031-03-04 09:15:00', ...LINES]],
    ['console.log', ['=== 2031-03-04 ===', ...LINES]],
    ['console.log', [...LINES, '2031-03-04 09:20:00 INFO a.B - still there']],
  ])('are of the day that %s or a line among them tells', async (name, lines) => {
    expect((await times(name, lines)).slice(0, 3)).toEqual(AT);
  });

  it('have no time where nothing tells the day', async () => {
    expect(await times('console.log', LINES)).toEqual(['', '', '']);
    expect(sniffText('console.log', LINES.join('\n'))?.detection.reason).toContain('nothing tells the day');
  });

  it('are of the next day after midnight, also where a line comes late', async () => {
    const lines = ['23:59:58 INFO a', '00:00:01 INFO b', '23:59:59 INFO late', '00:00:02 INFO c', '12:00:00 INFO d', '00:10:00 INFO e'];
    expect(await times('x-2031-02-28.log', lines)).toEqual([
      '2031-02-28 23:59:58',
      '2031-03-01 00:00:01',
      '2031-02-28 23:59:59',
      '2031-03-01 00:00:02',
      '2031-03-01 12:00:00',
      '2031-03-02 00:10:00',
    ]);
  });

  it('have no time after the clock went back by an hour, until a line tells the day again', async () => {
    const lines = ['02:59:58 INFO a', '02:00:01 INFO b', '03:00:00 INFO c', '--- 2031-03-05 ---', '00:00:02 INFO d'];
    expect(await times('x-2031-03-04.log', lines)).toEqual(['2031-03-04 02:59:58', '', '', '2031-03-05 00:00:02']);
  });

  it('count back from a later line with a date', async () => {
    const lines = ['23:59:58 INFO a', '00:00:01 INFO b', '2031-03-05 00:00:02 INFO c'];
    expect(await times('console.log', lines)).toEqual(['2031-03-04 23:59:58', '2031-03-05 00:00:01', '2031-03-05 00:00:02']);
  });

  it('keep the lines of a message that end with a date', async () => {
    const { entries } = await readText(
      'x-2031-03-04.log',
      '09:15:02 INFO a.B - order\n  due 2031-04-01\n- until 2031-05-01\n09:15:03 INFO a.B - done\n',
    );
    expect(entries.map((entry) => (entry.kind === 'tree' ? (entry.value as JsonObject)['message'] : ''))).toEqual([
      'order\n  due 2031-04-01\n- until 2031-05-01',
      'done',
    ]);
  });
});
