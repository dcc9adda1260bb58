import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileReason } from './byte-source.ts';
import type { Refusal } from './types.ts';

/** A file found in a folder. */
export interface FoundFile {
  readonly path: string;
  /** The path below the folder, with `/`. */
  readonly relative: string;
  readonly size: number;
  /** When it was last written, in milliseconds. */
  readonly modified: number;
}

/**
 * All files below a folder, sorted by name at each level; folders come after the files next to them. Hidden ones (`.git`, `.DS_Store`) are left out,
 * links are followed once each.
 */
export async function* walkFolder(folder: string): AsyncGenerator<FoundFile | Refusal> {
  yield* walk(folder, '', new Set());
}

async function* walk(folder: string, relative: string, visited: Set<string>): AsyncGenerator<FoundFile | Refusal> {
  const names: string[] = [];
  try {
    const real = await realpath(folder);
    if (visited.has(real)) return;
    visited.add(real);
    for await (const entry of await opendir(folder)) {
      if (!entry.name.startsWith('.')) names.push(entry.name);
    }
  } catch (error) {
    yield refusal(folder, error);
    return;
  }
  names.sort();
  const folders: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    try {
      const status = await stat(path);
      if (status.isDirectory()) folders.push(name);
      else if (status.isFile()) yield { path, relative: relative + name, size: status.size, modified: status.mtimeMs };
      else yield { path, code: 'file-unreadable', reason: `${path} is neither a file nor a folder` };
    } catch (error) {
      yield refusal(path, error);
    }
  }
  for (const name of folders) yield* walk(join(folder, name), `${relative}${name}/`, visited);
}

function refusal(path: string, error: unknown): Refusal {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return { path, code: 'file-unreadable', reason: fileReason(path, code) };
}
