import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waybillHome } from '../../api/engine/settings.ts';
import type { WireFinding } from '../../api/wire.ts';
import { simulate } from '../../simulate/index.ts';
import { count, type Output } from '../print.ts';
import { withSession, type Session } from '../session.ts';
import { importCommand } from './import.ts';
import { traceCommand } from './queries.ts';
import { hasDisplay, interrupted, openBrowser, startServing } from './serve.ts';

export interface DemoFlags {
  readonly workspace?: string;
  readonly orders: string;
  readonly seed: string;
  readonly serve: boolean;
}

/** From nothing to the journey of one troubled order: simulate, import, print, show. */
export async function demoCommand(output: Output, flags: DemoFlags): Promise<number> {
  const home = waybillHome(process.env, process.platform);
  const folder = join(home, 'demo');
  const workspace = flags.workspace ?? join(folder, 'demo.waybill');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const orders = Number(flags.orders);
  output.log(`simulating ${count(orders, 'order')} of a made-up company …\n`);
  await simulate({ out: join(folder, 'logs'), orders, seed: Number(flags.seed) });
  const key = await withSession({ workspace }, output, async (session) => {
    await importCommand(session, [join(folder, 'logs')], {});
    const record = await troubledRecord(session);
    if (record !== undefined) {
      output.out('\n');
      await traceCommand(session, record.key, { type: record.type });
    }
    return record;
  });
  if (!flags.serve) return 0;
  const served = await startServing(workspace, 0);
  const link =
    key === undefined ? served.host.link : served.host.linkTo(`/journey/${encodeURIComponent(key.type)}/${encodeURIComponent(key.key)}`);
  output.out(`\n${link}\n`);
  output.log('the same journey in the app; Ctrl-C stops it\n');
  if (hasDisplay()) openBrowser(link);
  await interrupted();
  await served.close();
  return 0;
}

/** The record to show first: the one whose findings are worst, then most various. */
async function troubledRecord({ client }: Session): Promise<{ type: string; key: string } | undefined> {
  const { rows } = await client.findings.page({ filter: { severity: 'critical' }, limit: 1000 });
  const byRecord = new Map<string, { record: { type: string; key: string }; kinds: Set<string>; score: number }>();
  for (const finding of rows) {
    if (finding.record === null) continue;
    const id = `${finding.record.type} ${finding.record.key}`;
    const entry = byRecord.get(id) ?? { record: finding.record, kinds: new Set<string>(), score: 0 };
    if (!entry.kinds.has(finding.kind)) entry.score += weight(finding);
    entry.kinds.add(finding.kind);
    byRecord.set(id, entry);
  }
  const worst = [...byRecord.values()].sort((a, b) => b.score - a.score || a.record.key.localeCompare(b.record.key))[0]?.record;
  // A finding may name a shipment or a document: its journey is that of the order it belongs to.
  return worst === undefined ? undefined : (await client.journeys.get({ id: worst.key, type: worst.type })).record;
}

function weight(finding: WireFinding): number {
  return finding.kind === 'gap' ? 3 : finding.kind === 'mismatch' || finding.kind === 'delay' ? 2 : 1;
}
