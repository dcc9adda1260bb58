import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ORDER_FILES, writeOrderFiles } from '../support/order-folder/index.ts';
import { dropFromDisk } from './support/drop.ts';
import { dayOfLog, LONG_ORDER, manySteps, paymentsCsv } from './support/files.ts';
import { temporaryFolder } from './support/host.ts';
import { planItem, planTree } from './support/import.ts';
import { expect, journeyRoute, open, test } from './support/test.ts';

const SYSTEMS = new Set(ORDER_FILES.flatMap((file) => file.systems));

/** Imports what is planned and waits for its summary. The progress before it may be over before anybody can look at it. */
async function importAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Import \d+ files$/ }).click();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 60_000 });
}

async function expectWholeJourney(page: Page): Promise<void> {
  const imported = page.getByRole('grid', { name: 'Imported files' });
  await expect(imported).toHaveAttribute('aria-rowcount', String(ORDER_FILES.length + 1));
  await expect(page.getByRole('region', { name: 'Refused files' })).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('SO-77');
  await expect(page.getByRole('option', { name: /SO-77/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'SO-77' })).toBeVisible();
  // The systems that only their folder names are there as well: the folder came over whole.
  await expect(page.getByText(`${SYSTEMS.size} systems`)).toBeVisible();
  await expect(page.getByRole('group', { name: new RegExp(`in ${SYSTEMS.size} lanes`) })).toBeVisible();
}

test.describe('a folder with one file of each kind', () => {
  let folder: string;
  test.beforeAll(() => {
    folder = temporaryFolder();
    writeOrderFiles(join(folder, 'order'));
  });
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('dropped on the window, it becomes one journey through all systems', async ({ page, emptyHost }) => {
    test.slow();
    await open(page, emptyHost);
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
    await dropFromDisk(page, [join(folder, 'order')]);
    await expect(planTree(page)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(`${ORDER_FILES.length} files to import`)).toBeVisible();
    await importAll(page);
    await expectWholeJourney(page);
  });

  test('chosen in a dialog, it is the same', async ({ page, emptyHost }) => {
    test.slow();
    await open(page, emptyHost);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a folder' }).click();
    await (await chooser).setFiles(join(folder, 'order'));
    await expect(planTree(page)).toBeVisible({ timeout: 60_000 });
    await importAll(page);
    await expectWholeJourney(page);
  });
});

test('folders and files dropped together: equal names stay apart, and the folder says whose log it is', async ({ page, emptyHost }) => {
  const folder = temporaryFolder();
  try {
    for (const [place, day] of [
      ['one/wms', 1],
      ['two/wms', 2],
    ] as const) {
      mkdirSync(join(folder, place), { recursive: true });
      writeFileSync(join(folder, place, 'app.ndjson'), dayOfLog(day).content);
    }
    writeFileSync(join(folder, 'payments.csv'), paymentsCsv().content);
    await open(page, emptyHost);
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
    await dropFromDisk(page, [join(folder, 'one'), join(folder, 'two'), join(folder, 'payments.csv')]);
    await expect(planTree(page)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('3 files to import')).toBeVisible();
    await expect(planItem(page, /app\.ndjson, 2 files/)).toBeVisible();
    await expect(planItem(page, 'payments.csv')).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('an order of hundreds of steps opens, and is walked from its first step to its last', async ({ page, emptyHost }) => {
  test.slow();
  const folder = temporaryFolder();
  try {
    writeFileSync(join(folder, manySteps(320).name), manySteps(320).content);
    await open(page, emptyHost);
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
    await dropFromDisk(page, [join(folder, manySteps(320).name)]);
    await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
    await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 60_000 });
    await page.goto(`${emptyHost.origin}/#${journeyRoute({ type: 'order', key: LONG_ORDER })}`);
    const cards = page.locator('[data-card]');
    await expect(cards.first()).toBeVisible();
    await cards.first().focus();
    await page.keyboard.press('End');
    await expect(page.locator('[data-card]:focus')).toBeInViewport({ ratio: 0.99 });
    await page.keyboard.press('Home');
    await expect(page.locator('[data-card]:focus')).toBeInViewport({ ratio: 0.99 });
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await expect(page.getByText(/^\d+ steps$/).first()).toBeVisible();
    await page.getByRole('tab', { name: /^Events/ }).click();
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '321');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
