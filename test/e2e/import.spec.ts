import { writeFileSync } from 'node:fs';
import { brokenGzip, dropFiles, manyLines, mixedFiles, paymentsCsv } from './support/files.ts';
import { firstEntry, planItem, planOf, runImport } from './support/import.ts';
import { expect, open, test } from './support/test.ts';

test('an empty workspace offers sample data, which leads over its import to the overview', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await expect(page.getByRole('heading', { level: 1, name: 'What happened to this order?' })).toBeVisible();
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page).toHaveURL(/#\/import\?job=/);
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('grid', { name: 'Imported files' }).getByRole('row')).not.toHaveCount(1);
  await page.getByRole('link', { name: 'Show the overview' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: '400', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Journeys to look at' }).getByRole('listitem')).toHaveCount(10);
  await expect(page.getByRole('region', { name: 'Coverage' })).toBeVisible();
});

test('dropped files are planned, corrected, imported, and what was refused is shown with its reason', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, mixedFiles());

  await planItem(page, 'payments.csv').click();
  const detail = page.getByRole('region', { name: 'payments.csv', exact: true });
  await expect(detail.getByRole('combobox', { name: 'Role of order_id' })).toHaveValue('identifier');
  await expect(detail.getByRole('combobox', { name: 'Type of order_id' })).toHaveValue('order');

  // Another zone moves the times of the preview; Berlin is two hours ahead of UTC in April.
  await expect(firstEntry(page)).toContainText('2031-04-07 08:02:11');
  const zone = detail.getByLabel('Zone of times without one', { exact: true });
  await zone.fill('Europe/Berlin');
  await zone.press('Enter');
  await expect(firstEntry(page)).toContainText('2031-04-07 06:02:11');

  // A zone that does not exist is refused beside the field and changes nothing.
  await zone.fill('Europe/Nowhere');
  await expect(detail.getByText('No such zone.')).toBeVisible();
  await zone.press('Escape');
  await expect(zone).toHaveValue('Europe/Berlin');

  // A field that is ignored names no record any more; taken back, it does.
  await expect(firstEntry(page)).toContainText('payment PAY-9000');
  await detail.getByRole('combobox', { name: 'Role of payment_id' }).selectOption('ignored');
  await expect(firstEntry(page)).not.toContainText('payment PAY-9000');
  await expect(detail.getByRole('button', { name: 'Undo 2 changes' })).toBeVisible();
  await detail.getByRole('button', { name: /^Back to identifier, payment/ }).click();
  await expect(firstEntry(page)).toContainText('payment PAY-9000');
  await expect(detail.getByRole('button', { name: 'Undo 1 change' })).toBeVisible();

  // What cannot be read stands at the end of the list, with its reason.
  await planItem(page, /^Cannot be read/).click();
  await expect(page.getByRole('region', { name: 'Files that cannot be read' })).toContainText('broken.ndjson.gz is a gzip file');

  await page.getByRole('button', { name: 'Import 3 files' }).click();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 20_000 });
  const imported = page.getByRole('grid', { name: 'Imported files' });
  await expect(imported.getByRole('row', { name: /payments\.csv/ })).toContainText('2031-04-07 06:02:11');
  await expect(imported.getByRole('row', { name: /shop-events\.ndjson/ })).toContainText('2');
  await expect(page.getByRole('region', { name: 'Refused files' })).toContainText('broken.ndjson.gz');

  // A file leads to its source, the number of rejected entries to what was rejected.
  await imported.getByRole('row', { name: /payments\.csv/ }).click();
  await expect(page.getByRole('complementary', { name: 'payments.csv' })).toContainText('Europe/Berlin');
  await page.goBack();
  await page.getByRole('definition').filter({ hasText: /^3$/ }).getByRole('link').click();
  await expect(page).toHaveURL(/#\/sources\?view=rejected/);
  await expect(page.getByRole('grid', { name: 'Rejected entries' }).getByRole('row', { name: /a line that is no row/ })).toContainText(
    'payments.csv',
  );
});

test('a file that is imported already is recognised, and a source can be taken out again', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await page.getByLabel('Files to import').setInputFiles([{ name: 'payments.csv', mimeType: 'text/csv', buffer: paymentsCsv().content }]);
  await runImport(page);

  await dropFiles(page, [{ ...paymentsCsv(), name: 'the same again.csv' }]);
  await expect(page.getByText('1 imported already')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import 0 files' })).toBeDisabled();
  await expect(page.getByRole('region', { name: 'Files imported already' })).toContainText('imported before as payments.csv');

  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await page
    .getByRole('grid', { name: 'Sources' })
    .getByRole('row', { name: /payments\.csv/ })
    .click();
  await page.getByRole('complementary', { name: 'payments.csv' }).getByRole('button', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: /Remove payments\.csv/ });
  await expect(dialog).toContainText('24 events');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing was imported yet' })).toBeVisible();
});

test('only unreadable files: nothing can be started, and the reason is shown', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, [brokenGzip()]);
  await expect(page.getByRole('region', { name: 'Files that cannot be read' })).toContainText('broken.ndjson.gz is a gzip file');
  await expect(page.getByRole('button', { name: 'Import 0 files' })).toBeDisabled();
});

test('an import can be held, goes on while other pages are used, and is cancelled', async ({ page, emptyHost }, info) => {
  const file = info.outputPath('many.ndjson');
  writeFileSync(file, manyLines(300_000));
  await open(page, emptyHost);
  await page.getByLabel('Files to import').setInputFiles(file);
  await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  const files = page.getByRole('table', { name: 'Files' });
  await expect(files.getByRole('row', { name: /many\.ndjson/ })).toContainText('Waiting');

  // Elsewhere the chip tells the same and leads back.
  await page.getByRole('link', { name: 'Records', exact: true }).click();
  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Paused/ })
    .click();
  await expect(page).toHaveURL(/#\/import\?job=/);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Show the overview' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What happened to this order?' })).toBeVisible();
  // Nothing of the half-read file is kept that would stand in the way of importing it.
  await page.getByLabel('Files to import').setInputFiles(file);
  await expect(page.getByRole('button', { name: 'Import 1 file', exact: true })).toBeEnabled();
});

test('the mapping of a part can be had as a profile file', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, [paymentsCsv()]);
  await page.getByRole('button', { name: 'Save as profile' }).click();
  const dialog = page.getByRole('dialog', { name: 'Profile' });
  await expect(dialog.getByLabel('Profile as YAML')).toContainText('order_id');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('payment_id');
});
