/**
 * Sets what `waybill findings --json` printed against the `truth.json` of a simulation, and prints precision, recall and false alarms.
 *
 *   node scripts/score.ts --truth DIR/truth.json --findings findings.ndjson [--json] [--examples]
 *
 * `--findings -` reads standard input.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { scoreText } from '../src/simulate/score-text.ts';
import { score } from '../src/simulate/score.ts';
import type { Truth } from '../src/simulate/truth.ts';

const fault = z.object({
  kind: z.string(),
  subkind: z.string(),
  record: z.object({ type: z.literal('order'), key: z.string() }),
  related: z.array(z.string()),
  system: z.string(),
  step: z.string(),
  at: z.string(),
  note: z.string(),
  consequences: z.array(z.string()),
});

const truthFile: z.ZodType<Truth> = z.object({
  waybill: z.literal('simulation-truth'),
  seed: z.number(),
  orders: z.number(),
  format: z.string(),
  start: z.string(),
  dataEndsAt: z.string(),
  coverage: z.array(z.object({ system: z.string(), endsAt: z.string() })),
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

function main(): number {
  const { values } = parseArgs({
    options: {
      truth: { type: 'string' },
      findings: { type: 'string' },
      json: { type: 'boolean', default: false },
      examples: { type: 'boolean', default: false },
    },
  });
  if (values.truth === undefined || values.findings === undefined) {
    process.stderr.write('usage: score --truth truth.json --findings findings.ndjson [--json] [--examples]\n');
    return 2;
  }
  const truth = truthFile.parse(JSON.parse(read(values.truth)));
  const result = score(truth, parseFindings(read(values.findings), values.findings));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return 0;
  }
  process.stdout.write(scoreText(result));
  if (values.examples) {
    process.stdout.write(`\nMissed:\n${result.missedExamples.join('\n')}\n\nFalse alarms:\n${result.falseExamples.join('\n')}\n`);
  }
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`score: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
