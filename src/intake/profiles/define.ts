import type { Entry } from '../entry.ts';
import { systemFromName } from '../infer/system-name.ts';
import type { Mapper, Mapping, PlatformProfile, SourceContext } from '../mapper.ts';
import { listFields } from './field-spec.ts';
import type { FieldSpec } from './field-spec.ts';

export type SystemOf = (source: SourceContext) => Pick<Mapping, 'system' | 'systemReason'>;

/** What is a platform's own. Everything else that a profile needs follows from it. */
export interface ProfileDefinition {
  readonly id: string;
  readonly title: string;
  /** Whether an entry has the platform's shape. At least half of the first entries must. */
  readonly matches: (entry: Entry, source: SourceContext) => boolean;
  /** What such entries are, as the end of `all of the first 12 entries are …`. */
  readonly shape: string;
  /** Only sources of this format are looked at, where the shape alone says too little. */
  readonly formatId?: string;
  /** Whether the format alone says that it is this: its entries may be so large that none of them is complete in what is looked at. */
  readonly byFormat?: boolean;
  /** What the source must show once, where each of its entries alone could be another program's. */
  readonly signed?: (entries: readonly Entry[], source: SourceContext) => boolean;
  /** What else is to be said of this source, after the reason for which it was recognised. */
  readonly remark?: (source: SourceContext) => string;
  /** `platformSystem` or `fallbackSystem`. */
  readonly system: SystemOf;
  /** Zone of times without one. Undefined: the caller's, else UTC. */
  readonly zone?: string;
  readonly zoneReason: string | ((source: SourceContext) => string);
  readonly kind: Mapping['kind'];
  /** The step where no field says one. */
  readonly step?: string;
  /** One entry for each record, where an entry of the file holds several and the fields are paths within a record. */
  readonly unfold?: (entries: readonly Entry[], source: SourceContext) => readonly Entry[];
  /** The fields it reads, for the preview; those that the entries do not have are left out. */
  readonly fields: (entries: readonly Entry[], source: SourceContext) => readonly FieldSpec[];
  /** What a source says once for all of its entries, found in the first of them or in its name: its flow, its step, its execution. */
  readonly about?: (entries: readonly Entry[], source: SourceContext) => Partial<Pick<Mapping, 'flow' | 'step' | 'execution'>>;
  /** A mapper for one source. */
  readonly compile: (source: SourceContext, mapping: Mapping) => Mapper;
}

/** Makes a platform profile from what is its own. */
export function defineProfile(own: ProfileDefinition): PlatformProfile {
  const recognise: PlatformProfile['recognise'] = (entries, source) => {
    if (own.formatId !== undefined && own.formatId !== source.formatId) return undefined;
    if (entries.length === 0) {
      const reason = `the format is that of ${own.shape}; none of them ends in what was looked at`;
      return own.byFormat === true ? { confidence: 0.9, reason } : undefined;
    }
    return own.signed?.(entries, source) === false ? undefined : recogniseShare(entries, (entry) => own.matches(entry, source), own.shape);
  };
  return {
    id: own.id,
    title: own.title,
    recognise,
    describe(entries, source) {
      const reason = recognise(entries, source)?.reason ?? 'chosen by hand';
      const records = own.unfold === undefined ? entries : own.unfold(entries, source);
      return {
        profile: own.id,
        title: own.title,
        confidence: 0.99,
        reason: own.remark === undefined ? reason : `${reason}; ${own.remark(source)}`,
        ...own.system(source),
        zone: own.zone ?? (source.zone === '' ? 'UTC' : source.zone),
        zoneReason: typeof own.zoneReason === 'string' ? own.zoneReason : own.zoneReason(source),
        kind: own.kind,
        fields: listFields(records, own.fields(records, source)),
        step: own.step,
        flow: undefined,
        ...own.about?.(entries, source),
      };
    },
    compile: own.compile,
  };
}

/**
 * How sure a profile is: its shape must be that of most entries. `matches` says what an entry has to look like.
 * Undefined when fewer than half of the entries do.
 */
export function recogniseShare(
  entries: readonly Entry[],
  matches: (entry: Entry) => boolean,
  what: string,
): { readonly confidence: number; readonly reason: string } | undefined {
  if (entries.length === 0) return undefined;
  let count = 0;
  for (const entry of entries) if (matches(entry)) count++;
  if (count * 2 < entries.length || count === 0) return undefined;
  const all = count === entries.length;
  const who =
    entries.length === 1
      ? 'the entry is'
      : all
        ? `all of the first ${count} entries are`
        : `${count} of the first ${entries.length} entries are`;
  return { confidence: Math.round(99 * (count / entries.length)) / 100, reason: `${who} ${what}` };
}

/** The system of a platform that is one: its own name, unless the caller gave another. */
export function platformSystem(name: string, reason: string): SystemOf {
  return (source) => (source.system === '' ? { system: name, systemReason: reason } : { system: source.system, systemReason: 'given' });
}

/** The system for entries that name none: what the caller gave, else what the file's name says. `reason` says where the others find theirs. */
export function fallbackSystem(reason: string): SystemOf {
  return (source) => {
    if (source.system !== '') return { system: source.system, systemReason: `${reason}; the given one otherwise` };
    const named = systemFromName(source.name);
    return { system: named.system, systemReason: `${reason}; otherwise ${named.reason}` };
  };
}
