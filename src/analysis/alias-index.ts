import type { Identity, IdentifierTable } from '../identity/types.ts';

/** Records that are spelled in several ways, in shared buffers: 12 bytes a record and 4 a spelling. */
export interface AliasIndex {
  /** The records that have other spellings than their key, ascending. */
  readonly records: Uint32Array;
  /** `identifiers[start[i]..start[i + 1]]` are the other spellings of `records[i]`. */
  readonly start: Uint32Array;
  readonly identifiers: Uint32Array;
}

/** Finds the other spellings of all records, without the keys themselves. */
export function aliasIndex({ recordOf, records }: Identity, identifiers: IdentifierTable): AliasIndex {
  const found = new Uint8Array(recordOf.length);
  const perRecord = new Uint32Array(records.count + 1);
  let count = 0;
  for (let identifier = 1; identifier < recordOf.length; identifier++) {
    const record = recordOf[identifier]!;
    if (record === 0 || records.keeper[record] === identifier || identifiers.value(identifier) === records.key(record)) continue;
    found[identifier] = 1;
    perRecord[record]!++;
    count++;
  }
  const spelled = perRecord.reduce((sum, spellings) => sum + (spellings > 0 ? 1 : 0), 0);
  const index = { records: shared(spelled), start: shared(spelled + 1), identifiers: shared(count) };
  let at = 0;
  for (let record = 1; record <= records.count; record++) {
    if (perRecord[record] === 0) continue;
    index.records[at] = record;
    index.start[at + 1] = index.start[at]! + perRecord[record]!;
    // From here on: where the record's next spelling goes.
    perRecord[record] = index.start[at++]!;
  }
  for (let identifier = 1; identifier < recordOf.length; identifier++) {
    if (found[identifier] === 1) index.identifiers[perRecord[recordOf[identifier]!]!++] = identifier;
  }
  return index;
}

/** The other spellings of a record, in alphabetical order. */
export function aliasesOf({ records, start, identifiers }: AliasIndex, record: number, table: IdentifierTable): readonly string[] {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (records[middle]! < record) low = middle + 1;
    else high = middle;
  }
  if (records[low] !== record) return [];
  return Array.from(identifiers.subarray(start[low], start[low + 1]), (identifier) => table.value(identifier)).toSorted();
}

function shared(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(Uint32Array.BYTES_PER_ELEMENT * length));
}
