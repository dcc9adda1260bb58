import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments, parseDeepLink } from './open-request.ts';

describe('parseDeepLink', () => {
  it.each([
    ['waybill://journey/order/SO-1042', '/journey/order/SO-1042'],
    ['waybill://journey/order/SO-1042?view=graph&event=17', '/journey/order/SO-1042?view=graph&event=17'],
    ['waybill://journey/order/gid%3A%2F%2Fshop%2FOrder%2F1042', '/journey/order/gid%3A%2F%2Fshop%2FOrder%2F1042'],
    ['waybill://records?status=failed', '/records?status=failed'],
    ['waybill://findings/', '/findings'],
    ['waybill://incidents?incident=06545ef6a619ace1', '/incidents?incident=06545ef6a619ace1'],
    ['WAYBILL://Sources', undefined],
    ['waybill://sql', '/sql'],
  ])('%s → %s', (link, route) => {
    expect(parseDeepLink(link)).toBe(route);
  });

  it.each([
    'https://journey/order/SO-1',
    'waybill:journey/order/SO-1',
    'waybill://import?plan=1',
    'waybill://toString',
    'waybill://journey/order',
    'waybill://journey/order/SO-1/more',
    'waybill://journey/order/%E0%A4%A',
    'waybill://journey/order/%00',
    'waybill://journey/order/a%0Ab',
    'waybill://user:password@records',
    'waybill://records:80',
    'waybill://records#/sql',
    `waybill://journey/order/${'x'.repeat(3000)}`,
    '',
  ])('refuses %j', (link) => {
    expect(parseDeepLink(link)).toBeUndefined();
  });

  it('gives back whatever identifier a link was made for', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }), (key) => {
        const route = parseDeepLink(`waybill://journey/order/${encodeURIComponent(key)}`);
        if (/\p{Cc}/u.test(key)) expect(route).toBeUndefined();
        // Two keys cannot stand in an address: it means "here" and "up".
        else if (/^\.\.?$/.test(key)) return;
        else expect(decodeURIComponent(route!.slice('/journey/order/'.length))).toBe(key);
      }),
    );
  });
});

describe('parseArguments', () => {
  it('finds a workspace relative to the folder it was named in, among what Electron adds', () => {
    expect(parseArguments(['/usr/bin/electron', '.', '--enable-logging', 'a/mine.waybill'], '/home/me')).toEqual({
      kind: 'workspace',
      path: '/home/me/a/mine.waybill',
    });
    expect(parseArguments(['--log-file=x.waybill', '.'], '/home/me')).toBeUndefined();
  });

  it('finds a link, and passes over one that names no page', () => {
    expect(parseArguments(['waybill://nowhere', 'waybill://records'], '/')).toEqual({ kind: 'route', route: '/records' });
    expect(parseArguments(['waybill://x/y.waybill'], '/')).toBeUndefined();
  });
});
