import { UserError } from '../../../model/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { generatedPart } from '../generated.ts';
import type { ContainerLimits, Part } from '../types.ts';
import { readFooter } from './metadata.ts';
import { randomAccessOf } from '../random-access.ts';
import { rowPieces } from './rows.ts';

/**
 * A Parquet file (Apache Parquet format 2) as JSON lines, in the order of its row groups.
 * @param onDisk whether the source is a file of its own.
 * @throws UserError in one sentence: damaged, encrypted, without rows, compressed in an unknown way.
 */
export async function* parquetParts(source: ByteSource, limits: ContainerLimits, onDisk: boolean): AsyncGenerator<Part> {
  const open = await randomAccessOf(source, onDisk, 'a Parquet file');
  const access = await open();
  let rows = 0;
  try {
    rows = (await readFooter(access, source.name)).file.rows;
  } finally {
    await access.close();
  }
  if (rows === 0) throw new UserError('file-empty', `${source.name} is a Parquet file without rows`, source.path);
  async function* pieces(watch: (bytes: number) => void): AsyncGenerator<string> {
    const reader = await open();
    let left = source.diskBytes ?? 0;
    const onDisk = (bytes: number): void => {
      const step = Math.min(left, bytes);
      left -= step;
      watch(step);
    };
    try {
      const { file, annotated } = await readFooter(reader, source.name);
      yield* rowPieces(reader, file, annotated, source.name, onDisk);
      // Footer and indexes.
      watch(left);
    } finally {
      await reader.close();
    }
  }
  yield generatedPart(
    source,
    { member: undefined, extension: 'ndjson', diskBytes: source.diskBytes, packedBytes: access.size, pieces },
    limits,
  );
}
