import { writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { OrdersFacts } from './support/facts.ts';
import { dayOfLog, manyLines, mixedFiles, skewedClock, STRICT_PASSPORT } from './support/files.ts';
import { planItem, planOf, planTree, runImport } from './support/import.ts';
import { expect, journeyRoute, open, test } from './support/test.ts';

/** Every complaint of axe as one readable line; an empty list is what is wanted. */
async function complaints(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
  );
}

/** Looks at a state in both themes. The themes differ in their colours alone, so all other rules are tried once. */
async function inspect(page: Page, name: string, lenient: readonly string[] = []): Promise<void> {
  // The guards of Base UI only hand the focus on; they are hidden from screen readers on purpose and never keep it.
  const axe = (): AxeBuilder => new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]');
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await complaints(axe().disableRules([...lenient])), `${name}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await complaints(axe().withRules(['color-contrast'])), `${name}, dark`).toEqual([]);
}

interface State {
  readonly name: string;
  readonly route: (facts: OrdersFacts) => string;
  /** Brings the page into the state to look at, and waits until it is there. */
  readonly reach: (page: Page) => Promise<void>;
  /** Rules of axe that do not hold here, and why. */
  readonly lenient?: readonly string[];
}

function heading(name: string | RegExp): (page: Page) => Promise<void> {
  return (page) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function gridFilled(page: Page): Promise<void> {
  await expect(page.getByRole('grid').getByRole('row').nth(1).getByRole('gridcell').nth(1)).toHaveText(/\S/);
}

async function graphDrawn(page: Page): Promise<void> {
  await expect(page.locator('[data-card]').first()).toBeVisible();
  await expect(page.getByRole('complementary').locator('[aria-busy]')).toHaveCount(0);
}

const STATES: readonly State[] = [
  { name: 'overview', route: () => '/', reach: heading('Overview') },
  { name: 'records', route: () => '/records', reach: gridFilled },
  {
    name: 'records, none',
    route: () => '/records?q=nothing-like-this',
    reach: (page) => expect(page.getByText('No record matches')).toBeVisible(),
  },
  {
    name: 'records, a menu open',
    route: () => '/records?status=failed',
    reach: async (page) => {
      await gridFilled(page);
      await page.locator('[aria-haspopup="menu"]', { hasText: 'Severity' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
    // An open menu hangs at the end of the document, so that nothing clips it; its button owns it.
    lenient: ['region'],
  },
  { name: 'findings', route: () => '/findings?kind=gap', reach: gridFilled },
  {
    name: 'findings, some selected',
    route: () => '/findings?status=all',
    reach: async (page) => {
      await gridFilled(page);
      await page.getByRole('grid').getByRole('checkbox').first().click();
      await expect(page.getByText('1 finding selected')).toBeVisible();
    },
  },
  { name: 'incidents', route: () => '/incidents', reach: heading('Incidents') },
  {
    name: 'flows, what is usual',
    route: () => '/flows',
    reach: (page) => expect(page.getByRole('table', { name: 'Usual path' })).toBeVisible(),
  },
  {
    name: 'flows, a passport with complaints and a back-test',
    route: () => '/flows?passport=new',
    reach: async (page) => {
      const editor = page.getByRole('textbox', { name: 'Passport' });
      await editor.fill(`${STRICT_PASSPORT}  - step: erp.confrm\n`);
      await expect(page.getByRole('button', { name: /is erp.confirm meant/ })).toBeVisible();
      await page.getByRole('button', { name: 'Back-test' }).click();
      await expect(page.getByRole('table', { name: 'Findings per week' })).toBeVisible();
      await editor.fill(`${STRICT_PASSPORT}colour: blue\n`);
      await expect(page.getByRole('button', { name: /"colour" is not understood/ })).toBeVisible();
    },
  },
  { name: 'sources', route: () => '/sources', reach: (page) => expect(page.getByRole('grid', { name: 'Sources' })).toBeVisible() },
  { name: 'import, nothing', route: () => '/import', reach: (page) => expect(page.getByText('Nothing is being imported')).toBeVisible() },
  {
    name: 'sql, a result',
    route: () => '/sql',
    reach: async (page) => {
      await page.getByRole('button', { name: 'findings', exact: true }).click();
      await page.getByRole('button', { name: 'Run' }).click();
      await expect(page.getByRole('table', { name: 'Rows' })).toBeVisible();
    },
  },
  {
    name: 'sql, an error',
    route: () => '/sql',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Columns of findings', exact: true }).click();
      await page.getByRole('textbox', { name: 'SQL query' }).fill('SELECT');
      await page.getByRole('button', { name: 'Run' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'search',
    route: () => '/',
    reach: async (page) => {
      await heading('Overview')(page);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('SO-10008');
      await expect(page.getByRole('option').nth(3)).toBeVisible();
    },
  },
  {
    name: 'keys',
    route: () => '/',
    reach: async (page) => {
      await heading('Overview')(page);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    },
  },
  { name: 'journey, clean', route: (facts) => journeyRoute(facts.clean), reach: graphDrawn },
  { name: 'journey, failed', route: (facts) => journeyRoute(facts.failed), reach: graphDrawn },
  { name: 'journey, retried', route: (facts) => journeyRoute(facts.retried), reach: graphDrawn },
  { name: 'journey, ghosts', route: (facts) => journeyRoute(facts.missing), reach: graphDrawn },
  {
    name: 'journey, what is lacking',
    route: (facts) => journeyRoute(facts.missing),
    reach: async (page) => {
      await graphDrawn(page);
      await page.getByRole('button', { name: /^Completeness/ }).click();
      await expect(page.getByRole('dialog', { name: 'Completeness' })).toBeVisible();
    },
    // As an open menu.
    lenient: ['region'],
  },
  { name: 'journey, outside coverage', route: (facts) => journeyRoute(facts.uncovered), reach: graphDrawn },
  ...(['Payload', 'Raw'] as const).map((part): State => ({
    name: `journey, ${part.toLowerCase()} of a step`,
    route: (facts) => journeyRoute(facts.clean),
    reach: async (page) => {
      await page
        .getByRole('button', { name: /^shop checkout/ })
        .first()
        .click();
      await page.getByRole('complementary').getByRole('button', { name: part, exact: true }).click();
      await graphDrawn(page);
    },
  })),
  ...(['timeline', 'events', 'state', 'payloads'] as const).map((view): State => ({
    name: `journey, ${view}`,
    route: (facts) => journeyRoute(facts.mismatched, `?view=${view}`),
    reach: async (page) => {
      await expect(page.getByRole('tabpanel')).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    },
  })),
  {
    name: 'journey, not found',
    route: () => '/journey/order/SO-10008',
    reach: (page) => expect(page.getByRole('alert').getByRole('link').first()).toBeVisible(),
  },
  { name: 'no such page', route: () => '/nowhere', reach: (page) => expect(page.getByText('There is no such page')).toBeVisible() },
];

// A few to a test: opening a browser context costs more than looking at one page.
const TOGETHER = 4;
for (let first = 0; first < STATES.length; first += TOGETHER) {
  const states = STATES.slice(first, first + TOGETHER);
  test(`accessible: ${states.map((state) => state.name).join('; ')}`, async ({ page, world }) => {
    test.slow();
    for (const state of states) {
      await page.goto('about:blank');
      await open(page, world.orders, state.route(world.facts));
      await state.reach(page);
      await inspect(page, state.name, state.lenient);
    }
  });
}

test('accessible: start, the plan of an import, its progress and summary', async ({ page, emptyHost }) => {
  test.slow();
  await open(page, emptyHost);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await inspect(page, 'start');
  await planOf(page, [...mixedFiles(), dayOfLog(1), dayOfLog(2)]);
  await inspect(page, 'plan, a group');
  await planTree(page).focus();
  await page.keyboard.press('ArrowRight');
  await planItem(page, 'payments.csv').click();
  await page.getByRole('combobox', { name: 'Role of amount' }).selectOption('ignored');
  await expect(page.getByRole('button', { name: 'Undo 1 change' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Import 5 files/ })).toBeEnabled();
  await inspect(page, 'plan, a file with a change');
  await planItem(page, /^Cannot be read/).click();
  await inspect(page, 'plan, files that cannot be read');
  await page.getByRole('textbox', { name: 'Filter files' }).fill('nothing like this');
  await expect(page.getByText('No file matches').first()).toBeVisible();
  await inspect(page, 'plan, nothing matches');
  await runImport(page);
  await inspect(page, 'summary');
});

test('accessible: the note about a clock', async ({ page, emptyHost }) => {
  await open(page, emptyHost);
  await planOf(page, skewedClock());
  await runImport(page);
  await open(page, emptyHost, '/journey/order/SO-10050');
  await graphDrawn(page);
  await page.getByRole('button', { name: /^clock of stock/ }).click();
  await expect(page.getByRole('dialog', { name: 'Clocks that are off' })).toBeVisible();
  // As an open menu.
  await inspect(page, 'journey, a corrected clock', ['region']);
});

test('accessible: progress of an import', async ({ page, emptyHost }, info) => {
  const file = info.outputPath('many.ndjson');
  writeFileSync(file, manyLines(200_000));
  await open(page, emptyHost);
  await page.getByLabel('Files to import').setInputFiles(file);
  await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await inspect(page, 'progress');
});

test('accessible: sources with rejected entries, details, removal and folders', async ({ page, emptyHost }) => {
  test.slow();
  await open(page, emptyHost, '/sources');
  await expect(page.getByText('Nothing was imported yet')).toBeVisible();
  await inspect(page, 'sources, none');
  await planOf(page, mixedFiles());
  await runImport(page);
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await page
    .getByRole('grid', { name: 'Sources' })
    .getByRole('row', { name: /payments\.csv/ })
    .click();
  const detail = page.getByRole('complementary', { name: 'payments.csv' });
  await expect(detail).toBeVisible();
  await inspect(page, 'sources, details');
  await detail.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await inspect(page, 'removal');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: /^Rejected entries/ }).click();
  await page
    .getByRole('grid', { name: 'Rejected entries' })
    .getByRole('row', { name: /a line that is no row/ })
    .click();
  await expect(page.getByLabel('Bytes as text')).toBeVisible();
  await inspect(page, 'rejected entries');
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('button', { name: /^Save \d+ entr/ })).toBeVisible();
  // What hangs at the end of the document belongs to the button that opened it.
  await inspect(page, 'export', ['region']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Watched folders/ }).click();
  await expect(page.getByText('No folder is watched')).toBeVisible();
  await inspect(page, 'watched folders, none');
});

test('accessible: the page that refuses', async ({ page, world, guard }) => {
  guard.expectComplaint(/403/);
  await page.goto(`${world.orders.origin}/#/`);
  await expect(page.getByRole('heading', { name: 'Not connected' })).toBeVisible();
  await inspect(page, 'refused');
});
