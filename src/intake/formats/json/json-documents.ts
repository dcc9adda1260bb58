import type { Json, JsonObject } from '../../entry.ts';

interface JsonDocument {
  /** Keys to the list of entries; empty when the object is one entry. */
  readonly root: readonly string[];
  readonly reason: string;
}

/**
 * Objects of known kinds whose lists are parts of them and never the entries of a file: a Stripe event with the lines of its invoice, a
 * FHIR report with its results, a Salesforce record with the rows of a subquery, a Logic Apps run with its actions. A FHIR Bundle is the opposite: an envelope, although it has
 * a type, an id and a time. Undefined for all other objects, whose shape is measured.
 */
export function jsonDocumentOf(value: JsonObject): JsonDocument | undefined {
  const resource = value['resourceType'];
  if (resource === 'Bundle' && Array.isArray(value['entry'])) return { root: ['entry'], reason: 'the entries of a FHIR Bundle' };
  if (typeof resource === 'string') return { root: [], reason: 'one FHIR resource' };
  if (typeof value['object'] === 'string' && typeof value['id'] === 'string') {
    return { root: [], reason: 'one object that says its type in "object"' };
  }
  if (isProvenance(value)) return { root: ['provenance', 'results', 'provenanceEvents'], reason: 'the events of a NiFi provenance query' };
  if (typeof value['workflowId'] === 'string' && typeof value['mode'] === 'string' && 'startedAt' in value) {
    return { root: [], reason: 'one n8n execution' };
  }
  if (typeof value['type'] === 'string' && LOGIC_APPS.test(value['type']) && memberOf(value, 'properties') !== undefined) {
    return { root: [], reason: 'one Logic Apps run, or part of one' };
  }
  const workflowType = memberOf(memberOf(value, 'properties'), 'workflow')?.['type'];
  if (typeof workflowType === 'string' && LOGIC_APPS_WORKFLOW.test(workflowType)) {
    return { root: [], reason: 'one Logic Apps run' };
  }
  if (isODataEntity(memberOf(value, 'd'))) return { root: [], reason: 'one OData entity' };
  if (isConnectorMap(value)) return { root: [], reason: 'the states of Kafka Connect connectors by their names' };
  return isSalesforceRecord(value) ? { root: [], reason: 'one Salesforce record' } : undefined;
}

/** `Microsoft.Logic/workflows/runs/actions`, or shorter: the inputs and outputs in it may hold lists. */
const LOGIC_APPS = /(?:^|\/)workflows\/(?:runs|triggers\/histories)(?:\/|$)/i;

/** What a run ran: in the API's order its own type stands behind its outputs, beyond what is looked at of a large one. */
const LOGIC_APPS_WORKFLOW = /^Microsoft\.Logic\/workflows/i;

/** One entity of OData v2, alone in `d`: the lists in it are what it was expanded by. */
function isODataEntity(value: JsonObject | undefined): boolean {
  return value !== undefined && !Array.isArray(value['results']) && (memberOf(value, '__metadata') !== undefined || 'MessageGuid' in value);
}

/** The answer to a query tells about the query too, which has an id and a time of its own. */
function isProvenance(value: JsonObject): boolean {
  const results = memberOf(memberOf(value, 'provenance'), 'results');
  return Array.isArray(results?.['provenanceEvents']);
}

/** `{ orders: { status: { connector, tasks } } }`: the tasks of a connector do not name it. */
function isConnectorMap(value: JsonObject): boolean {
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => memberOf(memberOf(memberOf(value, name), 'status'), 'connector') !== undefined);
}

function memberOf(value: JsonObject | undefined, key: string): JsonObject | undefined {
  const member = value?.[key];
  return typeof member === 'object' && member !== null && !Array.isArray(member) ? member : undefined;
}

/** `attributes: { type, url }`, as the REST API puts first in every record. */
function isSalesforceRecord(value: JsonObject): boolean {
  const attributes: Json | undefined = value['attributes'];
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return false;
  return typeof attributes['type'] === 'string' && typeof attributes['url'] === 'string';
}
