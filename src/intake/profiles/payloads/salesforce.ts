import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { asList, asObject, asText, objectOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { complain, fieldsRead, identify, identifyName, statusName, tellEvent, tellText } from './put.ts';
import type { FieldNote } from './put.ts';
import { createSalesforceNames, fullId, isSalesforceId, objectOfId, readSalesforceFields } from './salesforce-fields.ts';
import type { SalesforceNames } from './salesforce-fields.ts';
import { firstText, listAt, textAt } from './tree-path.ts';

/**
 * Salesforce: records of the REST API (`attributes.type`) and rows of a Bulk API export are snapshots; a change data capture event is a step
 * (`Order UPDATE`) with the transaction it was committed in; a row of a Bulk API result (`sf__Id`) is a step that may have failed. Ids are told
 * in their form of 18 characters, whatever the source wrote: that of 15 differs by case alone. Sources: Salesforce Object Reference (Order),
 * REST API, Bulk API 2.0, Change Data Capture Developer Guide (ChangeEventHeader).
 */
export const salesforce = defineProfile({
  id: 'salesforce',
  title: 'Salesforce records, Bulk API tables and change events',
  matches: (entry, source) => compileForm(source)(entry) !== undefined,
  shape: 'in the form of Salesforce’s APIs',
  system: platformSystem('salesforce', 'the records come from Salesforce'),
  zone: 'UTC',
  zoneReason: 'times of Salesforce carry their offset',
  kind: 'snapshot',
  fields: (entries, source) => fieldsRead(entries, createReader(source, 'salesforce'), NOTES),
  compile: (source, mapping) => createReader(source, mapping.system),
});

type Form =
  | { readonly is: 'record'; readonly type: string; readonly fields: JsonObject }
  | { readonly is: 'result'; readonly fields: JsonObject }
  | { readonly is: 'change'; readonly header: JsonObject; readonly fields: JsonObject };

/** What the entries of a source can be. Rows are recognised by their header, which is looked at once. */
function compileForm(source: SourceContext): (entry: Entry) => Form | undefined {
  const { header } = source;
  if (header !== undefined) {
    const result = header.includes('sf__Id') && header.includes('sf__Error');
    const table = header.includes('Id') && ['SystemModstamp', 'LastModifiedDate', 'CreatedDate'].some((name) => header.includes(name));
    if (!result && !table) return () => undefined;
    const at = header.indexOf(result ? 'sf__Id' : 'Id');
    return (entry) => {
      if (entry.kind !== 'row') return undefined;
      const id = entry.cells[at] ?? '';
      if (result ? id !== '' && !isSalesforceId(id) : !isSalesforceId(id)) return undefined;
      const fields: JsonObject = Object.fromEntries(header.map((name, i) => [name, entry.cells[i] ?? '']));
      return result ? { is: 'result', fields } : { is: 'record', type: typeOfRow(header, id), fields };
    };
  }
  return (entry) => {
    const value = objectOf(entry);
    if (value === undefined) return undefined;
    const payload = asObject(value['payload']) ?? asObject(asObject(value['data'])?.['payload']);
    const change = asObject(payload?.['ChangeEventHeader']);
    if (payload !== undefined && change !== undefined && Array.isArray(change['recordIds']))
      return { is: 'change', header: change, fields: payload };
    const type = textAt(value, 'attributes', 'type');
    return type !== '' && textAt(value, 'attributes', 'url') !== '' ? { is: 'record', type, fields: value } : undefined;
  };
}

/** A table says nowhere which object its rows are: the first characters of their ids do, else a column of their own number (`OrderNumber`). */
function typeOfRow(header: readonly string[], id: string): string {
  const known = objectOfId(id);
  if (known !== undefined) return known;
  const own = header.map((name) => /^(Order|Case|Contract|Quote|Invoice)Number$/.exec(name)?.[1]).find((name) => name !== undefined);
  return own ?? (header.includes('StageName') ? 'Opportunity' : 'Record');
}

function createReader(source: SourceContext, system: string) {
  const formOf = compileForm(source);
  const time = compileTime('iso', 'UTC');
  const epoch = compileTime('epoch-ms', 'UTC');
  const names = createSalesforceNames();
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const form = formOf(entry);
    if (form === undefined) return 'the entry is no Salesforce record or change event';
    draft.reset();
    draft.system = system;
    switch (form.is) {
      case 'change':
        draft.time = epoch(textAt(form.header, 'commitTimestamp'));
        draft.precision = 'millisecond';
        readChange(form.header, form.fields, names, draft);
        break;
      case 'result':
        readResult(form.fields, names, draft);
        break;
      case 'record': {
        const changed = firstText(...['SystemModstamp', 'LastModifiedDate', 'CreatedDate'].map((name) => textAt(form.fields, name)));
        draft.time = time(changed);
        if (changed !== '' && Number.isNaN(draft.time)) return `the time of the last change is none: ${changed.slice(0, 40)}`;
        draft.precision = precisionOf(changed, 'iso');
        draft.kind = 'snapshot';
        draft.step = form.type;
        readRecord(form.type, form.fields, names, draft);
        break;
      }
    }
    tellEvent(draft, emit);
    return undefined;
  };
}

