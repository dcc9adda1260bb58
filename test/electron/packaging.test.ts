import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build as pack, Platform, type Configuration } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, ROOT } from '../../scripts/build.ts';
import { extractAsar, readAsar } from './double/asar.ts';
import { makeStandIn } from './double/stand-in.ts';

/**
 * Packs the app with the real packager and the real configuration, around a stand-in for the Electron binary. Linux only: on the
 * others the packager edits the real binary.
 */
const skipped = process.platform === 'linux' ? undefined : 'the stand-in for Electron is one for Linux';
if (skipped !== undefined) process.stderr.write(`the packaging tests are skipped: ${skipped}\n`);
const folder = mkdtempSync(join(tmpdir(), 'waybill-pack-'));
const unpacked = join(folder, 'out/linux-unpacked');
const asar = join(unpacked, 'resources/app.asar');
let packed: string[] = [];

beforeAll(async () => {
  if (skipped !== undefined) return;
  await build('ui');
  await build('app');
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string };
  makeStandIn(join(folder, 'electron'), version);
  const config: Configuration = {
    electronDist: join(folder, 'electron'),
    directories: { output: join(folder, 'out'), buildResources: 'electron/resources' },
  };
  await pack({
    projectDir: ROOT,
    targets: Platform.LINUX.createTarget('dir'),
    config: { extends: join(ROOT, 'electron-builder.yml'), ...config },
    publish: 'never',
  });
  packed = readAsar(asar).map((file) => file.path);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(skipped !== undefined)('the packed app', () => {
  it('holds the app, the interface and what they need to run', () => {
    for (const file of [
      '/package.json',
      '/dist/app/package.json',
      '/dist/app/electron/main.js',
      '/dist/app/electron/preload.cjs',
      '/dist/app/electron/engine-process.js',
      '/dist/app/electron/sql-process.js',
      '/dist/app/src/api/threads/read-thread.js',
      '/dist/renderer/index.html',
    ]) {
      expect(packed).toContain(file);
    }
    const { main, version } = JSON.parse(
      readAsar(asar)
        .find((file) => file.path === '/package.json')!
        .read()
        .toString('utf8'),
    ) as { main: string; version: string };
    expect(packed).toContain(`/${main}`);
    expect(version).toBe((JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version);
  });

  it('holds every package that the app imports, and none that only building needs', () => {
    const names = new Set(packed.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    expect([...names]).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(Object.keys(devDependencies).filter((name) => names.has(name))).toEqual([]);
  });

  it('holds no tests, no sources and no build machinery', () => {
    const own = packed.filter((file) => !file.startsWith('/node_modules'));
    expect(own.filter((file) => /\.tsx?$|\.test\.|\/testing\.js$|\/test\//.test(file))).toEqual([]);
    expect(new Set(own.map((file) => file.split('/')[1]))).toEqual(new Set(['package.json', 'LICENSE', 'THIRD_PARTY_NOTICES.md', 'dist']));
    expect(new Set(own.flatMap((file) => /^\/dist\/([^/]+)/.exec(file)?.[1] ?? []))).toEqual(new Set(['app', 'renderer']));
    expect(packed.filter((file) => /\.(?:c|cc|cpp|h|hpp|gyp|tar\.gz)$/.test(file))).toEqual([]);
  });

  it('holds one native file, that of this system, outside of the archive', () => {
    const outside = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node'));
    expect(outside).toEqual([`resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`]);
    expect(packed.filter((file) => file.endsWith('.node'))).toEqual([`/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`]);
    const load = createRequire(import.meta.url);
    expect(load(join(unpacked, outside[0]!))).toBeTypeOf('object');
  });

  it('runs from what was packed alone', async () => {
    const app = join(folder, 'extracted');
    extractAsar(asar, app);
    const double = new URL('./double/register.ts', import.meta.url).href;
    const env = { ...process.env, WAYBILL_HOME: join(folder, 'home') };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', double, join(app, 'dist/app/electron/main.js'), '--self-check'],
      { env },
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  }, 60_000);

  it('has its fuses set so that it is no other program', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'waybill'));
    const on = (fuse: FuseV1Options): boolean => (wire[fuse] as number) === '1'.charCodeAt(0);
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      cookies: on(FuseV1Options.EnableCookieEncryption),
      integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
      ownSnapshot: on(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      cookies: true,
      integrity: true,
      onlyAsar: true,
      ownSnapshot: false,
      fileProtocol: false,
    });
  });
});
