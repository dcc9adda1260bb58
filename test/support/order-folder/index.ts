import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUSINESS_FILES } from './business.ts';
import { LOG_FILES } from './logs.ts';
import type { OrderFile } from './order-file.ts';
import { PLATFORM_FILES } from './platforms.ts';

/** One small file of each kind that is read, all about order SO-77 on one day. Made by hand in the documented shapes. */
export const ORDER_FILES: readonly OrderFile[] = [...BUSINESS_FILES, ...PLATFORM_FILES, ...LOG_FILES];

/** Writes them below a folder. */
export function writeOrderFiles(folder: string): void {
  for (const { name, content } of ORDER_FILES) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
