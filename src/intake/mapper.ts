import type { Status } from '../model/status.ts';
import type { Draft } from './draft.ts';
import type { Entry } from './entry.ts';
import type { FormatOptions } from './format.ts';

/** A shape of keys learned from fields (never guessed), to find them in free text: `\bSO-\d{4,6}\b` for orders. */
export interface TextPattern {
  readonly type: string;
  /** Source of a regular expression made by `infer/text-patterns.ts`: literals, classes and bounded counts only, so that it runs in linear time. */
  readonly source: string;
  readonly example: string;
}

/** What a mapper may know about the source it works on. */
export interface SourceContext {
  /** File name or archive member path, for display and hints only: never used as a path. */
  readonly name: string;
  readonly formatId: string;
  readonly options: FormatOptions;
  /** Header when entries are rows. */
  readonly header: readonly string[] | undefined;
  /** The system to use when an entry names none (from `--system`, the profile, or the file name). */
  readonly system: string;
  /** IANA zone for times that carry none. */
  readonly zone: string;
  /** Keys to look for in free text; learned from the fields of all sources of one import. */
  readonly textPatterns: readonly TextPattern[];
}

/**
 * Turns one entry into 0..n events. `emit` copies the draft; the mapper resets it before each event.
 * Returns undefined when the entry was understood (even if it yields no event), else the reason why not.
 */
export type Mapper = (entry: Entry, draft: Draft, emit: () => void) => string | undefined;

export const ROLES = [
  'time',
  'end-time',
  'duration',
  'system',
  'flow',
  'step',
  'status',
  'level',
  'execution',
  'parent-execution',
  'span',
  'parent-span',
  'attempt',
  'error',
  'message',
  'identifier',
  'attribute',
  'ignored',
] as const;
export type Role = (typeof ROLES)[number];

/** What one field of the entries is taken for: shown in the preview, editable, kept with the source, exportable as a profile. */
export interface FieldMapping {
  /** JSON path without the dollar (`order.id`, `lines[].sku`), a header name, or a text line's part. */
  readonly path: string;
  readonly role: Role;
  /** For identifiers and executions: the record type (`order`, `trace`). For attributes: the canonical name (`amount`). */
  readonly type: string | undefined;
  /** For times: the recognised shape (`iso`, `epoch-ms` …, `src/intake/time/`). For durations: the unit. */
  readonly format: string | undefined;
  /** For statuses: what the source's own words mean, where the user said so. Goes before the vocabulary. */
  readonly values?: Readonly<Record<string, Status>> | undefined;
  /** 0..1. */
  readonly confidence: number;
  /** One sentence: `38 of 40 values look like SO-1042 and the name says order`. */
  readonly reason: string;
  /** Up to three values as found. */
  readonly samples: readonly string[];
}

/** How a source is understood. Found by inference or a platform profile, or written by the user in YAML. */
export interface Mapping {
  /** `boomi-execution-record`, `otlp-traces`, `inferred`, or the id of a user's profile. */
  readonly profile: string;
  /** The platform profile that a user's profile stands on: its code reads the entries. */
  readonly base?: string | undefined;
  readonly title: string;
  readonly confidence: number;
  readonly reason: string;
  readonly system: string;
  readonly systemReason: string;
  /** Assumed zone of times without one, and why. */
  readonly zone: string;
  readonly zoneReason: string;
  /** Whether entries are events or documents (snapshots). */
  readonly kind: 'step' | 'snapshot' | 'note';
  /** For platform profiles written in code this lists what they read, for display. */
  readonly fields: readonly FieldMapping[];
  /** The step or flow where no field says one. */
  readonly step: string | undefined;
  readonly flow: string | undefined;
}

/** A platform's meaning, written in code: one file each in `profiles/`, registered in `profiles/index.ts`. */
export interface PlatformProfile {
  readonly id: string;
  readonly title: string;
  /** Undefined: not this platform. Looks at the first entries (at most 200). */
  recognise(entries: readonly Entry[], source: SourceContext): { readonly confidence: number; readonly reason: string } | undefined;
  /** Describes, for the preview, what it will read from these entries. */
  describe(entries: readonly Entry[], source: SourceContext): Mapping;
  /** A mapper for one source. */
  compile(source: SourceContext, mapping: Mapping): Mapper;
}
