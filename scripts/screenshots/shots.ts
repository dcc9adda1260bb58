import type { Page } from '@playwright/test';
import type { OrdersFacts, RecordRef } from '../../test/e2e/support/facts.ts';
import { brokenGzip, dayOfLog, dropFiles, LONG_ORDER, mixedFiles, STRICT_PASSPORT } from '../../test/e2e/support/files.ts';
import type { Scene } from './stage.ts';

export interface Shot {
  readonly name: string;
  readonly scene: Scene;
  /** The address after `#`; of the scene `fake` with the page and its query before it. */
  readonly route: string;
  /** What to do on the page before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Also taken with forced colours and with more contrast. */
  readonly isMain?: boolean;
  /** Something is still loading in the picture, and is meant to. */
  readonly isBusy?: boolean;
}

/** Every page and its states. */
export function shots(facts: OrdersFacts): readonly Shot[] {
  return [...START, ...IMPORT, ...LISTS, ...SOURCES, ...FLOWS, ...SQL, ...OVERLAYS, ...journeys(facts)];
}

const START: readonly Shot[] = [
  { name: 'start-empty', scene: 'empty', route: '/', isMain: true },
  { name: 'start-drop', scene: 'empty', route: '/', prepare: dragOver },
  { name: 'start-refused', scene: 'empty', route: '/', prepare: dropAndFail },
  { name: 'overview', scene: 'orders', route: '/', isMain: true },
  { name: 'overview-mixed', scene: 'mixed', route: '/' },
  { name: 'overview-loading', scene: 'fake', route: 'fake.html?latency=60000#/', isBusy: true },
  { name: 'overview-broken', scene: 'fake', route: 'fake.html?broken=1#/' },
];

const PLAN = 'fake.html?records=200#/import?plan=plan-1';

const IMPORT: readonly Shot[] = [
  { name: 'import-nothing', scene: 'empty', route: '/import' },
  {
    name: 'import-plan',
    scene: 'empty',
    route: '/',
    isMain: true,
    prepare: async (page) => {
      await dropFiles(page, [...mixedFiles(), dayOfLog(1), dayOfLog(2)]);
      await page.getByRole('button', { name: /^Import \d+ file/ }).waitFor();
    },
  },
  {
    name: 'import-plan-unreadable',
    scene: 'empty',
    route: '/',
    prepare: async (page) => {
      await dropFiles(page, [brokenGzip()]);
      await page.getByRole('button', { name: /^Import \d+ file/ }).waitFor();
    },
  },
  { name: 'import-plan-many', scene: 'fake', route: 'fake.html?parts=2000#/import?plan=plan-1', prepare: planShown },
  { name: 'import-plan-status-words', scene: 'fake', route: PLAN, prepare: planShown },
  { name: 'import-plan-profile', scene: 'fake', route: PLAN, prepare: (page) => press(page, 'Save as profile') },
  { name: 'import-progress', scene: 'fake', route: PLAN, isMain: true, prepare: (page) => importing(page, '3 s') },
  {
    name: 'import-paused',
    scene: 'fake',
    route: PLAN,
    prepare: async (page) => {
      await importing(page, '3 s');
      await press(page, 'Pause');
      await page.getByRole('button', { name: 'Resume' }).waitFor();
    },
  },
  {
    name: 'import-cancelled',
    scene: 'fake',
    route: PLAN,
    prepare: async (page) => {
      await importing(page, '3 s');
      await press(page, 'Cancel');
      await page.getByText('Cancelled', { exact: true }).waitFor();
    },
  },
  {
    name: 'import-summary',
    scene: 'fake',
    route: PLAN,
    isMain: true,
    prepare: async (page) => {
      await importing(page, '3 s');
      await page.getByText(/^Imported in /).waitFor();
    },
  },
];

