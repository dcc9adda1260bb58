import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import { compileTime } from '../../time/index.ts';
import { boomiRecords, mapBoomiRecords, PLATFORM_API, readBoomiTime } from './platform.ts';
import type { BoomiType } from './platform.ts';
import { actionName, boomiPairs, boomiText, shapeName } from './values.ts';
import { createNamedReader, entityOf, entityOfMapping, namedRole, seenRole } from '../business.ts';
import { defineProfile } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { normaliseStatus } from '../vocabulary.ts';

const TYPE: BoomiType = {
  name: 'GenericConnectorRecord',
  keys: ['executionId', 'dateProcessed', 'executionConnectorId', 'incrementalDocumentIndex'],
};

/**
 * Boomi's GenericConnectorRecord: one document that passed one connector of a run. Its tracked fields are the business keys
 * that the maker of the process chose. Source: Boomi OpenAPI document, "Generic connector record object".
 */
export const boomiConnectorRecord = defineProfile({
  id: 'boomi-connector-record',
  title: 'Boomi tracked documents (generic connector records)',
  matches: (entry) => boomiRecords(entry, TYPE).length > 0,
  shape: 'Boomi GenericConnectorRecords: documents with their connector, execution and tracked fields',
  ...PLATFORM_API,
  kind: 'step',
  fields: (entries) => [...SPECS, ...pairSpecs(entries)],

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    const entity = entityOfMapping(mapping.fields);
    const readTracked = createNamedReader({
      classify: (name) => namedRole(name, true, entity),
      fields: mapping.fields,
      prefix: 'trackedFields.',
    });
    const readConnectorField = createNamedReader({
      classify: (name) => namedRole(name, false, entity),
      fields: mapping.fields,
      prefix: 'connectorFields.',
    });
    const readText = createTextReader(source.textPatterns);
    return mapBoomiRecords(TYPE, (record, draft) => {
      const problem = readBoomiTime(record, 'dateProcessed', time, draft);
      if (problem !== undefined) return problem;
      draft.system = mapping.system;
      readRecord(record, draft);
      for (const { name, value } of boomiPairs(record, 'trackedFields', 'trackedField')) {
        readTracked(name, value, draft);
        readText(value, draft);
      }
      for (const { name, value } of boomiPairs(record, 'connectorFields', 'connectorField')) {
        readConnectorField(name, value, draft);
      }
      readText(draft.error, draft);
      return undefined;
    });
  },
});

function readRecord(record: JsonObject, draft: Draft): void {
  const action = actionName(boomiText(record, 'actionType'), boomiText(record, 'connectorType'));
  draft.step = shapeName(boomiText(record, 'operationName')) || action || 'document';
  draft.statusRaw = boomiText(record, 'status');
  draft.status = normaliseStatus(draft.statusRaw, 'boomi');
  draft.error = boomiText(record, 'errorMessage');
  draft.executionType = 'execution';
  draft.execution = boomiText(record, 'executionId');
}

const SPECS: readonly FieldSpec[] = [
  { path: 'dateProcessed', role: 'time', format: 'iso', reason: 'when the document passed the connector' },
  { path: 'operationName', role: 'step', reason: 'the operation; action and connector type where it has no name' },
  { path: 'status', role: 'status', reason: 'SUCCESS or ERROR' },
  { path: 'errorMessage', role: 'error', reason: 'why it failed; keys are looked for in it' },
  { path: 'executionId', role: 'execution', type: 'execution', reason: 'the run it passed in' },
];

/** The tracked and connector fields that occur, with what their names are taken for. */
function pairSpecs(entries: readonly Entry[]): FieldSpec[] {
  const specs = new Map<string, FieldSpec>();
  const all = entries.flatMap((entry) => boomiRecords(entry, TYPE));
  const entity = entityOf(all.flatMap((record) => boomiPairs(record, 'trackedFields', 'trackedField')).map((pair) => pair.name));
  for (const [group, item, owned] of [
    ['trackedFields', 'trackedField', true],
    ['connectorFields', 'connectorField', false],
  ] as const) {
    const values = new Map<string, string[]>();
    for (const { name, value } of all.flatMap((record) => boomiPairs(record, group, item))) {
      const known = values.get(name);
      if (known === undefined) values.set(name, [value]);
      else known.push(value);
    }
    for (const [name, seen] of values) {
      const path = `${group}.${name}`;
      const role = seenRole(name, seen, owned, entity);
      specs.set(path, {
        path,
        role: role.role,
        type: role.role === 'identifier' ? role.type : role.role === 'attribute' ? role.name : undefined,
        confidence: role.role === 'identifier' ? role.confidence : 0.6,
        reason:
          role.role === 'identifier'
            ? `the name says ${role.type}${role.confidence < 0.7 ? ', and the values look like keys' : ''}`
            : owned
              ? 'a tracked field whose name says no record type'
              : 'a connector property',
        read: (from) =>
          boomiRecords(from, TYPE)
            .flatMap((other) => boomiPairs(other, group, item))
            .find((pair) => pair.name === name)?.value,
      });
    }
  }
  return [...specs.values()];
}
