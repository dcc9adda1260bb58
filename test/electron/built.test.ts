import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, ROOT } from '../../scripts/build.ts';
import { hashInputs } from '../../scripts/stale.ts';

const run = promisify(execFile);
const home = mkdtempSync(join(tmpdir(), 'waybill-built-'));
const env = { ...process.env, WAYBILL_HOME: home };
const app = join(ROOT, 'dist/app');

beforeAll(async () => {
  await build('ui');
  await build('app');
}, 180_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the built app', () => {
  it('is not built again while its sources stay the same', async () => {
    expect(await build('ui')).toBe(false);
    expect(await build('app')).toBe(false);
  });

  it('is stale when a source changed, came or went, and not when a test did', () => {
    const folder = join(home, 'sources');
    const hash = (): string => hashInputs(home, ['sources'], (path) => !path.endsWith('.test.ts'));
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.ts'), '1');
    const before = hash();
    writeFileSync(join(folder, 'a.test.ts'), '1');
    expect(hash()).toBe(before);
    writeFileSync(join(folder, 'a.ts'), '2');
    const changed = hash();
    writeFileSync(join(folder, 'b.ts'), '');
    expect(new Set([before, changed, hash()]).size).toBe(3);
  });

  it('holds no tests and no sources, and one preload in one file', () => {
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => /\.tsx?$|\.test\.|testing\.js|test-harness|samples\.js|sample-file\.js/.test(file))).toEqual([]);
    const preload = readFileSync(join(app, 'electron/preload.cjs'), 'utf8');
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['electron']);
    expect(preload).not.toMatch(/^import /m);
    expect(existsSync(join(app, 'electron/preload.js'))).toBe(false);
  });

  it('imports and answers as a command line', async () => {
    const logs = join(home, 'logs');
    await run(process.execPath, [join(app, 'waybill.mjs'), 'simulate', '--out', logs, '--orders', '12', '--seed', '5'], { env });
    const imported = await run(process.execPath, [join(app, 'waybill.mjs'), 'import', logs, '--json'], { env });
    const { events } = JSON.parse(imported.stdout) as { events: number };
    expect(events).toBeGreaterThan(50);
    const counted = await run(process.execPath, [join(app, 'waybill.mjs'), 'sql', 'SELECT sum(events) AS n FROM sources', '--json'], {
      env,
    });
    expect(JSON.parse(counted.stdout)).toEqual({ n: events });
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect((await run(process.execPath, [join(app, 'waybill.mjs'), '--version'], { env })).stdout.trim()).toBe(version);
  });

  it('checks itself: the built main, engine, threads and query process work together', async () => {
    const double = new URL('./double/register.ts', import.meta.url).href;
    const { stdout } = await run(process.execPath, ['--import', double, join(app, 'electron/main.js'), '--self-check'], { env });
    const check = JSON.parse(stdout) as { ok: boolean; events: number; counted: number; journeys: number; uiFiles: number };
    expect(check).toMatchObject({ ok: true, counted: check.events });
    expect(check.journeys).toBeGreaterThanOrEqual(20);
    expect(check.uiFiles).toBeGreaterThan(5);
  });
});
