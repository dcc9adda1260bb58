/**
 * Makes one workspace for the end-to-end tests out of simulated logs and prints, as JSON, what the tests need to know of it.
 * Runs in a process of its own: `node prepare.ts orders|large|faulty FOLDER`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../../src/api/client.ts';
import { Engine } from '../../../src/api/engine/engine.ts';
import { VERSION } from '../../../src/api/version.ts';
import { inProcessClient } from '../../../src/cli/session.ts';
import { simulate } from '../../../src/simulate/index.ts';
import { USUAL } from '../../../src/simulate/shop/faults.ts';
import type { OrdersFacts, RecordRef, WorkspaceKind } from './facts.ts';

interface Size {
  readonly orders: number;
  readonly format: 'company' | 'ndjson';
  /** How likely each fault is; the simulator's own rates when not given. */
  readonly rate?: number;
}

const SIZES: Readonly<Record<WorkspaceKind, Size>> = {
  orders: { orders: 300, format: 'company' },
  large: { orders: 10_000, format: 'ndjson' },
  faulty: { orders: 12_000, format: 'ndjson', rate: 0.06 },
};

async function main(kind: WorkspaceKind, folder: string): Promise<void> {
  const logs = join(folder, `${kind}-logs`);
  const { orders, format, rate } = SIZES[kind];
  const faults = rate === undefined ? undefined : Object.fromEntries(USUAL.map((fault) => [fault, rate]));
  await simulate({ out: logs, orders, seed: 7, format, ...(faults === undefined ? {} : { faults }) });
  const home = join(folder, `${kind}-home`);
  const resolveFile = (file: { readonly path: string } | { readonly grant: string }): string => ('path' in file ? file.path : file.grant);
  const engine = await Engine.open({ home, workspace: join(folder, `${kind}.waybill`), version: VERSION, readThreads: 0, resolveFile });
  const client = inProcessClient(engine, home);
  const plan = await client.imports.plan({ files: [{ path: logs }] });
  const { job } = await client.imports.start({ plan: plan.id });
  await engine.jobs.finished(job);
  const progress = engine.jobs.get(job);
  if (progress.state !== 'done') throw new Error(`the import ended as ${progress.state}: ${progress.error?.message ?? ''}`);
  if (kind === 'orders') writeFileSync(join(folder, 'facts.json'), JSON.stringify(await ordersFacts(client)));
  await engine.close();
}

/** Picks journeys by what is wrong with them, so that the tests name no keys of their own. */
async function ordersFacts(client: Client): Promise<OrdersFacts> {
  const info = await client.workspace.info();
  const { rows: findings, total } = await client.findings.page({ limit: 1000 });
  const pick = (what: string, fits: (finding: (typeof findings)[number]) => boolean): RecordRef => {
    const found = findings.find((finding) => finding.record?.type === 'order' && fits(finding))?.record;
    if (found === undefined || found === null) throw new Error(`the simulation has no order with ${what}: choose another seed`);
    return { type: found.type, key: found.key };
  };
  const clean = (await client.records.page({ filter: { text: 'type:order' }, sort: 'severity', descending: false, limit: 1 })).rows[0];
  if (clean === undefined || clean.severity !== null) throw new Error('the simulation has no order without findings');
  const retried = pick('a hidden retry', (finding) => finding.kind === 'retry' && finding.subkind === 'hidden');
  const { record, related } = await client.journeys.get({ id: retried.key, type: retried.type });
  return {
    journeys: info.journeys,
    findings: total,
    failed: pick('a critical error', (finding) => finding.kind === 'error' && finding.severity === 'critical'),
    retried,
    spellings: [
      record.key,
      ...record.aliases,
      ...related.filter((one) => one.relation === 'child' && one.type !== 'order').map((one) => one.key),
    ],
    missing: pick('a step that is confirmed missing', (finding) => finding.absence === 'confirmed'),
    uncovered: pick('a step outside coverage', (finding) => finding.absence === 'outside-coverage'),
    mismatched: pick('fields that differ', (finding) => finding.kind === 'mismatch'),
    clean: { type: clean.type, key: clean.key },
  };
}

const [, , kind, folder] = process.argv;
await main(kind === 'large' || kind === 'faulty' ? kind : 'orders', folder ?? '');
