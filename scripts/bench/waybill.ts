import { rmSync, statSync } from 'node:fs';
import { inProcessClient } from '../../src/cli/session.ts';
import { Engine } from '../../src/api/engine/engine.ts';

/** What Waybill took for each part. Seconds. */
export interface WaybillTimes {
  readonly reading: number;
  readonly analysing: number;
  readonly total: number;
  readonly lookupMs: number;
  readonly events: number;
  readonly journeys: number;
  readonly findings: number;
  readonly workspaceBytes: number;
}

/** Imports one file into a new workspace, then looks up journeys spread over it. */
export async function benchWaybill(file: string, workspace: string, home: string): Promise<WaybillTimes> {
  for (const ending of ['', '-wal', '-shm', '-lock']) rmSync(workspace + ending, { force: true });
  const engine = await Engine.open({
    home,
    workspace,
    version: 'bench',
    readThreads: 0,
    resolveFile: (wanted) => ('path' in wanted ? wanted.path : ''),
  });
  const client = inProcessClient(engine, home);
  const started = performance.now();
  const plan = await client.imports.plan({ files: [{ path: file }] });
  const { job } = await client.imports.start({ plan: plan.id });
  let readingEnded = started;
  for await (const progress of await client.jobs.watch({ job })) if (progress.stage === 'Reading') readingEnded = performance.now();
  const { summary, error } = await engine.jobs.finished(job);
  if (summary === null) throw new Error(error?.message ?? 'the import was cancelled');
  const total = (performance.now() - started) / 1000;
  const reading = (readingEnded - started) / 1000;
  const { rows } = await client.records.page({ sort: 'duration', descending: true, offset: 0, limit: 1000 });
  const sample = rows.filter((_row, i) => i % 20 === 0);
  const lookups: number[] = [];
  for (const row of sample) {
    const before = performance.now();
    await client.journeys.get({ id: row.key, type: row.type });
    lookups.push(performance.now() - before);
  }
  const workspaceBytes = statSync(workspace).size;
  await engine.close();
  lookups.sort((a, b) => a - b);
  return {
    reading,
    analysing: total - reading,
    total,
    lookupMs: lookups[Math.floor(lookups.length / 2)] ?? Number.NaN,
    events: summary.events,
    journeys: summary.journeys,
    findings: summary.findings,
    workspaceBytes,
  };
}
