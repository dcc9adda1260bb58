import type { Identity, IdentifierTable } from '../identity/types.ts';

/** Record → its other spellings in alphabetical order, without the key itself. Only the few records that have some are in the map. */
export function aliasIndex({ recordOf, records }: Identity, identifiers: IdentifierTable): ReadonlyMap<number, readonly string[]> {
  const spellings = new Map<number, string[]>();
  for (let identifier = 1; identifier < recordOf.length; identifier++) {
    const record = recordOf[identifier]!;
    if (record === 0 || records.keeper[record] === identifier) continue;
    const value = identifiers.value(identifier);
    if (value === records.key(record)) continue;
    const list = spellings.get(record);
    if (list === undefined) spellings.set(record, [value]);
    else list.push(value);
  }
  for (const list of spellings.values()) list.sort();
  return spellings;
}
