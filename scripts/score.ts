/**
 * How often findings are right. Simulates the made-up companies, imports their logs and sets what is found against what was injected:
 *
 *   node scripts/score.ts [--company NAME…] [--seeds tuning|reporting|1-5,9] [--orders N] [--scenario NAME] [--examples] [--write]
 *
 * prints the table of the tuning seeds unless told otherwise; `--write` plays tuning and reporting seeds of all companies and writes
 * docs/score.md. `--examples` names what was missed and what was a false alarm: never with reporting seeds. Of a single simulation, what
 * `waybill findings --json` printed (`-` is standard input) against its `truth.json`:
 *
 *   node scripts/score.ts --truth DIR/truth.json --findings findings.ndjson [--json] [--examples]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { COMPANIES, companyOf } from '../src/simulate/index.ts';
import { scoreText } from '../src/simulate/score-text.ts';
import { score } from '../src/simulate/score.ts';
import type { Truth } from '../src/simulate/truth.ts';
import { play } from './score/board.ts';
import { SCORE_PAGE, boardText, scorePage } from './score/page.ts';
import { REPORTING_SEEDS, SCENARIOS, TUNING_SEEDS } from './score/scenarios.ts';
import type { Scenario } from './score/scenarios.ts';

const fault = z.object({
  kind: z.string(),
  subkind: z.string(),
  record: z.object({ type: z.string(), key: z.string() }),
  related: z.array(z.string()),
  system: z.string(),
  step: z.string(),
  at: z.string(),
  note: z.string(),
  consequences: z.array(z.string()),
});

const truthFile: z.ZodType<Truth> = z.object({
  waybill: z.literal('simulation-truth'),
  company: z.string().optional(),
  seed: z.number(),
  orders: z.number(),
  format: z.string(),
  start: z.string(),
  dataEndsAt: z.string(),
  coverage: z.array(z.object({ system: z.string(), startsAt: z.string().optional(), endsAt: z.string() })),
  clocks: z.array(z.object({ system: z.string(), offsetMs: z.number(), driftMs: z.number() })).optional(),
  backwards: z.record(z.string(), z.number()).optional(),
  faults: z.array(fault),
  open: z.array(z.string()),
  outsideCoverage: z.array(z.string()),
  unprovable: z.array(z.string()),
  clean: z.number(),
  variants: z.record(z.string(), z.number()),
});

const findingLine = z.object({
  kind: z.string(),
  subkind: z.string(),
  severity: z.string(),
  record: z.object({ type: z.string(), key: z.string() }).nullable(),
  absence: z.string().nullable().optional(),
  title: z.string().optional(),
  system: z.string().nullable().optional(),
});

function read(path: string): string {
  return readFileSync(path === '-' ? 0 : path, 'utf8');
}

function parseFindings(text: string, name: string): z.infer<typeof findingLine>[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (trimmed.startsWith('[')) return z.array(findingLine).parse(JSON.parse(trimmed));
  return trimmed.split('\n').map((line, i) => {
    const result = findingLine.safeParse(JSON.parse(line));
    if (!result.success) throw new Error(`${name}, line ${i + 1}: not a finding: ${z.prettifyError(result.error)}`);
    return result.data;
  });
}

const OPTIONS = {
  truth: { type: 'string' },
  findings: { type: 'string' },
  json: { type: 'boolean', default: false },
  examples: { type: 'boolean', default: false },
  company: { type: 'string', multiple: true },
  seeds: { type: 'string', default: 'tuning' },
  orders: { type: 'string', default: '2000' },
  scenario: { type: 'string' },
  write: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.truth !== undefined && values.findings !== undefined) return one(values.truth, values.findings, values);
  if (values.truth !== undefined || values.findings !== undefined) throw new Error('--truth and --findings go together');
  const companies = values.company?.map(companyOf) ?? COMPANIES;
  const orders = Number(values.orders);
  const tell = (text: string): void => void process.stderr.write(text);
  if (values.write) {
    const tuning = await play(companies, TUNING_SEEDS, orders, tell);
    const reporting = await play(companies, REPORTING_SEEDS, orders, tell);
    writeFileSync(fileURLToPath(new URL(`../${SCORE_PAGE}`, import.meta.url)), scorePage(reporting, tuning, orders));
    process.stdout.write(`reporting\n\n${boardText(reporting)}`);
    return;
  }
  const seeds = seedsOf(values.seeds);
  if (values.examples && seeds.some((seed) => seed === 23 || (seed >= 101 && seed <= 199))) {
    throw new Error('--examples of reporting seeds would be tuning on them');
  }
  const played = await play(companies, seeds, orders, tell, scenarioNamed(values.scenario));
  process.stdout.write(boardText(played));
  if (!values.examples) return;
  for (const { company, seed, score: result } of played) {
    const lines = [...result.missedExamples.map((text) => `missed ${text}`), ...result.falseExamples.map((text) => `false ${text}`)];
    process.stdout.write(lines.map((line) => `${company.id} ${seed}: ${line}\n`).join(''));
  }
}

/** Scores the findings of a single simulation. */
function one(truthPath: string, findingsPath: string, { json, examples }: { readonly json: boolean; readonly examples: boolean }): void {
  const truth = truthFile.parse(JSON.parse(read(truthPath)));
  const result = score(truth, parseFindings(read(findingsPath), findingsPath));
  if (json) {
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  process.stdout.write(scoreText(result));
  if (!examples) return;
  process.stdout.write(`\nMissed:\n${result.missedExamples.join('\n')}\n\nFalse alarms:\n${result.falseExamples.join('\n')}\n`);
}

function seedsOf(text: string): readonly number[] {
  if (text === 'tuning') return TUNING_SEEDS;
  if (text === 'reporting') return REPORTING_SEEDS;
  return text.split(',').flatMap((range) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(range.trim());
    if (match === null) throw new Error(`--seeds takes tuning, reporting, or numbers such as 1-5,9, not "${text}"`);
    const from = Number(match[1]);
    return Array.from({ length: Number(match[2] ?? from) - from + 1 }, (_, i) => from + i);
  });
}

function scenarioNamed(name: string | undefined): Scenario | undefined {
  if (name === undefined) return undefined;
  const found = (Object.keys(SCENARIOS) as Scenario[]).find((scenario) => scenario === name);
  if (found === undefined) throw new Error(`--scenario is one of ${Object.keys(SCENARIOS).join(', ')}, not "${name}"`);
  return found;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`score: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
