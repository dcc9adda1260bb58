import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { simulate } from '../../src/simulate/index.ts';
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

interface Run<T> {
  readonly times: T;
  /** The most memory of its own that the process had: what Linux calls anonymous pages. Elsewhere NaN. */
  readonly peakMb: number;
}

/** Runs one contender in a process of its own; its last line of output is JSON. */
async function run<T>(script: string): Promise<Run<T>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`./${script}-process.ts`, import.meta.url)), file, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  let peakMb = Number.NaN;
  const timer = setInterval(() => {
    const now = anonymousMb(child.pid!);
    if (now > peakMb || Number.isNaN(peakMb)) peakMb = now;
  }, 50);
  const [status] = (await once(child, 'close')) as [number];
  clearInterval(timer);
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
  return { times: JSON.parse(output.trim().split('\n').at(-1) ?? '') as T, peakMb };
}

/** Pages of the page cache, such as a database that is mapped into memory, are not counted: they can be taken away at any time. */
function anonymousMb(pid: number): number {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return Number.NaN;
  const kb = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(path, 'utf8'))?.[1];
  return kb === undefined ? Number.NaN : Number(kb) / 1024;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const ours: Run<WaybillTimes>[] = [];
const theirs: Run<DuckDbTimes>[] = [];
for (let round = 0; round < rounds; round++) {
  if (values.only !== 'duckdb') ours.push(await run<WaybillTimes>('waybill'));
  if (values.only !== 'waybill') theirs.push(await run<DuckDbTimes>('duckdb'));
}

print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}; median of ${rounds}`);
print(`${(statSync(file).size / 1e6).toFixed(0)} MB NDJSON`);
if (ours.length > 0) {
  const { times } = ours[0]!;
  print(
    `Waybill  ${median(ours.map((r) => r.times.total)).toFixed(1)} s to ${times.journeys} journeys and ${times.findings} findings of ${times.events} events`,
  );
  print(
    `         reading ${median(ours.map((r) => r.times.reading)).toFixed(1)} s, analysis ${median(ours.map((r) => r.times.analysing)).toFixed(1)} s, peak memory ${median(ours.map((r) => r.peakMb)).toFixed(0)} MB, workspace ${(times.workspaceBytes / 1e6).toFixed(0)} MB`,
  );
  print(
    `         one journey by identifier: ${median(ours.map((r) => r.times.lookupMs)).toFixed(1)} ms (steps, hops, state, findings, evidence)`,
  );
}
if (theirs.length > 0) {
  print(
    `DuckDB   ${median(theirs.map((r) => r.times.total)).toFixed(1)} s (load ${median(theirs.map((r) => r.times.load)).toFixed(1)}, identifiers ${median(theirs.map((r) => r.times.identifiers)).toFixed(1)}, windows ${median(theirs.map((r) => r.times.findings)).toFixed(1)}), peak memory ${median(theirs.map((r) => r.peakMb)).toFixed(0)} MB`,
  );
  print(`         one order's rows by identifier: ${median(theirs.map((r) => r.times.lookupMs)).toFixed(1)} ms`);
}
if (ours.length > 0 && theirs.length > 0) {
  print(
    `ratio    ${(median(ours.map((r) => r.times.total)) / median(theirs.map((r) => r.times.total))).toFixed(2)} (below 1: Waybill is faster)`,
  );
}