function readRecord(type: string, fields: JsonObject, names: SalesforceNames, draft: Draft): void {
  const status = firstText(textAt(fields, 'StatusCode'), textAt(fields, 'Status'), textAt(fields, 'StageName'));
  draft.statusRaw = status;
  if (status !== '') draft.status = normaliseStatus(status, 'salesforce');
  tellText(
    draft,
    statusName(names.typeOf(type)),
    status,
    ['StatusCode', 'Status', 'StageName'].find((name) => textAt(fields, name) !== '') ?? 'Status',
  );
  identifyName(draft, names.typeOf(type), fullId(textAt(fields, 'Id')), 'Id');
  readSalesforceFields(type, fields, names, draft);
}

/** Changes that were committed, by the words of ChangeEventHeader; a gap says only that something changed. */
const COMMITTED: ReadonlySet<string> = new Set(['CREATE', 'UPDATE', 'DELETE', 'UNDELETE']);

function readChange(header: JsonObject, fields: JsonObject, names: SalesforceNames, draft: Draft): void {
  const entity = textAt(header, 'entityName');
  const change = textAt(header, 'changeType');
  draft.step = [entity, change].filter((word) => word !== '').join(' ') || 'change';
  draft.statusRaw = change;
  if (COMMITTED.has(change)) draft.status = 'succeeded';
  const transaction = textAt(header, 'transactionKey');
  if (transaction !== '') {
    draft.executionType = 'correlation';
    draft.execution = transaction;
  }
  const type = names.typeOf(entity);
  for (const id of listAt(header, 'recordIds')) identify(draft, type, fullId(asText(id)), 'ChangeEventHeader.recordIds');
  readSalesforceFields(entity, fields, names, draft);
  const changed = asList(header['changedFields']).map((name: Json) => asText(name));
  if (changed.length > 0) tellText(draft, 'changed_fields', changed.join(', '), 'ChangeEventHeader.changedFields');
}

function readResult(fields: JsonObject, names: SalesforceNames, draft: Draft): void {
  const error = textAt(fields, 'sf__Error');
  const created = textAt(fields, 'sf__Created').toLowerCase();
  draft.step = 'bulk load';
  if (error !== '') {
    draft.status = 'failed';
    draft.statusRaw = 'sf__Error';
    complain(draft, error);
  } else if (textAt(fields, 'sf__Id') !== '') {
    draft.status = 'succeeded';
    draft.statusRaw = `sf__Created=${created}`;
  }
  const type = typeOfRow(Object.keys(fields), textAt(fields, 'sf__Id'));
  identifyName(draft, names.typeOf(type), fullId(textAt(fields, 'sf__Id')), 'sf__Id');
  readSalesforceFields(type, fields, names, draft);
}

const NOTES: readonly FieldNote[] = [
  { path: 'SystemModstamp', role: 'time', format: 'iso', reason: 'the last change by anyone or anything' },
  { path: 'LastModifiedDate', role: 'time', format: 'iso', reason: 'the last change by a user' },
  { path: 'payload.ChangeEventHeader.commitTimestamp', role: 'time', format: 'epoch-ms', reason: 'when the change was committed' },
  { path: 'payload.ChangeEventHeader.changeType', role: 'step', reason: 'what happened to the record' },
  { path: 'payload.ChangeEventHeader.transactionKey', role: 'execution', type: 'correlation', reason: 'what was committed together' },
  { path: 'StatusCode', role: 'status', reason: 'the category of the status' },
  { path: 'Status', role: 'status', reason: 'the status as the company named it' },
];
