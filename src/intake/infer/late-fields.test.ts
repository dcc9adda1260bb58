import { describe, expect, it } from 'vitest';
import { guessByName, lateAttempt } from './late-fields.ts';

describe('a field that comes late', () => {
  it('is an attempt where its name says so', () => {
    expect(guessByName('attempt')).toEqual({ role: 'attempt', type: undefined, format: 'from-1' });
    expect(guessByName('retry_count')).toEqual({ role: 'attempt', type: undefined, format: 'from-0' });
    expect(guessByName('attempted_by')?.role).not.toBe('attempt');
  });

  it('tells attempts by small whole numbers only', () => {
    expect(lateAttempt('2', 'from-1')).toBe(2);
    expect(lateAttempt('1', 'from-0')).toBe(2);
    expect(lateAttempt('soon', 'from-1')).toBe(0);
    expect(lateAttempt('20260302', 'from-1')).toBe(0);
  });
});
