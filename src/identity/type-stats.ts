import type { SettledObservations } from './observations.ts';

/** What types as wholes say, for ties. By kind, see `kinds.ts`. */
export interface TypeStats {
  /** Systems that mention the kind. */
  readonly systems: readonly number[];
  /** Systems that mention any kind of its type. */
  readonly systemsOfType: readonly number[];
  readonly entries: readonly number[];
  readonly records: readonly number[];
}

/**
 * @param recordOf identifier id → record id
 * @param typeOf record id → kind
 * @param baseTypes kind → type
 */
export function typeStats(seen: SettledObservations, recordOf: Uint32Array, typeOf: Uint16Array, baseTypes: readonly number[]): TypeStats {
  const kinds = baseTypes.length;
  const entries = Array.from({ length: kinds }, () => 0);
  const records = Array.from({ length: kinds }, () => 0);
  for (let record = 1; record < typeOf.length; record++) records[typeOf[record]!]!++;
  const systems = Array.from({ length: kinds }, () => 0);
  const ofType = Array.from({ length: kinds }, () => 0);
  for (let id = 1; id < recordOf.length; id++) entries[typeOf[recordOf[id]!]!]! += seen.entries[id]!;
  for (let system = 0; system < seen.systemCount; system++) {
    const has = new Uint8Array(kinds);
    for (let id = 1; id < recordOf.length; id++) if (seen.mentions(system, id)) has[typeOf[recordOf[id]!]!] = 1;
    const hasType = new Set<number>();
    has.forEach((value, kind) => {
      systems[kind]! += value;
      if (value === 1) hasType.add(baseTypes[kind]!);
    });
    for (const type of hasType) ofType[type]!++;
  }
  return { systems, systemsOfType: baseTypes.map((type) => ofType[type]!), entries, records };
}
