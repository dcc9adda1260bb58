import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';

/** `WAYBILL_HOME`, or the system's folder for application data. */
export function waybillHome(env: Readonly<Record<string, string | undefined>>, platform: string): string {
  const given = env['WAYBILL_HOME'];
  if (given !== undefined && given !== '') return resolve(given);
  const home = homedir();
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Waybill');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Waybill');
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'waybill');
}

export function defaultWorkspace(home: string): string {
  return join(home, 'default.waybill');
}

/** Where the user keeps profiles: YAML files, found by their id and, where they say what they are for, by themselves. */
export function profilesFolder(home: string): string {
  return join(home, 'profiles');
}

const recentFile = z.object({ recent: z.array(z.object({ path: z.string(), openedAt: z.string() })) });
const MOST_RECENT = 12;

export interface RecentWorkspace {
  readonly path: string;
  readonly name: string;
  readonly openedAt: string;
  readonly exists: boolean;
}

/** The workspaces that were opened lately, newest first. A damaged file is no reason to fail: it is started anew. */
export function recentWorkspaces(home: string): RecentWorkspace[] {
  return readRecent(home).map((entry) => ({
    ...entry,
    name: basename(entry.path).replace(/\.waybill$/, ''),
    exists: existsSync(entry.path),
  }));
}

export function rememberWorkspace(home: string, path: string, openedAt: string): void {
  const recent = [{ path, openedAt }, ...readRecent(home).filter((entry) => entry.path !== path)].slice(0, MOST_RECENT);
  mkdirSync(home, { recursive: true });
  const file = join(home, 'recent.json');
  // Written beside and renamed, so that a crash never leaves half a file.
  writeFileSync(`${file}.new`, JSON.stringify({ recent }, undefined, 2));
  renameSync(`${file}.new`, file);
}

function readRecent(home: string): { path: string; openedAt: string }[] {
  const file = join(home, 'recent.json');
  if (!existsSync(file)) return [];
  try {
    const parsed = recentFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.recent : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
