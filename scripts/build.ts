import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as viteBuild } from 'vite';
import { hashInputs, readStamp, withLock, writeStamp } from './stale.ts';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/** `ui`: the renderer, into `dist/renderer`. `app`: engine, command line and desktop host as JavaScript, into `dist/app`. */
export type BuildPart = 'ui' | 'app';

interface Recipe {
  readonly inputs: readonly string[];
  readonly proof: string;
  readonly run: () => Promise<void>;
}

const RECIPES: Readonly<Record<BuildPart, Recipe>> = {
  ui: { inputs: ['renderer', 'src/api', 'src/model', 'package-lock.json'], proof: 'dist/renderer/index.html', run: buildUi },
  app: {
    inputs: ['src', 'electron', 'package.json', 'tsconfig.base.json', 'tsconfig.build.json', 'scripts/build.ts'],
    proof: 'dist/app/electron/preload.cjs',
    run: buildApp,
  },
};

/** Builds what is older than its sources. Answers whether anything had to be built. */
export function build(part: BuildPart): Promise<boolean> {
  const { inputs, proof, run } = RECIPES[part];
  return withLock(join(ROOT, 'dist/.lock'), async () => {
    const stamp = join(ROOT, `dist/.stamps/${part}`);
    const hash = hashInputs(ROOT, inputs, isShipped);
    if (readStamp(stamp) === hash && existsSync(join(ROOT, proof))) return false;
    rmSync(stamp, { force: true });
    await run();
    writeStamp(stamp, hash);
    return true;
  });
}

/** Tests and what only they use are not built, so they make nothing stale. */
function isShipped(path: string): boolean {
  return !/\.test\.tsx?$|\/testing\.ts$|\/test-harness\.ts$|\/test-support\//.test(path);
}

async function buildUi(): Promise<void> {
  await viteBuild({ root: join(ROOT, 'renderer'), logLevel: 'warn' });
}

/**
 * File by file, not bundled: the engine starts its threads from the files beside it, and a stack trace names the module. Only the
 * preload is one file, because a sandboxed preload cannot load another.
 */
async function buildApp(): Promise<void> {
  const out = join(ROOT, 'dist/app');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const tsc = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (tsc.status !== 0) throw new Error(`the compiler refused the sources:\n${tsc.stdout}${tsc.stderr}`);
  await viteBuild({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: join(out, 'electron'),
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      lib: { entry: join(ROOT, 'electron/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
  const { name, version, description, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  // `src/api/version.ts` looks two folders up from itself, and Node needs to know that these files are modules.
  writeFileSync(
    join(out, 'package.json'),
    `${JSON.stringify({ name, version, description, license, type: 'module', main: 'electron/main.js' }, undefined, 2)}\n`,
  );
  writeFileSync(
    join(out, 'waybill.mjs'),
    `#!/usr/bin/env node
import { restartForMemory } from './src/cli/restart.js';

restartForMemory(process.argv.slice(2));
const { run } = await import('./src/cli/main.js');
await run(process.argv.slice(2));
`,
    { mode: 0o755 },
  );
}

async function main(wanted: string): Promise<void> {
  if (wanted !== 'ui' && wanted !== 'app' && wanted !== 'all') {
    process.stderr.write(`build takes ui, app or all, not "${wanted}"\n`);
    process.exitCode = 2;
    return;
  }
  for (const part of wanted === 'all' ? (['ui', 'app'] as const) : ([wanted] as const)) {
    const started = performance.now();
    const built = await build(part);
    process.stderr.write(`${part}: ${built ? `built in ${((performance.now() - started) / 1000).toFixed(1)} s` : 'up to date'}\n`);
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main(process.argv[2] ?? 'all');
