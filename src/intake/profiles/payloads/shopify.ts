import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { asList, asObject, objectOf } from '../tree.ts';
import { fieldsRead, tellEvent } from './put.ts';
import type { FieldNote } from './put.ts';
import { createRoles } from './roles.ts';
import type { RoleOf } from './roles.ts';
import { readFulfillment, readOrder, readRefund, readTransaction } from './shopify-records.ts';
import { firstText, objectsAt, textAt } from './tree-path.ts';

/**
 * Shopify's orders, fulfillments, transactions and refunds as the REST Admin API, its webhooks and the GraphQL Admin API write them: one snapshot
 * of each object; what an order holds inside is told as the object that it is. Sources: Shopify REST resources Order, Fulfillment, Transaction,
 * Refund; GraphQL objects of the same names.
 */
export const shopify = defineProfile({
  id: 'shopify',
  title: 'Shopify orders, fulfillments, transactions and refunds (JSON)',
  matches: (entry) => objectIn(entry) !== undefined,
  shape: 'in the form of Shopify’s APIs',
  system: platformSystem('shopify', 'the objects come from Shopify'),
  zone: 'UTC',
  zoneReason: 'times of Shopify carry their offset',
  kind: 'snapshot',
  fields: (entries) => fieldsRead(entries, createReader('shopify'), NOTES),
  compile: (_source, mapping) => createReader(mapping.system),
});

type Kind = 'order' | 'fulfillment' | 'transaction' | 'refund';

interface Found {
  readonly kind: Kind;
  readonly object: JsonObject;
}

const KINDS: readonly Kind[] = ['order', 'fulfillment', 'transaction', 'refund'];
const GID = /^gid:\/\/shopify\/(Order|Fulfillment|OrderTransaction|Refund)\/\d+$/;
const GID_KINDS: Readonly<Record<string, Kind>> = {
  Order: 'order',
  Fulfillment: 'fulfillment',
  OrderTransaction: 'transaction',
  Refund: 'refund',
};

/** The object of an entry: bare, under its name, as a `node` of a connection, or in the `data` of a GraphQL answer. */
function objectIn(entry: Entry): Found | undefined {
  const value = objectOf(entry);
  if (value === undefined) return undefined;
  const bare = kindOf(value, undefined);
  if (bare !== undefined) return { kind: bare, object: value };
  const node = asObject(value['node']);
  const inner = node === undefined ? (asObject(value['data']) ?? value) : { node };
  for (const [key, member] of Object.entries(inner)) {
    const object = asObject(member);
    if (object === undefined) continue;
    const kind = kindOf(
      object,
      KINDS.find((name) => name === key),
    );
    if (kind !== undefined) return { kind, object };
  }
  return undefined;
}

/** By its global id, else by members that only this kind of object has. `named` is the key it stood under. */
function kindOf(object: JsonObject, named: Kind | undefined): Kind | undefined {
  const gid = GID.exec(textAt(object, 'admin_graphql_api_id')) ?? GID.exec(textAt(object, 'id'));
  if (gid !== null) return GID_KINDS[gid[1]!];
  const has = (...names: readonly string[]): boolean => names.every((name) => Object.hasOwn(object, name));
  if (has('financial_status', 'fulfillment_status', 'order_number', 'line_items')) return 'order';
  if (!has('order_id')) return undefined;
  if (has('tracking_company', 'shipment_status') || (named === 'fulfillment' && has('tracking_number'))) return 'fulfillment';
  if (has('gateway', 'kind', 'parent_id')) return 'transaction';
  return has('refund_line_items', 'transactions') ? 'refund' : undefined;
}

function createReader(system: string) {
  const time = compileTime('iso', 'UTC');
  const roleOf = createRoles(true);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const found = objectIn(entry);
    if (found === undefined) return 'the entry is no Shopify order, fulfillment, transaction or refund';
    return emitObject(found, undefined, { system, time, roleOf, draft, emit });
  };
}

interface Way {
  readonly system: string;
  readonly time: TimeParser;
  readonly roleOf: RoleOf;
  readonly draft: Draft;
  readonly emit: () => void;
}

/** Emits an object, then those inside it. `order` is the one that holds them: inner objects of GraphQL do not name it. */
function emitObject(found: Found, order: JsonObject | undefined, way: Way): string | undefined {
  const { draft } = way;
  const { kind, object } = found;
  draft.reset();
  draft.kind = 'snapshot';
  draft.system = way.system;
  draft.step = kind;
  const problem = readTime(object, way.time, draft);
  if (problem !== undefined) return problem;
  switch (kind) {
    case 'order':
      readOrder(object, way.roleOf, draft);
      break;
    case 'fulfillment':
      readFulfillment(object, order, draft);
      break;
    case 'transaction':
      readTransaction(object, order, draft);
      break;
    case 'refund':
      readRefund(object, order, draft);
      break;
  }
  tellEvent(draft, way.emit);
  if (kind !== 'order') return undefined;
  for (const inner of innerOf(object)) {
    const late = emitObject(inner, object, way);
    if (late !== undefined) return late;
  }
  return undefined;
}

/** `updated_at`: what the object was then. Transactions and refunds never change. */
function readTime(object: JsonObject, time: TimeParser, draft: Draft): string | undefined {
  const text = firstText(
    textAt(object, 'updated_at'),
    textAt(object, 'updatedAt'),
    textAt(object, 'processed_at'),
    textAt(object, 'processedAt'),
    textAt(object, 'created_at'),
    textAt(object, 'createdAt'),
  );
  draft.time = time(text);
  draft.precision = precisionOf(text, 'iso');
  return text !== '' && Number.isNaN(draft.time) ? `the object's time is none: ${text.slice(0, 40)}` : undefined;
}

/** Objects inside an order, in lists or connections. */
function innerOf(object: JsonObject): readonly Found[] {
  return [
    ...connected(object, 'fulfillments').map((inner): Found => ({ kind: 'fulfillment', object: inner })),
    ...connected(object, 'transactions').map((inner): Found => ({ kind: 'transaction', object: inner })),
    ...connected(object, 'refunds').map((inner): Found => ({ kind: 'refund', object: inner })),
  ];
}

/** A list of objects: `[…]`, `{ nodes: […] }` or `{ edges: [{ node }] }`. */
function connected(object: JsonObject, name: string): readonly JsonObject[] {
  const value: Json | undefined = object[name];
  if (Array.isArray(value)) return objectsAt(object, name);
  const nodes = asList(asObject(value)?.['nodes']);
  const edges = asList(asObject(value)?.['edges']).map((edge) => asObject(edge)?.['node'] ?? null);
  return [...nodes, ...edges].filter((node): node is JsonObject => asObject(node) !== undefined);
}

const read = (...names: readonly string[]): NonNullable<FieldNote['read']> => {
  return (entry) => firstText(...names.map((name) => textAt(objectIn(entry)?.object, name)));
};

const NOTES: readonly FieldNote[] = [
  { path: 'updated_at', role: 'time', format: 'iso', reason: 'what the object was then', read: read('updated_at', 'updatedAt') },
  { path: 'created_at', role: 'time', format: 'iso', reason: 'where it was never changed', read: read('created_at', 'createdAt') },
  {
    path: 'financial_status',
    role: 'status',
    reason: 'of an order; fulfillments and transactions have a status of their own',
    read: read('financial_status', 'displayFinancialStatus', 'status'),
  },
];
