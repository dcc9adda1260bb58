import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import { attributeName } from '../../infer/attribute-name.ts';
import { recordTypeOf } from '../../infer/record-type.ts';
import type { FieldMapping } from '../../mapper.ts';
import { TECHNICAL_TYPES } from '../../../model/record.ts';
import { createNamedReader, isKey, namedRole } from '../business.ts';
import type { NamedReader, NamedRole } from '../business.ts';
import { compileTime } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asText } from '../tree.ts';
import { changeOf, isBookkeeping, isTombstone } from './debezium-change.ts';
import type { Change } from './debezium-change.ts';
import { columnSchemas, columnText } from './debezium-row.ts';
import type { NamedValue } from './records.ts';

/**
 * Debezium change events: what happened to one row of a database, with or without the schema of the JSON converter, bare or inside a dump of the
 * topic; also flattened rows (ExtractNewRecordState). A change is a step, a row read for a snapshot is a snapshot; the fields that changed are
 * its attributes. Source: Debezium's documentation (change events of the connectors, "New Record State Extraction").
 */
export const debezium = defineProfile({
  id: 'debezium',
  title: 'Debezium change events',
  matches: (entry) => changeOf(entry) !== undefined || isTombstone(entry),
  signed: (entries) => entries.some((entry) => changeOf(entry) !== undefined),
  shape: 'Debezium change events: op, source and the row before and after',
  system: fallbackSystem('the logical name of the source database'),
  zone: 'UTC',
  zoneReason: 'Debezium times are counted since 1970 in UTC',
  kind: 'step',
  fields: (entries) => [...SPECS, ...rowSpecs(entries)],

  compile(source, mapping) {
    const times = { ms: compileTime('epoch-ms', 'UTC'), us: compileTime('epoch-us', 'UTC'), ns: compileTime('epoch-ns', 'UTC') };
    const readers = createRowReaders(mapping.fields);
    const given = source.system;
    return (entry, draft, emit) => {
      const change = changeOf(entry);
      if (change === undefined) return isTombstone(entry) || isBookkeeping(entry) ? undefined : 'the entry is no Debezium change event';
      draft.reset();
      readTime(change, times, draft);
      if (Number.isNaN(draft.time)) return 'the change event has no time';
      draft.system = change.name || given || mapping.system;
      draft.flow = change.database;
      draft.step = `${change.table} ${VERBS.get(change.op) ?? change.op}`.trim();
      draft.kind = change.op === 'r' ? 'snapshot' : 'step';
      draft.status = VERBS.has(change.op) ? 'succeeded' : 'unknown';
      if (change.transaction !== '') {
        draft.executionType = 'execution';
        draft.execution = `${change.name} transaction ${change.transaction}`.trim();
      }
      readRow(change, readers(change.table), draft);
      emit();
      return undefined;
    };
  },
});

const VERBS: ReadonlyMap<string, string> = new Map([
  ['c', 'insert'],
  ['u', 'update'],
  ['d', 'delete'],
  ['r', 'read'],
  ['t', 'truncate'],
  ['m', 'message'],
]);

/** The commit in the database; of what the connector did, the time is only taken where the other is missing. */
function readTime(
  change: Change,
  times: { readonly ms: TimeParser; readonly us: TimeParser; readonly ns: TimeParser },
  draft: Draft,
): void {
  for (const from of [change.source, change.payload]) {
    const us = asText(from['ts_us']);
    const ns = asText(from['ts_ns']);
    const ms = asText(from['ts_ms']);
    if (/^[1-9]\d*$/.test(us)) {
      draft.time = times.us(us);
      draft.precision = 'microsecond';
    } else if (/^[1-9]\d*$/.test(ns)) {
      draft.time = times.ns(ns);
      draft.precision = 'nanosecond';
    } else if (/^[1-9]\d*$/.test(ms)) {
      draft.time = times.ms(ms);
      draft.precision = 'millisecond';
    }
    if (!Number.isNaN(draft.time)) return;
  }
}

/** Keys from the whole row, the state from the columns that changed: all of them where the row before is not told. */
function readRow(change: Change, read: NamedReader, draft: Draft): void {
  const row = change.after ?? change.before ?? {};
  const schemas = columnSchemas(change.schema, change.after === undefined ? 'before' : 'after');
  const columns = Object.keys({ ...change.key, ...row }).slice(0, 300);
  for (const column of columns) {
    const text = columnText(row[column] ?? change.key?.[column], schemas.get(column));
    const states = draft.attrNames.length;
    read(column, text, draft);
    if (draft.attrNames.length === states) continue;
    if (change.after === undefined || isUnchanged(change, column) || isUndecoded(schemas.size, draft)) {
      draft.attrNames.pop();
      draft.attrTexts.pop();
      draft.attrNumbers.pop();
    }
  }
}

