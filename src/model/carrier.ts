/**
 * What says which execution carried a document, where the document itself does not: its file's name, its folders, a sidecar. Plain data: it is
 * kept with the source as JSON and crosses threads.
 */

/** What an id is called where it stands; the more specific come first. */
export const CARRIER_TYPES_BY_RANK = ['execution', 'message', 'trace', 'correlation'] as const;
export type CarrierType = (typeof CARRIER_TYPES_BY_RANK)[number];

/** A text that may be the id of an execution. Whether it is one is only known when the whole workspace is. */
export interface CarrierId {
  readonly value: string;
  /** Undefined: nothing beside it says what it is. */
  readonly type: CarrierType | undefined;
  /** How far from the document it stands: 0 in its sidecar, 1 in the file's own name, 2 in the folder above, and so on. */
  readonly rank: number;
  /** Where it was found, for people: the key in the sidecar, the file's or folder's name. */
  readonly place: string;
  /** Its name or shape says that it is the id of an execution, whether or not one of that id is known. */
  readonly sure: boolean;
  /** Its hash as the ids of spans are kept (`Event.span`); 0 where it does not look like one. */
  readonly hash: number;
}

/** What a sidecar says of its document where the document says nothing. */
export interface CarrierAbout {
  /** Microseconds. */
  readonly time: number | undefined;
  readonly system: string | undefined;
  /** Name of the sidecar. */
  readonly from: string;
}

export interface Carrier {
  readonly ids: readonly CarrierId[];
  /** What sidecars may call it, folder included. Empty for a sidecar. */
  readonly names: readonly string[];
  /** For a sidecar: what its document may be called. Empty for all else. */
  readonly sidecarOf: readonly string[];
  /** What tells this file from another one with the same content: the ids that are sure to say where it was, not the rest of its name. */
  readonly citation: string;
  readonly about?: CarrierAbout | undefined;
}

/**
 * Whether a file brings nothing that is not there already, where the content is: it is the same file, or a copy whose name says no more. Two files
 * that say of one document that it was carried twice are two. Undefined: a log, whose name does not matter.
 */
export function citesAlike(one: Carrier | undefined, other: Carrier | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  // The first name is where a document stands, and the citation of a sidecar is where that stands.
  return one.citation === other.citation || (one.names[0] ?? one.citation) === (other.names[0] ?? other.citation);
}

/** What is said of a sidecar wherever files are listed; without documents: that the one it is of is not there. */
export function sidecarText(documents: readonly string[]): string {
  if (documents.length === 0) return 'it says where a document comes from that is not in the workspace, and is read as what it is';
  return `it says where ${documents.join(', ')} comes from, and is no event of its own`;
}

/** How it is known which execution carried a document. */
type CarriedVia = 'content' | 'file-name' | 'sidecar';

/** The evidence for it. */
export interface CarriedBy {
  readonly via: CarriedVia;
  /** As it stands there. */
  readonly id: string;
  /** The key in the sidecar, the file's or folder's name; empty for the entry itself. */
  readonly place: string;
  /** Whether `place` is the name of a folder, or of an archive. */
  readonly folder?: boolean | undefined;
  /** The sidecar's name. */
  readonly sidecar?: string | undefined;
  /** Whether other sources tell of that execution. */
  readonly known: boolean;
}

/** One sentence that says how a document came to its execution. */
export function carriedText({ via, id, place, folder, sidecar, known }: CarriedBy): string {
  const unknown = known ? '' : '; no other source tells of it';
  switch (via) {
    case 'content':
      return `the entry itself names ${id}`;
    case 'file-name':
      return `the ${folder === true ? 'folder' : 'file'} is called ${place}${unknown}`;
    case 'sidecar':
      return `the sidecar ${sidecar ?? ''} says ${place}: ${id}${unknown}`;
  }
}
