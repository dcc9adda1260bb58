import { writeFileSync } from 'node:fs';
import { brokenGzip, dropFiles, manyLines, mixedFiles, paymentsCsv } from './support/files.ts';
import { expect, open, test } from './support/test.ts';

test('an empty workspace offers sample data, which leads over progress to the overview', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await expect(page.getByRole('heading', { level: 1, name: 'What happened to this order?' })).toBeVisible();
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page).toHaveURL(/#\/import\?job=/);
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'Imported sources' }).getByRole('row')).not.toHaveCount(1);
  await page.getByRole('link', { name: 'Show the overview' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: '400', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Journeys to look at' }).getByRole('listitem')).toHaveCount(10);
  await expect(page.getByRole('region', { name: 'Coverage' })).toBeVisible();
});

test('dropped files are planned, corrected, imported, and what was refused is shown with its reason', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await dropFiles(page, mixedFiles());

  const parts = page.getByRole('region', { name: 'Parts to import' });
  await expect(parts).toBeVisible();
  const payments = parts.getByRole('region', { name: 'payments.csv' });
  await expect(payments.getByRole('row', { name: /^order_id/ }).getByRole('combobox')).toHaveValue('identifier');
  await expect(payments.getByRole('textbox', { name: 'Type of order_id' })).toHaveValue('order');
  await expect(parts.getByRole('checkbox', { name: 'Import broken.ndjson.gz' })).toBeDisabled();
  await expect(parts.getByRole('region', { name: 'broken.ndjson.gz', exact: true })).toContainText('broken.ndjson.gz is a gzip file');

  // Another zone moves the times of the preview; Berlin is two hours ahead of UTC in April.
  const preview = payments.getByRole('table', { name: 'First events' });
  const firstEvent = preview.getByRole('row').nth(1);
  await expect(firstEvent).toContainText('2031-04-07 08:02:11');
  await payments.getByRole('textbox', { name: 'Zone of times without one' }).fill('Europe/Berlin');
  await payments.getByRole('textbox', { name: 'Zone of times without one' }).press('Enter');
  await expect(firstEvent).toContainText('2031-04-07 06:02:11');

  // A zone that does not exist is refused beside the field and changes nothing.
  const zone = payments.getByRole('textbox', { name: 'Zone of times without one' });
  await zone.fill('Europe/Nowhere');
  await expect(payments.getByText('No such zone.')).toBeVisible();
  await zone.press('Escape');
  await expect(zone).toHaveValue('Europe/Berlin');

  // A field that is ignored names no record any more; taken back, it does.
  await expect(firstEvent).toContainText('payment PAY-9000');
  await payments.getByRole('combobox', { name: 'Role of payment_id' }).selectOption('ignored');
  await expect(firstEvent).not.toContainText('PAY-9000');
  await payments.getByRole('combobox', { name: 'Role of payment_id' }).selectOption('identifier');
  await expect(firstEvent).toContainText('PAY-9000');

  await page.getByRole('button', { name: 'Import 3 parts' }).click();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 20_000 });
  const imported = page.getByRole('table', { name: 'Imported sources' });
  await expect(imported.getByRole('row', { name: /payments\.csv/ })).toContainText('2031-04-07 06:02:11');
  await expect(imported.getByRole('row', { name: /shop-events\.ndjson/ })).toContainText('2');
  await expect(page.getByRole('region', { name: 'Refused files' })).toContainText('broken.ndjson.gz');

  await page.getByRole('definition').filter({ hasText: /^3$/ }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Sources' }).getByRole('row')).toHaveCount(4);
  const rejects = page.getByRole('table', { name: 'Rejected entries' });
  await expect(rejects.getByRole('row', { name: /not json at all/ })).toContainText('shop-events.ndjson');
  await expect(rejects.getByRole('row', { name: /a line that is no row/ })).toContainText('payments.csv');
  await page
    .getByRole('table', { name: 'Sources' })
    .getByRole('row', { name: /payments\.csv/ })
    .getByRole('button', { name: '1', exact: true })
    .click();
  await expect(page).toHaveURL(/source=\d+/);
  await expect(rejects.getByRole('row')).toHaveCount(2);
});

test('a file that is imported already is recognised, and a source can be taken out again', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await page.getByLabel('Files to import').setInputFiles([{ name: 'payments.csv', mimeType: 'text/csv', buffer: paymentsCsv().content }]);
  await page.getByRole('button', { name: 'Import 1 part', exact: true }).click();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 20_000 });

  await dropFiles(page, [{ ...paymentsCsv(), name: 'the same again.csv' }]);
  await expect(page.getByText('1 imported already')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import 0 parts' })).toBeDisabled();

  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await page.getByRole('button', { name: 'Remove payments.csv' }).click();
  const dialog = page.getByRole('dialog', { name: /Remove payments\.csv/ });
  await expect(dialog).toContainText('24 events');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing was imported yet' })).toBeVisible();
});

test('only unreadable files: nothing can be started, and the reason is shown', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await dropFiles(page, [brokenGzip()]);
  await expect(page.getByRole('region', { name: 'broken.ndjson.gz', exact: true })).toContainText('broken.ndjson.gz is a gzip file');
  await expect(page.getByRole('button', { name: 'Import 0 parts' })).toBeDisabled();
});

test('an import can be cancelled and taken up again', async ({ page, emptyHost }, info) => {
  const file = info.outputPath('many.ndjson');
  writeFileSync(file, manyLines(300_000));
  await open(page, emptyHost);
  await page.getByLabel('Files to import').setInputFiles(file);
  await page.getByRole('button', { name: 'Import 1 part', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Show the overview' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What happened to this order?' })).toBeVisible();
  // Nothing of the half-read file is kept that would stand in the way of importing it.
  await page.getByLabel('Files to import').setInputFiles(file);
  await expect(page.getByRole('button', { name: 'Import 1 part', exact: true })).toBeEnabled();
});

test('the mapping of a part can be had as a profile file', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await dropFiles(page, [paymentsCsv()]);
  await page.getByRole('button', { name: 'Save as profile' }).click();
  const dialog = page.getByRole('dialog', { name: 'Profile' });
  await expect(dialog.getByLabel('Profile as YAML')).toContainText('order_id');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('payment_id');
});
