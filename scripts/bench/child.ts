import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MEMORY_SETTINGS } from '../../src/api/memory-settings.ts';

export interface Run<T> {
  readonly result: T;
  /** The most memory of its own that the process had: what Linux calls anonymous pages. Elsewhere NaN. */
  readonly peakMb: number;
}

/** Runs `<script>-process.ts` in a process of its own, so that nothing else is measured with it; its last line of output is JSON. */
export async function runChild<T>(script: string, args: readonly string[]): Promise<Run<T>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`./${script}-process.ts`, import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // As the command line and the desktop start it.
    env: { ...process.env, ...(script === 'waybill' ? MEMORY_SETTINGS : {}) },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  let peakMb = Number.NaN;
  const timer = setInterval(() => {
    const now = anonymousMb(child.pid!);
    if (now > peakMb || Number.isNaN(peakMb)) peakMb = now;
  }, 50);
  const [status] = (await once(child, 'close')) as [number];
  clearInterval(timer);
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
  return { result: JSON.parse(output.trim().split('\n').at(-1) ?? '') as T, peakMb };
}

/** Pages of the page cache, such as a database that is mapped into memory, are not counted: they can be taken away at any time. */
function anonymousMb(pid: number): number {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return Number.NaN;
  const kb = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(path, 'utf8'))?.[1];
  return kb === undefined ? Number.NaN : Number(kb) / 1024;
}
