import type { Status } from '../model/status.ts';
import type { Draft } from './draft.ts';
import type { Entry, Place } from './entry.ts';
import type { FormatOptions } from './format.ts';
import type { Notices } from './notices.ts';
import type { FieldReading, SourceReading } from './reading.ts';
import type { SpanChecks, SpanMapper } from './span-mapper.ts';

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
  /** Where what is odd about the source's values is counted. To be handed to `compileTime` as `notices?.onAmbiguous`. */
  readonly notices?: Notices | undefined;
}

/**
 * Turns one entry into 0..n events. `emit` copies the draft; the mapper resets it before each event.
 * Returns undefined when the entry was understood (even if it yields no event), else the reason why not.
 *
 * A mapper that understands an entry only with later ones (a history written newest first) keeps what it needs of it and names
 * its place when it emits. What it still holds after the last entry it emits in `end`.
 */
export interface Mapper {
  (entry: Entry, draft: Draft, emit: Emit): string | undefined;
  readonly end?: (draft: Draft, emit: Emit) => void;
  /** Compiles what maps entries that come as spans, where it can: for a source that is read, and not for one that is looked at. `watch` makes it of `compileSpans`. */
  readonly spans?: () => SpanMapper | undefined;
  /** Undefined: this mapper reads trees only. */
  readonly compileSpans?: (checks: SpanChecks) => SpanMapper | undefined;
}

/** Adds the draft as an event, of the entry that is being mapped or of an earlier one. */
export type Emit = (at?: Place) => void;

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
  'sequence',
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
  /** What else a profile does to get the value: constants, templates, extraction. */
  readonly read?: FieldReading | undefined;
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
  /** The execution that all entries belong to, where the source says it once: a task's log, a downloaded run. */
  readonly execution?: string | undefined;
  /** What the source's own status words mean, where the user said so, whichever field says them. Goes before the vocabulary. */
  readonly statuses?: Readonly<Record<string, Status>> | undefined;
  /** Fields that a user's profile reads beside those of its base. */
  readonly added?: readonly FieldMapping[] | undefined;
  /** What a user's profile says about reading the source, beyond its fields. */
  readonly reading?: SourceReading | undefined;
  /** How entries are read that this mapping does not understand, each in turn: what the user said when rejected entries were read again. */
  readonly otherwise?: readonly Mapping[] | undefined;
  /** Whether the source was seen to be written newest first: equal times are then ordered from its end. */
  readonly newestFirst?: boolean | undefined;
  /** Whether days that elsewhere stand for no time (1 January 1970, 1980) are times here: others of the source lie around them. */
  readonly zeroIsTime?: boolean | undefined;
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
