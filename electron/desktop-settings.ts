import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { windowState } from './window-state.ts';

const desktopSettings = z.object({
  window: windowState.optional().catch(undefined),
  /** The workspace that was open last, so that the app comes back to it. */
  workspace: z.string().min(1).optional().catch(undefined),
});
export type DesktopSettings = z.infer<typeof desktopSettings>;

/** What the desktop app remembers between two starts. Nothing in it matters enough to fail for: what is damaged is forgotten. */
export function readDesktopSettings(home: string): DesktopSettings {
  const file = fileIn(home);
  if (!existsSync(file)) return {};
  try {
    const parsed = desktopSettings.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Changes what is given and keeps the rest. Written beside and renamed, so that a crash never leaves half a file. */
export function writeDesktopSettings(home: string, change: DesktopSettings): void {
  const file = fileIn(home);
  mkdirSync(home, { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ ...readDesktopSettings(home), ...change }, undefined, 2));
  renameSync(`${file}.new`, file);
}

function fileIn(home: string): string {
  return join(home, 'desktop.json');
}
