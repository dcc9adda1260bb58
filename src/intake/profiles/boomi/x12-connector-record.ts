import type { Status } from '../../../model/status.ts';
import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { compileTime } from '../../time/index.ts';
import { boomiRecords, mapBoomiRecords, PLATFORM_API, readBoomiTime } from './platform.ts';
import type { BoomiType } from './platform.ts';
import { actionName, boomiText, plainReport } from './values.ts';
import { createNamedReader, namedRole } from '../business.ts';
import { keyOf } from '../edi/message.ts';
import { x12DocumentKey, x12GroupKey } from '../edi/x12-envelope.ts';
import { defineProfile } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asList, asObject, asText } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';

const TYPE: BoomiType = { name: 'X12ConnectorRecord', keys: ['executionId', 'dateProcessed', 'isaControl', 'transactionSet'] };

/**
 * Boomi's X12ConnectorRecord: one EDI document that was sent or received. Control numbers are counted by the sender, so each
 * identifier carries both partners; transaction numbers are unique only within their group.
 * Source: Boomi OpenAPI document; X12 envelope (ISA13, GS01, GS06, ST02).
 */
export const boomiX12ConnectorRecord = defineProfile({
  id: 'boomi-x12-connector-record',
  title: 'Boomi X12 documents',
  matches: (entry) => boomiRecords(entry, TYPE).length > 0,
  shape: 'Boomi X12ConnectorRecords: EDI documents with their control numbers',
  ...PLATFORM_API,
  kind: 'step',
  fields: () => SPECS,

  compile(_source, mapping) {
    const time = compileTime('iso', 'UTC');
    const readCustom = createNamedReader({
      classify: (name) => namedRole(name, true, 'order'),
      fields: mapping.fields,
      prefix: 'customFields.',
    });
    return mapBoomiRecords(TYPE, (record, draft) => {
      const problem = readBoomiTime(record, 'dateProcessed', time, draft);
      if (problem !== undefined) return problem;
      draft.system = mapping.system;
      readRecord(record, draft);
      readControls(record, draft);
      for (const fields of asList(record['customFields'])) {
        const object = asObject(fields) ?? {};
        for (const name of Object.keys(object)) readCustom(name, asText(object[name]), draft);
      }
      return undefined;
    });
  },
});

function readRecord(record: JsonObject, draft: Draft): void {
  const set = boomiText(record, 'transactionSet');
  const action = actionName(boomiText(record, 'actionType'), boomiText(record, 'connectorType'));
  draft.step = [boomiText(record, 'operationName') || action, set].filter((word) => word !== '').join(' ') || 'x12 document';
  const { status, raw } = outcome(record);
  draft.status = status;
  draft.statusRaw = raw;
  draft.error = boomiText(record, 'errorMessage');
  if (draft.error === '' && status === 'failed')
    draft.error = plainReport(boomiText(record, 'ackReport') || boomiText(record, 'isaAckReport'));
  draft.executionType = 'execution';
  draft.execution = boomiText(record, 'executionId');
}

/** Boomi's own flag decides; a partner's rejection makes a sent document a failure, a partial acceptance a warning. */
function outcome(record: JsonObject): { readonly status: Status; readonly raw: string } {
  const ack = boomiText(record, 'ackStatus') || boomiText(record, 'isaAckStatus');
  const successful = boomiText(record, 'successful').toLowerCase();
  if (successful === 'false') return { status: 'failed', raw: 'successful=false' };
  if (ack !== '') {
    const status = normaliseStatus(ack, 'boomi');
    if (status === 'failed' || status === 'succeeded-with-warning' || status === 'succeeded') return { status, raw: ack };
  }
  return successful === 'true' ? { status: 'succeeded', raw: 'successful=true' } : { status: 'unknown', raw: ack };
}

function readControls(record: JsonObject, draft: Draft): void {
  const sender = boomiText(record, 'senderID');
  const receiver = boomiText(record, 'receiverID');
  const isa = boomiText(record, 'isaControl');
  // Numbers of groups are counted for each functional identifier; where none is told, the interchange keeps them apart.
  const within = boomiText(record, 'functionalID') || isa;
  const gs = boomiText(record, 'gsControl');
  const st = boomiText(record, 'stControl');
  // Named as in the interchange itself, so that what Boomi tells of a document meets the document.
  draft.identifier('interchange', keyOf(sender, receiver, isa), 'isaControl');
  draft.identifier('edi-group', x12GroupKey(sender, receiver, within, gs), 'gsControl');
  draft.identifier('edi-document', x12DocumentKey(sender, receiver, within, gs, st), 'stControl');
}

const SPECS: readonly FieldSpec[] = [
  { path: 'dateProcessed', role: 'time', format: 'iso', reason: 'when the document passed the connector' },
  { path: 'operationName', role: 'step', reason: 'the operation, with the transaction set' },
  { path: 'transactionSet', role: 'step', reason: 'the kind of EDI document: 850, 810, 204 …' },
  { path: 'successful', role: 'status', reason: 'whether it was processed' },
  { path: 'ackStatus', role: 'status', reason: 'what the partner acknowledged' },
  { path: 'isaControl', role: 'identifier', type: 'interchange', reason: 'the interchange, with its sender and receiver' },
  { path: 'gsControl', role: 'identifier', type: 'edi-group', reason: 'the group within its interchange' },
  { path: 'stControl', role: 'identifier', type: 'edi-document', reason: 'the document within its group' },
  { path: 'executionId', role: 'execution', type: 'execution', reason: 'the run it passed in' },
  { path: 'customFields', role: 'identifier', reason: 'fields whose names say a record type are identifiers' },
  { path: 'errorMessage', role: 'error', reason: 'why it failed' },
];
