import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { execute } from '../../src/cli/main.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process, with `WAYBILL_HOME` set to `home`. */
export async function cli(home: string, ...args: readonly string[]): Promise<CliResult> {
  const before = process.env['WAYBILL_HOME'];
  process.env['WAYBILL_HOME'] = home;
  let out = '';
  let err = '';
  try {
    const code = await execute(args, {
      out: (text) => (out += text),
      log: (text) => (err += text),
      colour: false,
      interactive: false,
      width: 120,
    });
    return { code, out, err };
  } finally {
    if (before === undefined) delete process.env['WAYBILL_HOME'];
    else process.env['WAYBILL_HOME'] = before;
  }
}

const COMMAND = fileURLToPath(new URL('../../src/cli/waybill.mjs', import.meta.url));

/** Starts the command as a process of its own. */
export function startCli(home: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, WAYBILL_HOME: home }, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** The same, to its end, with text for its standard input. `code` is -1 when a signal ended it. */
export async function runCli(home: string, args: readonly string[], input: string | Uint8Array = ''): Promise<CliResult> {
  const child = startCli(home, args);
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  // The command may end without reading all of it.
  child.stdin!.on('error', () => undefined);
  child.stdin!.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  return { code, out, err };
}
