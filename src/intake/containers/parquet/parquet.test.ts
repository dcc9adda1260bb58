import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../model/errors.ts';
import { discover, isRefusal } from '../index.ts';
import { zip } from '../testing.ts';
import type { Part, Refusal } from '../types.ts';
import { checkPage, type PageFacts } from './check-page.ts';
import { checkThrift } from './check-thrift.ts';

let folder = '';
let run: (sql: string) => Promise<unknown>;
let close: () => void;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  run = (sql) => connection.run(sql);
  close = () => {
    connection.closeSync();
    instance.closeSync();
  };
});
afterAll(async () => {
  close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes a file with DuckDB, which this project did not make. */
async function make(select: string, options: string, name = 'table.parquet'): Promise<string> {
  const path = join(folder, name);
  await run(`COPY (${select}) TO '${path}' (FORMAT parquet, ${options})`);
  return path;
}

async function find(path: string): Promise<(Part | Refusal)[]> {
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

async function rowsOf(path: string): Promise<Record<string, unknown>[]> {
  const text = await textOf((await find(path))[0]);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const VALUES = `SELECT i AS id, 'SO-' || (1000 + i) AS "order", CASE WHEN i % 3 = 0 THEN NULL ELSE 'shop' END AS system, i % 2 = 0 AS flag,
  (i * 1.01)::DECIMAL(18,2) AS amount, -1234567890123456789.01::DECIMAL(38,2) AS huge, (i / 10)::FLOAT AS f, i / 3 AS d, 9007199254740993 + i AS long,
  18446744073709551615::UBIGINT AS ulong, 200::UTINYINT AS tiny, TIMESTAMP '2031-03-04 09:15:02.431123' AS us, TIMESTAMPTZ '2031-03-04 09:15:02.431+01' AS tz,
  TIMESTAMP_NS '2031-03-04 09:15:02.431123456' AS ns, TIMESTAMP_MS '1969-12-31 23:59:59.999' AS ms, DATE '2031-03-04' AS day, TIME '09:15:02.5' AS clock,
  UUID '0af76519-16cd-43dd-8448-eb211c80319c' AS uuid, INTERVAL '1 month 2 days 3 seconds' AS iv, '{"a": [1, 2]}'::JSON AS js, 'a\\x00\\xff'::BLOB AS raw,
  [i, NULL] AS list, {'a': i, 'b': [{'c': 'x'}]} AS struct, MAP {'k': i} AS map, []::INT[] AS none FROM range(5) r(i)`;

const EXPECTED = {
  id: 1,
  order: 'SO-1001',
  system: 'shop',
  flag: false,
  amount: 1.01,
  huge: '-1234567890123456789.01',
  f: 0.1,
  d: 1 / 3,
  long: '9007199254740994',
  ulong: '18446744073709551615',
  tiny: 200,
  us: '2031-03-04T09:15:02.431123',
  tz: '2031-03-04T08:15:02.431000Z',
  ns: '2031-03-04T09:15:02.431123456',
  ms: '1969-12-31T23:59:59.999',
  day: '2031-03-04',
  clock: '09:15:02.500000',
  uuid: '0af76519-16cd-43dd-8448-eb211c80319c',
  iv: 'P1M2DT3S',
  js: { a: [1, 2] },
  raw: 'YQD/',
  list: [1, null],
  struct: { a: 1, b: [{ c: 'x' }] },
  map: { k: 1 },
  none: [],
};

describe('Parquet files', () => {
  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI', 'LZ4_RAW'])('reads all types, compressed with %s', async (codec) => {
    for (const version of ['V1', 'V2']) {
      const rows = await rowsOf(await make(VALUES, `COMPRESSION ${codec}, PARQUET_VERSION ${version}`));
      expect(rows).toHaveLength(5);
      expect(rows[1]).toEqual(EXPECTED);
      expect(rows[0]).not.toHaveProperty('system');
    }
  });

  it('is one part named as the file, also inside an archive', async () => {
    const path = await make('SELECT 1 AS a', 'COMPRESSION SNAPPY', 'one.parquet');
    expect(await find(path)).toMatchObject([{ name: 'one.parquet', member: undefined, extension: 'ndjson' }]);
    const archive = join(folder, 'a.zip');
    await writeFile(archive, zip({ 'x/one.parquet': await readFile(path) }));
    const found = await find(archive);
    expect(found).toMatchObject([{ name: 'a.zip › x/one.parquet', member: 'x/one.parquet' }]);
    expect(await textOf(found[0])).toBe('{"a":1}\n');
  });

  it('reads many row groups in order, and tells the bytes of the disk', async () => {
    const path = await make(`SELECT i AS id, 'SO-' || i AS k, [i, i + 1] AS l FROM range(30000) r(i)`, 'ROW_GROUP_SIZE 2048');
    const [part] = await find(path);
    if (part === undefined || isRefusal(part)) throw new Error('refused');
    let disk = 0;
    let text = '';
    for await (const chunk of part.open({ onDisk: (bytes) => (disk = bytes) })) text += Buffer.from(chunk).toString();
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(30_000);
    expect(lines[29_999]).toBe('{"id":29999,"k":"SO-29999","l":[29999,30000]}');
    expect(disk).toBe(part.diskBytes);
  });

  it('refuses in one sentence what it cannot read', async () => {
    const empty = await make('SELECT 1 AS a WHERE false', 'COMPRESSION SNAPPY');
    expect(await find(empty)).toMatchObject([{ code: 'file-empty' }]);
    const whole = await readFile(await make('SELECT 1 AS a', 'COMPRESSION SNAPPY'));
    const cut = join(folder, 'cut.parquet');
    await writeFile(cut, whole.subarray(0, whole.length - 3));
    expect(await find(cut)).toMatchObject([{ reason: 'cut.parquet is a damaged Parquet file: its end is missing' }]);
    await writeFile(cut, Buffer.concat([Buffer.from('PARE'), whole.subarray(4)]));
    expect(await find(cut)).toMatchObject([{ reason: expect.stringMatching(/encrypted Parquet file/) as string }]);
  });

  it('survives any damage', async () => {
    const select = `SELECT i AS id, 'SO-' || (i % 7) AS k, CASE WHEN i % 5 = 0 THEN NULL ELSE i END AS n, [i] AS l, {'a': i} AS s FROM range(500) r(i)`;
    for (const options of ['COMPRESSION UNCOMPRESSED', 'COMPRESSION LZ4_RAW', 'COMPRESSION UNCOMPRESSED, PARQUET_VERSION V2']) {
      const bytes = await readFile(await make(select, options));
      const path = join(folder, 'damaged.parquet');
      const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length), damage, async (length, changes) => {
          const copy = Buffer.from(changes.length === 0 ? bytes.subarray(0, length) : bytes);
          for (const [at, byte] of changes) copy[at] = byte;
          await writeFile(path, copy);
          for (const part of await find(path)) {
            if (!isRefusal(part)) await textOf(part).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
          }
        }),
        { numRuns: 60 },
      );
    }
  });
});

