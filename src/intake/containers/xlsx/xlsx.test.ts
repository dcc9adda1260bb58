import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../model/errors.ts';
import { chooseFormat } from '../../formats/index.ts';
import { discover, isRefusal } from '../index.ts';
import { xlsx, zip } from '../testing.ts';
import type { Part, Refusal } from '../types.ts';
import { numberText } from './cell-text.ts';
import { numberFormat } from './number-format.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-xlsx-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function find(bytes: Uint8Array, name = 'book.xlsx'): Promise<(Part | Refusal)[]> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const found: (Part | Refusal)[] = [];
  for await (const item of discover([path])) found.push(item);
  return found;
}

async function textOf(part: Part | Refusal | undefined): Promise<string> {
  if (part === undefined || isRefusal(part)) throw new Error(part?.reason ?? 'nothing was found');
  let text = '';
  for await (const chunk of part.open()) text += Buffer.from(chunk).toString();
  return text;
}

async function sheet(rows: string, more: Partial<Parameters<typeof xlsx>[0]> = {}, after = ''): Promise<string> {
  const [part] = await find(xlsx({ sheets: [{ name: 'Orders', rows, after }], ...more }));
  return textOf(part);
}

const CELL = (ref: string, value: string, more = ''): string => `<c r="${ref}"${more}><v>${value}</v></c>`;

describe('workbooks', () => {
  it('gives every sheet with cells a name and its rows as CSV', async () => {
    const found = await find(
      xlsx({
        sheets: [
          {
            name: 'Orders',
            rows: `<row r="1">${CELL('A1', '0', ' t="s"')}${CELL('B1', '1', ' t="s"')}</row><row r="2">${CELL('A2', '7')}${CELL('B2', '1', ' t="b"')}</row>`,
          },
          { name: 'Nothing', rows: '<row r="1"><c r="A1" s="0"/></row>' },
          { name: 'Old &amp; gone', rows: `<row r="1">${CELL('A1', '0', ' t="s"')}</row>`, state: 'veryHidden' },
        ],
        strings: ['<t>order</t>', '<r><t xml:space="preserve">is </t></r><r><rPh><t>x</t></rPh><t>paid</t></r>'],
      }),
    );
    expect(found.map((part) => (isRefusal(part) ? part.reason : part.name))).toEqual([
      'book.xlsx › Orders',
      'book.xlsx › Old & gone (hidden)',
    ]);
    expect(found[0]).toMatchObject({ member: 'Orders', encoding: 'utf-8' });
    expect(await textOf(found[0])).toBe('order,is paid\n7,true\n');
    expect(await textOf(found[0])).toBe('order,is paid\n7,true\n');
  });

  it('reads texts of all kinds, saved results of formulas, errors, and quotes what CSV needs quoted', async () => {
    const rows =
      `<row r="1"><c r="A1" t="inlineStr"><is><t>a "b", c</t></is></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>line_x000A_two</v></c>` +
      `<c r="C1" t="e"><v>#N/A</v></c><c r="D1"><f>1+1</f><v>2</v></c><c r="E1"><f>NOW()</f></c><c r="F1" t="d"><v>2031-03-04T00:00:00</v></c></row>`;
    expect(await sheet(rows)).toBe('"a ""b"", c","line\ntwo",#N/A,2,,2031-03-04\n');
  });

  it('writes dates as ISO text without a zone, in both calendars', async () => {
    const formats = [
      'yyyy\\-mm\\-dd',
      'dd.mm.yyyy hh:mm',
      'h:mm AM/PM',
      '[h]:mm:ss',
      '0000000000',
      '#,##0.00 "days"',
      '[$-407]d. mmmm yyyy;@',
    ];
    const row = `<row r="1">${CELL('A1', '47911', ' s="0"')}${CELL('B1', '47911.385439814818', ' s="1"')}${CELL('C1', '0.75', ' s="2"')}${CELL(
      'D1',
      '1.5',
      ' s="3"',
    )}${CELL('E1', '42', ' s="4"')}${CELL('F1', '1234.5', ' s="5"')}${CELL('G1', '1', ' s="6"')}</row>`;
    expect(await sheet(row, { formats })).toBe('2031-03-04,2031-03-04T09:15:02,18:00:00,36:00:00,0000000042,1234.5,1900-01-01\n');
    expect(await sheet(row, { formats, from1904: true })).toMatch(/^2035-03-05,2035-03-05T09:15:02,/);
  });

  it('fills rows up to the width of the table, and leaves titles above it short', async () => {
    const rows =
      `<row r="1">${CELL('A1', 'Orders of May', ' t="str"')}</row>` +
      `<row r="3">${['A', 'B', 'C'].map((column) => CELL(`${column}3`, `head ${column}`, ' t="str"')).join('')}</row>` +
      `<row r="4">${CELL('A4', 'SO-1', ' t="str"')}</row><row r="5">${CELL('C5', '3')}</row><row r="6"><c r="A6"/></row>`;
    const text = await sheet(rows);
    expect(text).toBe('Orders of May\nhead A,head B,head C\nSO-1,,\n,,3\n');
    const choice = chooseFormat({ name: 'Orders.csv', bytes: Buffer.from(text), text, complete: true });
    expect(choice?.format.id).toBe('csv');
    expect(choice?.format.header(choice.detection.options)).toEqual(['head A', 'head B', 'head C']);
  });

  it('repeats a cell merged over rows, and not one merged over columns', async () => {
    const rows =
      `<row r="1">${CELL('A1', 'order', ' t="str"')}${CELL('B1', 'item', ' t="str"')}</row><row r="2">${CELL('A2', 'SO-1', ' t="str"')}${CELL('B2', '1')}</row>` +
      `<row r="3"><c r="A3"/>${CELL('B3', '2')}</row><row r="4"><c r="A4"/></row><row r="5">${CELL('A5', 'all', ' t="str"')}</row>`;
    const merges = '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="A5:B5"/></mergeCells>';
    expect(await sheet(rows, {}, merges)).toBe('order,item\nSO-1,1\nSO-1,2\nall,\n');
  });

  it('reads cells without places, prefixed names and UTF-16', async () => {
    const book = xlsx({ sheets: [{ name: 'A', rows: '' }] });
    const bytes = Buffer.from(
      '\uFEFF<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      'utf16le',
    );
    const members = {
      '[Content_Types].xml': '<Types/>',
      '_rels/.rels': '<Relationships/>',
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>',
      'xl/s.xml': bytes,
    };
    expect(book.length).toBeGreaterThan(0);
    expect(await textOf((await find(zip(members)))[0])).toBe('1,2\n');
  });

  it.each([
    ['0.1', '0.1'],
    ['1.1000000000000001', '1.1'],
    ['0.30000000000000004', '0.3'],
    ['4.5E+15', '4500000000000000'],
    ['1E-3', '0.001'],
    ['123456789012345678', '123456789012345678'],
    ['-5', '-5'],
    ['x', 'x'],
  ])('writes the number %s as %s', (raw, text) => {
    expect(numberText(raw, { kind: 'number' }, false)).toBe(text);
  });

  it.each([
    ['General', 'number'],
    ['0.00E+00', 'number'],
    ['#,##0.00 [$€-407]', 'number'],
    ['0.0" days"', 'number'],
    ['@', 'number'],
    ['m/d/yy', 'date'],
    ['mm:ss.0', 'date'],
    ['[Red]yyyy"-"mm', 'date'],
    ['[mm]:ss', 'duration'],
    ['00000', 'padded'],
  ])('takes the format %s for a %s', (code, kind) => {
    expect(numberFormat(code).kind).toBe(kind);
  });
});

