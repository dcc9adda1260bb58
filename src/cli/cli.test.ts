import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cli, runCli, startCli } from '../../test/support/cli.ts';
import { company } from '../../test/support/company.ts';
import { put, tempFolder } from '../../test/support/temp.ts';
import * as wire from '../api/wire.ts';
import { createProgram } from './program.ts';

let home: string;
let workspace: string;
let logs: string;
let imported: Awaited<ReturnType<typeof cli>>;

beforeAll(async () => {
  home = tempFolder();
  workspace = join(home, 'company.waybill');
  logs = await company(80);
  imported = await cli(home, 'import', logs, '--json', '--workspace', workspace);
});

/** Runs a command on the imported company. */
const ask = (...args: readonly string[]) => cli(home, ...args, '--workspace', workspace);
const lines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('--json prints the shapes of the contract', () => {
  test('import', () => {
    expect(imported.code).toBe(0);
    expect(imported.err).toBe('');
    const summary = wire.importSummary.strict().parse(JSON.parse(imported.out));
    expect(summary.refused).toEqual([]);
    expect(summary.journeys).toBeGreaterThanOrEqual(80);
  });

  test('sources and rejects', async () => {
    const sources = z.array(wire.sourceRow.strict()).parse(JSON.parse((await ask('sources', '--json')).out));
    expect(sources.length).toBeGreaterThan(10);
    expect(z.array(wire.rejection.strict()).parse(JSON.parse((await ask('rejects', '--json')).out))).toEqual([]);
  });

  test('records, all of them and by terms', async () => {
    const all = z.array(wire.recordRow.strict()).parse(lines((await ask('records', '--json')).out));
    const summary = wire.importSummary.parse(JSON.parse(imported.out));
    expect(all).toHaveLength(summary.journeys);
    const failed = z.array(wire.recordRow).parse(lines((await ask('records', 'type:order', 'finding:gap', '--json')).out));
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(all.length);
    expect(failed.every((row) => row.type === 'order' && row.findings > 0)).toBe(true);
  });

  test('trace, by the key and by every other spelling', async () => {
    const rows = z.array(wire.recordRow).parse(lines((await ask('records', 'type:order', '--json')).out));
    const row = rows.find((candidate) => candidate.aliases.length > 0) ?? rows[0]!;
    const journey = wire.journey.strict().parse(JSON.parse((await ask('trace', row.key, '--json')).out));
    expect(journey.record).toEqual({ type: row.type, key: row.key, aliases: row.aliases });
    expect(journey.steps.filter((step) => !step.absent)).toHaveLength(row.steps);
    expect(journey.findings).toHaveLength(row.findings);
    for (const alias of row.aliases)
      expect(JSON.parse((await ask('trace', alias, '--type', row.type, '--json')).out)).toMatchObject({ record: { key: row.key } });
  });

  test('who is who: shown, decided, listed and taken back', async () => {
    const [one, two] = z.array(wire.recordRow).parse(lines((await ask('records', 'type:order', '--json')).out));
    const shown = wire.recordIdentity.strict().parse(JSON.parse((await ask('identity', 'show', one!.key, '--json')).out));
    expect(shown.identifiers.map(({ value }) => value).toSorted()).toEqual([one!.key, ...one!.aliases].toSorted());
    expect((await ask('identity', 'show', one!.key)).out).toContain(', line ');

    const merged = await ask('identity', 'merge', one!.key, two!.key, '--note', 'entered twice');
    expect(merged.code).toBe(0);
    expect(merged.err).toContain('are one record (decision 1)');
    expect(merged.out).toContain(`${one!.events + two!.events} events`);
    expect(merged.out).toContain(`(was order ${one!.key}: ${one!.events} events`);
    const decisions = z.array(wire.identityDecision.strict()).parse(lines((await ask('identity', 'list', '--json')).out));
    expect(decisions).toMatchObject([{ id: 1, kind: 'merge', note: 'entered twice', state: 'applied' }]);
    expect((await ask('identity', 'list')).out).toContain('entered twice');
    expect(await ask('identity', 'split', one!.key, two!.key)).toMatchObject({
      code: 1,
      err: expect.stringContaining('contradicts decision 1') as string,
    });
    const undone = await ask('identity', 'undo');
    expect(undone.err).toContain('taken back: ');
    expect(undone.out).toContain(`order ${two!.key}: ${two!.events} events`);
    expect(await ask('identity', 'undo')).toMatchObject({ code: 1, err: expect.stringContaining('nothing was decided by hand') as string });
    expect((await ask('identity', 'list')).err).toContain('nothing was decided by hand');
    expect((await ask('identity', 'conflicts')).err).toContain('nothing contradicts itself');
    expect((await ask('identity', 'conflicts', '--json')).out).toBe('');
  });

  test('findings, and what one journey says of itself is what the whole says of it', async () => {
    const all = z.array(wire.finding.strict()).parse(lines((await ask('findings', '--json')).out));
    expect(all.length).toBeGreaterThan(0);
    const kind = all[0]!.kind;
    const ofKind = z.array(wire.finding).parse(lines((await ask('findings', '--kind', kind, '--json')).out));
    expect(ofKind.map((finding) => finding.id).sort()).toEqual(
      all
        .filter((finding) => finding.kind === kind)
        .map((finding) => finding.id)
        .sort(),
    );
    for (const key of new Set(all.flatMap((finding) => (finding.record?.type === 'order' ? [finding.record.key] : [])).slice(0, 12))) {
      const stored = z.array(wire.finding).parse(lines((await ask('findings', '--record', key, '--json')).out));
      const journey = wire.journey.parse(JSON.parse((await ask('trace', key, '--type', 'order', '--json')).out));
      const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
      expect([...journey.findings].sort(byId)).toEqual([...stored].sort(byId));
    }
  });

  test('sql', async () => {
    const { code, out } = await ask('sql', 'SELECT type, count(*) AS n FROM journeys GROUP BY type ORDER BY n DESC', '--json');
    expect(code).toBe(0);
    expect(lines(out)[0]).toMatchObject({ type: 'order', n: 80 });
  });

  test('simulate', async () => {
    const { out } = await cli(home, 'simulate', '--out', join(home, 'sim'), '--orders', '3', '--json');
    expect(JSON.parse(out)).toMatchObject({ orders: 3 });
    const odd = ['--faults', 'none', '--skew', 'erp=-90s,20ppm', '--partial', 'crm=absent', '--overlap', '3h', '--noise', '0.1'];
    const { code } = await cli(home, 'simulate', '--out', join(home, 'odd'), '--orders', '30', ...odd);
    expect(code).toBe(0);
    const truth: unknown = JSON.parse(readFileSync(join(home, 'odd', 'truth.json'), 'utf8'));
    expect(truth).toMatchObject({ clocks: [{ system: 'erp', offsetMs: -90_000, driftMs: 5_184 }], faults: [], outsideCoverage: [] });
    expect(existsSync(join(home, 'odd', 'crm'))).toBe(false);
  });
});