describe('pages are looked through before they are decoded', () => {
  const facts: PageFacts = {
    values: 10,
    nulls: undefined,
    encoding: 'PLAIN',
    isBoolean: false,
    repetition: 0,
    definition: 1,
    levelBytes: undefined,
  };
  const page = (...bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes);

  it('takes runs that fill the page', () => {
    // Two bytes of levels: a run of ten ones; then ten values.
    expect(() => checkPage(page(2, 0, 0, 0, 20, 1, ...Array<number>(40).fill(0)), facts)).not.toThrow();
    // Packed: two groups of eight.
    expect(() => checkPage(page(3, 0, 0, 0, 5, 255, 255, ...Array<number>(40).fill(0)), facts)).not.toThrow();
  });

  it('walks over blocks of differences', () => {
    // Blocks of 128 in 4 miniblocks, 3 values, the first 7; then the least difference, four widths and three bytes of differences.
    const deltas = { ...facts, values: 3, definition: 0, encoding: 'DELTA_BINARY_PACKED' as const };
    const block = [128, 1, 4, 3, 14, 2, 8, 0, 0, 0];
    expect(() => checkPage(page(...block, ...Array<number>(32).fill(0)), deltas)).not.toThrow();
    expect(() => checkPage(page(...block), deltas)).toThrow('beyond their page');
    expect(() => checkPage(page(0, 4, 3, 14, 2, 8, 0, 0, 0), deltas)).toThrow('no valid size');
    expect(() => checkPage(page(...Array<number>(100).fill(255)), deltas)).toThrow('too many bytes');
  });

  it('refuses metadata that nests or counts without end', () => {
    expect(() => checkThrift(Buffer.alloc(5000, 0x1c), 0)).toThrow('levels');
    expect(() => checkThrift(Buffer.from([0x16, ...Array<number>(5000).fill(255)]), 0)).toThrow('too many bytes');
    expect(() => checkThrift(Buffer.from([0x19, 0xf8, 255, 255, 255, 255, 7]), 0)).toThrow('longer than its bytes');
  });

  it.each([
    ['a run of a billion', page(6, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 7, 1)],
    ['an empty run', page(2, 0, 0, 0, 0, 1)],
    ['levels beyond the page', page(200, 0, 0, 0, 20, 1)],
    ['more values than bytes', page(2, 0, 0, 0, 20, 1)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => checkPage(bytes, facts)).toThrow(Error);
  });
});
