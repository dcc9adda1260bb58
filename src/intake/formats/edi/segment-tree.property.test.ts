import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegmentTrees } from './segment-tree.ts';
import type { Separators } from './separators.ts';

const PLAIN: Separators = { element: '+', component: ':', terminator: "'", repetition: '*', release: '?', tag: '', charset: '' };
/** The same in characters that are taken apart in the long way. */
const OTHER: Separators = { ...PLAIN, element: '¬', component: '…', terminator: '§', repetition: '¦', release: '¿' };

const SWAP: Readonly<Record<string, string>> = { '+': '¬', ':': '…', "'": '§', '*': '¦', '?': '¿' };

describe('segments', () => {
  it('are the same trees by the short way and by the long one', () => {
    const piece = fc.constantFrom(
      'LIN',
      'QTY',
      'A',
      '',
      ' ',
      '\n',
      '\r\n',
      '+',
      '+',
      ':',
      ':',
      "'",
      "'",
      '?',
      '*',
      '12',
      'naïve',
      '\u00a0',
      '1234567890123',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, released) => {
        const text = pieces.join('');
        const plain = released ? PLAIN : { ...PLAIN, release: '' };
        const other = released ? OTHER : { ...OTHER, release: '' };
        const swapped = text.replace(released ? /[+:'*?]/g : /[+:'*]/g, (mark) => SWAP[mark]!);
        const expected: unknown = JSON.parse(
          JSON.stringify(new SegmentTrees().parse(swapped, other)).replace(/[¬…§¦¿]/g, (mark) => BACK[mark]!),
        );
        expect(new SegmentTrees().parse(text, plain)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

const BACK: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(SWAP).map(([plain, other]) => [other, plain]));
