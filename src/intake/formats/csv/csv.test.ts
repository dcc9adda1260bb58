import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';
import { readText, sniffText, valuesOf } from '../test-harness.ts';

describe('csv', () => {
  it('names an unnamed first column and keeps it', async () => {
    const { entries, format, options } = await readText('log.csv', ',activity,at\n0,register,2031-03-04\n1,check,2031-03-05\n');
    expect(format.header(options)).toEqual(['column1', 'activity', 'at']);
    expect(valuesOf(entries, format.header(options))[1]).toEqual({ column1: '1', activity: 'check', at: '2031-03-05' });
  });

  it.each([
    [';', 'a;b;c\n1;2,5;x\n2;3,5;y\n'],
    ['\t', 'a\tb\tc\n1\t2\tx\n2\t3\ty\n'],
    ['|', 'a|b|c\n1|2|x\n2|3|y\n'],
    [',', 'a,b,c\n1,"2;2;2;2",x\n2,"3;3;3;3",y\n'],
  ])('finds the delimiter %j', (delimiter, content) => {
    expect(sniffText('x.txt', content)?.detection.options['delimiter']).toBe(delimiter);
  });

  it('notes decimal commas', () => {
    expect(sniffText('x.csv', 'id;amount\n1;12,50\n2;1.012,00\n')?.detection.options['decimal']).toBe(',');
    expect(sniffText('x.csv', 'id;amount\n1;12.50\n2;1,012.00\n')?.detection.options['decimal']).toBe('.');
  });

  it('skips titles and sep= before the header', async () => {
    const titled = await readText('x.csv', 'Report of March\n\norder,status,amount\nSO-1,new,1\nSO-2,new,2\n');
    expect(titled.options).toMatchObject({ header: ['order', 'status', 'amount'], skip: 2 });
    expect(titled.entries).toHaveLength(2);
    const excel = await readText('x.csv', 'sep=;\r\norder;status\r\nSO-1;new\r\nSO-2;new\r\n');
    expect(excel.options).toMatchObject({ delimiter: ';', skip: 1 });
    expect(excel.entries.map((entry) => entry.place.line)).toEqual([3, 4]);
  });

  it('gives generated names to a table without a header', async () => {
    const rows = '2031-03-04T09:15:02Z,SO-1,1,7.5\n2031-03-04T09:15:03Z,SO-2,2,8.5\n2031-03-04T09:15:04Z,SO-3,3,9.5\n';
    const { entries, options } = await readText('feed.csv', rows);
    expect(options).toMatchObject({ header: ['column1', 'column2', 'column3', 'column4'], headerRow: false });
    expect(entries).toHaveLength(3);
  });

  it('says what is wrong with a ragged row and reads the next', async () => {
    const { entries, rejections } = await readText('x.csv', 'a,b,c\n1,2,3\n1,2,3,4,5\n1\n4,5,6\n');
    expect(entries).toHaveLength(2);
    expect(rejections.map(({ code, reason, place }) => [code, reason, place.line])).toEqual([
      ['too-many-cells', 'the row has 5 cells, the header 3', 3],
      ['too-few-cells', 'the row has 1 cell, the header 3', 4],
    ]);
  });

  it('is a table still when most rows at its head are broken', async () => {
    const broken = Array.from({ length: 20 }, (_, i) => `SO-${i},"new" order,x\n`).join('');
    const whole = Array.from({ length: 6 }, (_, i) => `SO-${i + 50},new,2031-03-04T09:15:0${i}Z\n`).join('');
    const { format, entries, rejections } = await readText('orders.csv', `order,status,at\n${broken}${whole}`);
    expect([format.id, entries.length, rejections.length]).toEqual(['csv', 6, 20]);
    // A letter is no table, whatever it is called.
    const letter = `Dear all, dear colleagues, dear you\n${Array.from({ length: 30 }, (_, i) => `this happened on day ${i}\n`).join('')}`;
    expect(sniffText('notes.csv', letter)?.format.id).not.toBe('csv');
  });

  it('accepts a delimiter at the end of each row', async () => {
    const { entries, rejections } = await readText('x.csv', 'a,b,c\n1,2,3,\n4,5,6,\n');
    expect([entries.length, rejections.length]).toEqual([2, 0]);
  });

  it('loses one line to a quote that is never closed, not the file', async () => {
    const good = Array.from({ length: 50 }, (_, i) => `${i},ok,text\n`).join('');
    const { entries, rejections } = await readText('x.csv', `id,status,note\n${good}51,"open,text\n${good}`);
    expect(entries).toHaveLength(100);
    expect(rejections).toHaveLength(1);
    expect(rejections[0]).toMatchObject({ code: 'malformed', place: { line: 52 } });
  });

  it('goes on after text behind a closing quote', async () => {
    const { entries, rejections } = await readText('x.csv', 'a,b\n"x"y,1\n"x",2\nz,3\n');
    expect(valuesOf(entries, ['a', 'b'])).toEqual([
      { a: 'x', b: '2' },
      { a: 'z', b: '3' },
    ]);
    expect(rejections[0]?.reason).toBe('text follows the closing quote of a cell');
  });

  it('stays linear on rows that all open a quote', async () => {
    const lines = 'b","c\n'.repeat(60_000);
    const { rejections } = await readText('x.csv', `a,b\n1,2\n3,4\n${lines}`);
    expect(rejections.length).toBeGreaterThan(0);
  });

  it('passes over a header that is repeated by joined files', async () => {
    const { entries, rejections } = await readText('x.csv', 'a,b\n1,2\na,b\n3,4\n');
    expect([entries.length, rejections.length]).toEqual([2, 0]);
  });

  it('opens JSON in a quoted cell unharmed', async () => {
    const { entries } = await readText('x.csv', 'id,log\n1,"{""log"":""a\\nb"",""n"":1}"\n2,"{}"\n');
    expect(JSON.parse(valuesOf(entries, ['id', 'log']).map((value) => (value as { log: string }).log)[0]!)).toEqual({ log: 'a\nb', n: 1 });
  });

  it('does not take prose for a table', () => {
    expect(sniffText('readme.txt', 'Hello, world\nThis is a text, mostly\nwith commas, like this\nand that, too\n')).toBeUndefined();
  });

  it('refuses to parse half a row', () => {
    expect(() => csv.parse(new TextEncoder().encode('1,"2'), { delimiter: ',', header: ['a', 'b'] })).toThrow('not one complete row');
  });

  it('takes the text out of ="…", and leaves formulas as they are', async () => {
    const { entries } = await readText('x.csv', 'order,zip,sum\n="0077",="0 12","=""0078"""\n=A1+"x",x="1",="a"&B2\n');
    expect(valuesOf(entries, ['order', 'zip', 'sum'])).toEqual([
      { order: '0077', zip: '0 12', sum: '0078' },
      { order: '=A1+"x"', zip: 'x="1"', sum: '="a"&B2' },
    ]);
  });

  it('notes backslashes that escape quotes only where the rows fall apart without', async () => {
    const escaped = 'id,note\n1,"say \\"a, b\\" \\\\"\n2,"x"\n';
    const { entries, options } = await readText('x.csv', escaped);
    expect(options['backslash']).toBe(true);
    expect(valuesOf(entries, ['id', 'note'])[0]).toEqual({ id: '1', note: 'say "a, b" \\' });
    expect(sniffText('x.csv', 'id,json\n1,"{""a"":""x\\""}"\n2,"{}"\n')?.detection.options['backslash']).toBeUndefined();
  });

  it('unquotes cells that were quoted twice', async () => {
    const { entries, options } = await readText('x.csv', 'Date,Service\n2031-03-04,"""way"""\n2031-03-05,"""a """"b"""""""\n');
    expect(options['twice']).toBe(true);
    expect(valuesOf(entries, ['Date', 'Service'])).toEqual([
      { Date: '2031-03-04', Service: 'way' },
      { Date: '2031-03-05', Service: 'a "b"' },
    ]);
  });

  it('completes rows of a writer that leaves out empty cells at the end, and refuses a lone short row', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `SO-${i},new,${i}${i % 2 === 0 ? ',x' : ''}\n`).join('');
    const habit = await readText('x.csv', `order,status,n,note\n${rows}`);
    expect([habit.entries.length, habit.rejections.length]).toEqual([12, 0]);
    expect(valuesOf(habit.entries, habit.format.header(habit.options))[1]).toEqual({ order: 'SO-1', status: 'new', n: '1', note: '' });
    const full = Array.from({ length: 12 }, (_, i) => `SO-${i},new,${i},x\n`).join('');
    const damage = await readText('x.csv', `order,status,n,note\n${full}SO-99,new,99\n`);
    expect(damage.rejections).toMatchObject([{ code: 'too-few-cells', place: { line: 14 } }]);
  });

  it.each([
    '(1000 rows affected)',
    '(12 rows)',
    '12 rows selected.',
    '3 rows in set (0.01 sec)',
    'Total rows: 12',
    '(12 Zeilen betroffen)',
    '-----+-----+-----',
    '',
  ])('passes over %j under a table', async (line) => {
    const { entries, rejections } = await readText('x.csv', `a;b;c\n1;2;3\n4;5;6\n${line}\n`);
    expect([entries.length, rejections]).toEqual([2, []]);
  });

  it('refuses a row that sums up others', async () => {
    const { entries, rejections } = await readText('x.csv', 'order,amount,at\nSO-1,2,2031-03-04\nSO-2,3,2031-03-05\nTotal,5,\n');
    expect(entries).toHaveLength(2);
    expect(rejections).toMatchObject([{ code: 'unsupported', place: { line: 4 } }]);
  });

  it('passes over comments and drawn lines, and a header that joined files repeat behind their byte order mark', async () => {
    const content = '# report\n# of March\nname,,name\n----,----,----\n1,2,3\n# more\n\ufeffname,,name\n4,5,6\n';
    const { entries, rejections, options } = await readText('x.csv', content);
    expect(options).toMatchObject({ header: ['name', 'column2', 'name_2'], skip: 2, comment: '#' });
    expect([entries.map((entry) => entry.place.line), rejections]).toEqual([[5, 8], []]);
  });

  it('keeps a header with unused columns at its end, and takes keys for what they are', () => {
    expect(sniffText('x.csv', ',id,name,,\n0,SO-1,a,,\n1,SO-2,b,,\n')?.detection.options).toMatchObject({
      header: ['column1', 'id', 'name', 'column4', 'column5'],
    });
    expect(sniffText('x.csv', 'SO-1041,ok,web,x\nSO-1042,ok,web,y\nSO-1043,no,web,z\n')?.detection.options).toMatchObject({
      headerRow: false,
    });
  });

  it('finds the header under many titles', async () => {
    const titles = Array.from({ length: 12 }, (_, i) => `Title ${i}\n`).join('');
    const rows = Array.from({ length: 30 }, (_, i) => `SO-${i},new,${i}\n`).join('');
    const { options, entries } = await readText('x.csv', `${titles}order,status,n\n${rows}`);
    expect([options['skip'], entries.length]).toEqual([12, 30]);
  });

  it('survives NULs', async () => {
    const { entries, rejections } = await readText('x.csv', 'a,b\n1,x\0y\n2,z\n\0\0\0\0');
    expect([entries.length, rejections.map(({ code }) => code)]).toEqual([2, ['truncated']]);
  });
});
