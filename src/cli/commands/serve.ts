import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Engine, type ImportFile } from '../../api/engine/engine.ts';
import { defaultWorkspace, recentWorkspaces, waybillHome } from '../../api/engine/settings.ts';
import { VERSION } from '../../api/version.ts';
import { UserError } from '../../model/errors.ts';
import { startWebHost, type WebHost } from '../../server/web-host.ts';
import { Uploads } from '../../server/uploads.ts';
import type { Output } from '../print.ts';

export interface ServeFlags {
  readonly workspace?: string;
  readonly port?: string;
  readonly open?: boolean;
  readonly watch?: readonly string[];
}

export interface Served {
  readonly host: WebHost;
  readonly engine: Engine;
  close(): Promise<void>;
}

/** Where `npm run build:ui` puts the interface, seen from the sources and from the build in `dist/app`. */
const UI_FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../dist/renderer' : '../../../../renderer', import.meta.url),
);

function uiFolder(): string {
  if (existsSync(`${UI_FOLDER}/assets`) && existsSync(`${UI_FOLDER}/index.html`)) return UI_FOLDER;
  throw new UserError(
    'ui-missing',
    'the user interface has not been built yet: run "npm run build:ui" first (npm start and npm run demo do it by themselves)',
  );
}

/** Starts engine and web host on a workspace. */
export async function startServing(workspace: string | undefined, port: number): Promise<Served> {
  const home = waybillHome(process.env, process.platform);
  const uploads = new Uploads();
  const folder = uiFolder();
  const engine = await Engine.open({
    home,
    workspace: workspace ?? defaultWorkspace(home),
    version: VERSION,
    readThreads: 2,
    watch: 'kept',
    resolveFile: (file) => resolveFile(file, uploads, home),
  });
  const host = await startWebHost({ context: { engine, home }, uploads, uiFolder: folder, port });
  return {
    host,
    engine,
    close: async () => {
      await host.close();
      await engine.close();
      uploads.close();
    },
  };
}

/** A page may use what it uploaded, and workspaces that were opened before; nothing else on the disk. */
function resolveFile(file: ImportFile, uploads: Uploads, home: string): string {
  if ('grant' in file) return uploads.path(file.grant);
  if (recentWorkspaces(home).some((recent) => recent.path === file.path)) return file.path;
  throw new UserError('invalid-input', 'in the browser, files are uploaded: choose or drop them');
}

/** Serves until it is interrupted. */
export async function serveCommand(output: Output, flags: ServeFlags): Promise<number> {
  const port = flags.port === undefined ? 0 : Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UserError('invalid-input', `--port takes a number from 0 to 65535, not "${flags.port}"`);
  const served = await startServing(flags.workspace, port);
  // Whoever starts the host may name folders; a page may not.
  for (const folder of flags.watch ?? []) served.engine.watches.add(folder, {});
  output.out(`${served.host.link}\n`);
  output.log(`serving ${served.engine.workspace} to this machine only; Ctrl-C stops it\n`);
  if (flags.open) openBrowser(served.host.link);
  await interrupted();
  await served.close();
  return 0;
}

export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** Whether a browser window could be seen here. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
}

/** Opens the system's browser. It does not matter when that fails: the link has been printed. */
export function openBrowser(link: string): void {
  const [command, args]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [link]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', link.replaceAll('&', '^&')]]
        : ['xdg-open', [link]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // Where no browser can be started the link that was printed has to do.
  child.on('error', () => undefined);
  child.unref();
}
