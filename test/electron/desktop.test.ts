import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDesktop } from '../../electron/desktop.ts';
import { build, ROOT } from '../../scripts/build.ts';
import type { Client } from '../../src/api/client.ts';
import { messagePortClient } from '../../src/api/transports/message-port.ts';
import { ElectronDouble, Refusable } from './double/electron.ts';
import { vmPages } from './double/vm-page.ts';

/** The desktop host on a double of Electron: real processes, a real engine, the real preload; no window. */
const SHOP = [
  '{"time":"2031-04-05T06:07:08Z","system":"shop","step":"create-order","order":"SO-7001","status":"ok"}',
  '{"time":"2031-04-05T06:07:19Z","system":"erp","step":"book-order","order":"SO-7001","status":"ok"}',
].join('\n');

let home: string;
let paths: Map<string, string>;
let pages: ReturnType<typeof vmPages>;
let double: ElectronDouble;

beforeAll(async () => {
  await build('app');
}, 120_000);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'waybill-desktop-'));
  const ui = join(home, 'ui');
  mkdirSync(join(ui, 'assets'), { recursive: true });
  writeFileSync(join(ui, 'index.html'), '<!doctype html><title>Waybill</title>');
  writeFileSync(join(ui, 'assets/app.js'), 'export {};');
  writeFileSync(join(home, 'secret.json'), '{}');
  paths = new Map();
  pages = vmPages(paths);
  double = new ElectronDouble(pages.open);
});

afterEach(async () => {
  double.app.quit();
  await double.app.exited;
  expect(double.processes.filter((process) => process.alive)).toEqual([]);
  rmSync(home, { recursive: true, force: true });
});

async function start(argv: readonly string[] = []): Promise<void> {
  await startDesktop({
    electron: double.module,
    home,
    uiFolder: join(home, 'ui'),
    preload: join(ROOT, 'dist/app/electron/preload.cjs'),
    argv,
    cwd: home,
    platform: 'linux',
    write: () => undefined,
  });
}

/** What the page does first: asks for the way to the engine, and gets a port in a window message. */
async function connect(page = pages.pages[0]!): Promise<Client> {
  const before = page.ports.length;
  await page.bridge.connect();
  await vi.waitFor(() => expect(page.ports.length).toBe(before + 1));
  return messagePortClient(page.ports[before]!);
}

function answer(url: string, method = 'GET'): Response {
  return double.protocols.get('app')!({ url, method });
}

