import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../../src/api/client.ts';
import { MAX_PAGE } from '../../src/api/contract.ts';
import { Engine } from '../../src/api/engine/engine.ts';
import { VERSION } from '../../src/api/version.ts';
import type { WireFinding } from '../../src/api/wire.ts';
import { inProcessClient } from '../../src/cli/session.ts';
import type { Company } from '../../src/simulate/define.ts';
import { simulate } from '../../src/simulate/index.ts';
import type { SimulationOptions } from '../../src/simulate/index.ts';
import { score } from '../../src/simulate/score.ts';
import type { Score, ScoredFinding } from '../../src/simulate/score.ts';
import type { Truth } from '../../src/simulate/truth.ts';

export interface RunOptions {
  readonly company: Company;
  readonly seed: number;
  readonly orders: number;
  readonly more: Partial<SimulationOptions>;
}

/** Simulates a company, imports its logs and declares what it promised as a user would, and scores what is found. Nothing is left behind. */
export async function scoreRun({ company, seed, orders, more }: RunOptions): Promise<Score> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-score-'));
  try {
    const logs = join(folder, 'logs');
    await simulate({ ...more, out: logs, company: company.id, orders, seed });
    const truth = JSON.parse(readFileSync(join(logs, 'truth.json'), 'utf8')) as Truth;
    return score(truth, await findingsOf(folder, logs, company));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function findingsOf(folder: string, logs: string, { zone, passports = [] }: Company): Promise<ScoredFinding[]> {
  const resolveFile = (file: { readonly path: string } | { readonly grant: string }): string => ('path' in file ? file.path : file.grant);
  const engine = await Engine.open({
    home: folder,
    workspace: join(folder, 'score.waybill'),
    version: VERSION,
    readThreads: 0,
    resolveFile,
  });
  try {
    const client = inProcessClient(engine, folder);
    const plan = await client.imports.plan({ files: [{ path: logs }], options: { timezone: zone } });
    const done = async (job: string): Promise<void> => {
      await engine.jobs.finished(job);
      const progress = engine.jobs.get(job);
      if (progress.state !== 'done') throw new Error(`a job ended as ${progress.state}: ${progress.error?.message ?? ''}`);
    };
    await done((await client.imports.start({ plan: plan.id })).job);
    for (const { yaml } of passports) await done((await client.flows.put({ yaml })).job);
    return (await allFindings(client)).map(scored);
  } finally {
    await engine.close();
  }
}

async function allFindings(client: Client): Promise<WireFinding[]> {
  const findings: WireFinding[] = [];
  for (;;) {
    const { rows, total } = await client.findings.page({ offset: findings.length, limit: MAX_PAGE });
    findings.push(...rows);
    if (rows.length === 0 || findings.length >= total) return findings;
  }
}

/** What a finding about a clock measured is how far it is ahead. */
function scored(finding: WireFinding): ScoredFinding {
  return { ...finding, offsetMs: finding.offsetMs };
}
