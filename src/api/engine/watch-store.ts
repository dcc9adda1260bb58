import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { watch } from '../wire.ts';

/** A folder that is watched for a workspace, as it is remembered between two starts. */
const storedWatch = z.object({
  id: z.string(),
  workspace: z.string(),
  path: z.string(),
  options: watch.shape.options,
  addedAt: z.string(),
});
export type StoredWatch = z.infer<typeof storedWatch>;

const watchFile = z.object({ watches: z.array(storedWatch) });

/** Where watches are kept: with the settings of the host, because a workspace that is handed on must not name folders of this machine. */
export interface WatchStore {
  read(): readonly StoredWatch[];
  write(watches: readonly StoredWatch[]): void;
}

/** In `watches.json` of Waybill's home. A damaged file is no reason to fail: nothing is watched then. */
export function homeWatchStore(home: string): WatchStore {
  const file = join(home, 'watches.json');
  return {
    read: () => {
      if (!existsSync(file)) return [];
      try {
        const parsed = watchFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
        return parsed.success ? parsed.data.watches : [];
      } catch (error) {
        if (error instanceof SyntaxError) return [];
        throw error;
      }
    },
    write: (watches) => {
      mkdirSync(home, { recursive: true });
      // Written beside and renamed, so that a crash never leaves half a file.
      writeFileSync(`${file}.new`, JSON.stringify({ watches }, undefined, 2));
      renameSync(`${file}.new`, file);
    },
  };
}

/** For one run only. */
export function sessionWatchStore(): WatchStore {
  let kept: readonly StoredWatch[] = [];
  return {
    read: () => kept,
    write: (watches) => {
      kept = watches;
    },
  };
}