describe('for people', () => {
  test('help lists every command, and each has its own', async () => {
    const program = createProgram(
      { out: () => undefined, log: () => undefined, colour: false, interactive: false, width: 80 },
      { exitCode: 0 },
    );
    const help = await cli(home, '--help');
    expect(help.code).toBe(0);
    expect(program.commands.map((command) => command.name())).toEqual(
      expect.arrayContaining(['import', 'sources', 'rejects', 'records', 'trace', 'findings', 'sql', 'simulate', 'serve']),
    );
    for (const command of program.commands) {
      expect(help.out).toContain(`  ${command.name()} `);
      const own = await cli(home, command.name(), '--help');
      expect(own.code).toBe(0);
      for (const option of command.options) expect(own.out).toContain(option.long!);
    }
  });

  test('every command has words for a terminal', async () => {
    for (const args of [
      ['sources'],
      ['records'],
      ['records', 'finding:gap'],
      ['findings'],
      ['rejects'],
      ['sql', 'SELECT * FROM journeys LIMIT 3'],
    ]) {
      const { code, out, err } = await ask(...args);
      expect([args, code]).toEqual([args, 0]);
      expect(out.split('\n').length).toBeGreaterThan(1);
      expect(err).not.toContain('waybill:');
    }
    const [record] = z.array(wire.recordRow).parse(lines((await ask('records', 'finding:gap', '--json')).out));
    const { out } = await ask('trace', record!.key);
    expect(out).toContain(record!.key);
    expect(out).toMatch(/expected: .*; seen: /);
  });

  test('errors are one sentence on stderr, without a stack unless it is asked for', async () => {
    const cases: readonly { readonly args: readonly string[]; readonly code: number; readonly says: string }[] = [
      { args: ['trace', 'no-such-thing'], code: 1, says: 'no record is called no-such-thing' },
      { args: ['trace', 'no-such-thing', '--type', 'order'], code: 1, says: 'no order is called no-such-thing' },
      { args: ['sql', 'SELECT * FROM nowhere'], code: 1, says: 'no such table: nowhere' },
      { args: ['sql', 'DROP TABLE event'], code: 1, says: 'only a single SELECT' },
      { args: ['findings', '--kind', 'mood'], code: 2, says: 'kind' },
      { args: ['rejects', '--source', 'x'], code: 2, says: '--source takes the number of a source' },
      { args: ['import', join(home, 'nowhere.csv')], code: 1, says: 'nowhere.csv' },
      { args: ['import', logs, '--profile', join(home, 'none.yaml')], code: 1, says: 'none.yaml cannot be read' },
    ];
    for (const { args, code, says } of cases) {
      const result = await ask(...args);
      expect([args, result.code]).toEqual([args, code]);
      const said = result.err + (args[0] === 'import' ? result.out : '');
      expect(said).toContain(says);
      expect(said).not.toMatch(/\n\s+at /);
      if (args[0] !== 'import') expect(result.err).toMatch(/^waybill: [^\n]+\n$/);
    }
    for (const args of [
      ['no-such-command'],
      ['trace'],
      ['records', '--colour'],
      ['simulate', '--out', join(home, 'x'), '--orders', 'many'],
      ['simulate', '--out', join(home, 'x'), '--format', 'tape'],
      ['simulate', '--out', join(home, 'x'), '--company', 'circus'],
      ['simulate', '--out', join(home, 'x'), '--faults', 'bad/luck'],
      ['simulate', '--out', join(home, 'x'), '--skew', 'erp'],
      ['simulate', '--out', join(home, 'x'), '--skew', 'moon=5s'],
      ['simulate', '--out', join(home, 'x'), '--partial', 'crm=half'],
      ['simulate', '--out', join(home, 'x'), '--overlap', 'some'],
      ['simulate', '--out', join(home, 'x'), '--noise', '2'],
    ]) {
      const result = await cli(home, ...args);
      expect([args, result.code]).toEqual([args, 2]);
      expect(result.err).not.toBe('');
      expect(result.out).toBe('');
    }
    expect((await cli(home, '--debug', 'trace', 'no-such-thing', '--workspace', workspace)).err).toMatch(/\n\s+at /);
  });

  test('control characters of imported data never reach the terminal', async () => {
    const folder = tempFolder();
    const esc = '\u001b[2J\u001b]0;owned\u0007';
    const rows = Array.from({ length: 6 }, (_, i) =>
      JSON.stringify({
        timestamp: `2031-05-04T10:0${i}:00Z`,
        system: `erp${esc}`,
        step: `create\u009b31m${esc}`,
        status: i % 2 ? 'failed' : 'ok',
        error: `boom${esc}\r\nline`,
        order_id: `SO-10${i}`,
      }),
    );
    const file = put(folder, `evil${esc.replaceAll('\u0007', '')}.ndjson`, `${rows.join('\n')}\n{"${esc}": broken\n`);
    const own = join(folder, 'w.waybill');
    const outputs = [
      await cli(folder, 'import', file, '--workspace', own),
      await cli(folder, 'sources', '--workspace', own),
      await cli(folder, 'rejects', '--workspace', own),
      await cli(folder, 'records', '--workspace', own),
      await cli(folder, 'trace', 'SO-101', '--workspace', own),
      await cli(folder, 'findings', '--workspace', own),
      await cli(folder, 'sql', 'SELECT * FROM events', '--workspace', own),
      await cli(folder, 'trace', `nothing${esc}`, '--workspace', own),
      await cli(folder, 'import', join(folder, `gone${esc}`), '--workspace', own),
    ];
    for (const { out, err } of outputs) {
      // oxlint-disable-next-line no-control-regex
      expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(out + err).not.toBe('');
    }
    expect(outputs[4]!.out).toContain('SO-101');
  });
});

