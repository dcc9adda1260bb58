import type { IdentifierTable } from '../identity/types.ts';
import type { Db } from './open.ts';

/** All identifiers of a workspace in three shared buffers: what other threads of the same analysis need no copy of. */
export interface SharedIdentifiers {
  readonly count: number;
  /** Name id of the type, by identifier id. */
  readonly types: Uint32Array<SharedArrayBuffer>;
  /** `starts[id]..starts[id + 1]` is the text of an identifier in `bytes`. Doubles where 32 bits do not reach. */
  readonly starts: Uint32Array<SharedArrayBuffer> | Float64Array<SharedArrayBuffer>;
  /** UTF-8. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** Whether all of it is ASCII, which reads several times as fast. */
  readonly ascii: boolean;
}

/** Rows that are read as one: stepping through them, or parsing their texts, took four times as long. */
const CHUNK = 10_000;

/** Reads all identifiers. As strings they took 60 to 100 bytes each, this way about 8 and their text. */
export function readIdentifiers(db: Db): SharedIdentifiers {
  const [count, size] = db.prepare('SELECT coalesce(max(id), 0), coalesce(sum(octet_length(value)), 0) FROM identifier').raw().get() as [
    number,
    number,
  ];
  const types = new Uint32Array(new SharedArrayBuffer(4 * (count + 1)));
  const starts =
    size < 2 ** 32 ? new Uint32Array(new SharedArrayBuffer(4 * (count + 2))) : new Float64Array(new SharedArrayBuffer(8 * (count + 2)));
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  let at = 0;
  let last = 0;
  const select = db
    .prepare(
      `SELECT json_group_array(id), json_group_array(type_id), json_group_array(octet_length(value)), CAST(group_concat(value, '') AS BLOB)
       FROM (SELECT id, type_id, value FROM identifier WHERE id BETWEEN ? AND ? ORDER BY id)`,
    )
    .raw();
  for (let from = 1; from <= count; from += CHUNK) {
    const [idsJson, typesJson, lengthsJson, text] = select.get(from, from + CHUNK - 1) as [string, string, string, Uint8Array | null];
    const ids = JSON.parse(idsJson) as number[];
    const typeIds = JSON.parse(typesJson) as number[];
    const lengths = JSON.parse(lengthsJson) as number[];
    if (text !== null) bytes.set(text, at);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      while (last < id) starts[++last] = at;
      types[id] = typeIds[i]!;
      at += lengths[i]!;
    }
  }
  while (last <= count) starts[++last] = at;
  return { count, types, starts, bytes, ascii: isAscii(bytes) };
}

/** Identifiers as identity reads them. `names` are the workspace's names by id. */
export function identifierTable(shared: SharedIdentifiers, names: readonly string[]): IdentifierTable {
  const { count, types, starts, ascii } = shared;
  const text = bufferOver(shared.bytes);
  const encoding = ascii ? 'latin1' : 'utf8';
  return {
    count,
    type: (id) => names[types[id]!] ?? '',
    value: (id) => text.toString(encoding, starts[id], starts[id + 1]),
  };
}

function bufferOver(bytes: Uint8Array<SharedArrayBuffer>): Buffer<SharedArrayBuffer> {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 127) return false;
  return true;
}
