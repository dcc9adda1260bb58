import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedText } from './marked-text.ts';

const hits = (text: string, ...words: string[]): string[] =>
  markedText(text, words)
    .filter((piece) => piece.hit)
    .map((piece) => piece.text);

describe('markedText', () => {
  it('marks what was taken from the text', () => {
    expect(hits('{"order":"SO-1","state":"OK"}', 'SO-1', 'OK')).toEqual(['SO-1', 'OK']);
  });

  it('takes the longest of overlapping words', () => {
    expect(hits('SO-100-7', 'SO-100', 'SO-100-7')).toEqual(['SO-100-7']);
  });

  it('marks whole words only, and no single characters', () => {
    expect(hits('took 412 ms, order 12', '12')).toEqual(['12']);
    expect(hits('a b c', 'a')).toEqual([]);
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, words) => {
        expect(
          markedText(text, words)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
