import { cruise, type ICruiseResult } from 'dependency-cruiser';

/**
 * Checks the arrows between the folders: who may import whom. It fails when it looked at suspiciously few files, because a checker that
 * cannot read TypeScript finds no violations either (dependency-cruiser under TypeScript 7 needs @swc/core for that). The renderer, whose
 * JSX that parser does not read, is held to the contract and the model by oxlint (`no-restricted-imports` in `.oxlintrc.json`).
 */
const FEWEST_MODULES = 200;

/** Folder → the folders of `src` it may import. What is not listed may import nothing from `src`. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  yaml: [],
  identity: ['model'],
  journey: ['model', 'identity'],
  flows: ['model', 'yaml', 'identity', 'journey'],
  findings: ['model', 'identity', 'journey', 'flows'],
  incidents: ['model', 'flows'],
  intake: ['model', 'yaml'],
  // The workspace stores what intake delivers and what the pure stages derive: it knows their types and nothing of their behaviour.
  workspace: ['model', 'intake', 'identity', 'findings'],
  analysis: ['model', 'identity', 'journey', 'flows', 'findings', 'incidents', 'workspace'],
  simulate: ['model'],
  api: ['model', 'intake', 'identity', 'journey', 'flows', 'findings', 'incidents', 'workspace', 'analysis', 'simulate'],
  cli: ['model', 'api', 'server', 'simulate'],
  server: ['model', 'api'],
};

const rules = Object.entries(ALLOWED).map(([folder, allowed]) => ({
  name: `${folder} imports only ${allowed.join(', ') || 'itself'}`,
  severity: 'error' as const,
  from: { path: `^src/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

const result = await cruise(['src', 'electron', 'scripts'], {
  validate: true,
  ruleSet: {
    forbidden: [
      ...rules,
      { name: 'no cycles', severity: 'error', from: { pathNot: '\\.test\\.ts$' }, to: { circular: true } },
      {
        name: 'nothing below api knows Electron',
        severity: 'error',
        from: { path: '^src/' },
        to: { path: '(^electron/|node_modules/electron/)' },
      },
    ],
  },
  exclude: { path: '\\.css$' },
  doNotFollow: { path: 'node_modules' },
  parser: 'swc',
  tsPreCompilationDeps: true,
});
const { summary, modules } = result.output as ICruiseResult;
const own = modules.filter((module) => !module.source.includes('node_modules')).length;
for (const violation of summary.violations) process.stderr.write(`${violation.from} → ${violation.to}: ${violation.rule.name}\n`);
if (own < FEWEST_MODULES) {
  process.stderr.write(`only ${own} modules were read: the check is not working\n`);
  process.exit(1);
}
process.stdout.write(`import directions: ${own} modules, ${summary.violations.length} violations\n`);
if (summary.violations.length > 0) process.exit(1);
