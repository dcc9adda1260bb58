import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The installed Electron, or the reason why there is none that could be started. */
export type ElectronBinary = { readonly path: string } | { readonly missing: string };

/** Looks where the `electron` package keeps its binary. Never downloads: `npx install-electron` does that when somebody asks for it. */
export function findElectron(root: string): ElectronBinary {
  const folder = join(root, 'node_modules/electron');
  if (!existsSync(folder)) return { missing: 'the electron package is not installed' };
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return { missing: 'its binary was not downloaded (npx install-electron does that)' };
  const path = join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(path) ? { path } : { missing: `its binary is not at ${path}` };
}
