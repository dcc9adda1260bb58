import type { SettledObservations } from './observations.ts';

/** What types as wholes say, for ties. By kind, see `kinds.ts`. */
export interface TypeStats {
  /** Systems that mention the type. */
  readonly systems: readonly number[];
  readonly entries: readonly number[];
}

/**
 * @param recordOf identifier id → record id
 * @param typeOf record id → kind
 * @param kinds how many there are
 */
export function typeStats(seen: SettledObservations, recordOf: Uint32Array, typeOf: Uint16Array, kinds: number): TypeStats {
  const entries = Array.from({ length: kinds }, () => 0);
  const systems = Array.from({ length: kinds }, () => 0);
  for (let id = 1; id < recordOf.length; id++) entries[typeOf[recordOf[id]!]!]! += seen.entries[id]!;
  for (let system = 0; system < seen.systemCount; system++) {
    const has = new Uint8Array(kinds);
    for (let id = 1; id < recordOf.length; id++) if (seen.mentions(system, id)) has[typeOf[recordOf[id]!]!] = 1;
    has.forEach((value, kind) => (systems[kind]! += value));
  }
  return { systems, entries };
}
