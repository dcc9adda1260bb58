import type { Status } from '../../model/status.ts';
import type { JsonObject } from '../entry.ts';
import type { Mapper, Mapping, PlatformProfile, SourceContext } from '../mapper.ts';
import { actionName, boomiRecords, boomiText, isEmptyPage, shapeName } from './boomi-values.ts';
import { describeAs, platformSystem, recogniseShare } from './describe.ts';
import type { FieldSpec } from './describe.ts';
import { asNumber, member } from './tree.ts';

const TYPE = 'ExecutionConnector';
const KEYS = ['executionId', 'executionConnector', 'successCount', 'errorCount'];

/**
 * Boomi's ExecutionConnector: what one connector did in one run, as counts. It has no time, so it is a note on its run: it tells
 * which connector had errors where the documents themselves were not exported. Source: Boomi OpenAPI document.
 */
export const boomiExecutionConnector: PlatformProfile = {
  id: 'boomi-execution-connector',
  title: 'Boomi execution connectors',

  recognise(entries) {
    return recogniseShare(
      entries,
      (entry) => boomiRecords(entry, TYPE, KEYS).length > 0,
      'Boomi ExecutionConnectors: success and error counts of a connector in a run',
    );
  },

  describe(entries, source) {
    return describeAs(
      {
        profile: this.id,
        title: this.title,
        confidence: 0.99,
        reason: this.recognise(entries, source)?.reason ?? 'chosen by hand',
        ...platformSystem(source, 'boomi', 'the records come from the Boomi platform'),
        zone: 'UTC',
        zoneReason: 'these records carry no times',
        kind: 'note',
      },
      entries,
      SPECS,
      source,
    );
  },

  compile(_source: SourceContext, mapping: Mapping): Mapper {
    return (entry, draft, emit) => {
      const records = boomiRecords(entry, TYPE, KEYS);
      if (records.length === 0) return isEmptyPage(entry) ? undefined : 'the entry is no Boomi ExecutionConnector';
      for (const record of records) {
        draft.reset();
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
        emit();
      }
      return undefined;
    };
  },
};

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
