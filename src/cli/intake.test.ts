import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cli, startCli } from '../../test/support/cli.ts';
import { put, tempFolder } from '../../test/support/temp.ts';
import * as wire from '../api/wire.ts';

const good = (i: number): string =>
  JSON.stringify({ timestamp: `2031-05-04T08:${10 + i}:00Z`, system: 'erp', step: 'book', status: 'ok', order_id: `SO-${100 + i}` });
const odd = (i: number): string => JSON.stringify({ when: `2031-05-04T09:${10 + i}:00Z`, step: '=refund', order_id: `SO-${100 + i}` });

function bench() {
  const home = tempFolder();
  const workspace = join(home, 'w.waybill');
  return { home, ask: (...args: readonly string[]) => cli(home, ...args, '--workspace', workspace), workspace };
}

describe('what was rejected', () => {
  test('is shown with its text, exported, and read again without its file; what that taught is remembered and can be forgotten', async () => {
    const { home, ask } = bench();
    const content = [...Array.from({ length: 30 }, (_, i) => good(i)), ...Array.from({ length: 8 }, (_, i) => odd(i)), '{"cut": ', ''].join(
      '\n',
    );
    const file = put(home, 'mixed-1.ndjson', content);
    expect((await ask('import', file, '--strict')).code).toBe(3);
    unlinkSync(file);

    expect((await ask('rejects', '--code', 'malformed', '--bytes')).out).toMatch(
      /^malformed {2}mixed-1\.ndjson, line 39: .+\n {4}\{"when":.*\n {2}> \{"cut": \n$/,
    );
    const rows = z
      .array(wire.rejection.extend({ text: z.string(), truncated: z.boolean() }).strict())
      .parse(JSON.parse((await ask('rejects', '--json', '--bytes')).out));
    expect(rows.map(({ text }) => text)).toEqual(
      [...Array.from({ length: 8 }, (_, i) => odd(i)), '{"cut": '].sort((a, b) => content.indexOf(a) - content.indexOf(b)),
    );
    const csv = (await ask('rejects', '--csv', '--bytes', '--code', 'malformed')).out.split('\r\n');
    expect(csv).toHaveLength(3);
    expect(csv[1]).toContain('"{""cut"": "');
    expect((await ask('rejects', '--csv', '--json')).code).toBe(2);

    const [source] = z.array(wire.sourceRow).parse(JSON.parse((await ask('sources', '--json')).out));
    const reread = await ask('reread', String(source!.id), '--rejected');
    expect(reread.out).toContain('of 9 entries rejected before, 8 understood now; 1 rejected');
    expect((await ask('reread', String(source!.id), '--rejected')).err).toContain('the rejected entries of mixed-1.ndjson are damaged');
    expect((await ask('reread', 'one')).code).toBe(2);
    expect((await ask('reread', '99')).err).toContain('there is no source 99');
    // A formula in the data stays text in a spreadsheet.
    expect((await ask('trace', 'SO-103')).out).toContain('=refund');

    const [kept] = z.array(wire.learnedMapping.strict()).parse(JSON.parse((await ask('mappings', '--json')).out));
    expect((await ask('mappings')).out).toContain('entries that were rejected are read in another way');
    const next = put(home, 'mixed-2.ndjson', content.replaceAll('SO-1', 'SO-2'));
    const second = await ask('import', next);
    expect(second.err).toContain('mixed-2.ndjson: as corrected on ');
    expect(
      z
        .array(wire.sourceRow)
        .parse(JSON.parse((await ask('sources', '--json')).out))
        .map(({ events, rejected }) => [events, rejected]),
    ).toEqual([
      [38, 1],
      [38, 1],
    ]);
    expect((await ask('mappings', '--forget', String(kept!.id))).code).toBe(0);
    expect((await ask('mappings', '--forget', String(kept!.id))).code).toBe(1);
    expect(JSON.parse((await ask('mappings', '--json')).out)).toEqual([]);
  });

  test('is counted in groups when there is much of it', async () => {
    const { home, ask } = bench();
    const lines = [...Array.from({ length: 30 }, (_, i) => good(i)), ...Array.from({ length: 60 }, () => '{"cut": '), ''];
    await ask('import', put(home, 'bad.ndjson', lines.join('\n')));
    const { out, err } = await ask('rejects');
    expect(out).toMatch(/bad\.ndjson +malformed +60 /);
    expect(err).toContain('… and 10 more');
  });
});

describe('encodings', () => {
  /** Code page 037 for the characters used here. */
  const ebcdic = (text: string): Uint8Array => {
    const page = new Map<string, number>([
      [',', 0x6b],
      [':', 0x7a],
      ['-', 0x60],
      ['_', 0x6d],
      ['\n', 0x25],
      [' ', 0x40],
    ]);
    for (let i = 0; i < 10; i++) page.set(String(i), 0xf0 + i);
    for (const [letters, from] of [
      ['abcdefghi', 0x81],
      ['jklmnopqr', 0x91],
      ['stuvwxyz', 0xa2],
      ['ABCDEFGHI', 0xc1],
      ['JKLMNOPQR', 0xd1],
      ['STUVWXYZ', 0xe2],
    ] as const)
      [...letters].forEach((letter, i) => page.set(letter, from + i));
    return Uint8Array.from([...text].map((letter) => page.get(letter)!));
  };
  const table = [
    'time,system,step,status,order_id',
    ...Array.from({ length: 12 }, (_, i) => `2031-05-04T08:${10 + i}:00Z,mainframe,book,ok,SO-${100 + i}`),
  ].join('\n');

  test('the named one is used, and told where the content was read in another way before', async () => {
    const { home, ask } = bench();
    const file = put(home, 'host.csv', ebcdic(table));
    expect((await ask('import', file, '--encoding', 'KLINGON')).err).toContain('there is no encoding KLINGON');
    const { out } = await ask('import', file, '--encoding', 'cp037', '--json');
    expect(wire.importSummary.parse(JSON.parse(out)).sources).toMatchObject([{ format: 'csv', events: 12, rejected: 0 }]);
    expect(z.array(wire.sourceRow).parse(JSON.parse((await ask('sources', '--json')).out))).toMatchObject([
      { encoding: 'ibm-037', systems: ['mainframe'] },
    ]);
  });
});

test('what is odd about the values is said by the import, the plan and the list of sources', async () => {
  const { home, ask } = bench();
  const row = (i: number): string => `2031-10-26 02:${10 + i}:00,${i < 4 ? 'VERGNIESGNADDELT' : 'ok'},SO-${100 + i},book`;
  const file = put(home, 'night.csv', ['time,status,order_id,step', ...Array.from({ length: 12 }, (_, i) => row(i))].join('\n'));
  const said = [
    'status words that are not known: VERGNIESGNADDELT (4)',
    '12 times exist twice at the change of clocks; the earlier instant was taken',
  ];
  const imported = await ask('import', file, '--timezone', 'Europe/Berlin');
  for (const sentence of said) expect(imported.out).toContain(`note  night.csv: ${sentence}`);
  const { out } = await ask('sources');
  for (const sentence of said) expect(out).toContain(`note  night.csv: ${sentence}`);
  expect(z.array(wire.sourceRow).parse(JSON.parse((await ask('sources', '--json')).out))).toMatchObject([
    { notices: said, unknownStatuses: [{ word: 'VERGNIESGNADDELT', count: 4 }] },
  ]);
});

describe('as a process', () => {
  test('watch prints a line for each file that comes into the folder, and ends when it is interrupted', async (context) => {
    if (process.platform === 'win32') context.skip('a process cannot be interrupted from outside here');
    const { home, ask, workspace } = bench();
    const folder = join(home, 'incoming');
    put(folder, 'old.ndjson', Array.from({ length: 5 }, (_, i) => good(i)).join('\n'));
    const child = startCli(home, ['watch', folder, '--json', '--workspace', workspace]);
    let out = '';
    let err = '';
    child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const lines = async (count: number): Promise<void> => {
      while (out.split('\n').length <= count && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await lines(1);
    put(folder, 'later/new.ndjson', Array.from({ length: 7 }, (_, i) => good(i + 10)).join('\n'));
    await lines(2);
    child.kill('SIGINT');
    expect([await ended, err]).toEqual([0, expect.stringContaining('watching 1 folder')]);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { path: join(folder, 'old.ndjson'), outcome: 'imported', events: 5 },
      { path: join(folder, 'later/new.ndjson'), outcome: 'imported', events: 7 },
    ]);
    expect(
      z
        .array(wire.sourceRow)
        .parse(JSON.parse((await ask('sources', '--json')).out))
        .map(({ name }) => name),
    ).toEqual(['incoming/later/new.ndjson', 'incoming/old.ndjson']);
  });
});
