import { tokenLink } from './support/host.ts';
import { expect, open, test } from './support/test.ts';

test.describe('session', () => {
  test('the link opens the app and takes the token out of the address', async ({ page, world }) => {
    await open(page, world.orders);
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
    expect(page.url()).toBe(`${world.orders.origin}/#/`);
    await page.goBack();
    expect(page.url()).not.toContain('token');
  });
});
