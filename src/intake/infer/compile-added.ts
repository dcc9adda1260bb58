import type { Draft } from '../draft.ts';
import type { Entry } from '../entry.ts';
import type { FieldMapping, Mapping, SourceContext } from '../mapper.ts';
import { levelStatus } from '../profiles/vocabulary.ts';
import { compileAttributes, compileIdentifiers } from './compile-content.ts';
import { compileStatus } from './compile-status.ts';
import { compileDuration, compileTimes } from './compile-times.ts';
import { compileValue } from './compile-values.ts';
import type { Getter, PathScope } from './paths.ts';
import { createOpener, rootOf } from './paths.ts';
import { isXmlFormat } from './record-path.ts';
import { cleanText } from './scalar.ts';

/**
 * Reads the fields that a user's profile has beside those of its base into an event of the platform's mapper. Keys and attributes are added; of what
 * an event has once, the profile's field goes before what the platform's mapper found, where the entry has it.
 */
export function compileAdded(
  source: SourceContext,
  mapping: Mapping,
  fields: readonly FieldMapping[],
): (entry: Entry, draft: Draft) => void {
  const scope: PathScope = { header: source.header, open: createOpener(), xml: isXmlFormat(source.formatId) };
  const getter = (field: FieldMapping): Getter => compileValue(field, scope);
  const of = (role: FieldMapping['role']): FieldMapping[] => fields.filter((field) => field.role === role);
  const zone = mapping.zone === '' ? source.zone : mapping.zone;
  const times =
    of('time').length + of('end-time').length > 0 ? compileTimes(of('time'), of('end-time'), zone, getter, source.notices) : undefined;
  const duration = compileDuration(of('duration')[0], getter);
  const vocabulary = mapping.reading?.vocabulary ?? mapping.base ?? mapping.profile;
  const status =
    of('status').length > 0 ? compileStatus(of('status'), undefined, vocabulary, getter, source.notices, mapping.statuses) : undefined;
  const identifiers = compileIdentifiers(of('identifier'), scope);
  const attributes = compileAttributes(of('attribute'), getter);
  const texts = fields.flatMap((field) => {
    const set = SETTERS[field.role];
    return set === undefined ? [] : [{ get: getter(field), set, type: field.type }];
  });
  return (entry, draft) => {
    const root = rootOf(entry);
    const context = entry.kind === 'tree' ? entry.context : undefined;
    times?.(root, context, draft);
    duration?.(root, context, draft);
    status?.(root, context, draft);
    for (const { get, set, type } of texts) {
      const text = cleanText(get(root, context));
      if (text !== '') set(draft, text, type);
    }
    identifiers(root, context, draft);
    attributes(root, context, draft);
  };
}

type Setter = (draft: Draft, text: string, type: string | undefined) => void;

/** What an event has once, as text. */
const SETTERS: Readonly<Partial<Record<FieldMapping['role'], Setter>>> = {
  system: (draft, text) => (draft.system = text),
  flow: (draft, text) => (draft.flow = text),
  step: (draft, text) => (draft.step = text),
  error: (draft, text) => (draft.error = text.slice(0, 2000)),
  span: (draft, text) => (draft.span = text),
  'parent-span': (draft, text) => (draft.parentSpan = text),
  'parent-execution': (draft, text) => (draft.parentExecution = text),
  execution: (draft, text, type) => {
    draft.execution = text;
    draft.executionType = type ?? 'execution';
  },
  level: (draft, text) => {
    if (draft.status === 'unknown') draft.status = levelStatus(text);
  },
  attempt: (draft, text) => {
    const number = Number(text);
    if (number >= 1 && number <= 65_535) draft.attempt = Math.floor(number);
  },
  sequence: (draft, text) => (draft.sequence = Number(text)),
};
