import { describe, expect, it } from 'vitest';
import { readToken } from './fragment.ts';

describe('readToken', () => {
  it('takes the token out of the start link', () => {
    expect(readToken('#/?token=abc-_123')).toEqual({ token: 'abc-_123', rest: '#/' });
    expect(readToken('#token=abc')).toEqual({ token: 'abc', rest: '#/' });
  });

  it('leaves the place and its other parameters as they were written', () => {
    expect(readToken('#/journey/order/gid%3A%2F%2Fshop%2FOrder%2F1042?view=events&token=abc&event=17')).toEqual({
      token: 'abc',
      rest: '#/journey/order/gid%3A%2F%2Fshop%2FOrder%2F1042?view=events&event=17',
    });
  });

  it.each(['', '#', '#/', '#/records?q=token%3D1', '#/records?q=mytoken=1', '#token=', '#/?token='])('finds none in %j', (fragment) => {
    expect(readToken(fragment)).toBeUndefined();
  });
});
