import type { Locator, Page } from '@playwright/test';
import { expect, open, test } from './support/test.ts';

function grid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Records' });
}

/** The text of one column of the rows that are drawn, from top to bottom, once none of them is on its way. */
async function column(page: Page, at: number): Promise<readonly string[]> {
  const rows = grid(page).locator('[role="row"][aria-rowindex]:has([role="gridcell"])');
  await expect(rows.first()).toBeVisible();
  await expect.poll(async () => (await rows.allInnerTexts()).every((text) => text.trim() !== '')).toBe(true);
  const cells = await rows.evaluateAll(
    (elements, index) =>
      elements
        .map((row) => ({ index: Number(row.getAttribute('aria-rowindex')), text: row.children[index]?.textContent ?? '' }))
        .toSorted((a, b) => a.index - b.index)
        .map(({ text }) => text),
    at,
  );
  return cells;
}

function isDescending(values: readonly number[]): boolean {
  return values.every((value, at) => at === 0 || value <= (values[at - 1] ?? value));
}

const STARTED = 4;
const STEPS = 7;
const RECORD = 2;
const COMPLETE = 10;

test('ten thousand records: sorted by any column, in both directions', async ({ page, world }) => {
  await open(page, world.large, '/records');
  await expect(page.getByText('10,000 records')).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '10001');
  const newest = await column(page, STARTED);
  expect(newest).toEqual(newest.toSorted().toReversed());

  await grid(page).getByRole('columnheader', { name: 'Started' }).getByRole('button').click();
  await expect(page).toHaveURL(/dir=asc/);
  await expect(grid(page).getByRole('columnheader', { name: 'Started' })).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(async () => (await column(page, STARTED))[0]).not.toBe(newest[0]);
  const oldest = await column(page, STARTED);
  expect(oldest).toEqual(oldest.toSorted());

  await grid(page).getByRole('columnheader', { name: 'Steps' }).getByRole('button').click();
  await expect(grid(page).getByRole('columnheader', { name: 'Steps' })).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(async () => isDescending((await column(page, STEPS)).map(Number))).toBe(true);
});

test('scrolling through all of them stays in order and loses none', async ({ page, world }) => {
  await open(page, world.large, '/records?sort=key&dir=asc');
  await expect(page.getByText('10,000 records')).toBeVisible();
  const seen: string[] = [];
  for (const share of [0, 0.1, 0.31, 0.5, 0.77, 0.9, 1]) {
    const middle = await grid(page).evaluate((element, part) => {
      element.scrollTo(0, (element.scrollHeight - element.clientHeight) * part);
      return Math.floor((element.scrollTop + element.clientHeight / 2) / 28);
    }, share);
    await expect(grid(page).locator(`[role="row"][aria-rowindex="${middle}"]`)).toBeVisible();
    const keys = await column(page, RECORD);
    expect(keys.length).toBeGreaterThan(20);
    seen.push(...keys);
  }
  expect(seen).toEqual(seen.toSorted());
  expect(new Set(seen).size).toBe(seen.length);
  await expect(grid(page).locator('[role="row"][aria-rowindex="10001"]')).toBeVisible();
});

test('the keyboard moves through the list, opens a record, and comes back to the same row', async ({ page, world }) => {
  await open(page, world.large, '/records?sort=key&dir=asc');
  await expect(page.getByText('10,000 records')).toBeVisible();
  await column(page, RECORD);
  const selected = grid(page).locator('[role="row"][aria-selected="true"]');
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(selected).toHaveAttribute('aria-rowindex', '4');
  await page.keyboard.press('PageDown');
  await expect.poll(async () => Number(await selected.getAttribute('aria-rowindex'))).toBeGreaterThan(15);
  await page.keyboard.press('End');
  await expect(selected).toHaveAttribute('aria-rowindex', '10001');
  await expect(selected).toBeInViewport();
  const last = (await column(page, RECORD)).at(-1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^SO-/);
  expect(last).toContain(await page.getByRole('heading', { level: 1 }).innerText());
  await page.goBack();
  await expect(selected).toHaveAttribute('aria-rowindex', '10001');
  await expect(selected).toBeInViewport();
});

test('text and menus narrow the list, and the address carries it all', async ({ page, world }) => {
  await open(page, world.orders, '/records');
  await expect(page.getByText(`${world.facts.journeys} records`)).toBeVisible();
  await page.locator('[aria-haspopup="menu"]', { hasText: 'Status' }).click();
  await page.getByRole('menuitemradio', { name: 'Failed' }).click();
  await expect(page).toHaveURL(/status=failed/);
  await expect.poll(async () => new Set(await column(page, 3))).toEqual(new Set(['Failed']));
  const failed = (await column(page, RECORD)).length;
  expect(failed).toBeLessThan(world.facts.journeys);

  await page.getByRole('textbox', { name: 'Filter records' }).fill(world.facts.failed.key);
  await expect.poll(async () => (await column(page, RECORD)).length).toBe(1);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Filter records' })).toHaveValue(world.facts.failed.key);
  await expect.poll(async () => (await column(page, RECORD)).length).toBe(1);

  await page.getByRole('textbox', { name: 'Filter records' }).fill('nothing-has-this-name');
  await expect(page.getByRole('heading', { name: 'No record matches' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(page.getByText(`${world.facts.journeys} records`)).toBeVisible();
});

test('what lacks something is found by its completeness, the least complete first', async ({ page, world }) => {
  await open(page, world.orders, '/records');
  await page.locator('[aria-haspopup="menu"]', { hasText: 'Completeness' }).click();
  await page.getByRole('menuitemradio', { name: 'Lacking' }).click();
  await expect(page).toHaveURL(/completeness=lacking/);
  await grid(page).getByRole('columnheader', { name: 'Complete' }).getByRole('button').click();
  await expect(grid(page).getByRole('columnheader', { name: 'Complete' })).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(async () => isDescending((await column(page, COMPLETE)).map((text) => -Number.parseInt(text)))).toBe(true);
  const shares = (await column(page, COMPLETE)).map((text) => Number.parseInt(text));
  expect(shares.length).toBeGreaterThan(0);
  expect(Math.max(...shares)).toBeLessThan(100);
});

test('columns can be left out', async ({ page, world }) => {
  await open(page, world.orders, '/records');
  await column(page, RECORD);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Systems' }).uncheck();
  await expect(grid(page).getByRole('columnheader', { name: 'Systems' })).toHaveCount(0);
});
