/**
 * Speed of the interface in a real browser, over made-up data: opening a journey of 320 steps, lists of 10,000 rows being opened and
 * scrolled from end to end. Prints a line for each.
 *
 *   node scripts/measure-ui.ts [--slow N]      N: how many times slower the processor is made to be (1)
 *
 * Needs the built interface and a Chromium, as the end-to-end tests do.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../test/e2e/support/chromium.ts';
import { LONG_ORDER } from '../test/e2e/support/files.ts';
import { temporaryFolder, tokenLink } from '../test/e2e/support/host.ts';
import { openStage, type Scene } from './screenshots/stage.ts';

interface Opening {
  readonly name: string;
  readonly scene: Scene;
  readonly route: string;
  /** What is there when the page is. */
  readonly ready: string;
}

const ROWS = '[role="grid"] [data-row]:not(:has([class*="skeleton"]))';
const OPENINGS: readonly Opening[] = [
  { name: 'journey of 320 steps, graph', scene: 'mixed', route: `/journey/order/${LONG_ORDER}`, ready: '[data-card]' },
  {
    name: 'journey of 320 steps, timeline',
    scene: 'mixed',
    route: `/journey/order/${LONG_ORDER}?view=timeline`,
    ready: '[aria-label="Timeline"] [data-row]',
  },
  { name: 'journey of 43 systems, graph', scene: 'mixed', route: '/journey/order/SO-77', ready: '[data-card]' },
  { name: 'records, 10,000', scene: 'large', route: '/records', ready: ROWS },
  { name: 'findings, 10,000', scene: 'faulty', route: '/findings', ready: ROWS },
];

/** Frames of one scroll from the beginning to the end of a list. */
const FRAMES = 240;

/** Goes to a place within the app and waits for the frame after it is drawn; the time in ms. */
function openScript(route: string, ready: string): string {
  return `new Promise((done) => {
    const start = performance.now();
    location.hash = ${JSON.stringify(`#${route}`)};
    const look = () => {
      if (document.querySelector(${JSON.stringify(ready)}) === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
    };
    requestAnimationFrame(look);
  })`;
}

/** Scrolls a list by so many pixels in each of so many frames; the frames in which rows were not there yet. */
function scrollScript(frames: number, pixels: number): string {
  return `new Promise((done) => {
    const grid = document.querySelector('[role="grid"]');
    let left = ${frames};
    let empty = 0;
    grid.scrollTop = 0;
    const step = () => {
      if (grid.querySelector('[class*="skeleton"]') !== null) empty += 1;
      if (left === 0) return done(empty);
      left -= 1;
      grid.scrollTop += ${pixels};
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`;
}

/** Runs something in the page. `cpu` is the time of the processor that the page's main thread took, in ms: other programs do not count. */
async function timed<T>(page: Page, session: CDPSession, script: string): Promise<{ readonly value: T; readonly cpu: number }> {
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await busy();
  const value = await page.evaluate<T>(script);
  return { value, cpu: (await busy()) - before };
}

async function measure(page: Page, session: CDPSession, { name, route, ready }: Opening): Promise<void> {
  const opened: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    // From a page of its own, so that each opening draws everything anew.
    await page.evaluate("location.hash = '#/sql'");
    await page.getByRole('heading', { level: 1, name: 'SQL' }).waitFor();
    await page.waitForTimeout(500);
    const { value, cpu } = await timed<number>(page, session, openScript(route, ready));
    opened.push(`${Math.round(value)} (${Math.round(cpu)})`);
  }
  process.stdout.write(`open    ${name.padEnd(32)} ms until drawn (of the processor): ${opened.join(', ')}\n`);
  if (ready !== ROWS) return;
  for (const [how, rows] of [
    ['slowly', 3],
    ['to the end', 10_000 / FRAMES],
  ] as const) {
    const { value, cpu } = await timed<number>(page, session, scrollScript(FRAMES, rows * 28));
    process.stdout.write(
      `scroll  ${name.padEnd(32)} ${how}: ${(cpu / FRAMES).toFixed(1)} ms of the processor a frame, ${value} of ${FRAMES} frames with rows on their way\n`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { slow: { type: 'string', default: '1' } } });
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium was found: name one in WAYBILL_CHROMIUM');
  const folder = temporaryFolder();
  const stage = openStage(folder);
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    for (const opening of OPENINGS) {
      const host = await stage.address(opening.scene);
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      await session.send('Emulation.setCPUThrottlingRate', { rate: Number(values.slow) });
      await page.goto(tokenLink(host, '/sql'));
      await page.getByRole('heading', { level: 1, name: 'SQL' }).waitFor();
      await measure(page, session, opening);
      await page.close();
    }
  } finally {
    await browser.close();
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
