import { describe, expect, it } from 'vitest';
import type { Entry, JsonObject } from '../../entry.ts';
import { infer, roles, sourceOf } from '../../infer/testing.ts';
import { collect, readText } from '../test-harness.ts';
import { w3c } from './w3c.ts';

const IIS =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2031-03-04 08:15:02\r\n' +
  '#Fields: date time s-sitename cs-method cs-uri-stem cs-uri-query cs-username c-ip cs(User-Agent) sc-status sc-win32-status time-taken\r\n' +
  '2031-03-04 08:15:02 W3SVC1 POST /orders/SO-77 customerId=C-9&note=a%20b+c%zz - 10.0.0.9 Mozilla/5.0+(X11) 503 0 231\r\n';

const valueOf = (entry: Entry | undefined): JsonObject => {
  if (entry?.kind !== 'tree') throw new Error('no tree');
  return entry.value as JsonObject;
};

describe('w3c', () => {
  it('reads what IIS writes', async () => {
    const { format, entries, rejections } = await readText('u_ex310304.log', IIS);
    expect(format.id).toBe('w3c');
    expect(rejections).toEqual([]);
    expect(valueOf(entries[0])).toEqual({
      time: '2031-03-04T08:15:02Z',
      's-sitename': 'W3SVC1',
      'cs-method': 'POST',
      'cs-uri-stem': '/orders/SO-77',
      'cs-uri-query': 'customerId=C-9&note=a%20b+c%zz',
      'c-ip': '10.0.0.9',
      'cs(User-Agent)': 'Mozilla/5.0 (X11)',
      'sc-status': '503',
      'sc-win32-status': '0',
      'time-taken': '231',
      operation: 'POST /orders/:id',
      params: { 'orders.id': 'SO-77', customerId: 'C-9', note: 'a%20b c%zz' },
    });
  });

  it('follows #Fields and #Date that come again', async () => {
    const content =
      '#Fields: time cs-method\n#Date: 2031-03-04 00:00:00\n08:15:02 GET\n#Date: 2031-03-05 00:00:00\n#Fields: cs-method time x-note\nGET 08:15:03 "a ""b"" c"\n';
    const { options, entries, rejections } = await readText('x.log', content);
    expect(options).toEqual({ layouts: ['time cs-method', 'cs-method time x-note'], date: '2031-03-04' });
    expect(rejections).toEqual([]);
    expect(entries.map(valueOf)).toEqual([
      { time: '2031-03-04T08:15:02Z', 'cs-method': 'GET' },
      { time: '2031-03-05T08:15:03Z', 'cs-method': 'GET', 'x-note': 'a "b" c' },
    ]);
  });

  it('refuses lines with too few or too many cells, cut ones and long ones, and reads on', async () => {
    const line = '2031-03-04 08:15:02 GET\n';
    const content = `#Fields: date time cs-method\n${line}2031-03-04 08:15:02\n${line}a b c d\n${'x'.repeat(2_000_000)}\n${line}2031-03-04 08`;
    const { entries, rejections } = await collect(w3c, new TextEncoder().encode(content), { layouts: ['date time cs-method'] }, [70_000]);
    expect(entries).toHaveLength(3);
    expect(rejections).toMatchObject([
      { code: 'too-few-cells', place: { line: 3 }, reason: 'the line has 2 cells, #Fields names 3' },
      { code: 'too-many-cells', place: { line: 5 } },
      { code: 'too-long', place: { line: 6, length: 2_000_000 } },
      { code: 'truncated', place: { line: 8 } },
    ]);
  });

  it('does not name the columns of a line that two layouts fit', () => {
    const options = { layouts: ['date time cs-method', 'time date c-ip'] };
    expect(w3c.parse(new TextEncoder().encode('2031-03-04 08:15:02 GET'), options)).toEqual({
      'column 1': '2031-03-04',
      'column 2': '08:15:02',
      'column 3': 'GET',
    });
  });

  it('is understood: time, step, status, duration and keys', async () => {
    const lines = Array.from(
      { length: 24 },
      (_, i) =>
        `2031-03-04 08:15:${10 + i} W3SVC1 POST /orders/SO-${70 + (i >> 2)} customerId=C-${i} - 10.0.0.9 curl ${i % 3 === 0 ? 503 : 200} 0 ${i * 7}\r\n`,
    );
    const { options, entries } = await readText('u_ex310304.log', IIS + lines.join(''));
    const { mapping, events } = infer(entries, sourceOf('u_ex310304.log', { formatId: 'w3c', options }));
    expect(roles(mapping)).toMatchObject({
      time: 'time',
      operation: 'step',
      'sc-status': 'status sc_status',
      'time-taken': 'duration',
      's-sitename': 'system',
      'params.orders.id': 'identifier order',
    });
    expect(events[1]).toMatchObject({ system: 'W3SVC1', step: 'POST /orders/:id', status: 'failed', statusRaw: '503' });
  });

  it('is not what only begins with a number sign', async () => {
    await expect(readText('x.log', '# a comment\n#Fields are fun\n')).rejects.toThrow('no format fits');
  });
});
