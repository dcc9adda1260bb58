import { discover, isRefusal } from '../../src/intake/containers/index.ts';
import { mapperFor, samplePart, understandSample } from '../../src/intake/plan.ts';
import { readPart } from '../../src/intake/read-part.ts';

/** What reading one file gave. */
export interface FormatRun {
  /** Recognised as. */
  readonly format: string;
  /** Time that all threads of the process had on a core, from its start: what other work on the machine takes is not in it. Seconds. */
  readonly cpu: number;
  /** Of decoded text. */
  readonly bytes: number;
  readonly entries: number;
  readonly rejected: number;
}

/** Reads one file, `-` for standard input, as an import does, up to the writer: recognised, understood, cut, mapped, packed. Prints what came of it. */
const [path] = process.argv.slice(2) as [string];
const plan = { profile: undefined, userProfile: undefined, zone: undefined, system: undefined };
const formats = new Set<string>();
let [bytes, entries, rejected] = [0, 0, 0];
for await (const part of discover([path])) {
  if (isRefusal(part)) throw new Error(part.reason);
  const sample = await samplePart(part, plan);
  if (sample === undefined) throw new Error(`${path} was written by Waybill itself`);
  const { format, mapper } = mapperFor(part, sample.format.id, sample.options, understandSample(part, sample, plan), []);
  const nothing = (): Promise<void> => Promise.resolve();
  const sink = { events: nothing, block: nothing, rejects: nothing };
  const totals = await readPart(part, format, sample.options, mapper, sink, { cancelled: () => false, progress: () => undefined });
  formats.add(format.id);
  bytes += totals.bytes;
  entries += totals.entries;
  rejected += totals.rejected;
}
const { user, system } = process.cpuUsage();
const run: FormatRun = { format: [...formats].join(' '), cpu: (user + system) / 1e6, bytes, entries, rejected };
process.stdout.write(`${JSON.stringify(run)}\n`);
