import { expect, open, test } from './support/test.ts';

test('every spelling of an identifier finds the journey', async ({ page, world }) => {
  const { spellings, retried } = world.facts;
  expect(spellings.length).toBeGreaterThan(4);
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  for (const spelling of spellings) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Identifier or command' }).fill(spelling);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: retried.key }), spelling).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  }
});

test('a part of an identifier lists what has it; arrows choose', async ({ page, world }) => {
  await open(page, world.orders, '/records');
  await expect(page.getByRole('grid', { name: 'Records' })).toBeVisible();
  await page.getByRole('button', { name: /Find any identifier/ }).click();
  await page.keyboard.type('SO-10004');
  const options = page.getByRole('option').filter({ hasText: /SO-10004\d/ });
  await expect.poll(() => options.count()).toBeGreaterThan(4);
  const second = await options.nth(1).locator('[data-mono]').first().innerText();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: second })).toBeVisible();
});

test('commands are found by name, and nothing found says so', async ({ page, world }) => {
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sources');
  await page.getByRole('option', { name: /^Sources/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type('zzz-no-such-thing');
  await expect(page.getByText('Nothing has this identifier')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
