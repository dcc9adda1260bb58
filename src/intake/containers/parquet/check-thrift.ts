import { ByteCursor } from './byte-cursor.ts';

const MAX_DEPTH = 64;

/**
 * Walks over a structure of Thrift's compact protocol (thrift-compact-protocol.md) without making anything of it, because the decoder takes
 * lengths and numbers of any size. Throws when it does not end within the bytes.
 */
export function checkThrift(bytes: Uint8Array, at: number): void {
  skipStruct(new ByteCursor(bytes, at), 0);
}

function skipStruct(cursor: ByteCursor, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error(`it nests deeper than ${MAX_DEPTH} levels`);
  for (;;) {
    const header = cursor.byte();
    if ((header & 0x0f) === 0) return;
    // The field's number, where it is not told by the distance from the one before.
    if (header >> 4 === 0) cursor.skipVarint();
    skipValue(cursor, header & 0x0f, depth, false);
  }
}

function skipValue(cursor: ByteCursor, type: number, depth: number, inList: boolean): void {
  switch (type) {
    // A field that is a truth is told by its type alone.
    case 1:
    case 2:
      cursor.skip(inList ? 1 : 0);
      return;
    case 3:
      cursor.skip(1);
      return;
    case 4:
    case 5:
    case 6:
      cursor.skipVarint();
      return;
    case 7:
      cursor.skip(8);
      return;
    case 8:
      cursor.skip(cursor.varint());
      return;
    case 9: {
      const header = cursor.byte();
      const size = header >> 4 === 15 ? cursor.varint() : header >> 4;
      if (size > cursor.bytes.length - cursor.at) throw new Error('a list is longer than its bytes');
      for (let i = 0; i < size; i++) skipValue(cursor, header & 0x0f, depth + 1, true);
      return;
    }
    case 12:
      skipStruct(cursor, depth + 1);
      return;
    default:
      throw new Error(`it has a field of an unknown type (${type})`);
  }
}
