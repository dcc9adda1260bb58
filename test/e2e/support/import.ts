import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';
import { dropFiles, type TestFile } from './files.ts';

/** The list of a plan's files. */
export function planTree(page: Page): Locator {
  return page.getByRole('tree', { name: 'Files to import' });
}

/** A file or a group of the plan, by the beginning of its name. */
export function planItem(page: Page, name: string | RegExp): Locator {
  return planTree(page).getByRole('treeitem', { name });
}

/** The preview of the file that is shown. */
export function firstEntry(page: Page): Locator {
  return page.getByRole('table', { name: 'First entries' }).getByRole('row').nth(1);
}

/** Drops files and waits for their plan. */
export async function planOf(page: Page, files: readonly TestFile[]): Promise<void> {
  await expect(page.getByRole('button', { name: /^(Choose files|Add files)$/ }).first()).toBeVisible();
  await dropFiles(page, files);
  await expect(planTree(page)).toBeVisible({ timeout: 60_000 });
}

/** Starts a plan and waits for its summary. */
export async function runImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Import \d+ file/ }).click();
  await expect(page.getByText(/^Imported in /)).toBeVisible({ timeout: 30_000 });
}