/** Without a schema a decimal is text that only looks like a code. */
function isUndecoded(schemas: number, draft: Draft): boolean {
  return schemas === 0 && NUMBERS.has(draft.attrNames.at(-1)!) && Number.isNaN(draft.attrNumbers.at(-1)!);
}

const NUMBERS: ReadonlySet<string> = new Set('amount,net_amount,tax,shipping,discount,price,quantity,items'.split(','));

function isUnchanged({ op, before, after }: Change, column: string): boolean {
  return op === 'u' && before !== undefined && column in before && JSON.stringify(before[column]) === JSON.stringify(after?.[column]);
}

/** A column by its name, in a table of these records: `id` of `orders` is an order. Fields are made by people, so what is no key is an attribute. */
function columnRole(column: string, table: string): NamedRole {
  const own = recordTypeOf(column, table);
  if (own !== undefined && own.confidence >= 0.55) {
    return TECHNICAL_TYPES.has(own.type) ? { role: 'ignored' } : { role: 'identifier', type: own.type, confidence: own.confidence };
  }
  const entity = recordTypeOf('id', table)?.type;
  if (isTechnicalColumn(column)) return { role: 'ignored' };
  const role = namedRole(column, true, entity);
  return role.role === 'identifier' ? role : { role: 'attribute', name: attributeName(column, entity) };
}

function isTechnicalColumn(column: string): boolean {
  return /(?:^|_)(?:created|updated|modified|inserted|deleted)(?:_?(?:at|on|by|date|time))?$|^(?:version|_v|xmin|rowversion)$/i.test(
    column,
  );
}

/** A reader of columns per table, at most 1,000 of them. */
function createRowReaders(fields: readonly FieldMapping[]): (table: string) => NamedReader {
  const readers = new Map<string, NamedReader>();
  return (table) => {
    const known = readers.get(table);
    if (known !== undefined) return known;
    const reader = createNamedReader({ classify: (column) => columnRole(column, table), fields, prefix: `${table}.` });
    if (readers.size < 1_000) readers.set(table, reader);
    return reader;
  };
}

function columnsOf(entry: Entry): NamedValue[] {
  const change = changeOf(entry);
  if (change === undefined) return [];
  const row = change.after ?? change.before ?? {};
  const schemas = columnSchemas(change.schema, change.after === undefined ? 'before' : 'after');
  return Object.keys(row).map((column) => [`${change.table}.${column}`, columnText(row[column], schemas.get(column))] as const);
}

/** The columns that occur, at most 60. */
function rowSpecs(entries: readonly Entry[]): FieldSpec[] {
  const specs = new Map<string, FieldSpec>();
  for (const entry of entries) {
    const table = changeOf(entry)?.table ?? '';
    for (const [path, value] of columnsOf(entry)) {
      if (specs.has(path) || specs.size >= 60 || value === '') continue;
      const column = path.slice(table.length + 1);
      const role = columnRole(column, table);
      if (role.role === 'ignored' || (role.role === 'identifier' && !isKey(value))) continue;
      specs.set(path, {
        path,
        role: role.role,
        type: role.role === 'identifier' ? role.type : role.name,
        confidence: role.role === 'identifier' ? role.confidence : 0.7,
        reason: role.role === 'identifier' ? `the column of ${table} says ${role.type}` : 'told where it changed',
        read: (from) => columnsOf(from).find(([other]) => other === path)?.[1],
      });
    }
  }
  return [...specs.values()];
}

const SPECS: readonly FieldSpec[] = [
  {
    path: 'source.ts_ms',
    role: 'time',
    format: 'epoch-ms',
    reason: 'the commit in the database; finer where it is told',
    read: (entry) => changeOf(entry)?.source['ts_ms'],
  },
  { path: 'source.name', role: 'system', reason: 'the logical name of the database', read: (entry) => changeOf(entry)?.name },
  { path: 'source.db', role: 'flow', reason: 'the database', read: (entry) => changeOf(entry)?.database },
  { path: 'source.table', role: 'step', reason: 'the table, with what was done', read: (entry) => changeOf(entry)?.table },
  {
    path: 'op',
    role: 'step',
    reason: 'c insert, u update, d delete, t truncate, m message; r is a read of what was there, no change',
    read: (entry) => changeOf(entry)?.op,
  },
  {
    path: 'transaction',
    role: 'execution',
    type: 'execution',
    reason: 'changes of one transaction belong together',
    read: (entry) => changeOf(entry)?.transaction,
  },
];
