import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

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

/** Drops files on the window as a person would: with a real `DataTransfer`, over the element in its middle. */
export async function dropFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  const given = JSON.stringify(files.map(({ name, content }) => ({ name, base64: content.toString('base64') })));
  // As text, because the tests are compiled without the types of a browser.
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    for (const { name, base64 } of ${given}) data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
    return data;
  })()`);
  const target = page.getByRole('main');
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer });
  await transfer.dispose();
}

/** A file that takes seconds to import. */
export function manyLines(count: number): string {
  const line = (index: number): string =>
    `{"timestamp":"${DAY}T08:00:00.${String(index % 1000).padStart(3, '0')}Z","system":"shop","event":"order placed","status":"succeeded","order_id":"ORD-${index}","total":${index % 90}}\n`;
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}
