import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scalarAt } from '../../spans.ts';
import { RowParser } from './csv-row.ts';
import { RowSpans } from './row-spans.ts';

function cellsOf(spans: RowSpans, line: string, width: number): string[] | undefined {
  const bytes = Buffer.from(`#${line}#`);
  if (!spans.read(bytes, 1, bytes.length - 1, bytes.length === line.length + 2)) return undefined;
  return Array.from({ length: width }, (_, slot) => scalarAt(spans.spans, slot) as string);
}

const PLAIN = { delimiter: ';', backslash: false, twice: false };

test.each([
  ['a;b;c', ['a', 'b', 'c']],
  [';;', ['', '', '']],
  ['"a;b";"";c', ['a;b', '', 'c']],
  ['grüße;1 €;x"y', ['grüße', '1 €', 'x"y']],
  ['Totals of May;1;2', ['Totals of May', '1', '2']],
])('%s', (line, cells) => {
  expect(cellsOf(new RowSpans(PLAIN, 3, ''), line, 3)).toEqual(cells);
});

test.each([
  ['a cell too few', 'a;b'],
  ['a cell too many', 'a;b;c;d'],
  ['a quote in quotes', '"a""b";c;d'],
  ['a cell that goes on', 'a;b;"c'],
  ['text behind a quote', '"a"b;c;d'],
  ['a text that Excel keeps', '="007";b;c'],
  ['the same in quotes', '"=""007""";b;c'],
  ['a sum', 'Total;;9'],
  ['a sum behind an empty cell', ';Summe:;9'],
  ['a ruling', '---;---;---'],
  ['a comment', '#a;b;c'],
  ['the header again', 'id;b;c'],
])('%s is left to the parser', (_what, line) => {
  const spans = new RowSpans(PLAIN, 3, '#');
  spans.header = Buffer.from('id');
  expect(cellsOf(spans, line, 3)).toBeUndefined();
});

test('quotes that a backslash escapes are left to the parser', () => {
  expect(cellsOf(new RowSpans({ ...PLAIN, backslash: true }, 3, ''), '"a";b;c', 3)).toBeUndefined();
  expect(cellsOf(new RowSpans({ ...PLAIN, twice: true }, 3, ''), '"a";b;c', 3)).toBeUndefined();
});

test('whatever it reads is what the parser reads', () => {
  const piece = fc.constantFrom('a', 'ü', ' ', ';', '"', '""', '=', '-', 'Total', '€', '\\', '');
  let read = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), fc.integer({ min: 1, max: 4 }), (pieces, width) => {
      const line = pieces.join('');
      const cells = cellsOf(new RowSpans(PLAIN, width, ''), line, width);
      if (cells === undefined) return;
      read++;
      const parser = new RowParser(PLAIN);
      expect(parser.feed(line)).toBe('row');
      expect(parser.take()).toEqual(cells);
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(100);
});
