import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { planOf, runImport } from './support/import.ts';
import { expect, open, test } from './support/test.ts';

const LONG = `SO-${'9'.repeat(180)}`;

/** Eighty orders with a shipment each. One shipment is claimed by two orders, and one order has a very long number. */
function warehouse(): string {
  const lines: string[] = [];
  const line = (n: number, minute: number, step: string, more: object): void => {
    const timestamp = new Date(Date.UTC(2031, 4, 4, 0, 10 * n + minute)).toISOString();
    lines.push(JSON.stringify({ timestamp, system: 'wms', step, status: 'succeeded', ...more }));
  };
  for (let n = 0; n < 80; n++) {
    const order_id = n === 79 ? LONG : `SO-${1000 + n}`;
    line(n, 0, 'create', { order_id });
    line(n, 4, 'pack', { order_id, shipment_id: `SHP-${4000 + 7 * n}` });
  }
  line(90, 0, 'pack', { order_id: 'SO-1005', shipment_id: 'SHP-4140' });
  return `${lines.join('\n')}\n`;
}

/** By axe, in both themes; they differ in their colours alone. */
async function accessible(page: Page): Promise<void> {
  const axe = (): AxeBuilder => new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await (colorScheme === 'light' ? axe() : axe().withRules(['color-contrast'])).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${colorScheme} ${id}: ${node.html.slice(0, 160)}`))).toEqual([]);
  }
}

async function goTo(page: Page, key: string): Promise<void> {
  await page.evaluate(`location.assign('#/journey/order/${key}?view=identity')`);
  await expect(page.getByRole('heading', { level: 1, name: key })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Identifiers' })).toBeVisible();
}

test('who is who: evidence, a conflict, unlinked, merged with the keyboard, linked, split and taken back', async ({ page, emptyHost }) => {
  test.slow();
  await open(page, emptyHost);
  await planOf(page, [{ name: 'wms.ndjson', content: Buffer.from(warehouse()) }]);
  await runImport(page);

  await goTo(page, 'SO-1005');
  // The conflict is told on both records, with the entries of both.
  const notice = page.getByRole('button', { name: 'shipment SHP-4140 is claimed by 2 records' });
  await notice.click();
  await expect(page.getByText('79 of 80 of type shipment go with one order.')).toBeVisible();
  await expect(page.getByText('wms.ndjson, line 42')).toBeVisible();
  await page.keyboard.press('Escape');
  await accessible(page);
  // An entry that shows a link opens beside it.
  const related = page.getByRole('region', { name: 'Related records' });
  await related
    .getByRole('row', { name: /SHP-4140/ })
    .getByRole('button', { name: /:161/ })
    .click();
  await expect(page.getByRole('complementary').getByText('SHP-4140').first()).toBeVisible();

  await related.getByRole('button', { name: 'Unlink SHP-4140' }).click();
  await page.getByLabel('Note').fill('scanned by mistake');
  await expect(page.getByText('order SO-1005 and shipment SHP-4140 do not belong together.')).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Unlink and analyse' }).click();
  await expect(notice).toHaveCount(0);
  const decided = page.getByRole('region', { name: 'Decided by hand' });
  await expect(decided.getByText('scanned by mistake')).toBeVisible();
  await expect(related.getByText('SHP-4140')).toHaveCount(0);
  await accessible(page);

  // Merged by keyboard alone. The record is known by another key afterwards: the page goes with it.
  await goTo(page, 'SO-1031');
  await page.getByRole('button', { name: 'Merge with…' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('SO-1030');
  await expect(page.getByRole('radio')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByText('order SO-1031 and order SO-1030 are one record.')).toBeVisible();
  await page.getByLabel('Note').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Merge and analyse' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'SO-1030' })).toBeVisible();
  await expect(page).toHaveURL(/journey\/order\/SO-1030\?view=identity/);
  await expect(page.getByRole('tab', { name: /^Events ?4$/ })).toBeVisible();
  const identifiers = page.getByRole('region', { name: 'Identifiers' });
  await expect(identifiers.getByText('merged by hand')).toBeVisible();

  // What contradicts it is refused in words, and the dialog stays.
  await identifiers.getByRole('button', { name: 'Split off SO-1031' }).click();
  await page.getByRole('button', { name: 'Split and analyse' }).click();
  await expect(page.getByText(/cannot be decided: it contradicts decision 2/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await decided.getByRole('button', { name: /^Take back: order SO-1031/ }).click();
  await expect(page.getByRole('tab', { name: /^Events ?2$/ })).toBeVisible();
  await expect(decided.getByText('Nothing.')).toBeVisible();
  // What was decided about others is one click away.
  await decided.getByRole('button', { name: /^All ?1$/ }).click();
  await expect(decided.getByText('scanned by mistake')).toBeVisible();

  // A very long number pushes nothing out of the page.
  await page.getByRole('button', { name: 'Link to…' }).click();
  await page.getByLabel('Find a record').fill('SO-999');
  await page.getByRole('radio').check();
  await page.getByLabel('SO-1030', { exact: true }).selectOption('is owned by it');
  await page.getByRole('button', { name: 'Link and analyse' }).click();
  await expect(page.getByRole('heading', { level: 1, name: LONG })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Related records' }).getByText('By hand')).toBeVisible();
  await accessible(page);
  expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
  const box = await page.getByRole('region', { name: 'Who this record is' }).evaluate((region) => region.scrollWidth - region.clientWidth);
  expect(box).toBeLessThanOrEqual(0);

  await page.evaluate(`location.assign('#/')`);
  await expect(page.getByText('What the last decision changed')).toBeVisible();
});
