/**
 * Takes pictures of every page in both themes and two window sizes, from simulated data.
 *
 *   node scripts/screenshots.ts [OUTDIR]     into OUTDIR, else into a new temporary folder, whose name is printed
 *   node scripts/screenshots.ts --readme     docs/screenshot-light.png and docs/screenshot-dark.png
 *
 * Needs the built interface and a Chromium, as the end-to-end tests do.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../test/e2e/support/chromium.ts';
import { dropFiles, mixedFiles } from '../test/e2e/support/files.ts';
import { startEmptyHost, temporaryFolder, tokenLink, type Address } from '../test/e2e/support/host.ts';
import { startOrders } from '../test/e2e/support/world.ts';
import type { OrdersFacts, RecordRef } from '../test/e2e/support/facts.ts';

const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

type Theme = (typeof THEMES)[number];
interface Size {
  readonly width: number;
  readonly height: number;
}

interface Shot {
  readonly name: string;
  readonly host: 'orders' | 'empty';
  readonly route: string;
  /** What to do on the page before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

function journey({ type, key }: RecordRef, search = ''): string {
  return `/journey/${encodeURIComponent(type)}/${encodeURIComponent(key)}${search}`;
}

/** Every page and its main states. */
function shots(facts: OrdersFacts): readonly Shot[] {
  const views = ['timeline', 'events', 'state', 'payloads'] as const;
  return [
    { name: 'start', host: 'empty', route: '/' },
    { name: 'import', host: 'empty', route: '/import' },
    {
      name: 'import-plan',
      host: 'empty',
      route: '/',
      prepare: async (page) => {
        await dropFiles(page, mixedFiles());
        await page.getByRole('button', { name: /^Import \d+ file/ }).waitFor();
      },
    },
    { name: 'overview', host: 'orders', route: '/' },
    { name: 'records', host: 'orders', route: '/records' },
    { name: 'records-none', host: 'orders', route: '/records?q=nothing-like-this' },
    { name: 'findings', host: 'orders', route: '/findings' },
    { name: 'sources', host: 'orders', route: '/sources' },
    {
      name: 'sql',
      host: 'orders',
      route: '/sql',
      prepare: async (page) => {
        await page.getByRole('textbox', { name: 'SQL query' }).fill('SELECT * FROM journeys LIMIT 40');
        await page.getByRole('button', { name: 'Run' }).click();
        await page.getByRole('table', { name: 'Rows' }).waitFor();
      },
    },
    {
      name: 'search',
      host: 'orders',
      route: '/',
      prepare: async (page) => {
        await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
        await page.keyboard.press('Control+k');
        await page.keyboard.type('SO-10008');
        await page.getByRole('option').nth(3).waitFor();
      },
    },
    { name: 'journey-clean', host: 'orders', route: journey(facts.clean) },
    { name: 'journey-failed', host: 'orders', route: journey(facts.failed) },
    { name: 'journey-retried', host: 'orders', route: journey(facts.retried) },
    { name: 'journey-missing', host: 'orders', route: journey(facts.missing) },
    { name: 'journey-uncovered', host: 'orders', route: journey(facts.uncovered) },
    { name: 'journey-mismatch', host: 'orders', route: journey(facts.mismatched) },
    ...views.map((view): Shot => ({
      name: `journey-${view}`,
      host: 'orders',
      route: journey(view === 'state' ? facts.mismatched : facts.retried, `?view=${view}`),
    })),
    { name: 'journey-not-found', host: 'orders', route: '/journey/order/SO-10008' },
  ];
}

/** Opens a route with a size and a theme, waits until nothing moves any more, and takes the picture. */
async function take(browser: Browser, host: Address, shot: Shot, theme: Theme, size: Size, file: string): Promise<void> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  await page.goto(tokenLink(host, shot.route));
  await shot.prepare?.(page);
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  // The graph is framed a frame after it is laid out, and code that is loaded late draws after that.
  await page.waitForTimeout(600);
  await page.screenshot({ path: file });
  await context.close();
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { readme: { type: 'boolean', default: false }, only: { type: 'string' } },
    allowPositionals: true,
  });
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium was found: name one in WAYBILL_CHROMIUM');
  const folder = temporaryFolder();
  const stops: (() => Promise<void>)[] = [];
  try {
    const { host, facts } = await startOrders(folder);
    stops.push(() => host.stop());
    const empty = await startEmptyHost();
    stops.push(() => empty.stop());
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    stops.push(() => browser.close());
    if (values.readme) {
      const docs = fileURLToPath(new URL('../docs', import.meta.url));
      for (const theme of THEMES) {
        const shot: Shot = { name: 'readme', host: 'orders', route: journey(facts.missing) };
        await take(browser, host, shot, theme, { width: 1440, height: 900 }, join(docs, `screenshot-${theme}.png`));
      }
      return;
    }
    const out = positionals[0] ?? temporaryFolder();
    mkdirSync(out, { recursive: true });
    for (const shot of shots(facts)) {
      if (values.only !== undefined && !shot.name.startsWith(values.only)) continue;
      for (const theme of THEMES) {
        for (const size of SIZES)
          await take(
            browser,
            shot.host === 'empty' ? empty : host,
            shot,
            theme,
            size,
            join(out, `${shot.name}-${theme}-${size.width}.png`),
          );
      }
    }
    process.stdout.write(`${out}\n`);
  } finally {
    for (const stop of stops.toReversed()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
