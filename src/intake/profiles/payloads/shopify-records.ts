import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { asList } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { complain, identify, identifyName, tell, tellFirst, tellText } from './put.ts';
import type { RoleOf } from './roles.ts';
import { firstText, listAt, objectsAt, textAt } from './tree-path.ts';

/**
 * The names of an order: its id (as number and as global id) and its number (`#1001` and 1001). Two numbers, which identity relates; `number`
 * (the count since the shop was opened) is no name that anyone uses, and is equal to other orders' ids.
 */
export function readOrder(order: JsonObject, roleOf: RoleOf, draft: Draft): void {
  readOrderNames(order, draft);
  const status = firstText(textAt(order, 'financial_status'), textAt(order, 'displayFinancialStatus'));
  readStatus(status, draft);
  tellFirst(draft, 'financial_status', order, ['financial_status'], ['displayFinancialStatus']);
  tellFirst(draft, 'fulfillment_status', order, ['fulfillment_status'], ['displayFulfillmentStatus']);
  tellFirst(draft, 'cancel_reason', order, ['cancel_reason'], ['cancelReason']);
  readMoney(order, draft);
  const lines = objectsAt(order, 'line_items');
  if (lines.length > 0) {
    tell(draft, 'items', lines.length, 'line_items');
    const quantity = lines.reduce((sum, line) => sum + Number(textAt(line, 'quantity') || Number.NaN), 0);
    if (!Number.isNaN(quantity)) tell(draft, 'quantity', quantity, 'line_items[].quantity');
  }
  identify(draft, 'customer', textAt(order, 'customer', 'id'), 'customer.id');
  identify(draft, 'cart', firstText(textAt(order, 'checkout_id'), textAt(order, 'cart_token')), 'checkout_id');
  readNotes(order, roleOf, draft);
}

function readOrderNames(order: JsonObject, draft: Draft): void {
  identifyName(draft, 'order', textAt(order, 'id'), 'id');
  identifyName(draft, 'order', textAt(order, 'legacyResourceId'), 'legacyResourceId');
  identifyName(draft, 'order', textAt(order, 'admin_graphql_api_id'), 'admin_graphql_api_id');
  identifyName(draft, 'order', textAt(order, 'name'), 'name');
  identifyName(draft, 'order', textAt(order, 'order_number'), 'order_number');
  const po = firstText(textAt(order, 'po_number'), textAt(order, 'poNumber'));
  if (!identifyName(draft, 'order', po, 'po_number')) tellText(draft, 'po_number', po, 'po_number');
}

/** Amounts of the REST API are text in the shop's currency; GraphQL and the newer REST fields give a pair of currencies. */
const AMOUNTS: readonly (readonly [name: string, rest: string, graphql: string])[] = [
  ['amount', 'total_price', 'totalPriceSet'],
  ['net_amount', 'subtotal_price', 'subtotalPriceSet'],
  ['tax', 'total_tax', 'totalTaxSet'],
  ['discount', 'total_discounts', 'totalDiscountsSet'],
  ['current_amount', 'current_total_price', 'currentTotalPriceSet'],
];

function readMoney(order: JsonObject, draft: Draft): void {
  for (const [name, rest, graphql] of AMOUNTS) {
    const own = textAt(order, rest);
    if (own === '') tell(draft, name, textAt(order, graphql, 'shopMoney', 'amount'), `${graphql}.shopMoney.amount`);
    else tell(draft, name, own, rest);
  }
  tellFirst(draft, 'currency', order, ['currency'], ['currencyCode'], ['totalPriceSet', 'shopMoney', 'currencyCode']);
  const currency = firstText(textAt(order, 'currency'), textAt(order, 'currencyCode'));
  const presented = firstText(textAt(order, 'presentment_currency'), textAt(order, 'presentmentCurrencyCode'));
  if (presented === '' || presented === currency) return;
  tellFirst(draft, 'presentment_currency', order, ['presentment_currency'], ['presentmentCurrencyCode']);
  tell(
    draft,
    'presentment_amount',
    textAt(order, 'total_price_set', 'presentment_money', 'amount'),
    'total_price_set.presentment_money.amount',
  );
  tell(draft, 'presentment_amount', textAt(order, 'totalPriceSet', 'presentmentMoney', 'amount'), 'totalPriceSet.presentmentMoney.amount');
}

/** What a shop wrote beside an order: names that say a record are its keys; a further number of the order itself is kept as a field. */
function readNotes(order: JsonObject, roleOf: RoleOf, draft: Draft): void {
  for (const note of [...listAt(order, 'note_attributes'), ...listAt(order, 'customAttributes')]) {
    const name = firstText(textAt(note, 'name'), textAt(note, 'key'));
    const value = textAt(note, 'value');
    if (name === '' || value === '' || name.length > 60) continue;
    const role = roleOf(name, 'order');
    const path = `note_attributes.${name}`;
    if (role.role === 'attribute') tell(draft, role.name, value, path);
    else if (role.role !== 'identifier') continue;
    else if (role.type !== 'order') identify(draft, role.type, value, path);
    else if (!identifyName(draft, 'order', value, path)) tellText(draft, name.toLowerCase().replace(/[^a-z0-9]+/g, '_'), value, path);
  }
}

