import type { Entry, Json, JsonObject } from '../entry.ts';
import type { FieldMapping, Mapping, Role, SourceContext } from '../mapper.ts';
import { systemFromName } from '../infer/system-name.ts';
import { asText } from './tree.ts';

/** One field that a profile reads, for the preview. */
export interface FieldSpec {
  readonly path: string;
  readonly role: Role;
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly reason: string;
  readonly confidence?: number;
  /** Finds the value in an entry; without it the path is walked, dots between keys. */
  readonly read?: (entry: Entry) => Json | undefined;
}

interface ProfileFacts {
  readonly profile: string;
  readonly title: string;
  readonly confidence: number;
  readonly reason: string;
  readonly system: string;
  readonly systemReason: string;
  readonly zone?: string;
  readonly zoneReason: string;
  readonly kind: Mapping['kind'];
  readonly step?: string;
  readonly flow?: string;
}

/** A mapping that shows what a platform profile reads. Fields that no entry has are left out. */
export function describeAs(facts: ProfileFacts, entries: readonly Entry[], specs: readonly FieldSpec[], source: SourceContext): Mapping {
  return {
    profile: facts.profile,
    title: facts.title,
    confidence: facts.confidence,
    reason: facts.reason,
    system: facts.system,
    systemReason: facts.systemReason,
    zone: facts.zone ?? (source.zone === '' ? 'UTC' : source.zone),
    zoneReason: facts.zoneReason,
    kind: facts.kind,
    fields: listFields(entries, specs),
    step: facts.step,
    flow: facts.flow,
  };
}

function listFields(entries: readonly Entry[], specs: readonly FieldSpec[]): FieldMapping[] {
  const fields: FieldMapping[] = [];
  for (const spec of specs) {
    const samples = new Set<string>();
    let present = false;
    for (const entry of entries) {
      const value = spec.read === undefined ? walk(entry, spec.path) : spec.read(entry);
      if (value === undefined || value === null || value === '') continue;
      present = true;
      samples.add(sampleText(value));
      if (samples.size === 3) break;
    }
    if (!present) continue;
    fields.push({
      path: spec.path,
      role: spec.role,
      type: spec.type,
      format: spec.format,
      confidence: spec.confidence ?? 1,
      reason: spec.reason,
      samples: [...samples],
    });
  }
  return fields;
}

function walk(entry: Entry, path: string): Json | undefined {
  if (entry.kind !== 'tree') return undefined;
  let value: Json | undefined = entry.value;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const object: JsonObject = value;
    value = object[key] ?? object[`@${key}`];
  }
  return value;
}

function sampleText(value: Json): string {
  const text = asText(value);
  const shown = text === '' ? JSON.stringify(value) : text;
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
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
export function platformSystem(source: SourceContext, name: string, reason: string): Pick<Mapping, 'system' | 'systemReason'> {
  return source.system === '' ? { system: name, systemReason: reason } : { system: source.system, systemReason: 'given' };
}

/** The system for entries that name none: what the caller gave, else what the file's name says. `reason` says where the others find theirs. */
export function fallbackSystem(source: SourceContext, reason: string): Pick<Mapping, 'system' | 'systemReason'> {
  if (source.system !== '') return { system: source.system, systemReason: `${reason}; the given one otherwise` };
  const named = systemFromName(source.name);
  return { system: named.system, systemReason: `${reason}; otherwise ${named.reason}` };
}
