import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** SHA-256 over the names and contents of all files below `inputs` (files or folders, relative to `root`) that `wanted` accepts. */
export function hashInputs(root: string, inputs: readonly string[], wanted: (path: string) => boolean): string {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => filesBelow(join(root, input))).sort()) {
    const name = relative(root, path).split(sep).join('/');
    if (wanted(name)) hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What a stamp file says of the build that wrote it; undefined when there was none. */
export function readStamp(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export function writeStamp(file: string, value: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}

/** A lock whose holder has been silent for so long is taken to be dead. */
const LOCK_DEAD_MS = 5 * 60_000;

/** Runs `action` while no other process does under the same lock folder: two builds at once would overwrite each other. */
export async function withLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(folder), { recursive: true });
  while (!tryLock(folder)) await sleep(200);
  try {
    return await action();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tryLock(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > LOCK_DEAD_MS) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}
