import type { Carrier, CarrierAbout } from '../../model/carrier.ts';
import type { Entry } from '../entry.ts';
import type { Draft } from '../draft.ts';
import type { Emit, Mapper } from '../mapper.ts';
import { sidecarCarrier } from './carrier.ts';
import { placeOf } from './place-of.ts';
import { sidecarFacts, type SidecarFacts } from './sidecar-facts.ts';
import { documentNames, namesOf } from './sidecar-names.ts';

/** A part of an import as far as it matters for telling documents from what stands beside them. */
export interface PossibleSidecar {
  readonly name: string;
  readonly path: string;
  readonly member: string | undefined;
  /** Its entries, where they are all of it; undefined where it is not known (any more) or understood by name. */
  readonly entries: readonly Entry[] | undefined;
}

export interface Sidecar {
  readonly carrier: Carrier;
  /** The names of its documents in the same import; it may also belong to one that is in the workspace. */
  readonly documents: readonly string[];
}

export interface Paired {
  readonly sidecar?: Sidecar | undefined;
  /** What the sidecar of a document says of it. */
  readonly about?: CarrierAbout | undefined;
}

/**
 * Finds the files that stand beside a document and say where it comes from. A file is one by its name and by what it holds: one object that
 * names an execution, or, where its document is there, a time or a system. Returns what was found, in the order of the parts.
 */
export function pairSidecars(parts: readonly PossibleSidecar[]): readonly Paired[] {
  const byName = new Map<string, number[]>();
  const places = parts.map(({ path, member }) => placeOf(path, member));
  places.forEach((place, i) => {
    if (place === undefined) return;
    for (const name of namesOf(place)) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [i]);
      else known.push(i);
    }
  });
  const paired: { sidecar?: Sidecar; about?: CarrierAbout }[] = parts.map(() => ({}));
  parts.forEach((part, i) => {
    const place = places[i];
    const names = place === undefined ? [] : documentNames(place);
    const facts = names.length === 0 ? undefined : factsOf(part);
    if (facts === undefined) return;
    const documents = [...new Set(names.flatMap((name) => byName.get(name) ?? []))].filter((at) => at !== i);
    const carrier = sidecarCarrier(part, facts);
    if (carrier === undefined || (documents.length === 0 && facts.ids.length === 0)) return;
    paired[i]!.sidecar = { carrier, documents: documents.map((at) => parts[at]!.name) };
    for (const at of documents) paired[at]!.about ??= { time: facts.time, system: facts.system, from: part.name };
  });
  // A sidecar of a sidecar is none: both stand beside the document.
  return paired.map(({ sidecar, about }) => (sidecar === undefined ? { about } : { sidecar }));
}

/** The parts beside which a file stands that is called like their sidecar. */
export function besideSidecars<T extends { readonly path: string; readonly member: string | undefined }>(
  parts: readonly T[],
): ReadonlySet<T> {
  const places = parts.map(({ path, member }) => placeOf(path, member));
  const called = new Set(places.flatMap((place) => (place === undefined ? [] : documentNames(place))));
  return new Set(parts.filter((_, i) => places[i] !== undefined && namesOf(places[i]).some((name) => called.has(name))));
}

function factsOf({ entries }: PossibleSidecar): SidecarFacts | undefined {
  const [only] = entries ?? [];
  return entries?.length === 1 && only?.kind === 'tree' ? sidecarFacts(only.value) : undefined;
}

/** The mapper of a document without a time, given the time that its sidecar tells. */
export function withTimeOf(mapper: Mapper, about: CarrierAbout | undefined): Mapper {
  const time = about?.time;
  if (time === undefined) return mapper;
  const timed =
    (draft: Draft, emit: Emit): Emit =>
    (at) => {
      if (Number.isNaN(draft.time)) draft.time = time;
      emit(at);
    };
  return Object.assign(((entry, draft, emit) => mapper(entry, draft, timed(draft, emit))) satisfies Mapper, {
    end: (draft: Draft, emit: Emit): void => mapper.end?.(draft, timed(draft, emit)),
  });
}

/** The mapper of a sidecar: it says something of its document, so an entry that makes no event is no rejection. */
export function withoutRejections(mapper: Mapper): Mapper {
  const lenient: Mapper = (entry, draft, emit) => {
    mapper(entry, draft, emit);
    return undefined;
  };
  return Object.assign(lenient, { end: mapper.end });
}
