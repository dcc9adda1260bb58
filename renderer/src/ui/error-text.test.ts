import { describe, expect, it } from 'vitest';
import { errorText, isCancelled } from './error-text.ts';

describe('errorText', () => {
  it('reads the code from the error or from its data, and adds what to try', () => {
    expect(errorText(Object.assign(new Error('no record has SO-9'), { code: 'not-found' }))).toMatchObject({
      message: 'no record has SO-9',
      code: 'not-found',
    });
    const carried = errorText(
      Object.assign(new Error('Not Found'), { code: 'NOT_FOUND', data: { code: 'query-rejected', message: 'only one SELECT' } }),
    );
    expect(carried.message).toBe('only one SELECT');
    expect(carried.hint).toContain('SELECT');
  });

  it('makes something of anything thrown', () => {
    expect(errorText('plain').message).toBe('plain');
    expect(errorText(undefined).message).not.toBe('');
    expect(errorText({ code: 7 }).code).toBeUndefined();
  });
});

it('knows what was only stopped', () => {
  expect(isCancelled(Object.assign(new Error('x'), { code: 'cancelled' }))).toBe(true);
  expect(isCancelled(new DOMException('gone', 'AbortError'))).toBe(true);
  expect(isCancelled(new Error('x'))).toBe(false);
});
