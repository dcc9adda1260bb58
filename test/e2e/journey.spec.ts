import type { Locator, Page } from '@playwright/test';
import { expect, journeyRoute, open, test } from './support/test.ts';

function graph(page: Page): Locator {
  return page.getByRole('group', { name: /^Graph of / });
}

function cards(page: Page): Locator {
  return graph(page).locator('[data-card]');
}

function side(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Findings and evidence' });
}

test('the graph shows lanes, steps, hops, and where something was wrong', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.retried));
  await expect(page.getByRole('heading', { level: 1, name: world.facts.retried.key })).toBeVisible();
  await expect(graph(page)).toHaveAccessibleName(/\d+ cards in 6 lanes/);
  await expect(cards(page).first()).toBeVisible();
  expect(await cards(page).count()).toBeGreaterThan(8);
  for (const system of ['shop', 'payments', 'boomi', 'erp', 'wms', 'crm'])
    await expect(page.getByRole('tabpanel').getByText(system, { exact: true }).first()).toBeVisible();
  await expect(
    graph(page)
      .getByRole('button', { name: /attempts/ })
      .first(),
  ).toBeVisible();
  await expect(
    graph(page)
      .getByTitle(/^1 warning/)
      .first(),
  ).toBeAttached();
  await expect(page.getByRole('button', { name: /1 hidden retry/ })).toBeVisible();
  // The worst finding is open without a click, and its card is in the window.
  await expect(
    graph(page)
      .getByRole('button', { name: /attempts/ })
      .first(),
  ).toBeInViewport({ ratio: 1 });
  await expect(side(page).getByRole('button', { name: /retry · hidden/ })).toHaveAttribute('aria-expanded', 'true');
});

test('no two cards cover each other', async ({ page, world }) => {
  for (const record of [world.facts.retried, world.facts.failed, world.facts.missing]) {
    await open(page, world.orders, journeyRoute(record));
    await expect(page.getByRole('heading', { level: 1, name: record.key })).toBeVisible();
    await expect(cards(page).first()).toBeVisible();
    const boxes = await cards(page).evaluateAll((elements) =>
      elements.map((element) => element.getBoundingClientRect()).map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
    );
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        expect(
          a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
          `${record.key}: ${JSON.stringify([a, b])}`,
        ).toBe(false);
      }
    }
  }
});

test('completeness says what is lacking, and leads to it', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.missing));
  await page.getByRole('button', { name: /^Completeness \d+ %/ }).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Completeness' });
  await expect(panel.getByRole('region', { name: 'On time' })).toContainText('never came');
  await panel.getByRole('button').first().click();
  await expect(page).toHaveURL(/step=g1/);
});

test('what is absent is a ghost that says which kind of absence', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.missing));
  await expect(
    graph(page)
      .getByRole('button', { name: /never came/ })
      .first(),
  ).toBeVisible();
  await expect(side(page)).toContainText('confirmed missing');
  await graph(page)
    .getByRole('button', { name: /never came/ })
    .first()
    .click();
  await expect(page).toHaveURL(/step=/);

  await open(page, world.orders, journeyRoute(world.facts.uncovered));
  await expect(
    graph(page)
      .getByRole('button', { name: /not logged then/ })
      .first(),
  ).toBeAttached();
  await expect(side(page)).toContainText('outside coverage');
});

test('a click selects a step and shows its fields, its payload and its bytes', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.clean));
  await expect(page.getByText('No findings')).toBeVisible();
  await graph(page)
    .getByRole('button', { name: /^shop checkout/ })
    .click();
  await expect(graph(page).getByRole('button', { name: /^shop checkout/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/step=s\d+/);
  const detail = side(page).getByRole('region', { name: /^shop · .*checkout/ });
  await expect(detail.getByText('Identifiers')).toBeVisible();
  await expect(detail).toContainText(world.facts.clean.key);

  await detail.getByRole('button', { name: 'Payload', exact: true }).click();
  await expect(detail.getByRole('button', { name: 'Payload', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(detail).toContainText('order');

  await detail.getByRole('button', { name: 'Raw', exact: true }).click();
  const bytes = detail.getByLabel('Bytes of the entry as text');
  await expect(bytes).toContainText(world.facts.clean.key);
  await expect(bytes.locator('mark').first()).toBeVisible();
  await expect(detail).toContainText(/shop-events-\d{4}-\d\d-\d\d\.ndjson, line [\d,]+/);
  await expect(detail.getByText(/^[0-9a-f]{64}$/)).toBeVisible();

  // Escape takes the selection back.
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/step=/);
});

test('arrow keys walk along the graph, and Enter selects', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.retried));
  await cards(page).first().focus();
  await page.keyboard.press('Home');
  const focused = graph(page).locator('[data-card]:focus');
  await expect(focused).toHaveAccessibleName(/^shop checkout/);
  const walked = new Set<string>();
  for (let index = 0; index < 6; index += 1) {
    walked.add((await focused.getAttribute('data-card')) ?? '');
    await page.keyboard.press('ArrowRight');
  }
  expect(walked.size).toBeGreaterThan(4);
  await expect(focused).toBeInViewport();
  const card = await focused.getAttribute('data-card');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`step=${card}(&|$)`));
  await page.keyboard.press('End');
  await expect(focused).toBeInViewport();
});

