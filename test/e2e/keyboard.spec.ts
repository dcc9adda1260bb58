import type { Page } from '@playwright/test';
import { dayOfLog, paymentsCsv } from './support/files.ts';
import { expect, open, test } from './support/test.ts';

/** Whether what has the focus is inside the window and shows it: by a ring of its own, of its frame or of the row that it marks. */
async function expectSeenFocus(page: Page): Promise<void> {
  await expect(page.locator(':focus')).toBeInViewport();
  // As text, because the tests are compiled without the types of a browser.
  const unseen = await page.evaluate<string>(`(() => {
    const hasRing = (one) => {
      if (one === null) return false;
      const style = getComputedStyle(one);
      return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow.includes('inset');
    };
    const element = document.activeElement;
    const isSeen = hasRing(element) || hasRing(element.parentElement) || hasRing(element.querySelector('[aria-selected="true"]'));
    return isSeen ? '' : element.outerHTML.slice(0, 120);
  })()`);
  expect(unseen, 'has the focus and no ring').toBe('');
}

/** Presses Tab until something with this role and name has the focus; fails where that takes longer than a person would try. */
async function tabTo(page: Page, role: 'button' | 'link' | 'grid' | 'tab', name: string | RegExp, most = 30): Promise<void> {
  const wanted = page.getByRole(role, { name }).and(page.locator(':focus'));
  for (let pressed = 0; pressed < most; pressed += 1) {
    if ((await wanted.count()) > 0) return;
    await page.keyboard.press('Tab');
    await expectSeenFocus(page);
  }
  throw new Error(`${role} ${String(name)} was not reached by ${most} presses of Tab`);
}

test('by keys alone: from the files over summary, record, journey and finding to the evidence, and back', async ({ page, emptyHost }) => {
  test.slow();
  // From the beginning: a dialog that opens before the browser was told to report it is lost.
  page.on('filechooser', () => undefined);
  await open(page, emptyHost);
  await tabTo(page, 'button', 'Choose files');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (
    await chooser
  ).setFiles([dayOfLog(1), paymentsCsv()].map(({ name, content }) => ({ name, mimeType: 'application/octet-stream', buffer: content })));

  // The plan, its list first by arrows, then the import.
  await expect(page.getByRole('tree', { name: 'Files to import' })).toBeVisible();
  await tabTo(page, 'button', /^Import 2 files/, 8);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 30_000 });

  // The summary: to the records that came of it.
  await tabTo(page, 'link', /^\d+$/, 8);
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { level: 1, name: 'Records' })).toBeVisible();

  // A record, by a search of its list.
  const records = page.getByRole('grid', { name: 'Records' });
  await expect(records.getByRole('row').nth(1)).toContainText('ORD-');
  await tabTo(page, 'grid', 'Records', 14);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  const marked = records.locator('[aria-selected="true"]');
  const record = (await marked.innerText()).match(/ORD-\d+/)?.[0] ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: record })).toBeVisible();

  // Back: the list is where it was, and takes the keys at once.
  await page.goBack();
  await expect(records).toBeFocused();
  await expect(marked).toContainText(record);
  await expectSeenFocus(page);
  await page.keyboard.press('ArrowUp');
  await expect(marked).not.toContainText(record);

  // A finding, its journey, and the card that it is about.
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await tabTo(page, 'grid', 'Findings', 14);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/journey\/.*finding=/);
  await expect(page.locator('[data-card]').first()).toBeVisible();
  await tabTo(page, 'tab', 'Graph', 8);
  await page.keyboard.press('Tab');
  await tabTo(page, 'button', /failed/, 8);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/step=s\d+/);

  // The evidence: the bytes of the entry.
  await tabTo(page, 'button', 'Raw', 16);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Bytes of the entry as text')).toContainText('FAILED');

  // Escape takes the selection back, the browser's way back the journey.
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/step=/);
  await page.goBack();
  await expect(page.getByRole('grid', { name: 'Findings' })).toBeFocused();
});

test('a page that is new takes the focus with it, so that the next Tab is in it', async ({ page, world }) => {
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await tabTo(page, 'button', 'Add files', 16);
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await expect(page.getByRole('heading', { level: 1, name: 'SQL' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Columns of events', exact: true })).toBeFocused();
});
