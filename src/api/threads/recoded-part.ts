import { createHash } from 'node:crypto';
import { createEncoder, MARKS } from '../../intake/containers/encode.ts';
import { decoded, givenEncoding } from '../../intake/containers/encoding.ts';
import { encodingByName } from '../../intake/containers/index.ts';
import type { Encoding } from '../../intake/containers/encodings.ts';
import type { Part } from '../../intake/containers/types.ts';
import { Cancelled, UserError } from '../../model/errors.ts';
import type { StoredSource } from '../../workspace/readers/sources.ts';
import { storedPart } from './stored-part.ts';

/** How the bytes of a source come back from its text. */
interface WayBack {
  readonly encoding: Encoding;
  readonly mark: readonly number[];
}

/**
 * The text of a source, read in another encoding. The workspace keeps text, not bytes; where the text gives the bytes back, which the source's SHA-256 proves,
 * they are decoded anew. Throws `UserError` `invalid-input` where it does not: what stood for no character of its encoding is gone.
 */
export async function recodedPart(workspace: string, source: StoredSource, encoding: Encoding, cancelled: () => boolean): Promise<Part> {
  const stored = storedPart(workspace, source);
  const way = await findWayBack(stored, source, cancelled);
  if (way === undefined) {
    throw new UserError(
      'invalid-input',
      `${source.name} was read as ${source.encoding}, and its text does not give its bytes back: import the file again with this encoding, it then takes the place of the source`,
      source.name,
    );
  }
  return {
    ...stored,
    encoding,
    async *open(watch) {
      const encode = createEncoder(way.encoding);
      async function* bytes(): AsyncGenerator<Uint8Array> {
        if (way!.mark.length > 0) yield Uint8Array.from(way!.mark);
        for await (const text of stored.open({ onDisk: watch?.onDisk })) yield encode(text);
      }
      async function* watched(): AsyncGenerator<Uint8Array> {
        for await (const chunk of bytes()) {
          watch?.onContent?.(chunk);
          yield chunk;
        }
      }
      yield* decoded(watched(), givenEncoding(encoding, Uint8Array.from(way.mark)), () => undefined);
    },
  };
}

/** The encoding that was noted, with and without a mark; for text that began as ASCII also what it may have turned out to be. */
async function findWayBack(stored: Part, source: StoredSource, cancelled: () => boolean): Promise<WayBack | undefined> {
  const noted = encodingByName(source.encoding);
  if (noted === undefined) return undefined;
  const encodings: readonly Encoding[] = noted === 'utf-8' ? ['utf-8', 'windows-1252'] : [noted];
  const ways = encodings.flatMap((encoding): readonly WayBack[] => [
    { encoding, mark: [] },
    ...(MARKS[encoding] === undefined ? [] : [{ encoding, mark: MARKS[encoding] }]),
  ]);
  const tries = ways.map((way) => {
    const hash = createHash('sha256').update(Uint8Array.from(way.mark));
    return { way, hash, encode: createEncoder(way.encoding) };
  });
  for await (const text of stored.open()) {
    if (cancelled()) throw new Cancelled('the plan');
    for (const { hash, encode } of tries) hash.update(encode(text));
  }
  return tries.find(({ hash }) => hash.digest('hex') === source.sha256)?.way;
}
