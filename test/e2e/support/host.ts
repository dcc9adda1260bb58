import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Where a running host is reached. */
export interface Address {
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  readonly token: string;
}

export interface Host extends Address {
  stop(): Promise<void>;
}

/** The address of a place in the app, with the token that opens the session. */
export function tokenLink({ origin, token }: Address, route = '/'): string {
  return `${origin}/#${route}${route.includes('?') ? '&' : '?'}token=${token}`;
}

/** A folder of its own under the system's temporary folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'waybill-e2e-'));
}

/** Starts the web host on a workspace, with `home` as `WAYBILL_HOME` and folders that it watches. Rejects with what it wrote when it does not come up. */
export async function startHost(workspace: string, home: string, watched: readonly string[] = []): Promise<Host> {
  const child = spawn(process.execPath, [script('host-process.ts'), workspace, ...watched], {
    env: environment(home),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([first]) => String(first)),
    once(child, 'exit').then(() => Promise.reject(new Error(`the host did not start:\n${errors}`))),
  ]);
  const link = new URL(line);
  return {
    origin: link.origin,
    token: new URLSearchParams(link.hash.slice(link.hash.indexOf('?'))).get('token') ?? '',
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

/** A host on an empty workspace with everything of it in one folder, which is removed when it stops. */
export async function startEmptyHost(): Promise<Host> {
  const folder = temporaryFolder();
  const host = await startHost(join(folder, 'empty.waybill'), join(folder, 'home'));
  return {
    ...host,
    stop: async () => {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one of the scripts beside this file to its end. */
export async function runScript(name: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script(name), ...args], { env: environment(undefined), stdio: ['ignore', 'inherit', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name} failed:\n${errors}`);
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** The test runner's own options must not reach the host. */
function environment(home: string | undefined): NodeJS.ProcessEnv {
  const env = { ...process.env, NODE_OPTIONS: '' };
  return home === undefined ? env : { ...env, WAYBILL_HOME: home };
}
