import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_PAGE } from '../../src/api/contract.ts';
import type { WireFinding, WireMapping } from '../../src/api/wire.ts';
import { companyOf, simulate } from '../../src/simulate/index.ts';
import type { SimulationOptions } from '../../src/simulate/index.ts';
import { logFiles } from '../support/company.ts';
import { bench, finish } from '../support/engine.ts';
import { tempFolder } from '../support/temp.ts';

/**
 * Metamorphic relations (Chen, Cheung, Yiu 1998): what must not change the findings, whatever the findings are. So they hold where no truth is
 * known, and see what a score over made-up faults cannot.
 */

/** A Monday in winter, with no change of the clocks for two months: a shift by whole weeks leaves the rhythm of a company as it is. */
const START = '2026-01-05';
const LATER = '2026-01-19';

const COMPANIES = [
  { company: 'shop', orders: 400 },
  { company: 'insurer', orders: 700 },
] as const;
type Case = (typeof COMPANIES)[number];

async function logs({ company, orders }: Case, more: Partial<SimulationOptions> = {}): Promise<string> {
  const out = join(tempFolder(), company);
  const faults = Object.fromEntries(companyOf(company).faults.usual.map((fault) => [fault, 0.01]));
  await simulate({ company, out, orders, seed: 5, start: START, faults, coverage: [], ...more });
  return out;
}

/** Imports a folder of logs, and answers all findings. `systemOf` gives the system of a file by its path, where it is not what the file says. */
async function findingsOf({ company }: Case, folder: string, systemOf?: (path: string) => string): Promise<WireFinding[]> {
  const { client } = await bench();
  let plan = await client.imports.plan({ files: [{ path: folder }], options: { timezone: companyOf(company).zone } });
  if (systemOf !== undefined) {
    const mappings = plan.parts.flatMap(({ id, path, mapping }) =>
      mapping === null ? [] : [[id, named(mapping, systemOf(path))] as const],
    );
    plan = await client.imports.replan({ plan: plan.id, mappings: Object.fromEntries(mappings) });
  }
  const { job } = await client.imports.start({ plan: plan.id });
  expect((await finish(client, job)).state).toBe('done');
  const { rows, total } = await client.findings.page({ limit: MAX_PAGE });
  expect(rows.length).toBe(total);
  return rows;
}

/** The mapping of a file whose system is said: what its entries call it is not asked. */
function named(mapping: WireMapping, system: string): WireMapping {
  return { ...mapping, system, fields: mapping.fields.map((field) => (field.role === 'system' ? { ...field, role: 'ignored' } : field)) };
}

/** What a finding claims, without where its evidence stands: in a fixed order. */
function claims(findings: readonly WireFinding[], say: (text: string) => string = (text) => text): string[] {
  return findings
    .map(({ evidence, ...claim }) =>
      say(JSON.stringify({ ...claim, id: undefined, evidence: evidence.map(({ at, system, step }) => [at, system, step]) })),
    )
    .toSorted();
}

/** The same without times and what is counted from the end of the data. */
function timeless(findings: readonly WireFinding[]): unknown[] {
  return findings
    .map(({ kind, subkind, severity, record, system, flow, step, absence, title, confidence }) =>
      JSON.stringify({ kind, subkind, severity, record, system, flow, step, absence, title, confidence }),
    )
    .toSorted();
}

describe.each(COMPANIES)('findings of $company do not change', (one) => {
  let folder = '';
  let findings: readonly WireFinding[] = [];
  beforeAll(async () => {
    folder = await logs(one);
    findings = await findingsOf(one, folder);
    expect(findings.length).toBeGreaterThan(20);
  });

  test('when unrelated events are added, lines about nothing, or files that overlap', async () => {
    const noisy = await logs(one, { noise: 0.05, overlapMs: 3 * 3_600_000 });
    const thermostats = Array.from({ length: 3_000 }, (_, i) => ({
      ts: new Date(Date.parse(START) + i * 60_000).toISOString(),
      system: 'building',
      event: ['measured', 'adjusted', 'reported'][i % 3],
      thermostat_id: `TH-${9_000_000 + Math.floor(i / 3)}`,
      celsius: 20 + (i % 7) / 2,
    }));
    writeFileSync(join(noisy, 'building.ndjson'), thermostats.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(claims(await findingsOf(one, noisy))).toEqual(claims(findings));
  });

  test('when all times are shifted, but for the times', async () => {
    const shifted = await findingsOf(one, await logs(one, { start: LATER }));
    expect(timeless(shifted)).toEqual(timeless(findings));
  });

  test('when systems are renamed, but for the names', async () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    // The other way round in the alphabet, so that nothing may hang on the order of names.
    const renamed = new Map(folders.map(({ name }, i) => [`${name}-system`, `sys${folders.length - i}-x`]));
    const systemOf = (path: string): string => `${relative(folder, path).split(sep)[0]!}-system`;
    const before = await findingsOf(one, folder, systemOf);
    const after = await findingsOf(one, folder, (path) => renamed.get(systemOf(path))!);
    expect(before.filter(({ system }) => system === null || !renamed.has(system))).toEqual([]);
    const say = (text: string): string => [...renamed].reduce((said, [from, to]) => said.replaceAll(from, to), text);
    expect(claims(after)).toEqual(claims(before, say));
  });

  // The insurer's daily files are too small to be cut: what each file says is inferred from that file alone.
  test.runIf(one.company === 'shop')('when files are split in two', async () => {
    const split = join(tempFolder(), one.company);
    cpSync(folder, split, { recursive: true });
    expect(logFiles(split).filter(splitFile).length).toBeGreaterThan(8);
    expect(claims(await findingsOf(one, split))).toEqual(claims(findings));
  });
});

/** Cuts a file of lines in the middle, with its header before both parts. Other files are left as they are. */
function splitFile(path: string): boolean {
  const header = ['.csv', '.psv'].includes(extname(path));
  if (!header && !['.ndjson', '.jsonl', '.log'].includes(extname(path))) return false;
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const head = header ? lines.splice(0, 1) : [];
  // Never between a line and its stack trace.
  const cut = lines.findIndex((line, i) => i >= lines.length / 2 && /^(?:\d{4}-|\{|time=|\d\d\.)/.test(line));
  if (cut < 1) return false;
  const name = basename(path, extname(path));
  for (const [part, text] of [lines.slice(0, cut), lines.slice(cut)].entries())
    writeFileSync(join(dirname(path), `${name}-${part + 1}${extname(path)}`), `${[...head, ...text].join('\n')}\n`);
  rmSync(path);
  return true;
}
