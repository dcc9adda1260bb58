/**
 * Reads every fixture of the project as an import would, each alone and without a profile, and prints what became of it as a table.
 *
 *   node scripts/intake-table.ts [-- --shared]
 *
 * `--shared` reads the exports of others in ../shared/data instead, where they are there. That table is for looking at; nothing of it is kept.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { discover, isRefusal } from '../src/intake/containers/index.ts';
import type { Part } from '../src/intake/containers/types.ts';
import { Draft } from '../src/intake/draft.ts';
import { SAMPLES } from '../src/intake/formats/samples.ts';
import { learnTextPatterns, mapperFor, previewSample, samplePart, understandSample } from '../src/intake/plan.ts';
import { stepsToldInText } from '../src/intake/told-in-text.ts';
import { UserError } from '../src/model/errors.ts';
import { writeOrderFiles } from '../test/support/order-folder/index.ts';

interface Row {
  readonly file: string;
  readonly format: string;
  readonly profile: string;
  readonly events: number;
  readonly rejected: number;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NO_OPTIONS = { profile: undefined, userProfile: undefined, zone: undefined, system: undefined };

/** The table of all fixtures, for `docs/intake.md`. */
export async function fixtureTable(): Promise<string> {
  return table([
    ...(await rowsBelow(join(ROOT, 'test/golden/profiles'))),
    ...(await orderRows()),
    ...(await Promise.all(SAMPLES.map(rowOfSample))),
  ]);
}

/** The folder with one file of each kind about one order. */
async function orderRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-intake-'));
  try {
    writeOrderFiles(folder);
    return (await rowsBelow(folder)).map((row) => ({ ...row, file: `order-folder/${row.file}` }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function rowsBelow(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const found of discover([folder])) {
    const file = (isRefusal(found) ? found.path : found.path.concat(found.member === undefined ? '' : ` › ${found.member}`)).slice(
      folder.length + 1,
    );
    if (/^[^/]+\.ts$|\/expected[^/]*$|^INDEX\.md$/.test(file)) continue;
    rows.push(isRefusal(found) ? refused(file, found.reason) : await rowOf(file, found));
  }
  return rows.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function rowOfSample({ name, content }: { readonly name: string; readonly content: string }): Promise<Row> {
  const part: Part = {
    name,
    path: name,
    member: undefined,
    diskBytes: undefined,
    encoding: 'utf-8',
    async *open() {
      yield Buffer.from(content);
    },
  };
  return rowOf(`formats/${name}`, part);
}

function refused(file: string, reason: string): Row {
  return { file, format: '–', profile: reason, events: 0, rejected: 0 };
}

async function rowOf(file: string, part: Part): Promise<Row> {
  try {
    const sample = await samplePart(part, NO_OPTIONS);
    if (sample === undefined) return refused(file, 'written by Waybill itself');
    const proposed = understandSample(part, sample, NO_OPTIONS);
    const patterns = learnTextPatterns(previewSample(part, sample, proposed, []).identifiers);
    const compile = (mapping: typeof proposed) => mapperFor(part, sample.format.id, sample.options, mapping, patterns);
    const mapping = stepsToldInText(proposed, sample.entries, compile(proposed).mapper) ?? proposed;
    const { format, mapper } = compile(mapping);
    const draft = new Draft();
    let events = 0;
    let rejected = 0;
    const emit = (): void => void events++;
    const sink = {
      entry: (entry: (typeof sample.entries)[number]): void => {
        draft.reset();
        if (mapper(entry, draft, emit) !== undefined) rejected++;
      },
      reject: (): void => void rejected++,
    };
    await format.read(part.open(), sample.options, sink, () => part.open());
    draft.reset();
    mapper.end?.(draft, emit);
    return { file, format: format.id, profile: mapping.profile, events, rejected };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return refused(file, error.message);
  }
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ file, format, profile, events, rejected }) =>
      `| \`${file.replaceAll('|', '\\|')}\` | ${format} | ${profile} | ${events} | ${rejected} |`,
  );
  return `| file | format | profile | events | rejected |\n|---|---|---|--:|--:|\n${lines.join('\n')}\n`;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const shared = join(ROOT, '../shared/data');
  if (!process.argv.includes('--shared')) process.stdout.write(await fixtureTable());
  else if (existsSync(shared)) process.stdout.write(table(await rowsBelow(shared)));
  else process.stderr.write('skipped: ../shared/data is not here\n');
}
