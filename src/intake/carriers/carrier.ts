import type { Carrier, CarrierAbout, CarrierId } from '../../model/carrier.ts';
import { idsInName, isOpaque } from './name-ids.ts';
import { placeOf, type FilePlace } from './place-of.ts';
import type { SidecarFacts } from './sidecar-facts.ts';
import { documentNames, namesOf } from './sidecar-names.ts';

interface Named {
  readonly path: string;
  readonly member?: string | undefined;
}

/**
 * What the name of a document says of the execution that carried it, and what sidecars may call it. Undefined for standard input.
 * @param about what its sidecar says of it, where that is part of the same import
 */
export function documentCarrier({ path, member }: Named, about?: CarrierAbout): Carrier | undefined {
  const place = placeOf(path, member);
  if (place === undefined) return undefined;
  const ids = idsInName(place);
  return { ids, names: namesOf(place), sidecarOf: [], citation: citationOf(place, ids, about !== undefined), about };
}

/** What a sidecar says, and what its document may be called; undefined where the name is not that of a sidecar. */
export function sidecarCarrier({ path, member }: Named, facts: SidecarFacts): Carrier | undefined {
  const place = placeOf(path, member);
  const sidecarOf = place === undefined ? [] : documentNames(place);
  if (place === undefined || sidecarOf.length === 0) return undefined;
  // Two documents may have the same sidecar, byte for byte: each stands for its own.
  const at = `${place.folder}/${place.file}`;
  return { ids: facts.ids, names: [], sidecarOf, citation: at };
}

/** See `Carrier.citation`. A copy whose name says no more than that it is a copy has the same as the file. */
function citationOf(place: FilePlace, ids: readonly CarrierId[], hasSidecar: boolean): string {
  const said = ids.filter(({ value, sure }) => sure || isOpaque(value)).map(({ rank, value }) => `${rank}:${value}`);
  return JSON.stringify(hasSidecar ? [...said, `${place.folder}/${place.file}`] : said);
}
