import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { simulate } from '../../src/simulate/index.ts';
import { tempFolder } from './temp.ts';

/** The logs of a made-up company in a folder of their own. */
export async function company(orders: number, seed = 7): Promise<string> {
  const out = join(tempFolder(), 'company');
  await simulate({ out, orders, seed });
  return out;
}

/** Every file below a folder, sorted; `truth.json` is no log. */
export function logFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'truth.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
