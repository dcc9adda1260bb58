import type { Entry, JsonObject } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { isKey } from '../business.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asText } from '../tree.ts';
import { recordOf, recordSpecs } from './records.ts';

/**
 * Celigo errors: one record that failed in one step of a flow. The trace key is the record's own id, chosen by the maker of the flow; what kind of
 * record it is stands nowhere. Source: Celigo's API documentation "Errors" (open and resolved errors); downloads are read under the same names.
 */
export const celigoErrors = defineProfile({
  id: 'celigo-errors',
  title: 'Celigo errors',
  matches: (entry, source) => errorOf(entry, source) !== undefined,
  shape: 'Celigo errors: trace key, message and time of a record that failed',
  system: platformSystem('celigo', 'the errors come from Celigo integrator.io'),
  zone: 'UTC',
  zoneReason: 'Celigo writes UTC',
  kind: 'step',
  step: 'record',
  fields: (_entries, source) => recordSpecs(source, SPECS),

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const error = errorOf(entry, source);
      if (error === undefined) return 'the entry is no Celigo error';
      const begin = (at: string): string | undefined => {
        draft.reset();
        draft.time = time(at);
        if (Number.isNaN(draft.time)) return `the error has no time: ${at.slice(0, 40)}`;
        draft.precision = precisionOf(at, 'iso');
        draft.system = mapping.system;
        draft.step = asText(error['source']) || (mapping.step ?? 'record');
        draft.executionType = 'execution';
        draft.execution = asText(error['_flowJobId']);
        draft.span = asText(error['errorId']);
        const key = asText(error['traceKey']).trim();
        readText(key, draft);
        // A key of a known shape has a better name than this.
        if (isKey(key) && !draft.idValues.includes(key)) draft.identifier('record', key, 'traceKey');
        return undefined;
      };
      const problem = begin(asText(error['occurredAt']));
      if (problem !== undefined) return problem;
      draft.status = 'failed';
      draft.error = errorText(error);
      readText(draft.error, draft);
      emit();
      const resolved = asText(error['resolvedAt']);
      // Resolved is what a person or a later run said of the error, not that the record went through.
      if (resolved !== '' && begin(resolved) === undefined) {
        draft.kind = 'note';
        draft.statusRaw = 'resolved';
        emit();
      }
      return undefined;
    };
  },
});

function errorOf(entry: Entry, source: SourceContext): JsonObject | undefined {
  const record = recordOf(entry, source);
  if (record === undefined || asText(record['occurredAt']) === '') return undefined;
  const own = 'traceKey' in record || 'retryDataKey' in record || '_flowJobId' in record;
  return own && 'message' in record && ('code' in record || 'errorId' in record || 'classification' in record) ? record : undefined;
}

/** `Invalid item reference key 4711 (INVALID_KEY_OR_REF, value)`. The class is part of the reason and no state of the record. */
function errorText(error: JsonObject): string {
  const about = [asText(error['code']), asText(error['classification'])].filter((word) => word !== '').join(', ');
  const message = asText(error['message']);
  return about === '' ? message : `${message} (${about})`.trim();
}

const SPECS: readonly FieldSpec[] = [
  { path: 'occurredAt', role: 'time', format: 'iso', reason: 'when the record failed' },
  { path: 'resolvedAt', role: 'time', format: 'iso', reason: 'when the error was resolved: a note' },
  { path: 'source', role: 'step', reason: 'what reported the error' },
  { path: 'classification', role: 'error', reason: 'value, missing, connection, duplicate …: all of them failures' },
  { path: 'code', role: 'error', reason: 'the code of the error' },
  { path: 'message', role: 'error', reason: 'why it failed; keys are looked for in it' },
  { path: 'traceKey', role: 'identifier', type: 'record', reason: 'the id of the record; of another type where its shape is known' },
  { path: '_flowJobId', role: 'execution', type: 'execution', reason: 'the job of the flow' },
  { path: 'errorId', role: 'span', reason: 'the error itself' },
];