export function readFulfillment(fulfillment: JsonObject, order: JsonObject | undefined, draft: Draft): void {
  identifyName(draft, 'shipment', textAt(fulfillment, 'id'), 'id');
  identifyName(draft, 'shipment', textAt(fulfillment, 'admin_graphql_api_id'), 'admin_graphql_api_id');
  identifyName(draft, 'shipment', textAt(fulfillment, 'name'), 'name');
  readHolder(fulfillment, order, draft);
  const numbers = new Set([
    textAt(fulfillment, 'tracking_number'),
    ...asList(fulfillment['tracking_numbers']).map((value) => textAt(value)),
  ]);
  for (const info of listAt(fulfillment, 'trackingInfo')) numbers.add(textAt(info, 'number'));
  for (const number of numbers) identify(draft, 'tracking', number, 'tracking_number');
  readOwnStatus(fulfillment, 'fulfillment_state', draft);
  tellFirst(draft, 'shipment_status', fulfillment, ['shipment_status'], ['displayStatus']);
  tellFirst(draft, 'carrier', fulfillment, ['tracking_company'], ['trackingInfo', 'company']);
  const lines = objectsAt(fulfillment, 'line_items');
  if (lines.length > 0) tell(draft, 'items', lines.length, 'line_items');
}

export function readTransaction(transaction: JsonObject, order: JsonObject | undefined, draft: Draft): void {
  identifyName(draft, 'payment', textAt(transaction, 'id'), 'id');
  identifyName(draft, 'payment', textAt(transaction, 'admin_graphql_api_id'), 'admin_graphql_api_id');
  readHolder(transaction, order, draft);
  readOwnStatus(transaction, 'transaction_status', draft);
  tellText(draft, 'kind', textAt(transaction, 'kind').toLowerCase(), 'kind');
  tellText(draft, 'gateway', textAt(transaction, 'gateway'), 'gateway');
  const amount = textAt(transaction, 'amount');
  if (amount === '')
    tell(draft, 'transaction_amount', textAt(transaction, 'amountSet', 'shopMoney', 'amount'), 'amountSet.shopMoney.amount');
  else tell(draft, 'transaction_amount', amount, 'amount');
  tellFirst(draft, 'currency', transaction, ['currency'], ['amountSet', 'shopMoney', 'currencyCode']);
  const code = firstText(textAt(transaction, 'error_code'), textAt(transaction, 'errorCode'));
  tellText(draft, 'error_code', code, 'error_code');
  if (draft.status === 'failed') complain(draft, firstText(textAt(transaction, 'message'), code));
}

export function readRefund(refund: JsonObject, order: JsonObject | undefined, draft: Draft): void {
  identifyName(draft, 'refund', textAt(refund, 'id'), 'id');
  identifyName(draft, 'refund', textAt(refund, 'admin_graphql_api_id'), 'admin_graphql_api_id');
  readHolder(refund, order, draft);
  const total = textAt(refund, 'totalRefundedSet', 'shopMoney', 'amount');
  if (total !== '') {
    tell(draft, 'refund_amount', total, 'totalRefundedSet.shopMoney.amount');
    return;
  }
  let sum = 0;
  const transactions = objectsAt(refund, 'transactions');
  for (const transaction of transactions) {
    if (textAt(transaction, 'status') === 'success') sum += Number(textAt(transaction, 'amount') || Number.NaN);
    identify(draft, 'payment', textAt(transaction, 'id'), 'transactions[].id');
  }
  if (transactions.length > 0 && !Number.isNaN(sum))
    tell(draft, 'refund_amount', String(Math.round(sum * 1e4) / 1e4), 'transactions[].amount');
}

/** The order of an inner object: its `order_id`, else the order that holds it. One number: the order's own snapshot relates it to the others. */
function readHolder(object: JsonObject, order: JsonObject | undefined, draft: Draft): void {
  const id = firstText(textAt(object, 'order_id'), textAt(object, 'order', 'id'));
  identify(draft, 'order', id === '' ? textAt(order, 'id') : id, id === '' ? 'order.id' : 'order_id');
}

/** The status of a part of an order, under a name that is not the order's. */
function readOwnStatus(object: JsonObject, name: string, draft: Draft): void {
  const status = textAt(object, 'status');
  readStatus(status, draft);
  tellText(draft, name, status, 'status');
}

function readStatus(status: string, draft: Draft): void {
  if (status === '') return;
  draft.statusRaw = status;
  draft.status = normaliseStatus(status, 'shopify');
}
