/**
 * Takes pictures of every page and its states in both themes and two window sizes; of the main ones also with forced colours and with
 * more contrast.
 *
 *   node scripts/screenshots.ts [OUTDIR]        into OUTDIR, else into a new temporary folder, whose name is printed
 *   node scripts/screenshots.ts --readme        docs/screenshot-light.png and docs/screenshot-dark.png
 *     --only NAME,NAME    pictures whose names begin so
 *     --look light,dark,forced,contrast    --width 1280,1920
 *
 * Needs the built interface and a Chromium, as the end-to-end tests do.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContextOptions } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../test/e2e/support/chromium.ts';
import { temporaryFolder, tokenLink, type Address } from '../test/e2e/support/host.ts';
import { shots, type Shot } from './screenshots/shots.ts';
import { openStage, type Stage } from './screenshots/stage.ts';

/** How the page is looked at. */
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const satisfies Record<string, BrowserContextOptions>;
type Look = keyof typeof LOOKS;

const SIZES: readonly Size[] = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
interface Size {
  readonly width: number;
  readonly height: number;
}

function addressOf(host: Address, { scene, route }: Shot): string {
  return scene === 'fake' ? `${host.origin}/${route}` : tokenLink(host, route);
}

/** Opens a page, waits until nothing moves any more, and takes the picture. */
async function take(browser: Browser, host: Address, shot: Shot, look: Look, size: Size, file: string): Promise<void> {
  const context = await browser.newContext({
    viewport: size,
    ...LOOKS[look],
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  try {
    const page = await context.newPage();
    await page.goto(addressOf(host, shot));
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await shot.prepare?.(page);
    if (shot.isBusy !== true) await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    // The graph is framed a frame after it is laid out, and code that is loaded late draws after that.
    await page.waitForTimeout(600);
    await page.screenshot({ path: file });
  } finally {
    await context.close();
  }
}

async function takeReadme(browser: Browser, stage: Stage): Promise<void> {
  const docs = fileURLToPath(new URL('../docs', import.meta.url));
  const host = await stage.address('orders');
  const shot = shots(await stage.facts()).find((one) => one.name === 'journey-missing');
  if (shot === undefined) throw new Error('there is no picture of a journey with a missing step');
  for (const look of ['light', 'dark'] as const)
    await take(browser, host, shot, look, { width: 1440, height: 900 }, join(docs, `screenshot-${look}.png`));
}

function listed(text: string | undefined): (name: string) => boolean {
  if (text === undefined) return () => true;
  const wanted = text.split(',');
  return (name) => wanted.some((one) => name.startsWith(one));
}

/** Takes all pictures that are wanted. One that cannot be taken does not keep the others from being taken; it is named at the end. */
async function takeAll(
  browser: Browser,
  stage: Stage,
  out: string,
  wanted: Record<'shot' | 'look' | 'width', (name: string) => boolean>,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const shot of shots(await stage.facts()).filter((one) => wanted.shot(one.name))) {
    const host = await stage.address(shot.scene);
    for (const look of Object.keys(LOOKS) as Look[]) {
      if (!wanted.look(look) || ((look === 'forced' || look === 'contrast') && shot.isMain !== true)) continue;
      for (const size of SIZES.filter(({ width }) => wanted.width(String(width)))) {
        const name = `${shot.name}-${look}-${size.width}`;
        await take(browser, host, shot, look, size, join(out, `${name}.png`)).catch((error: unknown) => {
          failed.push(`${name}: ${String(error).split('\n')[0]}`);
        });
      }
    }
  }
  return failed;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      readme: { type: 'boolean', default: false },
      only: { type: 'string' },
      look: { type: 'string' },
      width: { type: 'string' },
    },
    allowPositionals: true,
  });
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium was found: name one in WAYBILL_CHROMIUM');
  const folder = temporaryFolder();
  const stage = openStage(folder);
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    if (values.readme) {
      await takeReadme(browser, stage);
      return;
    }
    const out = positionals[0] ?? temporaryFolder();
    mkdirSync(out, { recursive: true });
    const failed = await takeAll(browser, stage, out, {
      shot: listed(values.only),
      look: listed(values.look),
      width: listed(values.width),
    });
    process.stdout.write(`${out}\n`);
    for (const line of failed) process.stderr.write(`not taken: ${line}\n`);
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    await browser.close();
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
