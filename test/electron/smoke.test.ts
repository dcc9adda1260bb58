import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { build, ROOT } from '../../scripts/build.ts';
import { findElectron } from '../../scripts/electron-binary.ts';
import { hasDisplay } from '../../src/cli/commands/serve.ts';

/** The real Electron, unpacked: what the double cannot show. The fuses of a packed app keep Playwright out; that one checks itself. */
const electron = findElectron(ROOT);
const missing = 'missing' in electron ? `no Electron here: ${electron.missing}` : hasDisplay() ? undefined : 'there is no display';
const home = mkdtempSync(join(tmpdir(), 'waybill-smoke-'));
if (missing !== undefined) process.stderr.write(`the Electron smoke tests are skipped: ${missing}\n`);
let app: ElectronApplication;
let page: Page;

function needElectron(context: TestContext): void {
  if (missing !== undefined) context.skip(missing);
}

beforeAll(async () => {
  if (missing !== undefined || 'missing' in electron) return;
  await build('ui');
  await build('app');
  app = await _electron.launch({
    executablePath: electron.path,
    args: [ROOT],
    env: { ...process.env, WAYBILL_HOME: home },
  });
  page = await app.firstWindow();
}, 180_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the desktop app in Electron', () => {
  it('shows the start page over its own scheme', async (context) => {
    needElectron(context);
    await page
      .getByRole('button', { name: /choose files/i })
      .first()
      .waitFor();
    expect(page.url()).toMatch(/^app:\/\/waybill\//);
  });

  it('keeps the page apart from Node and from the network', async (context) => {
    needElectron(context);
    expect(await page.evaluate('[typeof require, typeof process, typeof module].join()')).toBe('undefined,undefined,undefined');
    expect(await page.evaluate('Object.keys(window.waybill).sort().join()')).toBe('connect,grantFiles,onCommand,pickFiles,pickFolders');
    expect(await page.evaluate("fetch('https://example.com/').then(() => 'went out', () => 'refused')")).toBe('refused');
    expect(await page.evaluate("fetch('app://waybill/../package.json').then((answer) => answer.status)")).toBe(404);
    await page.evaluate("location.href = 'https://example.com/'");
    expect(page.url()).toMatch(/^app:\/\/waybill\//);
  });

  it('imports the sample through the engine in its process', async (context) => {
    needElectron(context);
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .click();
    await page
      .getByText(/journeys/i)
      .first()
      .waitFor({ timeout: 60_000 });
  });

  it('starts the engine again when it is killed', async (context) => {
    needElectron(context);
    const engines = (): Promise<number[]> =>
      app.evaluate(({ app: inside }) =>
        inside
          .getAppMetrics()
          .filter((metric) => metric.name === 'Waybill engine')
          .map((metric) => metric.pid),
      );
    const [pid] = await engines();
    process.kill(pid!, 'SIGKILL');
    await expect.poll(async () => (await engines()).filter((one) => one !== pid).length, { timeout: 15_000 }).toBe(1);
    await page.evaluate("location.hash = '#/records'");
    await page.getByText(/SO-/).first().waitFor({ timeout: 15_000 });
  });

  it('quits', async (context) => {
    needElectron(context);
    await app.close();
    expect(app.process().exitCode).toBe(0);
  });
});
