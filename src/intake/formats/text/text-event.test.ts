import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCef } from './text-cef.ts';
import { readLeef } from './text-leef.ts';
import { parseTextEntry } from './text-line.ts';
import { shapeOf } from './text-shape.ts';

const HEADER = 'CEF:0|Acme|Gate|1.0|7|order passed|3|';

describe('events in CEF', () => {
  it.each([
    ['a=1 b=two words c=', { a: '1', b: 'two words', c: '' }],
    ['msg=x\\=y \\\\ z\\nnext act=go', { msg: 'x=y \\ z\nnext', act: 'go' }],
    ['request=https://h/p?q=1&r=2 act=go', { request: 'https://h/p?q=1&r=2', act: 'go' }],
    ['cs1=SO-1 cs1Label=Order Number cn2=5', { 'Order Number': 'SO-1', cn2: '5' }],
    ['cs1Label=act act=x cs1=y', { cs1: 'y', act: 'x' }],
    ['no fields', {}],
    ['', {}],
  ])('have the fields of %s', (extension, fields) => {
    expect(readCef(HEADER + extension)?.fields).toEqual(fields);
  });

  it('have a header whose bars and backslashes are escaped', () => {
    expect(readCef('CEF:1|A\\|B|C\\\\D|1|x|n=m|Very-High')).toEqual({
      format: 'cef',
      header: { version: '1', vendor: 'A|B', product: 'C\\D', productVersion: '1', id: 'x', name: 'n=m', severity: 'Very-High' },
      fields: {},
    });
    expect(readCef('CEF:0|Acme|Gate|1.0|7\\|order')).toBeUndefined();
  });

  it('give back any fields', () => {
    const key = fc.stringMatching(/^[a-b][A-Za-z0-9_.]{0,8}$/);
    const value = fc.string({ maxLength: 12 }).map((text) => text.trim());
    const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('=', '\\=');
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 6 }), (fields) => {
        const extension = Object.entries(fields).map(([name, text]) => `${name}=${escape(text)}`);
        expect(readCef(HEADER + extension.join(' '))?.fields).toEqual({ ...fields });
      }),
    );
  });
});

describe('events in LEEF', () => {
  it.each([
    ['LEEF:1.0|A|B|1|7|a=1\tb=two words\tc=x=y', { a: '1', b: 'two words', c: 'x=y' }],
    ['LEEF:2.0|A|B|1|7|^|a=1^b=2', { a: '1', b: '2' }],
    ['LEEF:2.0|A|B|1|7|x5E|a=1^b=2', { a: '1', b: '2' }],
    ['LEEF:2.0|A|B|1|7|0x7c|a=1|b=2', { a: '1', b: '2' }],
    ['LEEF:2.0|A|B|1|7||a=1\tb=2', { a: '1', b: '2' }],
    ['LEEF:2.0|A|B|1|7|a=1\tb=2|3', { a: '1', b: '2|3' }],
    // The tabs were lost: pairs that are sure.
    ['LEEF:1.0|A|B|1|7|src=10.0.0.1  dst=10.0.0.2', { src: '10.0.0.1', dst: '10.0.0.2' }],
  ])('%s', (text, fields) => {
    expect(readLeef(text)?.fields).toEqual(fields);
  });

  it('have a header of five fields', () => {
    expect(readLeef('LEEF:1.0|A|B|1|')).toBeUndefined();
  });
});

describe('events in lines', () => {
  const until = shapeOf({ until: '2031-06-01' });
  const event = `${HEADER}rt=Mar 04 2031 09:15:02 UTC act=go`;

  it.each([
    ['bare', event, { time: '2031-03-04 09:15:02 UTC', host: undefined, app: undefined }],
    ['RFC 3164', `<134>Mar  4 09:15:03 gw01 ${event}`, { time: '2031-03-04 09:15:02 UTC', host: 'gw01', app: undefined }],
    ['RFC 3164 with a tag', `Mar  4 09:15:03 gw01 gate[77]: ${event}`, { time: '2031-03-04 09:15:02 UTC', host: 'gw01', app: 'gate' }],
    ['RFC 3164 without a host', `<134>Mar  4 09:15:03 ${event}`, { time: '2031-03-04 09:15:02 UTC', host: undefined, app: undefined }],
    [
      'RFC 5424',
      `<134>1 2031-03-04T09:15:03Z gw01 gate 77 - [a b="1"] ${event}`,
      { time: '2031-03-04 09:15:02 UTC', host: 'gw01', app: 'gate' },
    ],
    ['RFC 5424 cut short', `<134>1 2031-03-04T09:15:03Z gw01 ${event}`, { time: '2031-03-04 09:15:02 UTC', host: 'gw01', app: undefined }],
  ])('%s', (_what, line, { time, host, app }) => {
    const entry = parseTextEntry(line, until);
    expect(entry['time']).toBe(time);
    expect(entry['message']).toBe('order passed');
    expect(entry['fields']).toMatchObject({ cef: { product: 'Gate' }, act: 'go' });
    expect([(entry['fields'] as { host?: string }).host, (entry['fields'] as { app?: string }).app]).toEqual([host, app]);
  });

  it.each([
    ['1930382102431', '2031-03-04T09:15:02.431Z'],
    ['Mar 04 09:15:02', '2031-03-04 09:15:02'],
    ['2031-03-04T09:15:02.5+01:00', '2031-03-04T09:15:02.5+01:00'],
    ['soon', undefined],
  ])('tell the time %s', (value, time) => {
    expect(parseTextEntry(`LEEF:1.0|A|B|1|7|devTime=${value}\tx=1`, until)['time']).toBe(time);
  });

  it('keep the time of the line where only that says its zone', () => {
    const entry = parseTextEntry(`2031-03-04T08:15:03Z gw01 ${HEADER}rt=Mar 04 2031 09:15:02`, until);
    expect(entry['time']).toBe('2031-03-04T08:15:03Z');
    expect(entry['fields']).toMatchObject({ rt: '2031-03-04 09:15:02' });
  });

  it('stay text where the header is damaged', () => {
    expect(parseTextEntry('CEF:0|Acme|Gate', until)).toEqual({ message: 'CEF:0|Acme|Gate' });
  });
});
