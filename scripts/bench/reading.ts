import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ObservedLoad } from '../../src/analysis/observed-load.ts';
import type { EventBatch } from '../../src/intake/batch.ts';
import { discover, isRefusal } from '../../src/intake/containers/index.ts';
import { Notices } from '../../src/intake/notices.ts';
import { learnTextPatterns, mapperFor, previewSample, samplePart, understandSample } from '../../src/intake/plan.ts';
import { readPart } from '../../src/intake/read-part.ts';
import { openWriter } from '../../src/workspace/open.ts';
import { SourceWriter } from '../../src/workspace/source-writer.ts';

/**
 * What reading a file costs, in seconds of processor time: the parse thread's part, and with `--write FILE` the write thread's, here in one thread one
 * after the other so that neither waits for the other.
 *
 * `node --max-semi-space-size=48 scripts/bench/reading.ts FILE [--blocks] [--write WORKSPACE]`
 */
const { values, positionals } = parseArgs({
  options: { blocks: { type: 'boolean', default: false }, write: { type: 'string' } },
  allowPositionals: true,
});
const path = positionals[0]!;

function cpuOf(usage: NodeJS.CpuUsage): number {
  return (usage.user + usage.system) / 1e6;
}

const options = { profile: undefined, userProfile: undefined, zone: undefined, system: undefined };
for await (const part of discover([path], {})) {
  if (isRefusal(part)) throw new Error(part.reason);
  const sample = await samplePart(part, options);
  if (sample === undefined) continue;
  const mapping = understandSample(part, sample, options);
  const patterns = learnTextPatterns(previewSample(part, sample, mapping, []).identifiers);
  const { format, mapper } = mapperFor(part, sample.format.id, sample.options, mapping, patterns, new Notices());
  if (values.write !== undefined) for (const ending of ['', '-wal', '-shm', '-lock']) rmSync(values.write + ending, { force: true });
  const db = values.write === undefined ? undefined : openWriter(values.write);
  db?.pragma('synchronous = OFF');
  const writer = db === undefined ? undefined : new SourceWriter(db, new ObservedLoad());
  const start = { name: part.name, path: part.path, format: format.id, options: {}, mapping, encoding: 'utf-8', diskBytes: undefined };
  const source = writer?.begin({ ...start, importedAt: new Date(0).toISOString() }) ?? 0;
  let events = 0;
  let writing = 0;
  const written = (work: () => void): Promise<void> => {
    const before = process.threadCpuUsage();
    work();
    writing += cpuOf(process.threadCpuUsage(before));
    return Promise.resolve();
  };
  const began = performance.now();
  const before = process.cpuUsage();
  const own = process.threadCpuUsage();
  const totals = await readPart(
    part,
    format,
    sample.options,
    mapper,
    {
      events: (batch: EventBatch) => written(() => ((events += batch.count), writer?.events(source, batch))),
      block: values.blocks ? (offset, length, body) => written(() => writer?.block(source, { offset, length, body })) : undefined,
      rejects: () => Promise.resolve(),
    },
    { cancelled: () => false, progress: () => undefined },
  );
  await written(() => writer?.end(source, { bytes: totals.bytes, sha256: totals.sha256, entries: totals.entries }));
  const thread = cpuOf(process.threadCpuUsage(own));
  process.stdout.write(
    `${part.name}: ${events} events, ${(totals.bytes / 1e6).toFixed(0)} MB, ${((performance.now() - began) / 1000).toFixed(1)} s; processor ` +
      `${cpuOf(process.cpuUsage(before)).toFixed(1)} s: reading ${(thread - writing).toFixed(1)}, writing ${writing.toFixed(1)}\n`,
  );
}
