import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { FORMAT_DATA } from './format-data.ts';
import { printMemory } from './format-memory.ts';
import { printSpeed } from './format-speed.ts';

/**
 * `npm run bench:formats -- [--mb 16] [--memory 0] [--only csv]`: how fast each format that streams is read (so many megabytes each; 0: not
 * measured), and how much memory reading so many megabytes takes, of formats and containers (0: not measured; 1000 takes most of an hour), for
 * names that begin so.
 */
const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '16' },
    memory: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, load ${load()}`);
const megabytes = Number(values.mb);
if (megabytes > 0) await printSpeed(FORMAT_DATA, megabytes, values.only, print);
const memory = Number(values.memory);
if (memory > 0) await printMemory(memory, values.only, print);
print(`load at the end ${load()}`);
