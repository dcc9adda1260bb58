import type { Page } from '@playwright/test';
import { dayOfLog, paymentsCsv, tarOf } from './support/files.ts';
import { firstEntry, planItem, planOf, planTree, runImport } from './support/import.ts';
import { expect, open, test } from './support/test.ts';

const DAYS = [1, 2, 3].map(dayOfLog);

async function roleOf(page: Page, field: string): Promise<string> {
  return page.getByRole('combobox', { name: `Role of ${field}` }).inputValue();
}

test('files of one kind are mapped once; one of them can be mapped on its own and put back', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, [...DAYS, paymentsCsv()]);
  const group = planItem(page, 'wms-2031-04-*.ndjson, 3 files');
  await group.click();
  await expect(page.getByText('3 files, mapped once')).toBeVisible();

  // A change of the group is a change of each of its files.
  await page.getByRole('combobox', { name: 'Role of grams' }).selectOption('ignored');
  await group.press('ArrowRight');
  await planTree(page).press('ArrowRight');
  await expect(group).toHaveAttribute('aria-expanded', 'true');
  await planItem(page, 'wms-2031-04-02.ndjson').click();
  expect(await roleOf(page, 'grams')).toBe('ignored');
  await expect(page.getByRole('region', { name: 'First entries', exact: true })).toContainText('wms-2031-04-02.ndjson');

  // On its own it is changed alone.
  await page.getByRole('button', { name: 'Map this file on its own' }).click();
  await planItem(page, 'wms-2031-04-02.ndjson').click();
  await page.getByRole('combobox', { name: 'Role of grams' }).selectOption('attribute');
  await planItem(page, /^wms-2031-04-\*\.ndjson, 2 files/).click();
  expect(await roleOf(page, 'grams')).toBe('ignored');

  // A look elsewhere does not end the plan.
  await page.getByRole('link', { name: 'Records', exact: true }).click();
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await expect(planItem(page, /^wms-2031-04-\*\.ndjson, 2 files/)).toBeVisible();

  // Back in the group it is read as the others are.
  await planItem(page, 'wms-2031-04-02.ndjson').click();
  expect(await roleOf(page, 'grams')).toBe('attribute');
  await page.getByRole('button', { name: 'Map with its group' }).click();
  await planItem(page, /^wms-2031-04-\*\.ndjson, 3 files/).click();
  expect(await roleOf(page, 'grams')).toBe('ignored');
});

test('a status word that nobody knows is given a meaning, which is remembered for the next import and can be forgotten', async ({
  page,
  emptyHost,
}) => {
  await open(page, emptyHost);
  await planOf(page, [dayOfLog(1)]);
  const words = page.getByRole('region', { name: 'Status words' });
  await expect(words).toContainText('1 word is not known');
  const preview = page.getByRole('table', { name: 'First entries' });
  await expect(preview.getByText('Unknown').first()).toBeVisible();
  await words.getByRole('combobox', { name: 'Meaning of PARKED' }).selectOption('waiting');
  await expect(preview.getByText('Waiting').first()).toBeVisible();
  await expect(words).not.toContainText('not known');
  await words.getByRole('button', { name: 'Undo the meaning of PARKED' }).click();
  await expect(preview.getByText('Unknown').first()).toBeVisible();
  await words.getByRole('combobox', { name: 'Meaning of PARKED' }).selectOption('waiting');
  await expect(page.getByRole('button', { name: 'Import 1 file' })).toBeEnabled();
  await runImport(page);

  // The next day is understood as the user said.
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await planOf(page, [dayOfLog(2)]);
  await expect(page.getByText('Remembered from an earlier import')).toBeVisible();
  await expect(words.getByRole('combobox', { name: 'Meaning of PARKED' })).toHaveValue('waiting');
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(page.getByText(/^Forgotten\./)).toBeVisible();
});

test('an entry stands beside what was understood of it', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, [paymentsCsv()]);
  const shown = page.getByRole('region', { name: 'First entries', exact: true }).locator('pre');
  await expect(shown).toContainText('2031-04-07 08:02:11;ORD-700;capture;OK;19.90;PAY-9000');
  await expect(shown.locator('mark')).toHaveText(['ORD-700', 'capture', 'OK', 'PAY-9000']);
  await page.getByRole('button', { name: 'Line 3 as written' }).click();
  await expect(shown).toContainText('ORD-701');
  await expect(firstEntry(page)).toContainText('order ORD-700');
});

test('another encoding plans the files again', async ({ page, emptyHost }) => {
  const rows = Array.from({ length: 12 }, (_, index) => `2031-04-07 08:00:${String(10 + index)},ORD-${700 + index},M\xfcller,OK`);
  await open(page, emptyHost);
  await planOf(page, [{ name: 'crm.csv', content: Buffer.from(`time,order_id,step,status\n${rows.join('\n')}\n`, 'latin1') }]);
  await expect(firstEntry(page)).toContainText('Müller');
  await page.getByRole('combobox', { name: 'Encoding of the files' }).selectOption('iso-8859-5');
  await expect(firstEntry(page)).toContainText('Mќller');
  await page.getByRole('combobox', { name: 'Encoding of the files' }).selectOption('');
  await expect(firstEntry(page)).toContainText('Müller');
});

test('a thousand files are one line a kind, can be searched, and taken out by keyboard', async ({ page, emptyHost }) => {
  test.slow();
  const files = Array.from({ length: 1000 }, (_, index) => {
    const day = dayOfLog(1 + (index % 28));
    return {
      name: `logs/${String(index).padStart(4, '0')}-${day.name}`,
      content: Buffer.concat([day.content, Buffer.from(' '.repeat(1 + (index % 400)))]),
    };
  });
  await open(page, emptyHost);
  await planOf(page, [tarOf('logs.tar', files)]);
  await expect(page.getByText('1,000 files to import')).toBeVisible();
  const tree = planTree(page);
  await expect(tree.getByRole('treeitem')).toHaveCount(1);
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('999 files to import · 1 left out')).toBeVisible();
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(60);
  await page.keyboard.press('End');
  await expect(tree.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-label', /0999-/);

  await page.getByRole('textbox', { name: 'Filter files' }).fill('0500-');
  await expect(tree.getByRole('treeitem')).toHaveCount(2);
  await tree.getByRole('treeitem').nth(1).click();
  await expect(page.getByRole('region', { name: 'First entries', exact: true })).toContainText('0500-');

  // One choice for all of them.
  await page.getByRole('combobox', { name: 'Meaning of PARKED' }).selectOption('waiting');
  await expect(page.getByRole('button', { name: /^Import 999 files/ })).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'First entries' }).getByText('Waiting').first()).toBeVisible();
});
