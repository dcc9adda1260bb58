import { describe, expect, it } from 'vitest';
import { readToken } from './fragment.ts';

describe('readToken', () => {
  it('takes the token and starts at the beginning', () => {
    expect(readToken('#token=abc123')).toEqual({ token: 'abc123', rest: '#/' });
  });

  it('keeps the place to go to', () => {
    const to = encodeURIComponent('/journey/order/gid%3A%2F%2Fshop%2FOrder%2F1042?view=events');
    expect(readToken(`#token=abc&to=${to}`)).toEqual({ token: 'abc', rest: '#/journey/order/gid%3A%2F%2Fshop%2FOrder%2F1042?view=events' });
  });

  it.each(['', '#', '#/', '#/records?q=token%3D1', '#token='])('finds none in %j', (fragment) => {
    expect(readToken(fragment)).toBeUndefined();
  });
});
