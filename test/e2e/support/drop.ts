import type { Page } from '@playwright/test';

/**
 * Drops files and folders of the disk on the middle of the window, as the system's file manager would: the page gets entries that it
 * has to walk (`webkitGetAsEntry`), not file objects made by a test.
 */
export async function dropFromDisk(page: Page, paths: readonly string[]): Promise<void> {
  const size = page.viewportSize() ?? { width: 800, height: 600 };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: size.width / 2,
      y: size.height / 2,
      // 1 is the operation "copy".
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}