const LISTS: readonly Shot[] = [
  { name: 'records', scene: 'large', route: '/records', isMain: true },
  { name: 'records-mixed', scene: 'mixed', route: '/records' },
  { name: 'records-filtered', scene: 'orders', route: '/records?status=failed&severity=critical' },
  { name: 'records-none', scene: 'orders', route: '/records?q=nothing-like-this' },
  { name: 'records-empty', scene: 'empty', route: '/records' },
  { name: 'records-loading', scene: 'fake', route: 'fake.html?latency=60000#/records', isBusy: true },
  { name: 'records-broken', scene: 'fake', route: 'fake.html?broken=1#/records' },
  { name: 'records-menu', scene: 'orders', route: '/records', prepare: (page) => menu(page, 'Status') },
  { name: 'records-columns', scene: 'orders', route: '/records', prepare: (page) => press(page, 'Columns') },
  {
    name: 'records-keys',
    scene: 'large',
    route: '/records',
    prepare: async (page) => {
      await page.getByRole('grid').focus();
      for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowDown');
    },
  },
  { name: 'findings', scene: 'orders', route: '/findings', isMain: true },
  { name: 'findings-large', scene: 'large', route: '/findings' },
  { name: 'findings-kind', scene: 'orders', route: '/findings?kind=gap&subkind=partial' },
  { name: 'findings-none', scene: 'orders', route: '/findings?kind=gap&severity=info&system=shop' },
  { name: 'findings-empty', scene: 'empty', route: '/findings' },
  {
    name: 'findings-selected',
    scene: 'orders',
    route: '/findings',
    prepare: async (page) => {
      await page.getByRole('grid').focus();
      for (const key of ['ArrowDown', ' ', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
    },
  },
  { name: 'incidents', scene: 'orders', route: '/incidents', isMain: true },
  { name: 'incidents-open', scene: 'faulty', route: '/incidents', prepare: (page) => openRow(page, 'Incidents', /failed/) },
  { name: 'incidents-empty', scene: 'empty', route: '/incidents' },
  { name: 'findings-loading', scene: 'fake', route: 'fake.html?latency=60000#/findings', isBusy: true },
];

const SOURCES: readonly Shot[] = [
  { name: 'sources', scene: 'orders', route: '/sources', isMain: true },
  { name: 'sources-mixed', scene: 'mixed', route: '/sources' },
  { name: 'sources-detail', scene: 'mixed', route: '/sources', prepare: (page) => openRow(page, 'Sources', /wms-2031/) },
  {
    name: 'sources-remove',
    scene: 'mixed',
    route: '/sources',
    prepare: async (page) => {
      await openRow(page, 'Sources', /wms-2031/);
      await press(page, 'Remove');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'sources-empty', scene: 'empty', route: '/sources' },
  { name: 'sources-rejected', scene: 'mixed', route: '/sources?view=rejected', isMain: true },
  {
    name: 'sources-rejected-bytes',
    scene: 'mixed',
    route: '/sources?view=rejected',
    prepare: (page) => openRow(page, 'Rejected entries', /at some time/),
  },
  { name: 'sources-export', scene: 'mixed', route: '/sources?view=rejected', prepare: (page) => press(page, 'Export') },
  { name: 'sources-rejected-none', scene: 'orders', route: '/sources?view=rejected' },
  { name: 'sources-folders', scene: 'mixed', route: '/sources?view=folders' },
  { name: 'sources-folders-none', scene: 'orders', route: '/sources?view=folders' },
  { name: 'sources-folders-states', scene: 'fake', route: 'fake.html#/sources?view=folders' },
];

const SQL: readonly Shot[] = [
  { name: 'sql', scene: 'orders', route: '/sql' },
  { name: 'sql-rows', scene: 'orders', route: '/sql', isMain: true, prepare: (page) => query(page, 'SELECT * FROM journeys LIMIT 400') },
  { name: 'sql-wide', scene: 'orders', route: '/sql', prepare: (page) => query(page, 'SELECT * FROM events LIMIT 400') },
  { name: 'sql-none', scene: 'orders', route: '/sql', prepare: (page) => query(page, "SELECT * FROM journeys WHERE key = 'nothing'") },
  { name: 'sql-error', scene: 'orders', route: '/sql', prepare: (page) => query(page, 'SELECT colour FROM journeys') },
];

const FLOWS: readonly Shot[] = [
  { name: 'flows', scene: 'orders', route: '/flows', isMain: true },
  { name: 'flows-passport', scene: 'orders', route: '/flows?passport=new', isMain: true, prepare: tryPassport },
  { name: 'flows-none', scene: 'empty', route: '/flows' },
];

const OVERLAYS: readonly Shot[] = [
  { name: 'search', scene: 'orders', route: '/', isMain: true, prepare: (page) => search(page, 'SO-10008') },
  { name: 'search-commands', scene: 'orders', route: '/', prepare: (page) => search(page, '') },
  { name: 'search-none', scene: 'orders', route: '/', prepare: (page) => search(page, 'nothing like this') },
  {
    name: 'keys',
    scene: 'orders',
    route: '/',
    prepare: async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  { name: 'no-such-page', scene: 'orders', route: '/nowhere' },
];

function journeys(facts: OrdersFacts): readonly Shot[] {
  const orders = (name: string, record: RecordRef, rest: Partial<Shot> & { readonly search?: string } = {}): Shot => {
    const { search: text = '', ...shot } = rest;
    return { name: `journey-${name}`, scene: 'orders', route: journey(record, text), ...shot };
  };
  const long = { type: 'order', key: LONG_ORDER };
  const order77 = { type: 'order', key: 'SO-77' };
  const views = ['timeline', 'events', 'state', 'payloads', 'identity'] as const;
  return [
    orders('clean', facts.clean),
    orders('failed', facts.failed),
    orders('retried', facts.retried, { isMain: true }),
    orders('missing', facts.missing, { isMain: true }),
    orders('uncovered', facts.uncovered),
    orders('mismatch', facts.mismatched),
    ...(['Fields', 'Payload', 'Raw'] as const).map((part) =>
      orders(`step-${part.toLowerCase()}`, facts.mismatched, {
        search: '?step=s1',
        prepare: (page) => page.getByRole('complementary').getByRole('button', { name: part, exact: true }).click(),
      }),
    ),
    ...views.map((view) =>
      orders(view, view === 'state' ? facts.mismatched : facts.retried, { search: `?view=${view}`, isMain: view === 'timeline' }),
    ),
    orders('keys', facts.retried, {
      prepare: async (page) => {
        await page.locator('[data-card]').first().focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
      },
    }),
    orders('not-found', { type: 'order', key: 'SO-10008' }),
    { name: 'journey-everything', scene: 'mixed', route: journey(order77), isMain: true },
    ...views.map((view): Shot => ({ name: `journey-everything-${view}`, scene: 'mixed', route: journey(order77, `?view=${view}`) })),
    { name: 'journey-long', scene: 'mixed', route: journey(long) },
    ...(['timeline', 'events'] as const).map((view): Shot => ({
      name: `journey-long-${view}`,
      scene: 'mixed',
      route: journey(long, `?view=${view}`),
    })),
    { name: 'journey-repeats', scene: 'fake', route: 'fake-journey.html#/journey/order/long' },
    { name: 'journey-spans', scene: 'fake', route: 'fake-journey.html#/journey/trace/trace' },
    { name: 'journey-timeless', scene: 'fake', route: 'fake-journey.html#/journey/order/timeless' },
    { name: 'journey-loading', scene: 'fake', route: 'fake-journey.html?latency=60000#/journey/order/long', isBusy: true },
  ];
}

function journey({ type, key }: RecordRef, text = ''): string {
  return `/journey/${encodeURIComponent(type)}/${encodeURIComponent(key)}${text}`;
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function planShown(page: Page): Promise<void> {
  await page.getByRole('tree', { name: 'Files to import' }).waitFor();
}

/** Starts the made-up import and waits until that much of it remains. */
async function importing(page: Page, remaining: string): Promise<void> {
  await page.getByRole('button', { name: /^Import \d+ file/ }).click();
  await page.getByRole('definition').filter({ hasText: remaining }).waitFor();
}

async function menu(page: Page, label: string): Promise<void> {
  await page.locator('[aria-haspopup="menu"]', { hasText: label }).click();
  await page.getByRole('menu').waitFor();
}

async function openRow(page: Page, label: string, name: RegExp): Promise<void> {
  await page.getByRole('grid', { name: label }).getByRole('row', { name }).first().click();
}

async function query(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'SQL query' }).fill(text);
  await press(page, 'Run');
  await page.getByRole('status', { name: 'Running' }).waitFor({ state: 'detached' });
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(text);
}

async function dragOver(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await dropFiles(page, mixedFiles(), ['dragenter', 'dragover']);
}

/** Drops what cannot be planned at all, so that the notice at the foot says why. */
async function dropAndFail(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.route('**/upload*', (route) => route.fulfill({ status: 507, body: 'the disk is full' }));
  await dropFiles(page, mixedFiles());
  await page.getByRole('alert').waitFor();
}

/** Writes a passport with a mistake, after it was tried without. */
async function tryPassport(page: Page): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Passport' });
  await editor.fill(STRICT_PASSPORT);
  await page.getByRole('button', { name: 'Back-test' }).click();
  await page.getByRole('table', { name: 'Findings per week' }).waitFor();
  await editor.fill(`${STRICT_PASSPORT}  - step: erp.confrm\n`);
  await page.getByRole('button', { name: /is erp.confirm meant/ }).waitFor();
}
