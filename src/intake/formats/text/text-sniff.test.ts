import { describe, expect, it } from 'vitest';
import { collect, readText, sniffText, valuesOf } from '../test-harness.ts';
import { compileYear } from './text-iso.ts';
import { text } from './text.ts';
import { untilOf } from './text-sniff.ts';

describe('text: the year of times without one', () => {
  it('is the last one in which the day is not after the given one', () => {
    const year = compileYear('2031-03-05')!;
    expect([year(3, 5), year(3, 6), year(12, 31), year(1, 1), year(2, 29)]).toEqual([2031, 2030, 2030, 2031, 2028]);
    expect(compileYear(undefined)).toBeUndefined();
    expect(compileYear('soon')).toBeUndefined();
  });

  it('comes from the day of the import, the name of the file, or other lines', () => {
    expect(untilOf('messages-20310304.log')).toBe('2031-09-03');
    expect(untilOf('a-2029-01-01/syslog.1', '2031-03-04')).toBe('2031-09-03');
    expect(untilOf('syslog')).toBe(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  });

  it('is kept with the source and can be changed', async () => {
    const content = 'Dec 31 23:59:59 edi01 app[1]: a\nJan  1 00:00:01 edi01 app[1]: b\nFeb 29 00:00:01 edi01 app[1]: c\n';
    const { options, entries } = await readText('messages-20310304', content);
    expect(options).toEqual({ starts: ['syslog'], layout: 'syslog', until: '2031-09-03' });
    expect(valuesOf(entries, undefined)).toMatchObject([
      { time: '2030-12-31 23:59:59' },
      { time: '2031-01-01 00:00:01' },
      { time: '2028-02-29 00:00:01' },
    ]);
    const changed = await collect(text, new TextEncoder().encode(content), { ...options, until: '2020-01-01' });
    expect(valuesOf(changed.entries, undefined)).toMatchObject([{ time: '2019-12-31 23:59:59' }, { time: '2020-01-01 00:00:01' }, {}]);
  });
});

describe('text: what the sniffer finds', () => {
  it.each([
    ['a.log', '2031-03-04 09:15:02.4310|INFO|A.B|a\n2031-03-04 09:15:03.4310|INFO|A.B|a|b\n', { starts: ['iso'], columns: 3 }],
    ['a.log', 'WARNING:root:a\nINFO:root:b\n', { starts: ['level'] }],
    ['a.log', 'info: A.B[1]\n      a\nfail: A.B[1]\n      b\n', { starts: ['level'] }],
    ['a.log', '09:15:02,431 INFO  [a.B] (t) a\n09:15:03,431 INFO  [a.B] (t) b\n', { starts: ['clock'] }],
    ['a.log', 'level=info msg=a id=1\nlevel=warn msg=b id=2\n', { starts: ['logfmt'] }],
    ['a.log', '2031-03-04T09:15:02+0100 h app[1]: a\n2031-03-04T09:15:02+0100 h kernel: b\n', { starts: ['iso'], layout: 'syslog' }],
    [
      'a.log',
      'x\rMar 04, 2031 9:15:02 AM a.B c\rINFO: m\rMar 04, 2031 9:15:03 AM a.B c\rINFO: m\r',
      { starts: ['american'], lineEnd: 'cr' },
    ],
    ['a.txt', '2031-03-04 09:15:02,431 INFO a\n04/Mar/2031:09:15:02 +0100 b\n', { starts: ['iso', 'clf'] }],
  ])('%s: %j', (name, content, options) => {
    const choice = sniffText(name, content);
    expect(choice?.format.id).toBe('text');
    expect(choice?.detection.options).toEqual(options);
    expect(JSON.parse(JSON.stringify(choice?.detection.options))).toEqual(options);
  });

  it('reads lines by a given shape only', async () => {
    const line = '2031-03-04T09:15:02Z h kernel: a b\n';
    const given = await collect(text, new TextEncoder().encode(line), { starts: ['iso'], layout: 'syslog' });
    expect(valuesOf(given.entries, undefined)).toEqual([
      { time: '2031-03-04T09:15:02Z', message: 'a b', fields: { host: 'h', app: 'kernel' } },
    ]);
    const plain = await collect(text, new TextEncoder().encode(line), { starts: ['iso'], columns: 'x', wrapper: 7, until: {} });
    expect(valuesOf(plain.entries, undefined)).toEqual([{ time: '2031-03-04T09:15:02Z', message: 'h kernel: a b' }]);
  });
});
