import process from 'node:process';
import { MEMORY_SETTINGS } from '../api/memory-settings.ts';

/** Commands that import, or live as long as one that does. For others a second start takes longer than it brings. */
const IMPORTING = new Set(['import', 'reread', 'watch', 'serve', 'demo']);

/**
 * Starts the same command anew in the same process (execve(2)), with the settings of memory that can only be given at the start. Does nothing
 * where they are set already, by whomever, and where there is no such call.
 */
export function restartForMemory(argv: readonly string[]): void {
  const { env, execPath, execArgv, platform } = process;
  if (platform !== 'linux' || typeof process.execve !== 'function' || !argv.some((word) => IMPORTING.has(word))) return;
  if (Object.keys(MEMORY_SETTINGS).some((name) => env[name] !== undefined)) return;
  process.execve(execPath, [execPath, ...execArgv, ...process.argv.slice(1)], { ...env, ...MEMORY_SETTINGS });
}
