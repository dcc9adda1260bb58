import { Draft } from '../../../src/intake/draft.ts';
import type { Entry, Json, JsonObject } from '../../../src/intake/entry.ts';
import type { PlatformProfile, SourceContext } from '../../../src/intake/mapper.ts';
import { formatIso, micros } from '../../../src/model/time.ts';

/** What a profile made of entries: the set fields of each draft, and the reasons of those it refused. */
export interface Emitted {
  readonly events: readonly JsonObject[];
  readonly refused: readonly string[];
}

/** A source context as the import gives one, for tests. */
export function sourceOf(name: string, formatId: string, more: Partial<SourceContext> = {}): SourceContext {
  return { name, formatId, options: {}, header: undefined, system: '', zone: '', textPatterns: [], ...more };
}

/** A tree entry without a place. */
export function tree(value: Json, context?: JsonObject): Entry {
  return { kind: 'tree', place: { offset: 0, length: 0, line: 1 }, value, context };
}

/** Runs a profile as the import does: describe, compile, map each entry in turn into one shared draft. */
export function runProfile(profile: PlatformProfile, entries: readonly Entry[], source: SourceContext): Emitted {
  const mapper = profile.compile(source, profile.describe(entries.slice(0, 200), source));
  const draft = new Draft();
  const events: JsonObject[] = [];
  const refused: string[] = [];
  const emit = (): void => void events.push(setFields(draft));
  for (const entry of entries) {
    const reason = mapper(entry, draft, emit);
    if (reason !== undefined) refused.push(reason);
  }
  mapper.end?.(draft, emit);
  return { events, refused };
}

/** The fields that are set, times as ISO text, identifiers and attributes as one text each. */
export function setFields(draft: Draft): JsonObject {
  const fields: JsonObject = {};
  if (!Number.isNaN(draft.time)) fields['time'] = formatIso(micros(draft.time));
  if (!Number.isNaN(draft.end)) fields['end'] = formatIso(micros(draft.end));
  if (!Number.isNaN(draft.time)) fields['precision'] = draft.precision;
  fields['kind'] = draft.kind;
  for (const name of [
    'system',
    'flow',
    'step',
    'status',
    'statusRaw',
    'executionType',
    'execution',
    'parentExecution',
    'span',
    'parentSpan',
    'error',
  ] as const) {
    if (draft[name] !== '') fields[name] = draft[name];
  }
  if (draft.attempt !== 0) fields['attempt'] = draft.attempt;
  if (draft.idValues.length > 0)
    fields['identifiers'] = draft.idValues.map((value, i) => `${draft.idTypes[i]} ${value} (${draft.idPaths[i]})`);
  if (draft.attrNames.length > 0) {
    fields['attributes'] = draft.attrNames.map(
      (name, i) => `${name}=${draft.attrTexts[i]}${Number.isNaN(draft.attrNumbers[i]) ? '' : ' (number)'}`,
    );
  }
  return fields;
}
