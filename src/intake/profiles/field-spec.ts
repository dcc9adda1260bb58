import type { Entry, Json, JsonObject } from '../entry.ts';
import type { FieldMapping, Role } from '../mapper.ts';
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

/** The fields of a mapping: each with up to three values as found. Fields that no entry has are left out. */
export function listFields(entries: readonly Entry[], specs: readonly FieldSpec[]): FieldMapping[] {
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
