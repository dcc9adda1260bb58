#!/usr/bin/env node
// The command's first step, in plain JavaScript: an older Node must be able to read it. Waybill needs Node 24; where the
// machine's is older, the one that `npm ci` put beside us takes over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const main = new URL('./main.ts', import.meta.url);
if (Number(process.versions.node.split('.')[0]) >= 24) {
  // Sources are stripped of their types and compiled once, not at each start: a command takes half the time. The threads read the variable.
  const { directory } = module.enableCompileCache();
  if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] ??= directory;
  const { restartForMemory } = await import(new URL('./restart.ts', import.meta.url).href);
  restartForMemory(process.argv.slice(2));
  const { run } = await import(main.href);
  await run(process.argv.slice(2));
} else {
  const bundled = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
  const node = existsSync(bundled) ? bundled : `${bundled}.exe`;
  if (!existsSync(node)) {
    process.stderr.write(`Waybill needs Node 24 or newer; this is ${process.version}. Run "npm ci" in the project folder first.\n`);
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(new URL('./waybill.mjs', import.meta.url)), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}
