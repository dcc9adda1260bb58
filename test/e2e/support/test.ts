import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { startEmptyHost, tokenLink, type Address, type Host } from './host.ts';
import { theWorld, type World } from './world.ts';

/** Collects what must not happen in any page of a context. */
export interface Guard {
  /** Lets a test say which complaint it provokes on purpose. */
  expectComplaint(pattern: RegExp): void;
}

interface Fixtures {
  readonly world: World;
  readonly guard: Guard;
  /** A host of the test's own, on an empty workspace. */
  readonly emptyHost: Host;
}

/**
 * The test function of all end-to-end tests. A console error or warning, an exception in the page, a failed request or a request
 * to anywhere but this machine's host fails the test that caused it.
 */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern
  world: async ({}, use) => use(theWorld()),
  guard: [
    async ({ context }, use) => {
      const expected: RegExp[] = [];
      const complaints = watch(context);
      await use({ expectComplaint: (pattern) => void expected.push(pattern) });
      expect(complaints.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
      // A complaint that was expected and never came means that the test no longer tests what it says.
      for (const pattern of expected) expect(complaints.join('\n')).toMatch(pattern);
    },
    { auto: true },
  ],
  emptyHost: async ({ context }, use) => {
    const host = await startEmptyHost();
    await use(host);
    // A page whose host has gone would try to reach it, and complain.
    for (const page of context.pages()) await page.close();
    await host.stop();
  },
});

function watch(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`exception: ${error.error().stack ?? error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['about:', 'data:', 'blob:'].includes(url.protocol) && url.hostname !== '127.0.0.1')
      complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}

/** Opens a place in the app with the token that the host printed. */
export async function open(page: Page, host: Address, route = '/'): Promise<void> {
  await page.goto(tokenLink(host, route));
  await expect(page.getByRole('main')).toBeVisible();
}

/** The address of a journey inside the app. */
export function journeyRoute({ type, key }: { readonly type: string; readonly key: string }, search = ''): string {
  return `/journey/${encodeURIComponent(type)}/${encodeURIComponent(key)}${search}`;
}

export { expect };
