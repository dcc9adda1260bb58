import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { skewedFiles } from '../../support/skewed-files.ts';

/** A file made by a test, to be dropped or chosen. */
export interface TestFile {
  readonly name: string;
  readonly content: Buffer;
}

const DAY = '2031-04-07';
const ORDERS = 24;

function key(index: number): string {
  return `ORD-${String(700 + index)}`;
}

function clock(index: number, minute: number): string {
  return `${String(8 + Math.floor(index / 6)).padStart(2, '0')}:${String((index % 6) * 9 + minute).padStart(2, '0')}`;
}

/** Payments as a shop's back office exports them: semicolons, local times without a zone. One row is broken. */
export function paymentsCsv(): TestFile {
  const rows = Array.from(
    { length: ORDERS },
    (_, index) =>
      `${DAY} ${clock(index, 2)}:11;${key(index)};capture;${index === 5 ? 'FAILED' : 'OK'};${19 + index}.90;PAY-${9000 + index}`,
  );
  rows.splice(10, 0, 'a line that is no row');
  return { name: 'payments.csv', content: Buffer.from(`time;order_id;action;status;amount;payment_id\n${rows.join('\n')}\n`) };
}

/** Shop events, one JSON object a line. Two lines cannot be read. */
export function shopNdjson(): TestFile {
  const lines = Array.from({ length: ORDERS }, (_, index) =>
    JSON.stringify({
      timestamp: `${DAY}T${clock(index, 0)}:05.120Z`,
      system: 'shop',
      event: 'order placed',
      status: 'succeeded',
      order_id: key(index),
      total: 19.9 + index,
    }),
  );
  lines.splice(3, 0, '{"timestamp": "2031-04-07T08:', 'not json at all');
  return { name: 'shop-events.ndjson', content: Buffer.from(`${lines.join('\n')}\n`) };
}

/** Warehouse events, compressed. */
export function warehouseGzip(): TestFile {
  const lines = Array.from({ length: ORDERS - 2 }, (_, index) =>
    JSON.stringify({
      timestamp: `${DAY}T${clock(index, 4)}:40.000Z`,
      system: 'wms',
      event: 'packed',
      status: 'succeeded',
      order_id: key(index),
      parcel: `PCL-${index}`,
    }),
  );
  return { name: 'wms.ndjson.gz', content: gzipSync(`${lines.join('\n')}\n`) };
}

/** Says that it is compressed, and is not. */
export function brokenGzip(): TestFile {
  return { name: 'broken.ndjson.gz', content: Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x99, 0x99, 0x01, 0x02, 0x03, 0x04]) };
}

/** One file of each sort, one of them unreadable. */
export function mixedFiles(): readonly TestFile[] {
  return [paymentsCsv(), shopNdjson(), warehouseGzip(), brokenGzip()];
}

const DRAG_EVENTS = ['dragenter', 'dragover', 'drop'] as const;

/**
 * Drops files on the window as a person would: with a real `DataTransfer`, over the element in its middle. With fewer events the
 * files are only held over it.
 */
