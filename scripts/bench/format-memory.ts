import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild, type Run } from './child.ts';
import { CONTAINER_DATA, type ContainerData } from './container-data.ts';
import { FORMAT_DATA, type FormatData, ONE_ENTRY_DATA, pieces } from './format-data.ts';
import type { FormatRun } from './formats-process.ts';

/** Files are read at a tenth of the size too: what grows with the file shows in the difference. */
const PART = 10;
/** Of a file that is one entry, below the most that an entry may have. */
const ONE_ENTRY_MB = 60;

/**
 * Reads about so many megabytes of each format and container as an import does, each in a process of its own, and prints the most memory that it had.
 * The data is made while it is read; files that are read at several places, such as archives, are written before and removed after.
 * @param only what the names begin with.
 */
export async function printMemory(megabytes: number, only: string, print: (line: string) => void): Promise<void> {
  print(`${'format'.padEnd(36)}     MB   MB/s of CPU   peak MB   peak MB for a tenth`);
  const wanted = ({ name }: { readonly name: string }): boolean => name.startsWith(only);
  const line = async (name: string, most: number, run: (megabytes: number) => Promise<Run<FormatRun>>): Promise<void> => {
    const small = await run(most / PART);
    const { result, peakMb } = await run(most);
    const mb = result.bytes / 1e6;
    const shown = `${name} (${result.format})`.padEnd(36);
    const rejected = result.rejected > 0 ? `   ${result.rejected} rejected` : '';
    print(
      `${shown} ${mb.toFixed(0).padStart(6)} ${(mb / result.cpu).toFixed(0).padStart(13)} ${peakMb.toFixed(0).padStart(9)} ${small.peakMb.toFixed(0).padStart(21)}${rejected}`,
    );
  };
  for (const data of FORMAT_DATA.filter(wanted)) await line(data.name, megabytes, (mb) => readStream(data, mb));
  for (const data of CONTAINER_DATA.filter(wanted)) await line(data.name, megabytes, (mb) => readContainer(data, mb));
  for (const data of ONE_ENTRY_DATA.filter(wanted)) await line(data.name, Math.min(megabytes, ONE_ENTRY_MB), (mb) => readStream(data, mb));
}

function readStream(data: FormatData, megabytes: number): Promise<Run<FormatRun>> {
  return runChild<FormatRun>('formats', ['-'], pieces(data, megabytes));
}

async function readContainer({ stream, file }: ContainerData, megabytes: number): Promise<Run<FormatRun>> {
  if (stream !== undefined) return runChild<FormatRun>('formats', ['-'], stream(megabytes));
  const folder = mkdtempSync(join(tmpdir(), 'waybill-formats-'));
  try {
    const path = join(folder, `a.${file!.ending}`);
    await file!.write(path, megabytes);
    return await runChild<FormatRun>('formats', [path]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
