import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { planOf, runImport } from './support/import.ts';
import { expect, open, test } from './support/test.ts';

const ORDERS = 400;

/** A shop of 400 orders. Those to one country fail for three hours; one is slow; of one the last step comes in another file. */
function shopFiles(): { readonly first: string; readonly late: string } {
  const first: string[] = [];
  const late: string[] = [];
  for (let i = 0; i < ORDERS; i++) {
    const isOutage = i >= 200 && i < 220 && i % 2 === 0;
    const country = i % 10 === 0 || isOutage ? 'NO' : (['DE', 'FR', 'PL'][i % 3] ?? 'DE');
    const start = Date.UTC(2031, 4, 4, 0, 10 * i, 0);
    const line = (system: string, step: string, seconds: number, more: object = {}): string =>
      JSON.stringify({
        timestamp: new Date(start + seconds * 1000).toISOString(),
        order_id: `SO-${8000 + i}`,
        country,
        system,
        step,
        status: 'succeeded',
        ...more,
      });
    first.push(line('shop', 'checkout', 0));
    if (isOutage) {
      first.push(line('erp', 'create', 20, { status: 'failed', error: `tax code of order SO-${8000 + i} is unknown` }));
      continue;
    }
    first.push(line('erp', 'create', i === 333 ? 4000 : 20 + (i % 7)));
    (i === 77 ? late : first).push(line('crm', 'update', (i === 333 ? 4000 : 40) + (i % 11)));
  }
  return { first: `${first.join('\n')}\n`, late: `${late.join('\n')}\n` };
}

async function importText(page: Page, name: string, text: string): Promise<void> {
  await planOf(page, [{ name, content: Buffer.from(text) }]);
  await runImport(page);
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

test('the life of findings: from an incident to its findings, said what they are, taught, and what the next import changes', async ({
  page,
  context,
  emptyHost,
}) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const files = shopFiles();
  await open(page, emptyHost);
  await importText(page, 'shop.ndjson', files.first);
  await expect(page.getByRole('region', { name: 'What the last import changed' })).toHaveCount(0);

  // The incident, by keys: what happened to whom, what they have in common, and its text for a ticket.
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  const incidents = page.getByRole('grid', { name: 'Incidents' });
  await expect(incidents.getByRole('row').nth(1)).toContainText('erp create failed: tax code of order … is unknown');
  await incidents.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary', { name: 'Incident' });
  await expect(detail).toContainText('10 journeys are affected');
  await expect(detail.getByRole('table')).toContainText('country NO10 of 1038 of');
  await expect(detail).toContainText('one burst');
  await accessible(page);
  await detail.getByRole('button', { name: 'Copy for ticket' }).click();
  await expect(detail.getByRole('button', { name: 'Copied' })).toBeVisible();
  const incidentText = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(incidentText).toContain('- country = NO: 10 of 10 affected');

  // Its findings: some are picked by keys, and said to be known.
  await detail.getByRole('link', { name: '10 findings' }).click();
  const findings = page.getByRole('grid', { name: 'Findings' });
  await expect(findings).toHaveAttribute('aria-rowcount', '11');
  await expect(findings.getByRole('row').nth(1).getByRole('gridcell').nth(1)).toHaveText(/\S/);
  await findings.focus();
  for (const key of ['ArrowDown', ' ', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await expect(page.getByText('2 findings selected')).toBeVisible();
  await accessible(page);
  await page.keyboard.press('m');
  await page.keyboard.press('a');
  await expect(findings.getByText('Acknowledged')).toHaveCount(2);
  await expect(page.getByText('2 findings selected')).toHaveCount(0);

  // Bulk by mouse, with a note: resolved ones leave the list of what is left to do.
  await findings.getByRole('checkbox').nth(4).click();
  await findings
    .getByRole('checkbox')
    .nth(6)
    .click({ modifiers: ['Shift'] });
  await page.getByRole('textbox', { name: 'Note' }).fill('tax codes loaded');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(findings.getByText('Resolved')).toHaveCount(3);
  await page.locator('[aria-haspopup="menu"]', { hasText: 'Status' }).click();
  await page.getByRole('menuitemradio', { name: 'Open and acknowledged' }).click();
  await expect(findings).toHaveAttribute('aria-rowcount', '8');

  // A false alarm in the panel of its journey, with a note.
  await open(page, emptyHost, '/findings?kind=delay');
  const delay = page.getByRole('grid', { name: 'Findings' });
  // A row that is still being fetched opens nothing.
  await expect(delay.getByRole('row').nth(1)).toContainText('SO-8333');
  await delay.getByRole('row').nth(1).getByRole('gridcell').nth(2).click();
  await expect(page.getByRole('heading', { level: 1, name: 'SO-8333' })).toBeVisible();
  const panel = page.getByRole('complementary', { name: 'Findings and evidence' });
  await panel.getByLabel('Note').fill('a customs holiday');
  await panel.getByLabel('Note').press('Enter');
  await panel.getByLabel('Status').selectOption('False alarm');
  await expect(panel.getByText('False alarm').first()).toBeVisible();
  await expect(panel).toContainText('what is no worse than this is silent at this step');
  await panel.getByRole('button', { name: 'Copy for ticket' }).click();
  await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('a customs holiday');
  await accessible(page);

  // What it taught is listed, and can be taken back.
  await open(page, emptyHost, '/findings');
  await page.getByRole('button', { name: '1 taught threshold' }).click();
  await expect(page.getByText('a customs holiday')).toBeVisible();
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('button', { name: '1 taught threshold' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  // Another import: one finding resolves itself, what was said stays.
  await open(page, emptyHost, '/');
  await importText(page, 'crm-late.ndjson', files.late);
  const changes = page.getByRole('region', { name: 'What the last import changed' });
  await expect(changes).toContainText('with crm-late.ndjson');
  await expect(changes.getByRole('link', { name: /SO-8077/ }).first()).toBeVisible();
  await accessible(page);
  await open(page, emptyHost, '/findings?status=resolved');
  await expect(page.getByText('3 findings', { exact: true })).toBeVisible();
});
