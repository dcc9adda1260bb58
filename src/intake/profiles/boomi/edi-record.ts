import type { Status } from '../../../model/status.ts';
import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import { compileTime } from '../../time/index.ts';
import { createNamedReader, isKey, namedRole } from '../business.ts';
import { defineProfile } from '../define.ts';
import { keyOf } from '../edi/message.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asList, asNumber, asObject, asText, member, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { EDI_STANDARDS } from './edi-standards.ts';
import type { EdiStandard } from './edi-standards.ts';
import { isEmptyPage, PLATFORM_API, readBoomiTime, typeName } from './platform.ts';
import { actionName, boomiText, plainReport } from './values.ts';

/**
 * Boomi's records of EDI documents other than X12: EDIFACT, ODETTE, HL7, AS2, OFTP2, RosettaNet, Tradacoms and custom ones. Each is one
 * document that passed a trading partner, with the numbers that its envelope carries. Source: Boomi OpenAPI document.
 */
export const boomiEdiRecord = defineProfile({
  id: 'boomi-edi-record',
  title: 'Boomi EDI documents (EDIFACT, HL7, AS2 …)',
  matches: (entry) => recordsOf(entry).length > 0,
  shape: 'Boomi records of EDI documents with their control numbers',
  ...PLATFORM_API,
  kind: 'step',
  unfold: (entries) =>
    entries.flatMap((entry) =>
      recordsOf(entry).map(({ record }): Entry => ({ kind: 'tree', place: entry.place, value: record, context: undefined })),
    ),
  fields: specsOf,

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    const readText = createTextReader(source.textPatterns);
    const readCustom = createNamedReader({
      classify: (name) => namedRole(name, true, 'order'),
      fields: mapping.fields,
      prefix: 'customFields.',
    });
    return (entry, draft, emit) => {
      const records = recordsOf(entry);
      if (records.length === 0) return isEmptyPage(entry) ? undefined : 'the entry is no Boomi record of an EDI document';
      for (const { record, standard } of records) {
        draft.reset();
        const problem = readBoomiTime(record, 'dateProcessed', time, draft);
        if (problem !== undefined) return problem;
        draft.system = mapping.system;
        readRecord(record, standard, draft);
        readKeys(record, standard, draft);
        for (const fields of asList(record['customFields'])) {
          for (const [name, value] of Object.entries(asObject(fields) ?? {})) {
            if (!name.startsWith('@')) readCustom(name, asText(value), draft);
          }
        }
        readText(boomiText(record, 'subject'), draft);
        readText(draft.error, draft);
        emit();
      }
      return undefined;
    };
  },
});

interface EdiRecord {
  readonly record: JsonObject;
  readonly standard: EdiStandard;
}

function recordsOf(entry: Entry): readonly EdiRecord[] {
  const object = objectOf(entry);
  if (object === undefined) return [];
  const items = typeName(object) === 'QueryResult' ? asList(object['result']) : [object];
  return items.flatMap((item) => {
    const record = asObject(item);
    const standard = record === undefined ? undefined : standardOf(record);
    return record === undefined || standard === undefined ? [] : [{ record, standard }];
  });
}

/** By the name of the record; where a client dropped it, by the connector and what all of them have. */
function standardOf(record: JsonObject): EdiStandard | undefined {
  const name = typeName(record).toLowerCase();
  if (name !== '') return EDI_STANDARDS.find((standard) => standard.record === name);
  if (boomiText(record, 'executionId') === '' || boomiText(record, 'dateProcessed') === '' || member(record, 'successful') === undefined)
    return undefined;
  const connector = boomiText(record, 'connectorType').toLowerCase();
  return EDI_STANDARDS.find((standard) => standard.connectors.includes(connector));
}

function readRecord(record: JsonObject, standard: EdiStandard, draft: Draft): void {
  const kind = standard.kind === '' ? '' : toldText(record, standard.kind);
  const action = actionName(boomiText(record, 'actionType'), boomiText(record, 'connectorType'));
  draft.step = [boomiText(record, 'operationName') || action, kind].filter((word) => word !== '').join(' ') || `${standard.title} document`;
  const { status, raw } = outcomeOf(record, standard);
  draft.status = status;
  draft.statusRaw = raw;
  draft.error = boomiText(record, 'errorMessage');
  if (draft.error === '' && status === 'failed') {
    draft.error = plainReport(firstText(record, standard.errors)) || (raw === UNSUCCESSFUL ? '' : raw);
  }
  draft.executionType = 'execution';
  draft.execution = boomiText(record, 'executionId');
  const attempt = asNumber(toldText(record, 'attemptCount'));
  if (Number.isInteger(attempt) && attempt > 0 && attempt < 1_000) draft.attempt = attempt;
}

