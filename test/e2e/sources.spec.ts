import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { brokenRows, dayOfLog, paymentsCsv } from './support/files.ts';
import { startHost, temporaryFolder } from './support/host.ts';
import { planOf, runImport } from './support/import.ts';
import { expect, open, test } from './support/test.ts';

test('sources: what came from where, when, and the details of one', async ({ page, world }) => {
  await open(page, world.orders, '/sources');
  const grid = page.getByRole('grid', { name: 'Sources' });
  await expect(grid.getByRole('row').nth(1).getByRole('gridcell').first()).toHaveText(/\S/);
  await expect(page.getByRole('region', { name: 'Coverage by system' }).getByRole('listitem').first()).toBeVisible();
  await grid.getByRole('columnheader', { name: 'Events' }).getByRole('button').click();
  await expect(grid.getByRole('columnheader', { name: 'Events' })).toHaveAttribute('aria-sort', 'ascending');
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary');
  await expect(detail).toContainText('SHA-256');
  await expect(page).toHaveURL(/source=\d+/);
  await page.reload();
  await expect(detail).toContainText('SHA-256');
  await detail.getByRole('button', { name: 'Close the details' }).click();
  await expect(detail).toHaveCount(0);
});

test('rejected entries: by reason, with their bytes, saved as a file, and read again under another mapping', async ({
  page,
  emptyHost,
}) => {
  await open(page, emptyHost);
  await planOf(page, [dayOfLog(1), paymentsCsv()]);
  await runImport(page);
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await page.getByRole('button', { name: /^Rejected entries/ }).click();
  const grid = page.getByRole('grid', { name: 'Rejected entries' });
  await expect(grid).toHaveAttribute('aria-rowcount', '4');

  // One reason of one file.
  const reasons = page.getByRole('navigation', { name: 'Reasons' });
  await reasons.getByRole('button', { name: /^wms-2031-04-01\.ndjson/ }).click();
  await expect(page).toHaveURL(/source=\d+.*reason=|reason=.*source=\d+/);
  await expect(grid).toHaveAttribute('aria-rowcount', '3');

  // The bytes, with what stands around them.
  await grid.getByRole('row').nth(1).click();
  const bytes = page.getByRole('region', { name: 'Bytes of the rejected entry' });
  await expect(bytes).toContainText('line 8');
  await expect(bytes.locator('mark')).toContainText('"2031-04-01 at some time"');
  await expect(bytes.getByLabel('Bytes as text')).toContainText('ORD-746');

  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'NDJSON', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save 2 entries' }).click();
  const path = await (await saved).path();
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('at some time');
  await page.keyboard.press('Escape');

  // Without a time these entries are read after all.
  await page.getByRole('button', { name: /^Fix the mapping/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Read again' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Role of when' }).selectOption('ignored');
  await expect(page.getByRole('table', { name: 'First entries' })).toContainText('no time');
  await page.getByRole('button', { name: 'Read again', exact: true }).click();
  await expect(page.getByText('Read again: 2 of 2 rejected entries are understood now')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await page.getByRole('button', { name: /^Rejected entries/ }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
});

test('ten thousand rejected entries are a list like any other', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, [brokenRows(4000, 10_000)]);
  await runImport(page);
  await page
    .getByRole('definition')
    .filter({ hasText: /^10,000$/ })
    .getByRole('link')
    .click();
  const grid = page.getByRole('grid', { name: 'Rejected entries' });
  await expect(grid).toHaveAttribute('aria-rowcount', '10001');
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Bytes of the rejected entry' }).locator('mark')).toContainText('no row 9999');
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
});

test('watched folders: what each brought, and the way to stop watching', async ({ page }) => {
  const folder = temporaryFolder();
  const watched = join(folder, 'exports');
  mkdirSync(watched);
  writeFileSync(join(watched, paymentsCsv().name), paymentsCsv().content);
  const host = await startHost(join(folder, 'watched.waybill'), join(folder, 'home'), [watched]);
  try {
    await open(page, host, '/sources?view=folders');
    const table = page.getByRole('table', { name: 'Watched folders' });
    await expect(table.getByRole('row', { name: /exports/ })).toContainText('24 events', { timeout: 30_000 });
    await expect(page.getByRole('button', { name: /^Files/ })).toContainText('1');
    await table.getByRole('button', { name: /^Stop watching/ }).click();
    await expect(page.getByRole('heading', { name: 'No folder is watched' })).toBeVisible();
    await expect(page.getByText('waybill serve --watch FOLDER')).toBeVisible();
  } finally {
    await page.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