test('a finding leads to its evidence and on to the bytes', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.failed));
  const finding = side(page).getByRole('button', { name: /critical · error/ });
  await expect(finding).toHaveAttribute('aria-expanded', 'true');
  const findings = side(page).getByRole('region', { name: 'Findings' });
  await expect(findings).toContainText('Expected');
  await findings.getByRole('listitem').getByRole('listitem').nth(1).getByRole('button').click();
  await expect(page).toHaveURL(/event=\d+/);
  await side(page).getByRole('button', { name: 'Raw', exact: true }).click();
  await expect(side(page).getByLabel('Bytes of the entry as text')).toContainText('Connection refused');
  await expect(side(page)).toContainText(/line [\d,]+/);
});

test('timeline, events, state and payloads tell the same journey', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.retried));
  const tabs = page.getByRole('tablist');
  await tabs.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page).toHaveURL(/view=timeline/);
  const row = page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: /^shop checkout/ });
  await row.click();
  await expect(row).toHaveAttribute('aria-pressed', 'true');

  await tabs.getByRole('tab', { name: /^Events/ }).click();
  const grid = page.getByRole('grid', { name: /^Events of order/ });
  const times = grid.locator('[role="row"][aria-rowindex]:has([role="gridcell"]) > :first-child');
  await expect(times.first()).toHaveText(/^\d{4}-/);
  const shown = await times.allInnerTexts();
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.map((text) => text.slice(0, 19))).toEqual(shown.map((text) => text.slice(0, 19)).toSorted());
  await grid.getByRole('row').nth(3).click();
  await expect(page).toHaveURL(/event=\d+/);

  await tabs.getByRole('tab', { name: /^Payloads/ }).click();
  await expect(page.getByRole('region', { name: 'Payloads' }).getByRole('listitem').first()).toBeVisible();

  await open(page, world.orders, journeyRoute(world.facts.mismatched, '?view=state'));
  const state = page.getByRole('region', { name: 'State of the record in each system' });
  await expect(state.getByRole('row').nth(1)).toContainText('differ');
  await state.getByRole('row').nth(1).getByRole('button').first().click();
  await expect(page).toHaveURL(/event=\d+/);
});

test('arrow keys change the view', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.clean));
  await page.getByRole('tab', { name: 'Graph' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeFocused();
  await expect(page).toHaveURL(/view=timeline/);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Graph' })).toHaveAttribute('aria-selected', 'true');
});

test('a link restores record, view and selection', async ({ page, context, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.failed, '?view=timeline'));
  await page
    .getByRole('region', { name: 'Timeline' })
    .getByRole('button', { name: /^payments capture/ })
    .click();
  await expect(page).toHaveURL(/view=timeline.*step=s\d+/);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(link).toBe(page.url());

  await page.reload();
  await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: /^payments capture/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const second = await context.newPage();
  await second.goto(link);
  await expect(second.getByRole('heading', { level: 1, name: world.facts.failed.key })).toBeVisible();
  await expect(second.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: /^payments capture/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('back and forward go between pages, not between selections', async ({ page, world }) => {
  await open(page, world.orders, '/findings');
  const first = page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1);
  await expect(first.getByRole('gridcell').nth(1)).toHaveText(/\S/);
  await first.click();
  await expect(page).toHaveURL(/#\/journey\/.*finding=/);
  // The card that the finding is about is in the window, wherever in the journey it stands.
  await graph(page)
    .getByRole('button', { name: /finding/ })
    .first()
    .click();
  await expect(page).toHaveURL(/step=/);
  const selected = page.url();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible();
  await page.goForward();
  await expect(page).toHaveURL(selected);
});

test('the journey can be copied as text', async ({ page, world }) => {
  await open(page, world.orders, journeyRoute(world.facts.failed));
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(text).toContain(world.facts.failed.key);
  expect(text).toContain('payments');
});

test('a record that does not exist: says so and offers the nearest', async ({ page, world }) => {
  await open(page, world.orders, '/journey/order/SO-10008');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('SO-10008');
  await alert.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: /^SO-100/ })).toBeVisible();
});

test('an address that names no page says so', async ({ page, world }) => {
  await open(page, world.orders, '/nowhere');
  await expect(page.getByText('There is no such page')).toBeVisible();
});
