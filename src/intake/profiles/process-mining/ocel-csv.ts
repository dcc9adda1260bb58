import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import type { FieldMapping, Mapper, SourceContext } from '../../mapper.ts';
import type { Notices } from '../../notices.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { createNamedReader, entityOfMapping, namedRole } from '../business.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTypeReader, OBJECTS, recordTypes } from './object-types.ts';
import { pythonList } from './python-list.ts';

const TYPE_COLUMN = 'ocel:type:';

/**
 * OCEL 1.0 as CSV, as pm4py writes it: a row is an event (`ocel:eid`, `ocel:timestamp`, `ocel:activity`), a column `ocel:type:order` holds the
 * ids of its orders as a Python list (`['o1', 'o2']`). The table of objects beside it has `ocel:oid`, `ocel:type` and the attributes: a row is
 * a snapshot.
 */
export const ocelCsv = defineProfile({
  id: 'ocel-csv',
  title: 'OCEL object-centric event log in CSV',
  formatId: 'csv',
  matches: (entry, source) => entry.kind === 'row' && shapeOf(source) !== undefined,
  shape: 'rows of an OCEL table',
  system: fallbackSystem('an OCEL log names no system'),
  zoneReason: ({ zone }) =>
    `OCEL leaves zones to the tools that write it; ${zone === '' ? 'UTC is assumed' : 'the given zone is used'} where a time has none`,
  kind: 'step',
  fields: (entries, source) => specsOf(entries, source),

  compile(source, mapping) {
    const header = source.header ?? [];
    const entity = entityOfMapping(mapping.fields);
    const read = createNamedReader({ classify: (name) => namedRole(name, true, entity), fields: mapping.fields, prefix: '' });
    const others = header.flatMap((name, column) => (name.startsWith('ocel:') ? [] : [{ name, column }]));
    const readOthers = (cells: readonly string[], draft: Draft): void => {
      for (const { name, column } of others) {
        const text = cells[column]?.trim() ?? '';
        if (text !== '') read(name, text, draft);
      }
    };
    return shapeOf(source) === 'objects'
      ? objectMapper(header, mapping.fields, mapping.system, readOthers)
      : eventMapper(header, mapping.fields, mapping.system, mapping.zone, readOthers, source.notices);
  },
});

type ReadOthers = (cells: readonly string[], draft: Draft) => void;

function eventMapper(
  header: readonly string[],
  fields: readonly FieldMapping[],
  system: string,
  zone: string,
  readOthers: ReadOthers,
  notices: Notices | undefined,
): Mapper {
  const time = compileTime('iso', zone === '' ? 'UTC' : zone, notices?.onAmbiguous);
  const typeOf = createTypeReader(fields);
  const timeColumn = header.indexOf('ocel:timestamp');
  const stepColumn = header.indexOf('ocel:activity');
  const relations = header.flatMap((name, column) => {
    const type = name.startsWith(TYPE_COLUMN) ? typeOf(name.slice(TYPE_COLUMN.length)) : undefined;
    return type === undefined ? [] : [{ path: name, column, type }];
  });
  return (entry, draft, emit) => {
    if (entry.kind !== 'row') return 'the entry is no row';
    draft.reset();
    draft.system = system;
    draft.step = entry.cells[stepColumn] || 'event';
    const at = entry.cells[timeColumn] ?? '';
    if (at !== '') {
      draft.time = time(at);
      if (Number.isNaN(draft.time)) return `ocel:timestamp is no time: ${at.slice(0, 40)}`;
      draft.precision = precisionOf(at, 'iso');
    }
    for (const { path, column, type } of relations) {
      const cell = entry.cells[column] ?? '';
      if (cell === '') continue;
      const ids = pythonList(cell);
      if (ids === undefined) return `${path} is no list of ids: ${cell.slice(0, 40)}`;
      for (const id of ids) draft.identifier(type, id, path);
    }
    readOthers(entry.cells, draft);
    emit();
    return undefined;
  };
}

function objectMapper(header: readonly string[], fields: readonly FieldMapping[], system: string, readOthers: ReadOthers): Mapper {
  const typeOf = createTypeReader(fields);
  const idColumn = header.indexOf('ocel:oid');
  const typeColumn = header.indexOf('ocel:type');
  return (entry, draft, emit) => {
    if (entry.kind !== 'row') return 'the entry is no row';
    const type = typeOf(entry.cells[typeColumn] ?? '');
    const id = entry.cells[idColumn] ?? '';
    if (id === '') return 'the object has no id';
    if (type === undefined) return undefined;
    draft.reset();
    draft.kind = 'snapshot';
    draft.system = system;
    draft.identifier(type, id, 'ocel:oid');
    readOthers(entry.cells, draft);
    emit();
    return undefined;
  };
}

function shapeOf(source: SourceContext): 'events' | 'objects' | undefined {
  const header = source.header ?? [];
  if (header.includes('ocel:eid') && header.includes('ocel:activity') && header.includes('ocel:timestamp')) return 'events';
  return header.includes('ocel:oid') && header.includes('ocel:type') && !header.includes('ocel:eid') ? 'objects' : undefined;
}

function specsOf(entries: readonly Entry[], source: SourceContext): FieldSpec[] {
  const header = source.header ?? [];
  const cellOf = (column: number) => (entry: Entry) => (entry.kind === 'row' ? entry.cells[column] : undefined);
  const named = header.filter((name) => name.startsWith(TYPE_COLUMN)).map((name) => name.slice(TYPE_COLUMN.length));
  const typeColumn = header.indexOf('ocel:type');
  const told = typeColumn < 0 ? [] : entries.flatMap((entry) => (entry.kind === 'row' ? [entry.cells[typeColumn] ?? ''] : []));
  const records = recordTypes([...named, ...told].filter((type) => type !== ''));
  const specs: FieldSpec[] = [];
  for (const [column, name] of header.entries()) {
    const read = cellOf(column);
    if (name === 'ocel:timestamp') specs.push({ path: name, role: 'time', format: 'iso', reason: 'when it happened', read });
    else if (name === 'ocel:activity') specs.push({ path: name, role: 'step', reason: 'the activity', read });
    else if (name.startsWith('ocel:')) continue;
    else {
      const role = namedRole(name, true, undefined);
      const type = role.role === 'identifier' ? role.type : role.role === 'attribute' ? role.name : undefined;
      specs.push({ path: name, role: role.role, type, confidence: 0.9, reason: 'a column of its own', read });
    }
  }
  for (const [type, record] of records) {
    const column = header.indexOf(TYPE_COLUMN + type);
    const idColumn = header.indexOf('ocel:oid');
    const read = (entry: Entry): string | undefined => {
      if (entry.kind !== 'row') return undefined;
      if (column >= 0) return pythonList(entry.cells[column] ?? '')?.[0];
      return entry.cells[typeColumn] === type ? entry.cells[idColumn] : undefined;
    };
    specs.push({ path: OBJECTS + type, role: 'identifier', type: record, reason: `objects of the type ${type}`, read });
  }
  return specs;
}
