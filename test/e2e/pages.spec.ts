import type { Locator, Page } from '@playwright/test';
import { expect, open, test } from './support/test.ts';

test('findings: a kind, a severity, and the way to the journey with the finding open', async ({ page, world }) => {
  await open(page, world.orders, '/findings');
  await expect(page.getByText(`${world.facts.findings} findings`)).toBeVisible();
  const kinds = page.getByRole('navigation', { name: 'Kinds of finding' });
  await kinds.getByRole('button', { name: /Mismatch/ }).click();
  await expect(page).toHaveURL(/kind=mismatch/);
  const count = Number((await kinds.getByRole('button', { name: /Mismatch/ }).innerText()).match(/\d+/)?.[0]);
  const grid = page.getByRole('grid', { name: 'Findings' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1));
  await page.locator('[aria-haspopup="menu"]', { hasText: 'Severity' }).click();
  await page.getByRole('menuitemradio', { name: 'Critical' }).click();
  await expect(page).toHaveURL(/severity=critical/);
  const first = grid.getByRole('row').nth(1);
  const title = await first.getByRole('gridcell').nth(1).locator('[data-clip]').innerText();
  await first.click();
  await expect(page).toHaveURL(/#\/journey\/.*finding=/);
  const opened = page.getByRole('complementary').getByRole('button', { expanded: true }).first();
  await expect(opened).toContainText(title);
  await page.goBack();
  await expect(page).toHaveURL(/kind=mismatch.*severity=critical/);
});

test('findings: a filter that nothing passes can be cleared', async ({ page, world }) => {
  await open(page, world.orders, '/findings?kind=clock');
  await expect(page.getByText('No finding matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page.getByText(`${world.facts.findings} findings`)).toBeVisible();
});

test('sql: runs a SELECT, explains a bad one, refuses to write', async ({ page, world }) => {
  await open(page, world.orders, '/sql');
  const editor = page.getByRole('textbox', { name: 'SQL query' });
  await page.getByRole('button', { name: 'journeys', exact: true }).click();
  await expect(editor).toHaveValue('SELECT * FROM journeys LIMIT 50');
  await editor.press('Control+Enter');
  await expect(page.getByRole('table', { name: 'Rows' }).getByRole('row')).toHaveCount(51);

  await editor.fill('SELECT 6 * 7 AS answer, NULL AS absent');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByRole('table', { name: 'Rows' }).getByRole('row')).toHaveText(['answerabsent', '42null']);
  await expect(page.getByRole('status').filter({ hasText: '1 row' })).toBeVisible();

  await editor.fill('SELECT no_such_column FROM journeys');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByRole('alert')).toContainText('no_such_column');

  await editor.fill('DELETE FROM events');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByRole('alert')).toContainText(/SELECT|read/i);
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page.getByRole('link', { name: 'SQL', exact: true }).click();
  await expect(editor).toHaveValue('DELETE FROM events');
});

test('times switch between UTC and the local zone, and it is remembered', async ({ page, world }) => {
  await open(page, world.orders, '/records?sort=key&dir=asc');
  const started = page.getByRole('grid', { name: 'Records' }).getByRole('row').nth(1).getByRole('gridcell').nth(4);
  await expect(started).toHaveText(/^2026-03-02 /);
  const utc = await started.innerText();
  await page.getByRole('button', { name: /^Times in UTC/ }).click();
  await expect(page.getByRole('button', { name: /^Times in Europe\/Berlin/ })).toBeVisible();
  // Berlin is one hour ahead in March.
  const local = new Date(Date.parse(`${utc.replace(' ', 'T')}Z`) + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  await expect(started).toHaveText(local);
  await page.reload();
  await expect(started).toHaveText(local);
  await page.keyboard.press('z');
  await expect(started).toHaveText(utc);
});

test('the theme follows the system until it is chosen', async ({ page, world }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  const brightness = (): Promise<number> =>
    page.evaluate<number>(`(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0];
  })()`);
  expect(await brightness()).toBeLessThan(60);
  await page.getByRole('button', { name: 'Theme: system. Change' }).click();
  await expect(page.getByRole('button', { name: 'Theme: light. Change' })).toBeVisible();
  expect(await brightness()).toBeGreaterThan(200);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: light. Change' })).toBeVisible();
  expect(await brightness()).toBeGreaterThan(200);
  await page.getByRole('button', { name: 'Theme: light. Change' }).click();
  expect(await brightness()).toBeLessThan(60);
});

test('all keys are listed', async ({ page, world }) => {
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Go to Records');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('from the start to the bytes of a failure without a mouse', async ({ page, world }) => {
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Findings' });
  await expect(grid.getByRole('row').nth(1).getByRole('gridcell').nth(1)).toHaveText(/\S/);
  await tabTo(page, grid);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/journey\//);

  const card = page.getByRole('group', { name: /^Graph of / }).locator('[data-card][tabindex="0"]');
  await expect(card).toBeVisible();
  await tabTo(page, card);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/step=/);
  const raw = page.getByRole('complementary').getByRole('button', { name: 'Raw' });
  await expect(raw).toBeVisible();
  await tabTo(page, raw);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Bytes of the entry as text')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/step=/);
});

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error('80 presses of Tab did not reach it');
}
