import { dropFiles, type TestFile } from './support/files.ts';
import { expect, open, test } from './support/test.ts';

const MARKUP = '<script>window.__executed=1</script><img src=x onerror="window.__executed=1">';
const FORMULA = "=cmd|'/C calc'!A0";
const ORDER = `ORD-"><svg onload=window.__executed=1>`;

/** Logs whose every field tries to be something else than text. */
function hostileFile(): TestFile {
  const lines = Array.from({ length: 12 }, (_, index) =>
    JSON.stringify({
      timestamp: `2031-04-07T08:${String(10 + index)}:00.000Z`,
      system: `sys ${MARKUP}`,
      flow: `flow ${MARKUP}`,
      event: `step ${index % 3} ${MARKUP}`,
      status: index % 3 === 2 ? 'failed' : 'succeeded',
      error: index % 3 === 2 ? `${FORMULA} ${MARKUP} javascript:window.__executed=1` : undefined,
      order_id: `${ORDER}${Math.floor(index / 3)}`,
      [`note ${MARKUP}`]: MARKUP,
      nested: { [MARKUP]: [FORMULA, MARKUP] },
    }),
  );
  return { name: `<img src=x onerror=window.__executed=1>.ndjson`, content: Buffer.from(`${lines.join('\n')}\n${MARKUP}\n`) };
}

test('whatever the data says, it is shown as text and never run', async ({ page, emptyHost }) => {
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog was opened: ${dialog.message()}`);
  });
  await open(page, emptyHost);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await dropFiles(page, [hostileFile()]);
  // No profile would take such values for identifiers: the user insists.
  await page.getByRole('combobox', { name: 'Role of order_id' }).selectOption('identifier');
  const type = page.getByRole('combobox', { name: 'Type of order_id' });
  await type.fill('order');
  await type.press('Enter');
  await expect(page.getByRole('table', { name: 'First entries' }).getByRole('row').nth(1)).toContainText(`order ${ORDER}0`);
  await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 20_000 });

  for (const [route, text] of [
    ['#/', 'Overview'],
    ['#/records', ORDER],
    ['#/findings', 'Findings'],
    ['#/sources?view=rejected', MARKUP],
  ] as const) {
    await page.evaluate(`location.hash = ${JSON.stringify(route)}`);
    await expect(page.getByRole('main').getByText(text).first()).toBeVisible();
  }
  await page.evaluate("location.hash = '#/records'");
  const record = page.getByRole('grid', { name: 'Records' }).getByRole('row').nth(1);
  await expect(record).toContainText(ORDER);
  await record.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(ORDER);
  for (const view of ['Graph', 'Timeline', 'Events', 'State', 'Payloads']) {
    await page.getByRole('tab', { name: new RegExp(`^${view}`) }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
  }
  await page.getByRole('tab', { name: /^Events/ }).click();
  await page
    .getByRole('grid', { name: /^Events of/ })
    .getByRole('row')
    .nth(3)
    .click();
  const side = page.getByRole('complementary');
  await expect(side).toContainText(FORMULA);
  for (const part of ['Fields', 'Payload', 'Raw']) {
    await side.getByRole('button', { name: part, exact: true }).click();
    await expect(side).toContainText('<script>window.__executed=1</script>');
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ORD-');
  await expect(page.getByRole('option').filter({ hasText: '<svg onload' }).first()).toBeVisible();

  expect(await page.evaluate('window.__executed')).toBeUndefined();
  expect(await page.locator('img, #root script, #root iframe, [onerror], [onload]').count()).toBe(0);
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
});