describe('as a process', () => {
  test('a reader that leaves early is no error', async () => {
    const child = startCli(home, [
      'sql',
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i, hex(zeroblob(200)) AS x FROM n',
      '--json',
      '--workspace',
      workspace,
    ]);
    let err = '';
    child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout!.once('data', () => child.stdout!.destroy());
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect([code, err]).toEqual([0, '']);
  });

  test('`records --json | head -1` prints one line', async (context) => {
    if (process.platform === 'win32') context.skip('there is no head here');
    const records = startCli(home, ['records', '--json', '--workspace', workspace]);
    const head = spawn('head', ['-1'], { stdio: ['pipe', 'pipe', 'ignore'] });
    let out = '';
    head.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    head.stdin.on('error', () => undefined);
    records.stdout!.pipe(head.stdin);
    const [code] = await Promise.all([
      new Promise((resolve) => records.once('exit', resolve)),
      new Promise((resolve) => head.once('close', resolve)),
    ]);
    expect(code).toBe(0);
    expect(wire.recordRow.parse(JSON.parse(out)).type).not.toBe('');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });

  test('exit codes reach the shell', async () => {
    const good = await runCli(home, ['sources', '--workspace', workspace]);
    expect([good.code, good.err]).toEqual([0, '']);
    expect((await runCli(home, ['nonsense'])).code).toBe(2);
  });
});

