/**
 * What analysis alone costs, by stage, on a copy of a workspace that was imported before: seconds on the wall, and processor seconds of all
 * threads, which other work on the machine does not change. Identity has listened to the load, as in a first import. `--digest` prints a
 * hash of all that was derived, to compare two versions of the code; `--threads` judges in two threads, as an import does.
 *
 * `node scripts/bench/analysis.ts WORKSPACE [--rounds 3] [--threads] [--digest]`
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { analyse } from '../../src/analysis/analyse.ts';
import { ObservedLoad } from '../../src/analysis/observed-load.ts';
import { newControl } from '../../src/api/threads/control.ts';
import { journeyHelper } from '../../src/api/threads/journey-helper.ts';
import { columnBatches, dictionary } from '../../src/workspace/analysis-reader.ts';
import { identifierTable, readIdentifiers } from '../../src/workspace/identifier-values.ts';
import { openWriter, type Db } from '../../src/workspace/open.ts';

interface Options {
  readonly workspace: string;
  readonly rounds: number;
  readonly threads: boolean;
  readonly digest: boolean;
}

/** What analysis derives, row by row in a fixed order. */
const DERIVED = [
  'SELECT * FROM record ORDER BY id',
  'SELECT * FROM alias ORDER BY identifier_id',
  'SELECT * FROM link ORDER BY parent_id, child_id',
  'SELECT j.*, s.systems FROM journey j JOIN system_set s ON s.id = j.system_set_id ORDER BY j.id',
  'SELECT * FROM finding ORDER BY id',
  "SELECT key, value FROM meta WHERE key <> 'revision' ORDER BY key",
];

if (isMainThread) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      threads: { type: 'boolean', default: false },
      digest: { type: 'boolean', default: false },
    },
  });
  const [workspace] = positionals;
  if (workspace === undefined) throw new Error('name a workspace that was imported');
  const options: Options = { workspace, rounds: Number(values.rounds), threads: values.threads, digest: values.digest };
  // The young generation of the threads of an import.
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: options, resourceLimits: { maxYoungGenerationSizeMb: 48 } });
  worker.on('error', (error) => {
    throw error;
  });
} else {
  const options = workerData as Options;
  for (let round = 0; round < options.rounds; round++) await measure(options);
}

async function measure({ workspace, threads, digest }: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-analysis-'));
  try {
    const path = join(folder, 'copy.waybill');
    copyFileSync(workspace, path);
    const db = openWriter(path);
    // A first load leaves that index to its analysis.
    db.exec('DROP INDEX IF EXISTS identifier_value');
    const observed = observe(db);
    const stages = new Map<string, { wall: number; cpu: number }>();
    let stage = 'before journeys';
    let wall = performance.now();
    let cpu = process.cpuUsage();
    const end = (): void => {
      const used = process.cpuUsage(cpu);
      const now = performance.now();
      const sum = stages.get(stage) ?? { wall: 0, cpu: 0 };
      stages.set(stage, { wall: sum.wall + (now - wall) / 1000, cpu: sum.cpu + (used.user + used.system) / 1e6 });
      wall = now;
      cpu = process.cpuUsage();
    };
    const control = newControl();
    await analyse(
      db,
      {
        check: () => undefined,
        progress: (next) => {
          if (next === stage) return;
          end();
          stage = next;
        },
        ...(threads ? { helper: () => journeyHelper(path, control) } : {}),
      },
      observed,
    );
    end();
    const sum = { wall: 0, cpu: 0 };
    for (const each of stages.values()) {
      sum.wall += each.wall;
      sum.cpu += each.cpu;
    }
    stages.set('all', sum);
    print([...stages].map(([name, each]) => `${name} ${each.wall.toFixed(2)} s, CPU ${each.cpu.toFixed(2)} s`).join(' · '));
    if (digest) print(digestOf(db));
    db.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells identity of the load, as the writer does while it loads. */
function observe(db: Db): ObservedLoad {
  const observed = new ObservedLoad();
  const identifiers = identifierTable(readIdentifiers(db), dictionary(db, 'name'));
  for (let id = 1; id <= identifiers.count; id++) observed.identifier(identifiers.type(id), identifiers.value(id));
  for (const batch of columnBatches(db)) observed.observe(batch);
  return observed;
}

function digestOf(db: Db): string {
  return DERIVED.map((sql) => {
    const hash = createHash('sha256');
    for (const row of db.prepare(sql).raw().iterate()) hash.update(JSON.stringify(row));
    return `${/(?:FROM) (\w+)/.exec(sql)?.[1] ?? ''} ${hash.digest('hex').slice(0, 16)}`;
  }).join(' · ');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
