import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { SaxesParser } from 'saxes';
import { chooseFormat } from '../../src/intake/formats/index.ts';
import { runChild } from './child.ts';
import { FORMAT_DATA, pieces, type FormatData } from './format-data.ts';
import type { FormatRun } from './formats-process.ts';

/**
 * How fast each format that streams is read, in one thread, beside the least that could be done with the same bytes in the same run, and how
 * much memory reading a file of a given size takes.
 *
 * `npm run bench:formats -- [--mb 16] [--memory 16] [--only csv]`: data for the speed, size of the file for the memory (0: not measured), and
 * formats whose name begins so.
 */
const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '16' },
    memory: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
  },
});
const CHUNK_BYTES = 512 * 1024;
/** A file beyond this says nothing that a smaller one does not. */
const MOST_MEMORY_MB = 1024;

const megabytes = Number(values.mb);
const memoryMb = Math.min(MOST_MEMORY_MB, Number(values.memory));
const chosen = FORMAT_DATA.filter((data) => data.name.startsWith(values.only));

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}; ${megabytes} MB each`);
print(`${'format'.padEnd(28)}   MB/s  k entries/s   limit MB/s  share${memoryMb > 0 ? `   peak MB for ${memoryMb} MB` : ''}`);
for (const data of chosen) {
  const bytes = Buffer.from([...pieces(data, megabytes)].join(''));
  const { seconds, entries, rejected, id } = await measure(data, bytes);
  const limit = bytes.length / 1e6 / limitOf(id)(bytes);
  const speed = bytes.length / 1e6 / seconds;
  const peak = memoryMb > 0 ? `   ${(await peakOf(data)).toFixed(0).padStart(5)}` : '';
  print(
    `${`${data.name} (${id})`.padEnd(28)} ${speed.toFixed(0).padStart(6)} ${(entries / seconds / 1000).toFixed(0).padStart(12)} ${limit.toFixed(0).padStart(12)} ${(speed / limit).toFixed(2).padStart(6)}${peak}${rejected > 0 ? `   ${rejected} rejected` : ''}`,
  );
}
print('limit: JSON.parse for each line or document, saxes without handlers, or splitting into lines (segments) and cells');

async function measure(data: FormatData, bytes: Buffer) {
  const head = bytes.subarray(0, 262_144);
  const choice = chooseFormat({ name: data.file, bytes: head, text: head.toString(), complete: false });
  if (choice === undefined) throw new Error(`no format fits ${data.name}`);
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
  };
  let entries = 0;
  let rejected = 0;
  const start = performance.now();
  const sink = { entry: (): void => void entries++, reject: (): void => void rejected++ };
  await choice.format.read(chunks(), choice.detection.options, sink, chunks);
  return { seconds: (performance.now() - start) / 1000, entries, rejected, id: choice.format.id };
}

/** Seconds for the least that a reader of this format could do. */
function limitOf(format: string): (bytes: Buffer) => number {
  const timed = (work: (text: string) => void) => (bytes: Buffer) => {
    const start = performance.now();
    work(bytes.toString());
    return (performance.now() - start) / 1000;
  };
  let kept = 0;
  const cells = (ends: RegExp | string, between: RegExp | string) =>
    timed((text) => {
      for (const line of text.split(ends)) kept += line.split(between).length;
    });
  switch (format) {
    case 'ndjson':
      return timed((text) => {
        for (const line of text.split('\n')) if (line !== '') kept += Object.keys(JSON.parse(line) as object).length;
      });
    case 'json':
      return timed((text) => (kept += Object.keys(JSON.parse(text) as object).length));
    case 'xml':
    case 'xes':
      return timed((text) => new SaxesParser().write(text).close());
    case 'x12':
      return cells('~', '*');
    case 'edifact':
    case 'tradacoms':
      return cells("'", '+');
    case 'hl7':
      return cells('\r', '|');
    case 'csv':
      return cells('\n', ',');
    default:
      return cells('\n', ' ');
  }
}

async function peakOf(data: FormatData): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-formats-'));
  try {
    const file = join(folder, data.file);
    await pipeline(Readable.from(pieces(data, memoryMb)), createWriteStream(file));
    return (await runChild<FormatRun>('formats', [file])).peakMb;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
