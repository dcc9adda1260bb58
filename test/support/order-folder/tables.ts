import Database from 'better-sqlite3';
import { zip } from '../zip.ts';
import { document, iso, lines, ORDERS, plain } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

/** A workbook with one sheet of inline strings: the parts that every reader needs (ECMA-376). */
function workbook(rows: readonly (readonly (string | number)[])[]): Buffer {
  const cell = (value: string | number): string =>
    typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const relation = (target: string, type: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/${type}" Target="${target}"/></Relationships>`;
  return zip([
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    },
    { name: '_rels/.rels', content: relation('xl/workbook.xml', 'officeDocument') },
    { name: 'xl/_rels/workbook.xml.rels', content: relation('worksheets/sheet1.xml', 'worksheet') },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Returns" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${main}"><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`,
    },
  ]);
}

/** A database with one table. */
function database(rows: readonly (readonly (string | number)[])[]): Buffer {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE bookings (order_no TEXT, operation TEXT, booked_at TEXT, units INTEGER)');
  const insert = db.prepare('INSERT INTO bookings VALUES (?, ?, ?, ?)');
  for (const row of rows) insert.run(...row);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

const n = (i: number): number => i * 20;

/** Tables and lists that people export, understood by inference. */
export const TABLE_FILES: readonly OrderFile[] = [
  {
    name: 'erp/erp-orders.csv',
    format: 'csv',
    profile: 'inferred',
    systems: ['erp'],
    content: lines([
      'order_no;customer_no;status;amount;currency;updated_at',
      ...ORDERS.map(
        (order, i) => `${order};C-${10 + i};${order === 'SO-77' ? 'CONFIRMED' : 'OPEN'};${119.8 + i - 6};EUR;${iso(140 + n(i))}`,
      ),
    ]),
  },
  {
    name: 'returns/returns.xlsx',
    format: 'csv',
    profile: 'inferred',
    systems: ['returns'],
    content: workbook([
      ['order_no', 'event', 'occurred_at', 'quantity'],
      ...ORDERS.map((order, i) => [order, i % 2 === 0 ? 'return announced' : 'return received', iso(90_000 + n(i)), 1]),
    ]),
  },
  {
    name: 'ledger/ledger.sqlite',
    format: 'ndjson',
    profile: 'inferred',
    systems: ['ledger'],
    content: database(
      ORDERS.flatMap((order, i) =>
        ['book receivable', 'clear receivable'].map((step, k) => [order, step, iso(11_000 + n(i) + 600 * k), 1]),
      ),
    ),
  },
  {
    name: 'crm/crm-orders.json',
    format: 'json',
    profile: 'inferred',
    systems: ['crm'],
    content: document({
      total: ORDERS.length,
      data: ORDERS.map((order, i) => ({
        orderNumber: order,
        account: { id: `A-${i}` },
        status: order === 'SO-77' ? 'Won' : 'New',
        amount: 119.8 + i - 6,
        updatedAt: iso(400 + n(i)),
      })),
    }),
  },
  {
    name: 'wms/wms-events.ndjson',
    format: 'ndjson',
    profile: 'inferred',
    systems: ['wms'],
    content: lines(
      ORDERS.flatMap((order, i) =>
        ['reserve stock', 'pick', 'pack', 'ship'].map((event, k) => ({
          time: plain(1000 + n(i) + 600 * k),
          system: 'wms',
          event,
          order_id: order,
          shipment_id: `SH-${order.slice(3)}`,
          result: 'OK',
        })),
      ),
    ),
  },
];