describe('flow passports', () => {
  const OWNED =
    'passport: order\nrecord: order\nowner: orders@example.com\nsteps:\n  - step: erp.create\n    window: within 3 s of payments.capture\n';

  test('are learned, checked, kept, listed and forgotten', async () => {
    const folder = tempFolder();
    const file = join(folder, 'order.yaml');
    expect(await ask('flows', 'learn', '--out', file)).toMatchObject({ code: 0, out: '' });
    expect((await ask('flows', 'learn', '--out', file)).err).toContain('is there already: name a new file');
    const learned = (await ask('flows', 'learn', '--type', 'order')).out;
    expect(learned).toContain('passport: order\n');
    const checked = await cli(home, 'flows', 'check', file, '--json');
    expect(checked.code).toBe(0);
    const complaints = z.array(wire.complaint.extend({ file: z.string() }).strict()).parse(JSON.parse(checked.out));
    expect(complaints).toMatchObject([{ file, line: 3, column: 11, level: 'warning', rule: 'owner-missing' }]);

    const own = put(folder, 'own.yaml', OWNED);
    const said = wire.backtestResult.strict().parse(JSON.parse((await ask('flows', 'backtest', own, '--json')).out));
    expect(said.changed).toBeGreaterThan(0);
    expect((await ask('flows', 'backtest', own)).out).toMatch(/delay\/window +0 +\d+ +\+\d+/);
    expect((await ask('flows', 'add', own)).code).toBe(0);
    const late = lines((await ask('findings', '--kind', 'delay', '--json')).out) as { subkind: string }[];
    expect(late.filter(({ subkind }) => subkind === 'window').length).toBeGreaterThan(0);
    const passports = z.array(wire.passportRow.strict()).parse(JSON.parse((await ask('flows', 'list', '--json')).out));
    expect(passports.map(({ name }) => name)).toEqual(['order']);
    expect((await ask('flows', 'remove', 'order')).code).toBe(0);
    expect((await ask('flows', 'remove', 'order')).err).toContain('there is no passport order');
  });

  test('are refused with file, line and column', async () => {
    const file = put(tempFolder(), 'bad.yaml', OWNED.replace('3 s', '3 moons'));
    const { code, out } = await cli(home, 'flows', 'check', file);
    expect(code).toBe(1);
    expect(out).toContain(`${file}:6:22 error invalid: "window" of step 1: moons is no unit of time`);
    expect((await ask('flows', 'add', file)).code).toBe(1);
    expect((await cli(home, 'flows', 'check', join(home, 'none.yaml'))).err).toContain('cannot be read');
  });
});
