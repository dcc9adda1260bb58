import { SaxesParser } from 'saxes';
import { chooseFormat } from '../../src/intake/formats/index.ts';
import { type FormatData, pieces } from './format-data.ts';

const CHUNK_BYTES = 512 * 1024;
/** The best of so many: the first ones compile. */
const ROUNDS = 4;

/**
 * How fast each format is read, in one thread, beside the least that could be done with the same bytes in the same run. In time on a core, so that
 * other work on the machine counts little.
 */
export async function printSpeed(
  formats: readonly FormatData[],
  megabytes: number,
  only: string,
  print: (line: string) => void,
): Promise<void> {
  print(`${'format'.padEnd(28)}   MB/s  k entries/s   limit MB/s  share   (${megabytes} MB each)`);
  for (const data of formats.filter(({ name }) => name.startsWith(only))) {
    const bytes = Buffer.from([...pieces(data, megabytes)].join(''));
    let seconds = Infinity;
    let least = Infinity;
    let read = { id: '', entries: 0, rejected: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const start = process.cpuUsage();
      read = await readAll(data, bytes);
      seconds = Math.min(seconds, since(start));
      const before = process.cpuUsage();
      limitOf(read.id)(bytes.toString());
      least = Math.min(least, since(before));
    }
    const mb = bytes.length / 1e6;
    const rejected = read.rejected > 0 ? `   ${read.rejected} rejected` : '';
    print(
      `${`${data.name} (${read.id})`.padEnd(28)} ${(mb / seconds).toFixed(0).padStart(6)} ${(read.entries / seconds / 1000).toFixed(0).padStart(12)} ${(mb / least).toFixed(0).padStart(12)} ${(least / seconds).toFixed(2).padStart(6)}${rejected}`,
    );
  }
  print('limit: JSON.parse for each line or document, saxes without handlers, or splitting into lines (segments) and cells');
}

/** Seconds of all threads of this process. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

async function readAll(data: FormatData, bytes: Buffer): Promise<{ id: string; entries: number; rejected: number }> {
  const head = bytes.subarray(0, 262_144);
  const choice = chooseFormat({ name: data.file, bytes: head, text: head.toString(), complete: false });
  if (choice === undefined) throw new Error(`no format fits ${data.name}`);
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
  };
  let entries = 0;
  let rejected = 0;
  const sink = { entry: (): void => void entries++, reject: (): void => void rejected++ };
  await choice.format.read(chunks(), choice.detection.options, sink, chunks);
  return { entries, rejected, id: choice.format.id };
}

/** The least that a reader of this format could do with a text. */
function limitOf(format: string): (text: string) => unknown {
  const cells = (ends: string, between: string) => (text: string) =>
    text.split(ends).reduce((sum, line) => sum + line.split(between).length, 0);
  switch (format) {
    case 'ndjson':
      return (text) => text.split('\n').map((line) => line !== '' && Object.keys(JSON.parse(line) as object).length);
    case 'json':
      return (text) => Object.keys(JSON.parse(text) as object).length;
    case 'xml':
    case 'xes':
      return (text) => new SaxesParser().write(text).close();
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
