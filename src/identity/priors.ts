/**
 * What a type's name suggests. Only a prior: it decides where the data is too thin to tell (see `hubs.ts`, `ownership.ts`), and
 * settles ties. The lists are short on purpose; an unknown name is judged by its data alone.
 */

/** Things that touch many unrelated records over time. */
const HUB_NAMES: ReadonlySet<string> = new Set([
  'customer',
  'patient',
  'account',
  'contact',
  'user',
  'agent',
  'employee',
  'resource',
  'product',
  'sku',
  'item',
  'material',
  'article',
  'warehouse',
  'store',
  'location',
  'site',
  'plant',
  'carrier',
  'supplier',
  'vendor',
  'partner',
  'company',
  'tenant',
  'file',
  'batch',
  'interchange',
  'edi-group',
  'session',
  'host',
  'queue',
  'topic',
  'channel',
  'region',
  'country',
  'currency',
]);

/** Things whose journey people ask for, the most likely root first. */
const ROOT_NAMES: readonly string[] = [
  'order',
  'sales-order',
  'purchase-order',
  'case',
  'ticket',
  'claim',
  'application',
  'booking',
  'quote',
  'return',
  'shipment',
  'delivery',
  'invoice',
  'payment',
  'refund',
  'package',
  'tracking',
];

/** Whether the name alone suggests a hub. */
export function isHubName(type: string): boolean {
  return HUB_NAMES.has(type);
}

/** Position in the list of likely roots (0 is the likeliest), or the list's length for an unknown name. */
export function rootRank(type: string): number {
  const rank = ROOT_NAMES.indexOf(type);
  return rank < 0 ? ROOT_NAMES.length : rank;
}

/** Whether the name alone suggests something that has a journey. */
export function isRootName(type: string): boolean {
  return rootRank(type) < ROOT_NAMES.length;
}
