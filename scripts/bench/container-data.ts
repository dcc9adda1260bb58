import { closeSync, openSync, writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import Database from 'better-sqlite3';
import { FORMAT_DATA, type FormatData, pieces } from './format-data.ts';
import { writeZip } from './zip-writer.ts';

/** A container of about so many megabytes of text: as a stream, or, where it is read at several places, as a file that is written. */
export interface ContainerData {
  readonly name: string;
  readonly stream?: (megabytes: number) => AsyncIterable<Uint8Array>;
  readonly file?: { readonly ending: string; readonly write: (path: string, megabytes: number) => Promise<void> | void };
}

const TEXT = FORMAT_DATA.find(({ name }) => name === 'ndjson')!;
/** Of a tar archive. */
const MEMBER_MB = 50;
/** Of a row as a table, in bytes of the text that it becomes. */
const ROW_BYTES = 150;
const SHEET_ROWS = 1_048_576;

export const CONTAINER_DATA: readonly ContainerData[] = [
  {
    name: 'gzip',
    stream: (megabytes) => Readable.from(buffers(TEXT, megabytes)).pipe(createGzip({ level: constants.Z_BEST_SPEED })),
  },
  { name: 'zstd', stream: (megabytes) => Readable.from(buffers(TEXT, megabytes)).pipe(createZstdCompress()) },
  { name: 'zip', file: { ending: 'zip', write: (path, megabytes) => writeZip(path, { 'logs/a.ndjson': pieces(TEXT, megabytes) }) } },
  { name: 'tar', file: { ending: 'tar', write: writeTar } },
  { name: 'xlsx', file: { ending: 'xlsx', write: writeXlsx } },
  { name: 'parquet', file: { ending: 'parquet', write: writeParquet } },
  { name: 'sqlite', file: { ending: 'db', write: writeSqlite } },
];

function* buffers(data: FormatData, megabytes: number): Generator<Buffer> {
  for (const piece of pieces(data, megabytes)) yield Buffer.from(piece);
}

/** POSIX ustar. */
function writeTar(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  for (let done = 0, member = 0; done < megabytes; done += MEMBER_MB, member++) {
    const bytes = Buffer.from([...pieces(TEXT, Math.min(MEMBER_MB, megabytes - done))].join(''));
    const header = Buffer.alloc(512);
    header.write(`logs/${member}.ndjson`, 0);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        0', 148);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    writeSync(file, header);
    writeSync(file, bytes);
    writeSync(file, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  writeSync(file, Buffer.alloc(1024));
  closeSync(file);
}

/** Two columns of shared texts of which one never repeats, a date, numbers: as Excel writes a sheet. */
async function writeXlsx(path: string, megabytes: number): Promise<void> {
  const rows = Math.min(SHEET_ROWS, Math.round((megabytes * 1e6) / ROW_BYTES));
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
  const columns = ['at', 'order_id', 'step', 'status', 'amount', 'message'];
  await writeZip(path, {
    '[Content_Types].xml': [`${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`],
    '_rels/.rels': [
      `${head}<Relationships ${packages}><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    'xl/workbook.xml': [
      `${head}<workbook ${main} xmlns:r="${relations}"><sheets><sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    'xl/_rels/workbook.xml.rels': [
      `${head}<Relationships ${packages}><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    'xl/styles.xml': [`${head}<styleSheet ${main}><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`],
    'xl/sharedStrings.xml': inPieces(rows + 8, (i) => {
      if (i === 0) return `${head}<sst ${main}>`;
      if (i === rows + 7) return '</sst>';
      const text = i <= 6 ? columns[i - 1]! : `SO-${1_000_000 + i}`;
      return `<si><t>${text}</t></si>`;
    }),
    'xl/worksheets/sheet1.xml': inPieces(rows + 1, (i) => {
      if (i === 0)
        return `${head}<worksheet ${main}><sheetData><row r="1">${columns.map((_name, k) => `<c r="${'ABCDEF'[k]}1" t="s"><v>${k}</v></c>`).join('')}</row>`;
      if (i === rows) return '</sheetData></worksheet>';
      const r = i + 1;
      return `<row r="${r}"><c r="A${r}" s="1"><v>${47_900 + i / 2000}</v></c><c r="B${r}" t="s"><v>${5 + i}</v></c><c r="C${r}" t="inlineStr"><is><t>allocate</t></is></c><c r="D${r}" t="inlineStr"><is><t>ok</t></is></c><c r="E${r}"><v>${(i % 9000) / 100}</v></c><c r="F${r}" t="inlineStr"><is><t>allocated stock for the order in zone ${i % 12}</t></is></c></row>`;
    }),
  });
}

function* inPieces(count: number, at: (i: number) => string): Generator<string> {
  let piece = '';
  for (let i = 0; i < count; i++) {
    piece += at(i);
    if (piece.length < 1e6) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

async function writeParquet(path: string, megabytes: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT TIMESTAMP '2031-03-04 09:15:02' + to_milliseconds(i * 37) AS at, 'SO-' || (100000 + i % 50000) AS order_id, 'allocate' AS step,
    'ok' AS status, (i % 9000) / 100.0 AS amount, 'allocated stock for the order in zone ' || (i % 977) AS message
    FROM range(${Math.round((megabytes * 1e6) / ROW_BYTES)}) AS r(i)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

function writeSqlite(path: string, megabytes: number): void {
  const database = new Database(path);
  database.pragma('journal_mode = OFF');
  database.exec(
    'CREATE TABLE message_log (id INTEGER PRIMARY KEY, at TEXT, order_id TEXT, step TEXT, status TEXT, amount REAL, message TEXT)',
  );
  const insert = database.prepare('INSERT INTO message_log VALUES (?, ?, ?, ?, ?, ?, ?)');
  database.exec('BEGIN');
  for (let i = 0; i < (megabytes * 1e6) / ROW_BYTES; i++) {
    const at = new Date(1_930_000_000_000 + i * 37).toISOString();
    insert.run(
      i,
      at,
      `SO-${100_000 + (i % 50_000)}`,
      'allocate',
      'ok',
      (i % 9000) / 100,
      `allocated stock for the order in zone ${i % 977}`,
    );
  }
  database.exec('COMMIT');
  database.close();
}
