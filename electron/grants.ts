import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** Most files that can be dropped at once; a folder counts as one. */
const MOST_GRANTED = 10_000;

/**
 * Files that the user chose or dropped, under opaque names. A page can hand such a name to the engine and nothing else, so it can
 * never ask for a path of its own.
 */
export class Grants {
  readonly #paths = new Map<string, string>();

  /** Remembers a path. The same file gets another name each time. */
  add(path: string): string {
    const grant = randomUUID();
    this.#paths.set(grant, path);
    return grant;
  }

  get all(): ReadonlyMap<string, string> {
    return this.#paths;
  }
}

/** What a page claims to be the paths of dropped files, as paths; undefined when it is anything else. Files that are gone are left out. */
export function readPaths(claimed: unknown): readonly string[] | undefined {
  if (!Array.isArray(claimed) || claimed.length > MOST_GRANTED) return undefined;
  if (!claimed.every((path): path is string => typeof path === 'string' && isAbsolute(path) && !path.includes('\0'))) return undefined;
  return claimed.filter((path) => existsSync(path));
}
