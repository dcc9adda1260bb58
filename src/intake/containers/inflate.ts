import { type Duplex, pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { UserError } from '../../model/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { guarded } from './limits.ts';
import type { ContainerLimits } from './types.ts';
import { zstdFrames } from './zstd-frames.ts';

const OUTPUT_CHUNK_BYTES = 256 * 1024;

/** The content of a gzip file of one or more members. */
export function gunzipSource(source: ByteSource, limits: ContainerLimits): ByteSource {
  return inflated(source, limits, 'gzip', (chunks) => through(chunks, createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES })));
}

/** The content of a Zstandard file of one or more frames. */
export function unzstdSource(source: ByteSource, limits: ContainerLimits): ByteSource {
  return inflated(source, limits, 'zstd', async function* (chunks) {
    // The decoder of node:zlib stops after one frame.
    for await (const frame of zstdFrames(chunks)) yield* through(frame, createZstdDecompress({ chunkSize: OUTPUT_CHUNK_BYTES }));
  });
}

function inflated(
  source: ByteSource,
  limits: ContainerLimits,
  kind: string,
  decode: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): ByteSource {
  return {
    ...source,
    async *read(onDisk) {
      let compressed = 0;
      let disk = 0;
      const watch = (bytes: number): void => {
        disk += bytes;
        onDisk(bytes);
      };
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const chunk of source.read(watch)) {
          compressed += chunk.length;
          yield chunk;
        }
      }
      // Packed twice, the ratios multiply: what counts is the file that the user gave.
      const packed = (): number => (disk > 0 ? Math.min(compressed, disk) : compressed);
      try {
        yield* guarded(decode(counted()), packed, limits, source.name);
      } catch (error) {
        throw damage(error, source.name, kind);
      }
    },
  };
}

/** What a decoder of node:zlib complains about, as one sentence. */
export function damage(error: unknown, name: string, kind: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR')
    return new UserError('file-unreadable', `${name} is a ${kind} file that was cut off: its end is missing`, name);
  if (code.startsWith('Z_') || code.startsWith('ZSTD_'))
    return new UserError('file-unreadable', `${name} is a damaged ${kind} file (${error.message})`, name);
  return error;
}

/** Runs chunks through a stream of node:zlib. Leaving the loop early closes both. */
export async function* through(chunks: AsyncIterable<Uint8Array>, decoder: Duplex): AsyncGenerator<Uint8Array> {
  // Errors reach the loop below through the decoder, which the pipeline destroys with them.
  pipeline(Readable.from(chunks, { objectMode: false, highWaterMark: 1 }), decoder, () => undefined);
  for await (const chunk of decoder) yield chunk as Uint8Array;
}
