import type { Identity } from '../identity/types.ts';

/** Record → its other spellings, without the key itself. Only the few records that have some are in the map. */
export function aliasIndex(identity: Identity, value: (identifier: number) => string): (record: number) => readonly string[] {
  const { recordOf, records } = identity;
  const spellingCount = new Uint16Array(records.count + 1);
  for (let identifier = 1; identifier < recordOf.length; identifier++) {
    const record = recordOf[identifier]!;
    if (spellingCount[record]! < 0xffff) spellingCount[record]!++;
  }
  const spellings = new Map<number, string[]>();
  for (let identifier = 1; identifier < recordOf.length; identifier++) {
    const record = recordOf[identifier]!;
    if (record === 0 || spellingCount[record] === 1 || value(identifier) === records.key[record]) continue;
    const list = spellings.get(record);
    if (list === undefined) spellings.set(record, [value(identifier)]);
    else list.push(value(identifier));
  }
  for (const list of spellings.values()) list.sort();
  const none: readonly string[] = Object.freeze([]);
  return (record) => spellings.get(record) ?? none;
}
