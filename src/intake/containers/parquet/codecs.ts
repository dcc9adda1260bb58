import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type CompressionCodec, type Compressors, snappyUncompress } from 'hyparquet';

/** Unpacks one page. `length` is what the page says it unpacks to. Throws when it is damaged or unpacks to more. */
export type Unpack = (input: Uint8Array, length: number) => Uint8Array;

const OWN: Readonly<Partial<Record<CompressionCodec, Unpack>>> = {
  UNCOMPRESSED: (input) => input,
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  SNAPPY: (input, length) => {
    const output = new Uint8Array(length);
    snappyUncompress(input, output);
    return output;
  },
};

/**
 * The decoder of a codec; undefined when it is not supported. What Node has is taken from there; LZ4, with the framing of Hadoop or without, from
 * hyparquet-compressors.
 */
export async function unpackerOf(codec: CompressionCodec): Promise<Unpack | undefined> {
  const own = OWN[codec];
  if (own !== undefined || (codec !== 'LZ4' && codec !== 'LZ4_RAW')) return own;
  const { compressors }: { readonly compressors: Compressors } = await import('hyparquet-compressors');
  return compressors[codec];
}
