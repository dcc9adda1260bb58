import type { Entry, JsonObject } from '../../entry.ts';
import { compileMapping } from '../../infer/compile.ts';
import { inferMapping } from '../../infer/infer.ts';
import type { KnownField } from '../../infer/known-fields.ts';
import type { FieldMapping, Mapping, PlatformProfile, SourceContext } from '../../mapper.ts';
import { recogniseShare, type SystemOf } from '../define.ts';
import { asObject, objectOf } from '../tree.ts';

/** What surrounds a record; undefined when nothing does. */
export type Context = JsonObject | undefined;

/** What is a logger's or a log service's own. */
export interface LogDialect {
  readonly id: string;
  readonly title: string;
  /** What such entries are, as the end of `all of the first 12 entries are …`. */
  readonly shape: string;
  /** Whether a record has the dialect's shape. */
  readonly matches: (record: JsonObject, context: Context) => boolean;
  /** The fields that the dialect documents, by their paths in the opened record. */
  readonly known: readonly KnownField[];
  /** The record with what is wrapped in it laid open; undefined when it tells nothing (a health check). Without it the record is read as it stands. */
  readonly open?: (record: JsonObject, context: Context) => JsonObject | undefined;
  /** Why a record is damaged, so that nothing of it can be told. */
  readonly refuse?: (record: JsonObject) => string | undefined;
  /** What happened, where no field says it and the message alone would not: the template of a message. */
  readonly step?: (record: JsonObject) => string;
  /** Whether an opened record tells about a run, not about what happened in it. */
  readonly note?: (opened: JsonObject) => boolean;
  /** A line with a duration is written when the work is done: it counts back from the line's time. */
  readonly writtenAtEnd?: boolean;
  /** The system, where it is one for all records and none of their fields. */
  readonly system?: SystemOf;
  /** Zone of times that are written without one, where it is documented. */
  readonly zone?: { readonly zone: string; readonly reason: string };
}

/**
 * Makes a profile for a dialect of structured logs. What the dialect documents is read as documented; the fields of the application, which
 * it does not know, are inferred. A line is a step or a note by the rules of inference: lines about records are steps.
 */
export function defineLogDialect(dialect: LogDialect): PlatformProfile {
  const { id, title, open, note: isNote } = dialect;
  const recognise: PlatformProfile['recognise'] = (entries, source) =>
    recogniseShare(entries, (entry) => isOfDialect(dialect, entry, source), dialect.shape);
  return {
    id,
    title,
    recognise,
    describe(entries, source) {
      const opened = entries.flatMap((entry) => openEntry(dialect, entry, source) ?? []);
      const inferred = inferMapping(opened, plainSource(source), dialect.known);
      return {
        ...inferred,
        fields: timesInOrder(inferred.fields, dialect.known),
        profile: id,
        title,
        confidence: 0.99,
        reason: recognise(entries, source)?.reason ?? 'chosen by hand',
        ...dialect.system?.(source),
        ...(dialect.zone === undefined ? {} : { zone: dialect.zone.zone, zoneReason: dialect.zone.reason }),
      };
    },
    compile(source, mapping) {
      const read = compileMapping(plainSource(source), mapping);
      const name = namesStep(mapping) ? undefined : dialect.step;
      const countsBack = dialect.writtenAtEnd === true && lasts(mapping);
      const untouched = open === undefined && source.header === undefined;
      return (entry, draft, emit) => {
        const record = recordOf(entry, source.header);
        if (record === undefined) return `the entry is no record of ${title}`;
        const damage = dialect.refuse?.(record);
        if (damage !== undefined) return damage;
        const opened = untouched ? entry : openEntry(dialect, entry, source);
        if (opened === undefined) return undefined;
        return read(opened, draft, () => {
          if (name !== undefined) draft.step = name(record) || draft.step;
          if (countsBack && draft.end > draft.time) [draft.time, draft.end] = [2 * draft.time - draft.end, draft.time];
          // A line that says nothing is no step.
          if (draft.kind === 'step' && (draft.step === '' || (isNote !== undefined && isNote(objectOf(opened) ?? record))))
            draft.kind = 'note';
          emit();
        });
      };
    },
  };
}

/** The names of columns have become keys. */
function plainSource(source: SourceContext): SourceContext {
  return { ...source, header: undefined, options: {} };
}

/** Times are tried in the order of the fields: the dialect's, not that in which they stand in the records. */
function timesInOrder(fields: readonly FieldMapping[], known: readonly KnownField[]): FieldMapping[] {
  const rank = (field: FieldMapping): number => known.findIndex((one) => one.role === 'time' && one.paths.includes(field.path));
  const times = fields.filter((field) => field.role === 'time').sort((a, b) => rank(a) - rank(b));
  return fields.map((field) => (field.role === 'time' ? times.shift()! : field));
}

/** Whether the mapping, which the user may have changed, says what happened by itself. */
function namesStep(mapping: Mapping): boolean {
  return mapping.step !== undefined || mapping.fields.some((field) => field.role === 'step');
}

/** Whether ends come from a duration, not from a time of their own. */
function lasts(mapping: Mapping): boolean {
  const roles = new Set(mapping.fields.map((field) => field.role));
  return roles.has('duration') && !roles.has('end-time');
}

function isOfDialect(dialect: LogDialect, entry: Entry, source: SourceContext): boolean {
  const record = recordOf(entry, source.header);
  return record !== undefined && dialect.matches(record, contextOf(entry));
}

function openEntry(dialect: LogDialect, entry: Entry, source: SourceContext): Entry | undefined {
  const record = recordOf(entry, source.header);
  if (record === undefined) return undefined;
  const context = contextOf(entry);
  const value = dialect.open === undefined ? record : dialect.open(record, context);
  return value === undefined ? undefined : { kind: 'tree', place: entry.place, value, context };
}

function contextOf(entry: Entry): Context {
  return entry.kind === 'tree' ? entry.context : undefined;
}

/** An object as it is, a row by its column names without its empty cells, a list under `items`. */
function recordOf(entry: Entry, header: readonly string[] | undefined): JsonObject | undefined {
  if (entry.kind === 'row') {
    if (header === undefined) return undefined;
    const record: JsonObject = {};
    for (const [i, cell] of entry.cells.entries()) if (cell !== '' && header[i] !== undefined) record[header[i]] = cell;
    return record;
  }
  return Array.isArray(entry.value) ? { items: entry.value } : asObject(entry.value);
}
