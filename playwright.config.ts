import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './test/e2e/support/chromium.ts';
import { shareCompileCache } from './test/support/compile-cache.ts';

shareCompileCache();

const executablePath = findChromium();
if (executablePath === undefined) {
  const reason = 'end-to-end tests need Chromium, Chrome or Edge and found none: install one, or name it in WAYBILL_CHROMIUM';
  if (process.env['CI'] !== undefined) throw new Error(reason);
  process.stdout.write(`skipped: ${reason}\n`);
  process.exit(0);
}

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  globalSetup: './test/e2e/support/world.ts',
  workers: Math.min(2, availableParallelism()),
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // What passes when it is repeated is reported as flaky; only a repetition is recorded, because recording slows every test.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 40_000,
  expect: { timeout: 10_000 },
  reporter: process.env['CI'] === undefined ? [['list']] : [['list'], ['html', { open: 'never' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args: [...CHROMIUM_FLAGS] },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    permissions: ['clipboard-read', 'clipboard-write'],
    serviceWorkers: 'block',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    trace: process.env['CI'] === undefined ? 'off' : 'on-first-retry',
  },
});
