import type { ByteSource } from './byte-source.ts';
import { guarded } from './limits.ts';
import type { ContainerLimits, Part } from './types.ts';

const PIECE_CHARACTERS = 128 * 1024;

/** Told how many bytes of the file on disk stand for what has been read, each time some more do. */
type DiskWatch = (bytes: number) => void;

/** A table of a binary file as text: what identifies it is the text, since two copies of one table need not be stored alike. */
export interface GeneratedText {
  /** Name inside the file: a sheet, a table. Undefined when the file is the table. */
  readonly member: string | undefined;
  readonly extension: 'csv' | 'ndjson' | 'jsonocel';
  /** Bytes on disk that it stands for. */
  readonly diskBytes: number | undefined;
  /** Most bytes that the text may grow to follow from these, as for an archive. */
  readonly packedBytes: number;
  /** The text in pieces of whole lines. Called for each reading. Throws `UserError`. */
  readonly pieces: (onDisk: DiskWatch) => AsyncIterable<string> | Iterable<string>;
}

/** A part whose text is made while it is read; nothing of it is kept. */
export function generatedPart(source: ByteSource, text: GeneratedText, limits: ContainerLimits): Part {
  const name = text.member === undefined ? source.name : `${source.name} › ${text.member}`;
  const outer = source.member;
  return {
    name,
    path: source.path,
    member: text.member === undefined ? outer : outer === undefined ? text.member : `${outer} › ${text.member}`,
    diskBytes: text.diskBytes,
    encoding: 'utf-8',
    extension: text.extension,
    async *open(watch) {
      let consumed = 0;
      const onDisk: DiskWatch = (bytes) => {
        consumed += bytes;
        watch?.onDisk?.(Math.round(consumed));
      };
      for await (const chunk of guarded(encoded(text.pieces(onDisk)), () => text.packedBytes, limits, name)) {
        watch?.onContent?.(chunk);
        yield chunk;
      }
    },
  };
}

async function* encoded(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}

/** Joins lines to pieces: waiting for each line would take longer than making it. */
export function* inPieces(lines: Iterable<string>): Generator<string> {
  let pending: string[] = [];
  let characters = 0;
  for (const line of lines) {
    pending.push(line, '\n');
    characters += line.length + 1;
    if (characters < PIECE_CHARACTERS) continue;
    yield pending.join('');
    pending = [];
    characters = 0;
  }
  if (characters > 0) yield pending.join('');
}
