import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { MEMORY_SETTINGS } from '../../src/api/memory-settings.ts';

export interface Run<T> {
  readonly result: T;
  /** The most memory of its own that the process had: what Linux calls anonymous pages. Elsewhere NaN. */
  readonly peakMb: number;
}

/**
 * Runs `<script>-process.ts` in a process of its own, so that nothing else is measured with it; its last line of output is JSON.
 * @param input what its standard input is given.
 */
export async function runChild<T>(
  script: string,
  args: readonly string[],
  input?: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<Run<T>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`./${script}-process.ts`, import.meta.url)), ...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    // As the command line and the desktop start it.
    env: {
      ...process.env,
      ...(script === 'duckdb' ? {} : { ...MEMORY_SETTINGS, NODE_COMPILE_CACHE: join(tmpdir(), 'waybill-bench-cache') }),
    },
  });
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
  let peakMb = Number.NaN;
  const timer = setInterval(() => {
    const now = anonymousMb(child.pid!);
    if (now > peakMb || Number.isNaN(peakMb)) peakMb = now;
  }, 20);
  const closed = once(child, 'close') as Promise<[number]>;
  // A child that ends early says why with its status.
  if (input !== undefined) await pipeline(Readable.from(input, { objectMode: false }), child.stdin!).catch(() => undefined);
  const [status] = await closed;
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