describe('the page and the engine', () => {
  it('hands a port over, on which the contract answers', async () => {
    await start();
    const client = await connect();
    const info = await client.workspace.info();
    expect(info).toMatchObject({ path: join(home, 'default.waybill'), events: 0 });
    expect(double.processes.map((process) => process.module)).toEqual([join(ROOT, 'electron/engine-process.ts')]);
    expect(double.window.title).toBe('default – Waybill');
  });

  it('imports a dropped file through its grant, and no file without one', async () => {
    const file = join(home, 'shop.ndjson');
    writeFileSync(file, SHOP);
    paths.set('shop.ndjson', file);
    await start();
    const client = await connect();
    const grants = await pages.pages[0]!.bridge.grantFiles([new File([], 'shop.ndjson'), new File(['made by a script'], 'made-up.txt')]);
    expect(grants).toHaveLength(1);
    expect(grants[0]).not.toContain('shop');
    const plan = await client.imports.plan({ files: [{ grant: grants[0]! }] });
    const { job } = await client.imports.start({ plan: plan.id });
    const states: string[] = [];
    for await (const progress of await client.jobs.watch({ job })) states.push(progress.state);
    expect(states.at(-1)).toBe('done');
    expect((await client.workspace.info()).events).toBe(2);
    const journey = await client.journeys.get({ id: 'SO-7001' });
    expect(journey.record?.key).toBe('SO-7001');

    await expect(client.imports.plan({ files: [{ path: file }] })).rejects.toThrow('chosen in the dialog or dropped');
    await expect(client.imports.plan({ files: [{ grant: 'made-up' }] })).rejects.toThrow('not known any more');
  });

  it('runs a query of the user in a process that it ends', async () => {
    await start();
    const client = await connect();
    const { rows } = await client.sql.run({ sql: 'SELECT count(*) FROM events' });
    expect(rows).toEqual([[0]]);
    expect(double.processes.map((process) => process.module.replace(/^.*[/\\]/, ''))).toEqual(['engine-process.ts', 'sql-process.ts']);
    await vi.waitFor(() => expect(double.processes[1]!.alive).toBe(false));
    await expect(client.sql.run({ sql: 'DELETE FROM event' })).rejects.toThrow();
  });

  it('stops a query that never ends when the page gives it up', async () => {
    await start();
    const client = await connect();
    const stop = new AbortController();
    const endless = client.sql.run(
      { sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n' },
      { signal: stop.signal },
    );
    await vi.waitFor(() => expect(double.processes).toHaveLength(2), 10_000);
    stop.abort();
    await expect(endless).rejects.toThrow();
    await vi.waitFor(() => expect(double.processes[1]!.alive).toBe(false), 10_000);
    expect((await client.workspace.info()).events).toBe(0);
  });

  it('starts the engine again when it ended, until it ends too often', async () => {
    await start();
    const first = await connect();
    await first.workspace.info();
    for (let time = 0; time < 3; time++) {
      const process = double.processes.at(-1)!;
      process.child.kill('SIGKILL');
      await vi.waitFor(() => expect(process.alive).toBe(false));
      await vi.waitFor(async () => expect((await (await connect()).workspace.info()).events).toBe(0), 10_000);
    }
    double.processes.at(-1)!.child.kill('SIGKILL');
    await vi.waitFor(() => expect(double.processes.at(-1)!.alive).toBe(false));
    await vi.waitFor(() => expect(pages.pages[0]!.bridge.connect()).rejects.toThrow('ended several times'), 10_000);
  });
});

describe('what is refused', () => {
  it('keeps the window on its own pages', async () => {
    await start();
    const { webContents } = double.window;
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      for (const [url, refused] of [
        ['https://example.com/', true],
        ['file:///etc/passwd', true],
        ['app://other/', true],
        ['app://waybill.example/', true],
        ['app://waybill/#/records', false],
      ] as const) {
        const event = Object.assign(new Refusable(), { url });
        webContents.emit(name, event);
        expect([name, url, event.refused]).toEqual([name, url, refused]);
      }
    }
    expect(webContents.openHandler?.({ url: 'https://example.com/?secret=1' })).toEqual({ action: 'deny' });
    const webview = new Refusable();
    webContents.emit('will-attach-webview', webview);
    expect(webview.refused).toBe(true);
    expect(readFileSync(join(home, 'desktop.log'), 'utf8')).toContain('refused to open a window for https://example.com\n');
  });

  it('gives no permission but writing text to the clipboard', async () => {
    await start();
    const asked = (permission: string, url: string): boolean => {
      let allowed = true;
      double.session.permissionRequest?.({ getURL: () => url }, permission, (answered) => {
        allowed = answered;
      });
      expect(double.session.permissionCheck?.({}, permission, url)).toBe(allowed);
      return allowed;
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'usb', 'midi'])
      expect(asked(permission, 'app://waybill/')).toBe(false);
    expect(asked('clipboard-sanitized-write', 'app://waybill/#/')).toBe(true);
    expect(asked('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
    expect(double.session.device?.()).toBe(false);
  });

  it('lets no request out', async () => {
    await start();
    for (const url of [
      'https://example.com/x.js',
      'http://127.0.0.1:80/',
      'file:///etc/passwd',
      'ws://127.0.0.1/',
      'app://other/index.html',
      'blob:https://example.com/1',
    ])
      expect([url, double.session.lets(url)]).toEqual([url, false]);
    for (const url of ['app://waybill/assets/app.js', 'data:image/png;base64,', 'blob:app://waybill/1'])
      expect([url, double.session.lets(url)]).toEqual([url, true]);
    expect(double.app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  });

  it('serves the built files and nothing beside them', async () => {
    await start();
    const page = answer('app://waybill/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('Waybill');
    expect(answer('app://waybill/assets/app.js').headers.get('content-type')).toMatch('text/javascript');
    for (const url of [
      'app://waybill/../secret.json',
      'app://waybill/%2e%2e/secret.json',
      'app://waybill/..%2fsecret.json',
      'app://waybill/assets/..%5c..%5csecret.json',
      'app://waybill//secret.json',
      'app://other/index.html',
    ]) {
      expect([url, answer(url).status]).toEqual([url, 404]);
    }
    expect(answer('app://waybill/', 'POST').status).toBe(405);
  });

  it('answers only the top frame of its own page', async () => {
    await start();
    for (const frame of [{ url: 'https://example.com/' }, { url: 'app://waybill/', parent: {} }]) {
      expect(await double.invoke(frame, 'waybill:connect')).toMatchObject({ ok: false });
    }
    const own = { url: 'app://waybill/#/' };
    for (const claimed of ['/etc/passwd', ['relative.txt'], [7], [`${home}/a\0b`], Array.from({ length: 10_001 }, () => '/x')]) {
      expect(await double.invoke(own, 'waybill:grant-paths', claimed)).toEqual({ ok: false, message: 'these are no files' });
    }
    expect(double.processes).toEqual([]);
  });

  it('makes windows that are isolated and sandboxed', async () => {
    await start();
    expect(double.window.options['webPreferences']).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    });
    expect(double.app.sandboxed).toBe(true);
    expect(double.crashOptions).toEqual({ uploadToServer: false });
    expect(double.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });
});

describe('what the system asks to open', () => {
  it('opens the workspace that is named on the command line, and shows a bad one as a sentence', async () => {
    await start(['.', '--enable-logging', 'mine.waybill']);
    expect((await (await connect()).workspace.info()).path).toBe(join(home, 'mine.waybill'));
    writeFileSync(join(home, 'foreign.waybill'), 'this is no database at all');
    double.app.emit('open-file', new Refusable(), join(home, 'foreign.waybill'));
    await vi.waitFor(() =>
      expect(double.errors).toEqual([
        { title: 'The workspace could not be opened', content: expect.stringContaining('is not a Waybill workspace') },
      ]),
    );
  });

  it('says why, when the first workspace cannot be opened, and goes on with another', async () => {
    writeFileSync(join(home, 'foreign.waybill'), 'this is no database at all');
    await start(['foreign.waybill']);
    await expect(pages.pages[0]!.bridge.connect()).rejects.toThrow('is not a Waybill workspace');
    double.toOpen.push([join(home, 'good.waybill')]);
    double.click('open-workspace');
    await vi.waitFor(() => expect(double.window.webContents.reloads).toBe(1), 10_000);
    expect((await (await connect()).workspace.info()).path).toBe(join(home, 'good.waybill'));
  });

  it('takes a link to the page, also when the page is not there yet', async () => {
    await start(['waybill://journey/order/SO-1042?view=events']);
    expect(double.window.webContents.url).toBe('app://waybill/#/journey/order/SO-1042?view=events');
    const heard: unknown[] = [];
    double.app.emit('open-url', new Refusable(), 'waybill://findings?kind=gap');
    double.app.emit('open-url', new Refusable(), 'waybill://import?files=/etc/passwd');
    pages.pages[0]!.bridge.onCommand((command) => heard.push(command));
    expect(heard).toEqual([{ kind: 'go', route: '/findings?kind=gap' }]);
  });

  it('brings its window to the front when it is started a second time', async () => {
    await start();
    const client = await connect();
    double.window.minimized = true;
    double.app.emit('second-instance', {}, ['waybill', 'other.waybill'], home);
    expect(double.window).toMatchObject({ minimized: false, visible: true });
    expect(double.window.focused).toBeGreaterThan(0);
    await vi.waitFor(async () => expect((await client.workspace.info()).path).toBe(join(home, 'other.waybill')), 10_000);
    // The title follows the engine by a message.
    await vi.waitFor(() => expect(double.window.title).toBe('other – Waybill'));
  });

  it('is quiet when another instance runs', async () => {
    double.app.lock = false;
    await start();
    expect(double.windows.size).toBe(0);
    expect(await double.app.exited).toBe(0);
  });
});

describe('menus and the end', () => {
  it('grants what was chosen in the menu and tells the page', async () => {
    const file = join(home, 'shop.ndjson');
    writeFileSync(file, SHOP);
    await start();
    const client = await connect();
    const heard: { kind: string; grants?: readonly string[] }[] = [];
    pages.pages[0]!.bridge.onCommand((command) => heard.push(command));
    double.toOpen.push([file]);
    double.click('import-files');
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const plan = await client.imports.plan({ files: heard[0]!.grants!.map((grant) => ({ grant })) });
    expect(plan.parts).toHaveLength(1);
    double.toOpen.push([]);
    expect(await pages.pages[0]!.bridge.pickFiles()).toEqual([]);
  });

  it('watches a folder that was chosen in the dialog', async () => {
    const folder = join(home, 'exports');
    mkdirSync(folder);
    await start();
    const client = await connect();
    double.toOpen.push([folder]);
    const [grant = ''] = await pages.pages[0]!.bridge.pickFolders();
    await client.watches.add({ folder: { grant } });
    expect((await client.watches.list()).map((watch) => watch.path)).toEqual([folder]);
  });

  it('makes a new workspace and offers it again later', async () => {
    await start();
    const client = await connect();
    double.toSave.push(join(home, 'fresh'));
    double.click('new-workspace');
    await vi.waitFor(() => expect(existsSync(join(home, 'fresh.waybill'))).toBe(true), 10_000);
    await vi.waitFor(async () => expect((await client.workspace.info()).path).toBe(join(home, 'fresh.waybill')), 10_000);
    const file = double.menu.find((item) => item.label === 'File')!;
    await vi.waitFor(() => expect(JSON.stringify(double.menu)).toContain('fresh.waybill'));
    expect(file).toBeDefined();
  });

  it('quits by asking the engine, cancels what runs, and remembers the window', async () => {
    await start();
    const client = await connect();
    await client.imports.sample({ orders: 5000, seed: 1 });
    double.window.bounds = { x: 11, y: 22, width: 1000, height: 700 };
    double.window.close();
    expect(await double.app.exited).toBe(0);
    expect(double.processes.every((process) => !process.alive)).toBe(true);
    expect(JSON.parse(readFileSync(join(home, 'desktop.json'), 'utf8'))).toEqual({
      window: { bounds: { x: 11, y: 22, width: 1000, height: 700 }, maximized: false },
      workspace: join(home, 'default.waybill'),
    });
    // The workspace opens again.
    double = new ElectronDouble(pages.open);
    await start();
    expect((await (await connect(pages.pages[1])).workspace.info()).path).toBe(join(home, 'default.waybill'));
  });
});
