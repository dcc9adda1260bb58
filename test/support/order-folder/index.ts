import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DOCUMENT_FILES } from './documents.ts';
import { INTEGRATION_FILES } from './integration.ts';
import { LOG_FILES } from './logs.ts';
import { MINING_FILES } from './mining.ts';
import { OBJECT_FILES } from './objects.ts';
import type { OrderFile } from './order-file.ts';
import { SERVICE_FILES } from './services.ts';
import { TABLE_FILES } from './tables.ts';
import { WORKFLOW_FILES } from './workflows.ts';

/** One small file of each kind that is read, all about order SO-77 on one day. Made by hand in the documented shapes. */
export const ORDER_FILES: readonly OrderFile[] = [
  ...TABLE_FILES,
  ...DOCUMENT_FILES,
  ...OBJECT_FILES,
  ...MINING_FILES,
  ...INTEGRATION_FILES,
  ...WORKFLOW_FILES,
  ...LOG_FILES,
  ...SERVICE_FILES,
];

/** Writes them below a folder. */
export function writeOrderFiles(folder: string): void {
  for (const { name, content } of ORDER_FILES) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