export async function dropFiles(
  page: Page,
  files: readonly TestFile[],
  events: readonly (typeof DRAG_EVENTS)[number][] = DRAG_EVENTS,
): Promise<void> {
  const given = JSON.stringify(files.map(({ name, content }) => ({ name, base64: content.toString('base64') })));
  // As text, because the tests are compiled without the types of a browser.
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    for (const { name, base64 } of ${given}) data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
    return data;
  })()`);
  const target = page.getByRole('main');
  for (const type of events) await target.dispatchEvent(type, { dataTransfer: transfer });
  await transfer.dispose();
}

/** A file that takes seconds to import. */
export function manyLines(count: number): string {
  const line = (index: number): string =>
    `{"timestamp":"${DAY}T08:00:00.${String(index % 1000).padStart(3, '0')}Z","system":"shop","event":"order placed","status":"succeeded","order_id":"ORD-${index}","total":${index % 90}}\n`;
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

/** A day of a warehouse's log. `PARKED` is a word that no vocabulary knows; two of the entries name no time. */
export function dayOfLog(day: number): TestFile {
  const date = `2031-04-${String(day).padStart(2, '0')}`;
  const lines = Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({
      ...(index === 7 || index === 8 ? { when: `${date} at some time` } : { when: `${date}T${clock(index % 24, 1)}:07.000Z` }),
      where: 'wms',
      action: ['allocate', 'pick', 'pack', 'ship'][index % 4],
      outcome: index % 8 === 3 ? 'PARKED' : index % 8 === 5 ? 'FAILED' : 'OK',
      order_id: key(day * 40 + index),
      grams: 100 + index * 7,
    }),
  );
  return { name: `wms-2031-04-${String(day).padStart(2, '0')}.ndjson`, content: Buffer.from(`${lines.join('\n')}\n`) };
}

const TAR_BLOCK = 512;

/** Files in a tar archive (POSIX ustar). */
export function tarOf(name: string, files: readonly TestFile[]): TestFile {
  const blocks = files.flatMap((file) => {
    const head = Buffer.alloc(TAR_BLOCK);
    head.write(file.name, 0);
    head.write('0000644\0', 100);
    head.write('0000000\0', 108);
    head.write('0000000\0', 116);
    head.write(`${file.content.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write('00000000000\0', 136);
    head.write('        ', 148);
    head.write('0', 156);
    head.write('ustar', 257);
    head.write('00', 263);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [head, file.content, Buffer.alloc((TAR_BLOCK - (file.content.length % TAR_BLOCK)) % TAR_BLOCK)];
  });
  return { name, content: Buffer.concat([...blocks, Buffer.alloc(2 * TAR_BLOCK)]) };
}

/** A table of which so many rows have too few cells. */
export function brokenRows(good: number, broken: number): TestFile {
  const rows = [
    ...Array.from({ length: good }, (_, index) => `${DAY}T08:00:${String(index % 60).padStart(2, '0')}Z,${key(index)},capture,OK`),
    ...Array.from({ length: broken }, (_, index) => `no row ${index}`),
  ];
  return { name: 'ledger.csv', content: Buffer.from(`time,order_id,action,status\n${rows.join('\n')}\n`) };
}

/** The order that `manySteps` tells of. */
export const LONG_ORDER = 'ORD-9001-FROM-A-PARTNER-WITH-LONG-NUMBERS';

const DEEDS = ['receive', 'check', 'price', 'send', 'book', 'confirm'];
const THINGS = ['order', 'address', 'credit', 'stock', 'parcel', 'invoice', 'label', 'tax', 'voucher', 'return note'];

/** One order that went through so many steps of five systems, two of them failed. */
export function manySteps(count: number): TestFile {
  const start = Date.UTC(2031, 3, 7, 6);
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      timestamp: new Date(start + index * 47_000 + (index % 7) * 900).toISOString(),
      system: ['shop', 'boomi', 'erp', 'wms', 'crm'][index % 5],
      step: index === 11 ? 'release the credit block by hand after a look at the account' : `${DEEDS[index % 6]} ${THINGS[index % 10]}`,
      status: index % 149 === 148 ? 'failed' : 'succeeded',
      order_id: LONG_ORDER,
      duration_ms: 20 + (index % 90) * 13,
    }),
  );
  return { name: 'order-with-many-steps.ndjson', content: Buffer.from(`${lines.join('\n')}\n`) };
}

/** A passport by which many of the made-up orders are late. */
export const STRICT_PASSPORT = `passport: strict
record: order
owner: orders@example.com
steps:
  - step: erp.create
    window: within 4 s of payments.capture
`;

/** Logs of three services of which one has a clock that is three seconds ahead, so that its calls seem to begin after they ended. */
export function skewedClock(): readonly TestFile[] {
  return Object.entries(skewedFiles({ stock: 3000 })).map(([name, text]) => ({ name, content: Buffer.from(text) }));
}
