import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { Mapper } from '../../mapper.ts';
import { precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { boomiText } from './values.ts';
import { platformSystem } from '../define.ts';
import { asList, asObject, asText, member } from '../tree.ts';

/** What every answer of the Boomi Platform API has in common. Source: Boomi's OpenAPI document (schemas and examples). */

/** One type of record of the Platform API. */
export interface BoomiType {
  readonly name: string;
  /** The keys by which a record is known that has lost its type. */
  readonly keys: readonly string[];
}

/** Where and when, for the profiles of its records. */
export const PLATFORM_API = {
  system: platformSystem('boomi', 'the records come from the Boomi platform'),
  zone: 'UTC',
  zoneReason: 'the Platform API writes UTC',
} as const;

/** `ExecutionRecord` from `@type`, or from `xsi:type="bns:ExecutionRecord"`. */
export function typeName(object: JsonObject): string {
  const type = asText(object['@type'] ?? object['@xsi:type']);
  const colon = type.lastIndexOf(':');
  return colon < 0 ? type : type.slice(colon + 1);
}

/**
 * The records in an entry: itself, or those of a whole `QueryResult` page where pages were written one a line. Records
 * without `@type` (clients that re-serialise) count when they have all its keys.
 */
export function boomiRecords(entry: Entry, type: BoomiType): readonly JsonObject[] {
  const object = entry.kind === 'tree' ? asObject(entry.value) : undefined;
  if (object === undefined) return [];
  if (typeName(object) === 'QueryResult') {
    return asList(object['result']).flatMap((item) => {
      const record = asObject(item);
      return record !== undefined && isOf(record, type) ? [record] : [];
    });
  }
  return isOf(object, type) ? [object] : [];
}

/** Whether the entry is a page without records: understood, and nothing to tell. */
export function isEmptyPage(entry: Entry): boolean {
  const object = entry.kind === 'tree' ? asObject(entry.value) : undefined;
  return object !== undefined && typeName(object) === 'QueryResult' && asList(object['result']).length === 0;
}

function isOf(record: JsonObject, type: BoomiType): boolean {
  const own = typeName(record);
  if (own !== '') return own === type.name;
  return type.keys.every((key) => member(record, key) !== undefined);
}

/** A mapper that makes one event of every record. `read` fills the draft, or says why the record cannot be understood. */
export function mapBoomiRecords(type: BoomiType, read: (record: JsonObject, draft: Draft) => string | undefined): Mapper {
  return (entry, draft, emit) => {
    const records = boomiRecords(entry, type);
    if (records.length === 0) return isEmptyPage(entry) ? undefined : `the entry is no Boomi ${type.name}`;
    for (const record of records) {
      draft.reset();
      const problem = read(record, draft);
      if (problem !== undefined) return problem;
      emit();
    }
    return undefined;
  };
}

/** Reads the time of a record from one of its fields; says so when the field holds something else. */
export function readBoomiTime(record: JsonObject, field: string, time: TimeParser, draft: Draft): string | undefined {
  const text = boomiText(record, field);
  draft.time = time(text);
  if (Number.isNaN(draft.time) && text !== '') return `${field} is no time: ${text.slice(0, 40)}`;
  draft.precision = precisionOf(text, 'iso');
  return undefined;
}
