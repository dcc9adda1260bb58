import { STRICT_PASSPORT } from './support/files.ts';
import { expect, open, test } from './support/test.ts';

test('flows: what is usual is a path with its numbers', async ({ page, world }) => {
  await open(page, world.orders);
  await page.getByRole('link', { name: 'Flows', exact: true }).click();
  const path = page.getByRole('table', { name: 'Usual path' });
  const first = path.getByRole('row').nth(1);
  await expect(first).toContainText('shop');
  await expect(first).toContainText('checkout');
  await expect(first).toContainText('100 %');
  await expect(page.getByRole('table', { name: 'Fields that agree' })).toContainText('amount');
});

test('flows: a learned passport is a draft that survives leaving the page, by keyboard alone', async ({ page, world }) => {
  await open(page, world.orders, '/flows');
  await page.getByRole('button', { name: 'Learn a passport' }).press('Enter');
  await expect(page).toHaveURL(/passport=new/);
  const editor = page.getByRole('textbox', { name: 'Passport' });
  await expect(editor).toHaveValue(/^# Learned from [\d,]+ journeys of order/);
  await expect(page.getByRole('button', { name: /nobody is named who answers for it/ })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('link', { name: 'New passport, not saved' }).press('Enter');
  await expect(editor).toHaveValue(/^# Learned from/);
});

test('flows: complaints lead to their lines', async ({ page, world }) => {
  await open(page, world.orders, '/flows?passport=new');
  const editor = page.getByRole('textbox', { name: 'Passport' });
  await editor.fill(STRICT_PASSPORT.replace('4 s', '4 moons'));
  const complaint = page.getByRole('button', { name: /moons is no unit of time/ });
  await expect(complaint).toContainText('6:22');
  await expect(page.getByRole('button', { name: 'Save and analyse' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Back-test' })).toBeDisabled();
  await complaint.click();
  await expect(editor).toBeFocused();
  expect(
    await editor.evaluate((area: { selectionStart: number; selectionEnd: number; value: string }) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    ),
  ).toBe('moons of payments.capture');
});

test('flows: a passport is tried, saved, named in findings and removed', async ({ page, emptyHost }) => {
  test.slow();
  await open(page, emptyHost);
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Flows', exact: true }).click();
  await page.getByRole('link', { name: 'New passport' }).click();
  const editor = page.getByRole('textbox', { name: 'Passport' });
  await editor.fill(STRICT_PASSPORT);
  await editor.press('Control+Enter');
  const weeks = page.getByRole('table', { name: 'Findings per week' });
  await expect(weeks.getByRole('row').nth(1)).toContainText(/All weeksdelay\/window0\d+\+\d+/);
  await editor.press('Control+s');
  await expect(page).toHaveURL(/passport=strict/);
  await expect(page.getByRole('navigation', { name: 'Flows' }).getByRole('link', { name: 'strict' })).toBeVisible();
  await page.getByRole('link', { name: 'Findings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Kinds of finding' }).getByRole('button', { name: 'Window' }).click();
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary')).toContainText('Declared in strict, line 5 (owner: orders@example.com).');
  await page.getByRole('link', { name: 'Flows', exact: true }).click();
  await page.getByRole('link', { name: 'within 4 s' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('navigation', { name: 'Flows' }).getByRole('link', { name: 'strict' })).toHaveCount(0);
});
