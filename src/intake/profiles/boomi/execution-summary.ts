import type { Entry, JsonObject } from '../../entry.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asList, asObject, asText, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { isEmptyPage, PLATFORM_API, typeName } from './platform.ts';

/**
 * Boomi's ExecutionSummaryRecord: how many runs of a low-latency process ended in one way within a block of time. It names no run, so
 * it is a note on the process. Documents and schema differ in the case of its keys. Source: Boomi OpenAPI document.
 */
export const boomiExecutionSummary = defineProfile({
  id: 'boomi-execution-summary',
  title: 'Boomi execution summaries',
  matches: (entry) => recordsOf(entry).length > 0,
  shape: 'Boomi ExecutionSummaryRecords: counts of runs of a process in a block of time',
  ...PLATFORM_API,
  kind: 'note',
  step: 'summary',
  fields: () => SPECS,

  compile(_source, mapping) {
    const time = compileTime('iso', 'UTC');
    return (entry, draft, emit) => {
      const records = recordsOf(entry);
      if (records.length === 0) return isEmptyPage(entry) ? undefined : 'the entry is no Boomi ExecutionSummaryRecord';
      for (const record of records) {
        draft.reset();
        const at = text(record, 'timeBlock');
        draft.time = time(at);
        if (Number.isNaN(draft.time)) return `timeBlock is no time: ${at.slice(0, 40)}`;
        draft.precision = precisionOf(at, 'iso');
        draft.kind = 'note';
        draft.system = mapping.system;
        draft.flow = text(record, 'processName') || text(record, 'processID');
        draft.step = mapping.step ?? 'summary';
        const status = text(record, 'status');
        const count = text(record, 'executionCount');
        draft.status = normaliseStatus(status, 'boomi');
        draft.statusRaw = count === '' ? status : `${status} × ${count}`;
        emit();
      }
      return undefined;
    };
  },
});

function recordsOf(entry: Entry): readonly JsonObject[] {
  const object = objectOf(entry);
  if (object === undefined) return [];
  const items = typeName(object) === 'QueryResult' ? asList(object['result']) : [object];
  return items.flatMap((item) => {
    const record = asObject(item);
    if (record === undefined) return [];
    const name = typeName(record);
    if (name !== '') return name === 'ExecutionSummaryRecord' ? [record] : [];
    return text(record, 'timeBlock') !== '' && text(record, 'executionCount') !== '' ? [record] : [];
  });
}

/** A member whatever the case of its name, as a key or an attribute. */
function text(record: JsonObject, name: string): string {
  const direct = record[name] ?? record[`@${name}`];
  if (direct !== undefined) return asText(direct).trim();
  const wanted = name.toLowerCase();
  for (const key of Object.keys(record)) {
    if (key.length <= name.length + 1 && key.toLowerCase().replace(/^@/, '') === wanted) return asText(record[key]).trim();
  }
  return '';
}

const SPECS: readonly FieldSpec[] = [
  { path: 'timeBlock', role: 'time', format: 'iso', reason: 'beginning of the block of time' },
  { path: 'processName', role: 'flow', reason: 'the process' },
  { path: 'status', role: 'status', reason: 'how the counted runs ended' },
  { path: 'executionCount', role: 'ignored', reason: 'how many runs; shown with the status' },
];
