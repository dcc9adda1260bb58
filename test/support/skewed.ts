import { skewedFiles, type Skewed } from './skewed-files.ts';
import { put, tempFolder } from './temp.ts';

/** The same in a folder of its own. */
export function skewedLogs(options: Skewed): string {
  const folder = tempFolder();
  for (const [file, text] of Object.entries(skewedFiles(options))) put(folder, file, text);
  return folder;
}
