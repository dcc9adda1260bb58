import { discover, isRefusal } from '../../src/intake/containers/index.ts';
import { mapperFor, samplePart, understandSample } from '../../src/intake/plan.ts';
import { readPart } from '../../src/intake/read-part.ts';

/** What reading one file gave. */
export interface FormatRun {
  readonly seconds: number;
  readonly entries: number;
  readonly rejected: number;
}

/** Reads one file as an import does, up to the writer: recognised, understood, cut, mapped, packed. Prints what came of it. */
const [path] = process.argv.slice(2) as [string];
const plan = { profile: undefined, userProfile: undefined, zone: undefined, system: undefined };
for await (const part of discover([path])) {
  if (isRefusal(part)) throw new Error(part.reason);
  const sample = await samplePart(part, plan);
  if (sample === undefined) throw new Error(`${path} was written by Waybill itself`);
  const start = performance.now();
  const { format, mapper } = mapperFor(part, sample.format.id, sample.options, understandSample(part, sample, plan), []);
  const nothing = (): Promise<void> => Promise.resolve();
  const { entries, rejected } = await readPart(
    part,
    format,
    sample.options,
    mapper,
    { events: nothing, block: nothing, rejects: nothing },
    { cancelled: () => false, progress: () => undefined },
  );
  const run: FormatRun = { seconds: (performance.now() - start) / 1000, entries, rejected };
  process.stdout.write(`${JSON.stringify(run)}\n`);
}