const UNSUCCESSFUL = 'successful=false';

/** Boomi's own flag decides; what the partner or the validation says makes of a success a failure or a warning. */
function outcomeOf(record: JsonObject, standard: EdiStandard): { readonly status: Status; readonly raw: string } {
  const successful = boomiText(record, 'successful').toLowerCase();
  if (successful === 'false') return { status: 'failed', raw: UNSUCCESSFUL };
  for (const field of standard.outcomes) {
    const word = toldText(record, field);
    const status = statusOfWord(word);
    if (status === 'unknown') continue;
    // A validation that failed did not keep the document from being sent.
    if (status === 'failed' && /validation/i.test(field) && successful === 'true') return { status: 'succeeded-with-warning', raw: word };
    if (status === 'failed' || status === 'succeeded-with-warning' || status === 'waiting') return { status, raw: word };
    if (status === 'succeeded' && field !== 'outboundValidationStatus' && field !== 'validationStatus') return { status, raw: word };
  }
  return successful === 'true'
    ? { status: 'succeeded', raw: 'successful=true' }
    : { status: 'unknown', raw: firstText(record, standard.outcomes) };
}

function statusOfWord(word: string): Status {
  if (word === '') return 'unknown';
  // A disposition of RFC 4130: `processed/error: decryption-failed`.
  const modifier = /^(?:processed|failed)\/(error|failure|warning)/i.exec(word)?.[1]?.toLowerCase();
  if (modifier !== undefined) return modifier === 'warning' ? 'succeeded-with-warning' : 'failed';
  return normaliseStatus(word, 'boomi');
}

function readKeys(record: JsonObject, standard: EdiStandard, draft: Draft): void {
  const sender = firstText(record, standard.sender);
  const receiver = firstText(record, standard.receiver);
  for (const { type, fields, counted } of standard.keys) {
    const parts = fields.map((field) => toldText(record, field).replace(/^<|>$/g, ''));
    const key = counted === 'alone' ? keyOf('', '', ...parts) : keyOf(sender, counted === 'pair' ? receiver : '', ...parts);
    if (isKey(key)) draft.identifier(type, key, fields.at(-1)!);
  }
}

/** A field's text; `N/A` is Boomi's word for none. */
function toldText(record: JsonObject, field: string): string {
  const text = boomiText(record, field);
  return text.toUpperCase() === 'N/A' ? '' : text;
}

function firstText(record: JsonObject, fields: readonly string[]): string {
  for (const field of fields) {
    const text = toldText(record, field);
    if (text !== '') return text;
  }
  return '';
}

function specsOf(entries: readonly Entry[]): FieldSpec[] {
  const fields = new Map<string, FieldSpec>();
  for (const standard of new Set(entries.flatMap((entry) => recordsOf(entry).map((one) => one.standard)))) {
    if (standard.kind !== '')
      fields.set(standard.kind, { path: standard.kind, role: 'step', reason: `the kind of ${standard.title} document` });
    for (const path of standard.outcomes) fields.set(path, { path, role: 'status', reason: 'what the partner or the validation said' });
    for (const { type, fields: parts } of standard.keys) {
      const path = parts.at(-1)!;
      fields.set(path, {
        path,
        role: 'identifier',
        type,
        reason: parts.length > 1 ? `with ${parts.slice(0, -1).join(', ')} and the partners` : 'with the partners where they count it',
      });
    }
  }
  return [...SPECS, ...fields.values(), ...LAST];
}

const SPECS: readonly FieldSpec[] = [
  { path: 'dateProcessed', role: 'time', format: 'iso', reason: 'when the document passed the connector' },
  { path: 'operationName', role: 'step', reason: 'the operation, with the kind of document' },
  { path: 'successful', role: 'status', reason: 'whether it was processed' },
  { path: 'executionId', role: 'execution', type: 'execution', reason: 'the run it passed in' },
  { path: 'attemptCount', role: 'attempt', reason: 'which try it is' },
];

const LAST: readonly FieldSpec[] = [
  { path: 'customFields', role: 'identifier', reason: 'fields whose names say a record type are identifiers' },
  { path: 'errorMessage', role: 'error', reason: 'why it failed' },
];
