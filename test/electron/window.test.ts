import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startDesktop } from '../../electron/desktop.ts';
import { build, ROOT } from '../../scripts/build.ts';
import { chromiumPages } from './double/chromium-page.ts';
import { ElectronDouble } from './double/electron.ts';

/** The whole desktop app but Electron: main, preload, engine in its process, and the real interface in a real Chromium. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const skipped = CHROMIUM === undefined ? 'no Chromium is installed' : undefined;
if (skipped !== undefined) process.stderr.write(`the window tests are skipped: ${skipped}\n`);
const home = mkdtempSync(join(tmpdir(), 'waybill-window-'));
let browser: Browser;
let double: ElectronDouble;
let pages: ReturnType<typeof chromiumPages>;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  if (skipped !== undefined) return;
  await build('ui');
  await build('app');
  browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
  pages = chromiumPages(browser);
  double = new ElectronDouble(pages.open);
  await startDesktop({
    electron: double.module,
    home,
    uiFolder: join(ROOT, 'dist/renderer'),
    preload: join(ROOT, 'dist/app/electron/preload.cjs'),
    argv: [],
    cwd: home,
    platform: 'linux',
    write: () => undefined,
  });
  page = pages.pages[0]!;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}, 180_000);

afterAll(async () => {
  if (skipped === undefined) {
    double.app.quit();
    await double.app.exited;
    await browser.close();
  }
  rmSync(home, { recursive: true, force: true });
});

describe.skipIf(skipped !== undefined)('the window', () => {
  it('shows the start page, connected over the port', async () => {
    await page
      .getByRole('button', { name: /choose files/i })
      .first()
      .waitFor();
    expect(double.processes).toHaveLength(1);
    expect(await page.evaluate('Object.keys(window.waybill).sort().join()')).toBe('connect,grantFiles,onCommand,pickFiles,pickFolders');
  });

  it('imports what was chosen in the dialog and shows its journey', async () => {
    const file = join(home, 'orders.ndjson');
    const line = (time: string, system: string, step: string, status: string): string =>
      JSON.stringify({ timestamp: `2031-04-05T${time}Z`, system, step, orderId: 'SO-7001', status });
    writeFileSync(
      file,
      [
        line('06:00:00', 'shop', 'create-order', 'success'),
        line('06:00:20', 'payments', 'capture', 'success'),
        line('06:01:00', 'erp', 'book-order', 'failed'),
      ].join('\n'),
    );
    double.toOpen.push([file]);
    double.click('import-files');
    await page.waitForURL(/#\/import\?plan=/);
    await page
      .getByRole('button', { name: /^import/i })
      .first()
      .click();
    await vi.waitFor(
      () =>
        page
          .getByText(/imported|done|3 events/i)
          .first()
          .waitFor({ timeout: 1000 }),
      { timeout: 20_000 },
    );
    double.app.emit('second-instance', {}, ['waybill://journey/order/SO-7001'], home);
    await page.waitForURL(/#\/journey\/order\/SO-7001/);
    await page.getByText('book-order').first().waitFor();
    if (process.env['WAYBILL_SHOTS'] !== undefined)
      await page.screenshot({ path: join(process.env['WAYBILL_SHOTS'], 'desktop-journey.png') });
  });

  it('goes nowhere else, opens nothing and fetches nothing', async () => {
    const before = page.url();
    await page.evaluate("location.href = 'https://example.com/away'");
    await vi.waitFor(() => expect(pages.blocked).toContain('https://example.com/away'));
    expect(page.url()).toBe(before);
    expect(await page.evaluate("window.open('https://example.com/popup')")).toBeNull();
    expect(pages.pages).toHaveLength(1);
    expect(await page.evaluate("fetch('https://example.com/data').then(() => 'went out', () => 'refused')")).toBe('refused');
    expect(await page.evaluate("fetch('/../../package.json').then((answer) => answer.status)")).toBe(404);
    const inline =
      "(() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.head.append(script); return window.ran === true; })()";
    expect(await page.evaluate(inline)).toBe(false);
  });

  it('connects again when the engine ended', async () => {
    double.processes[0]!.child.kill('SIGKILL');
    await vi.waitFor(() => expect(double.processes.length).toBeGreaterThan(1), { timeout: 15_000 });
    await page.evaluate("location.hash = '#/records'");
    await page.getByText('SO-7001').first().waitFor({ timeout: 15_000 });
  });

  it('had nothing to complain about but what was refused', () => {
    expect(complaints.filter((line) => !/example\.com|Content Security Policy|404|ERR_BLOCKED_BY_CLIENT/.test(line))).toEqual([]);
  });
});
