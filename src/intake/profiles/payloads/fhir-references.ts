import type { Draft } from '../../draft.ts';
import type { Json, JsonObject } from '../../entry.ts';
import { fhirList, fhirText } from './fhir-values.ts';
import { identify, identifyName } from './put.ts';

/** Record types that other exports name too: an HL7 v2 order is a ServiceRequest, a visit an Encounter. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['ServiceRequest', 'order'],
  ['Encounter', 'visit'],
  ['SupplyRequest', 'order'],
  ['DeviceRequest', 'order'],
]);

/** The record type of a resource type: `MedicationRequest` is a medication-request. */
export function fhirType(resourceType: string): string {
  return TYPES.get(resourceType) ?? resourceType.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** Members that say what a resource is about, asked for by, or part of. Performers, places and forms touch everything and are left out. */
const REFERENCES: readonly string[] = [
  'basedOn',
  'focus',
  'request',
  'for',
  'subject',
  'patient',
  'encounter',
  'specimen',
  'result',
  'appointment',
];

/** The end of a reference, relative or with the server's address. */
const RESOURCE = /(?:^|\/)([A-Z][A-Za-z]{2,60})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]*)?$/;

/**
 * The names of a resource: its id on the server (`ServiceRequest/9`, unique with its type only) and its first business identifier, official
 * ones before; then what it refers to, by id or by identifier.
 */
export function readFhirIdentifiers(resourceType: string, resource: JsonObject, fullUrl: string, draft: Draft): void {
  const type = fhirType(resourceType);
  // A header names a message, and nothing of the business.
  if (resourceType !== 'MessageHeader') readNames(type, resourceType, resource, fullUrl, draft);
  for (const name of REFERENCES) {
    for (const reference of fhirList(resource, name)) readReference(name, reference, type, draft);
  }
}

function readNames(type: string, resourceType: string, resource: JsonObject, fullUrl: string, draft: Draft): void {
  const id = fhirText(resource, 'id');
  if (id !== '') identifyName(draft, type, `${resourceType}/${id}`, 'id');
  else if (fullUrl.startsWith('urn:uuid:')) identifyName(draft, type, fullUrl, 'fullUrl');
  const own = fhirList(resource, 'identifier');
  const official = own.find((identifier) => fhirText(identifier, 'use') === 'official') ?? own[0];
  identifyName(draft, type, fhirText(official, 'value'), 'identifier.value');
  for (const other of own) if (other !== official) identifyName(draft, type, fhirText(other, 'value'), 'identifier.value');
  identify(draft, 'requisition', fhirText(resource, 'requisition', 'value'), 'requisition.value');
  identify(draft, 'requisition', fhirText(resource, 'groupIdentifier', 'value'), 'groupIdentifier.value');
}

function readReference(name: string, reference: Json, own: string, draft: Draft): void {
  const target = fhirText(reference, 'reference');
  const match = RESOURCE.exec(target);
  // In R4 the type may be the address of its definition.
  const declared = /(?:^|\/)([A-Z][A-Za-z]{2,60})$/.exec(fhirText(reference, 'type'))?.[1];
  const resourceType = match?.[1] ?? declared ?? '';
  const type = resourceType === '' ? undefined : fhirType(resourceType);
  // Another resource of the same type is a record of its own, and no other name of this one.
  if (type === undefined || type === own) return;
  if (match !== null) identify(draft, type, `${resourceType}/${match[2]!}`, `${name}.reference`);
  else if (target.startsWith('urn:uuid:')) identify(draft, type, target, `${name}.reference`);
  identify(draft, type, fhirText(reference, 'identifier', 'value'), `${name}.identifier.value`);
}
