import { expect, open, test } from './support/test.ts';

test('the link opens the app and its token leaves the address', async ({ page, world }) => {
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  expect(page.url()).toBe(`${world.orders.origin}/#/`);
  await page.getByRole('link', { name: 'Records', exact: true }).click();
  await expect(page).toHaveURL(/#\/records$/);
  await page.goBack();
  expect(page.url()).toBe(`${world.orders.origin}/#/`);
});

test('a second page of the same browser needs no token', async ({ page, context, world }) => {
  await open(page, world.orders);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  const second = await context.newPage();
  await second.goto(`${world.orders.origin}/#/findings`);
  await expect(second.getByRole('grid', { name: 'Findings' })).toBeVisible();
  const cookies = await context.cookies();
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
    { name: 'waybill', httpOnly: true, sameSite: 'Strict' },
  ]);
});

for (const [what, hash] of [
  ['no token', '#/'],
  ['a wrong token', '#/records?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
] as const) {
  test(`with ${what} the page says how to get in and shows no data`, async ({ page, world, guard }) => {
    guard.expectComplaint(/console error: Failed to load resource: .*403/);
    await page.goto(`${world.orders.origin}/${hash}`);
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { name: 'Not connected' })).toBeVisible();
    await expect(main.getByRole('alert')).toContainText('Open the link that Waybill printed');
    await expect(page.getByRole('grid')).toHaveCount(0);
  });
}
