import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('cells are quoted where they have to be', () => {
  expect(csvLine(['plain', 'a,b', 'say "no"', 'two\nlines', null, -7])).toBe('plain,"a,b","say ""no""","two\nlines",,-7\r\n');
});

test('what a spreadsheet would run gets an apostrophe', () => {
  expect(csvLine(['=1+1', '+49 30', '-x', '@SUM(A1)', '\tcmd', '\rcmd', 'a=b', ''])).toBe(
    `'=1+1,'+49 30,'-x,'@SUM(A1),'\tcmd,"'\rcmd",a=b,\r\n`,
  );
  expect(csvLine(['="a","b"'])).toBe(`"'=""a"",""b"""\r\n`);
});
