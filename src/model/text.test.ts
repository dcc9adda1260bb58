import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstLine, oneLine } from './text.ts';

const BREAKS = ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029'];
const text = fc.array(fc.oneof(fc.string(), fc.constantFrom(...BREAKS, ' ', '\t')), { maxLength: 12 }).map((parts) => parts.join(''));

describe('oneLine', () => {
  it('joins lines with one space', () => {
    expect(oneLine('on hold\r\n\r\n  see note\n')).toBe('on hold see note');
    expect(oneLine('  as it is ')).toBe('  as it is ');
  });

  it('leaves no line break in any text, and says the same the second time', () => {
    fc.assert(
      fc.property(text, (value) => {
        const line = oneLine(value);
        expect(BREAKS.filter((end) => line.includes(end))).toEqual([]);
        expect(oneLine(line)).toBe(line);
      }),
    );
  });
});

describe('firstLine', () => {
  it('ends at any kind of line break, also at one that was written out before a stack trace', () => {
    for (const end of [...BREAKS, String.raw`\n\tat `, String.raw`\r\n    at `])
      expect(firstLine(`\nTimeout after 30 s${end}a.b.C(C.java:1)`)).toBe('Timeout after 30 s');
  });

  it('leaves a backslash alone that is no line break', () => {
    expect(firstLine(String.raw`cannot open C:\new\atlas`)).toBe(String.raw`cannot open C:\new\atlas`);
    expect(firstLine('')).toBe('');
  });
});