describe('what is no workbook that can be read', () => {
  it.each([
    ['binary', zip({ '[Content_Types].xml': 'x', '_rels/.rels': '<R/>', 'xl/workbook.bin': 'x' }), /binary format \(\.xlsb\): save it as/],
    ['a letter', zip({ '[Content_Types].xml': 'x', '_rels/.rels': '<R/>', 'word/document.xml': 'x' }), /Office document without sheets/],
    ['OpenDocument', zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': 'x' }), /OpenDocument file/],
    ['without cells', xlsx({ sheets: [{ name: 'A', rows: '' }] }), /workbook without cells/],
    ['protected', Buffer.concat([ole(), Buffer.from('EncryptedPackage', 'utf16le')]), /protected by a password/],
    ['old', Buffer.concat([ole(), Buffer.alloc(100_000), Buffer.from('Workbook', 'utf16le')]), /old format \(\.xls\)/],
    ['some compound file', ole(), /compound file/],
  ])('refuses one that is %s', async (_what, bytes, reason) => {
    const found = await find(bytes);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ reason: expect.stringMatching(reason) as string });
  });

  it('stops a bomb of shared texts', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `<row r="${i + 1}">${CELL(`A${i + 1}`, '0', ' t="s"')}</row>`).join('');
    const [part] = await find(xlsx({ sheets: [{ name: 'A', rows }], strings: [`<t>${'a'.repeat(100_000)}</t>`] }));
    await expect(textOf(part)).rejects.toMatchObject({ code: 'archive-unsafe' });
  });

  it('does not expand entities', async () => {
    const members = { '[Content_Types].xml': 'x', '_rels/.rels': '<!DOCTYPE R [<!ENTITY a "aaaa">]><R>&a;</R>', 'xl/workbook.xml': '<w/>' };
    expect((await find(zip(members)))[0]).toMatchObject({ code: 'file-unreadable', reason: expect.stringMatching(/damaged/) as string });
  });
});

function ole(): Buffer {
  return Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex');
}

describe('damage', () => {
  const book = xlsx({
    sheets: [{ name: 'Orders', rows: `<row r="1">${CELL('A1', '0', ' t="s"')}${CELL('B1', '47911', ' s="0"')}</row>` }],
    strings: ['<t>order</t>'],
    formats: ['yyyy-mm-dd'],
  });

  it('is a sentence, wherever a file is cut or changed', async () => {
    const damage = fc.array(fc.tuple(fc.nat(book.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.nat(book.length), damage, async (length, changes) => {
        const bytes = Buffer.from(changes.length === 0 ? book.subarray(0, length) : book);
        for (const [at, byte] of changes) bytes[at] = byte;
        for (const part of await find(bytes, 'damaged.xlsx')) {
          if (!isRefusal(part)) await textOf(part).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
        }
      }),
      { numRuns: 150 },
    );
  });
});
