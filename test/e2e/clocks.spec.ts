import { skewedClock } from './support/files.ts';
import { planOf, runImport } from './support/import.ts';
import { expect, open, test } from './support/test.ts';

test('a corrected clock is told, and t shows the times of the sources', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, skewedClock());
  await runImport(page);
  await open(page, emptyHost, '/journey/order/SO-10050?view=timeline');
  const note = page.getByRole('button', { name: /^clock of stock corrected by −3/ });
  await expect(note).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show raw times' })).toHaveAttribute('aria-pressed', 'false');

  await page.keyboard.press('t');
  await expect(page).toHaveURL(/times=raw/);
  await expect(page.getByRole('button', { name: 'Show corrected times' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: /^raw times of stock/ })).toBeVisible();
  await page.keyboard.press('t');
  await expect(page).not.toHaveURL(/times=raw/);

  await note.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Clocks that are off' })).toContainText('would run backwards');
});
