import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hasDisplay, interrupted, openBrowser, startServing } from '../src/cli/commands/serve.ts';
import { build, ROOT } from './build.ts';
import { findElectron } from './electron-binary.ts';

/** `npm start`: the desktop app where Electron can be had, else the same interface in the browser. Arguments: a workspace file. */
async function start(args: readonly string[]): Promise<void> {
  const electron = findElectron(ROOT);
  const missing = 'missing' in electron ? electron.missing : hasDisplay() ? undefined : 'there is no display';
  if (await build('ui')) process.stderr.write('built the user interface\n');
  if (missing !== undefined || 'missing' in electron) {
    process.stderr.write(`Electron cannot be started here, ${missing}: serving the same app to the browser\n`);
    await serve(args.find((arg) => !arg.startsWith('-')));
    return;
  }
  if (await build('app')) process.stderr.write('built the desktop app\n');
  const child = spawn(electron.path, [ROOT, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}

async function serve(workspace: string | undefined): Promise<void> {
  const served = await startServing(workspace, 0);
  process.stdout.write(`${served.host.link}\n`);
  process.stderr.write('this machine only; Ctrl-C stops it\n');
  if (hasDisplay()) openBrowser(served.host.link);
  await interrupted();
  await served.close();
}

await start(process.argv.slice(2));
