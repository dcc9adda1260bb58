import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { benchDuckDb } from './duckdb.ts';

const [file, folder] = process.argv.slice(2) as [string, string];
const database = join(folder, 'bench.duckdb');
rmSync(database, { force: true });
const times = await benchDuckDb(file, database);
process.stdout.write(`${JSON.stringify(times)}\n`);
