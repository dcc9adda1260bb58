import type { Status } from '../../../model/status.ts';
import type { JsonObject } from '../../entry.ts';
import { boomiRecords, mapBoomiRecords, PLATFORM_API } from './platform.ts';
import type { BoomiType } from './platform.ts';
import { actionName, boomiText, shapeName } from './values.ts';
import { defineProfile } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asNumber, member } from '../tree.ts';

const TYPE: BoomiType = { name: 'ExecutionConnector', keys: ['executionId', 'executionConnector', 'successCount', 'errorCount'] };

/**
 * Boomi's ExecutionConnector: what one connector did in one run, as counts. It has no time, so it is a note on its run: it tells
 * which connector had errors where the documents themselves were not exported. Source: Boomi OpenAPI document.
 */
export const boomiExecutionConnector = defineProfile({
  id: 'boomi-execution-connector',
  title: 'Boomi execution connectors',
  matches: (entry) => boomiRecords(entry, TYPE).length > 0,
  shape: 'Boomi ExecutionConnectors: success and error counts of a connector in a run',
  ...PLATFORM_API,
  zoneReason: 'these records carry no times',
  kind: 'note',
  fields: () => SPECS,

  compile(_source, mapping) {
    return mapBoomiRecords(TYPE, (record, draft) => {
      draft.kind = 'note';
      draft.system = mapping.system;
      draft.step =
        shapeName(boomiText(record, 'executionConnector')) ||
        actionName(boomiText(record, 'actionType'), boomiText(record, 'connectorType')) ||
        'connector';
      draft.executionType = 'execution';
      draft.execution = boomiText(record, 'executionId');
      const { status, raw } = countStatus(record);
      draft.status = status;
      draft.statusRaw = raw;
      return undefined;
    });
  },
});

function countStatus(record: JsonObject): { readonly status: Status; readonly raw: string } {
  const succeeded = asNumber(member(record, 'successCount'));
  const failed = asNumber(member(record, 'errorCount'));
  if (Number.isNaN(succeeded) && Number.isNaN(failed)) return { status: 'unknown', raw: '' };
  const raw = `${succeeded || 0} succeeded, ${failed || 0} failed`;
  if (failed > 0) return { status: succeeded > 0 ? 'succeeded-with-warning' : 'failed', raw };
  return { status: succeeded > 0 ? 'succeeded' : 'skipped', raw };
}

const SPECS: readonly FieldSpec[] = [
  { path: 'executionConnector', role: 'step', reason: 'the shape or connector' },
  { path: 'executionId', role: 'execution', type: 'execution', reason: 'the run it belongs to' },
  { path: 'successCount', role: 'status', reason: 'documents that passed' },
  { path: 'errorCount', role: 'status', reason: 'documents that failed or were aborted' },
  { path: 'connectorType', role: 'ignored', reason: 'shown with the entry' },
];
