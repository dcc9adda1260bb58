import { describe, expect, it } from 'vitest';
import { rank, ranked } from './rank.ts';

describe('rank', () => {
  it('orders prefix, word start, part, letters in order', () => {
    const scores = ['sources', 'open sources', 'resources', 'set order up, remember counts'].map((title) => rank(title, 'source'));
    expect(scores.every((score, index) => index === 0 || score < (scores[index - 1] ?? 0))).toBe(true);
  });

  it('is 0 where letters are missing', () => {
    expect(rank('findings', 'xyz')).toBe(0);
  });

  it('keeps everything in its order when nothing was typed', () => {
    expect(ranked(['b', 'a', 'c'], '  ', (item) => item)).toEqual(['b', 'a', 'c']);
  });

  it('prefers the shorter of two prefixes', () => {
    expect(ranked(['Records with findings', 'Records'], 'rec', (item) => item)[0]).toBe('Records');
  });
});
