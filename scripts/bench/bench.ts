import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulate } from '../../src/simulate/index.ts';
import { runChild, type Run } from './child.ts';
import type { DuckDbTimes } from './duckdb.ts';
import type { WaybillTimes } from './waybill.ts';

/**
 * Waybill's import, to journeys that can be queried with their findings, against DuckDB doing equal work on the same file, in one run
 * on one machine. Each contender has a process of its own, so that neither warms the other up and peak memory is its own.
 *
 * `npm run bench -- [--orders 90000] [--rounds 3] [--only waybill|duckdb]`
 */
const { values } = parseArgs({
  options: { orders: { type: 'string', default: '90000' }, rounds: { type: 'string', default: '3' }, only: { type: 'string' } },
});
const orders = Number(values.orders);
const rounds = Number(values.rounds);
const folder = join(tmpdir(), `waybill-bench-${orders}`);
const file = join(folder, 'events.ndjson');

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

if (!existsSync(file)) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  print(`simulating ${orders} orders …`);
  await simulate({ out: folder, orders, seed: 3, format: 'ndjson' });
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const ours: Run<WaybillTimes>[] = [];
const theirs: Run<DuckDbTimes>[] = [];
for (let round = 0; round < rounds; round++) {
  if (values.only !== 'duckdb') ours.push(await runChild<WaybillTimes>('waybill', [file, folder]));
  if (values.only !== 'waybill') theirs.push(await runChild<DuckDbTimes>('duckdb', [file, folder]));
}

print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}; median of ${rounds}`);
print(`${(statSync(file).size / 1e6).toFixed(0)} MB NDJSON`);
if (ours.length > 0) {
  const { result: times } = ours[0]!;
  print(
    `Waybill  ${median(ours.map((r) => r.result.total)).toFixed(1)} s to ${times.journeys} journeys and ${times.findings} findings of ${times.events} events`,
  );
  print(
    `         reading ${median(ours.map((r) => r.result.reading)).toFixed(1)} s, analysis ${median(ours.map((r) => r.result.analysing)).toFixed(1)} s, peak memory ${median(ours.map((r) => r.peakMb)).toFixed(0)} MB, workspace ${(times.workspaceBytes / 1e6).toFixed(0)} MB`,
  );
  print(
    `         one journey by identifier: ${median(ours.map((r) => r.result.lookupMs)).toFixed(1)} ms (steps, hops, state, findings, evidence)`,
  );
}
if (theirs.length > 0) {
  print(
    `DuckDB   ${median(theirs.map((r) => r.result.total)).toFixed(1)} s (load ${median(theirs.map((r) => r.result.load)).toFixed(1)}, identifiers ${median(theirs.map((r) => r.result.identifiers)).toFixed(1)}, windows ${median(theirs.map((r) => r.result.findings)).toFixed(1)}), peak memory ${median(theirs.map((r) => r.peakMb)).toFixed(0)} MB`,
  );
  print(`         one order's rows by identifier: ${median(theirs.map((r) => r.result.lookupMs)).toFixed(1)} ms`);
}
if (ours.length > 0 && theirs.length > 0) {
  print(
    `ratio    ${(median(ours.map((r) => r.result.total)) / median(theirs.map((r) => r.result.total))).toFixed(2)} (below 1: Waybill is faster)`,
  );
}
