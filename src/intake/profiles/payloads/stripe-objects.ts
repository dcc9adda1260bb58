import type { Draft } from '../../draft.ts';
import type { Json, JsonObject } from '../../entry.ts';
import { asObject, asText } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { amountName, complain, identify, identifyName, statusName, tell, tellText } from './put.ts';
import { at, firstText, textAt } from './tree-path.ts';

interface Kind {
  /** Record type of the object's own id. */
  readonly type: string;
  /** How its ids begin. */
  readonly prefix: string;
  /** The member that holds its amount. */
  readonly amount: string | undefined;
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['payment_intent', { type: 'payment', prefix: 'pi_', amount: 'amount' }],
  ['charge', { type: 'payment', prefix: 'ch_', amount: 'amount' }],
  ['refund', { type: 'refund', prefix: 're_', amount: 'amount' }],
  ['invoice', { type: 'invoice', prefix: 'in_', amount: 'total' }],
  ['checkout.session', { type: 'cart', prefix: 'cs_', amount: 'amount_total' }],
  ['customer', { type: 'customer', prefix: 'cus_', amount: undefined }],
  ['subscription', { type: 'subscription', prefix: 'sub_', amount: undefined }],
  ['payout', { type: 'payout', prefix: 'po_', amount: 'amount' }],
  ['dispute', { type: 'dispute', prefix: 'dp_', amount: 'amount' }],
]);

/** Whether a value is a Stripe object of a kind that is read on its own. */
export function isStripeObject(value: JsonObject | undefined): value is JsonObject {
  const kind = value === undefined ? undefined : KINDS.get(textAt(value, 'object'));
  return kind !== undefined && textAt(value, 'id').startsWith(kind.prefix);
}

/** Members that refer to another object, by id or expanded, and the type of what they refer to. */
const REFERENCES: readonly (readonly [name: string, type: string])[] = [
  ['payment_intent', 'payment'],
  ['latest_charge', 'payment'],
  ['charge', 'payment'],
  ['invoice', 'invoice'],
  ['subscription', 'subscription'],
  ['customer', 'customer'],
];

/** Reads an object, alone or in an event; in an event the status of the object is its state and not the step's outcome. */
export function readStripeObject(object: JsonObject, draft: Draft, inEvent: boolean): void {
  const name = textAt(object, 'object');
  const kind = KINDS.get(name);
  const prefix = inEvent ? 'data.object.' : '';
  const type = kind?.type ?? (/^[a-z][a-z0-9_.]{0,60}$/.test(name) ? name.replace(/[._]/g, '-') : '');
  if (type !== '') identifyName(draft, type, textAt(object, 'id'), `${prefix}id`);
  if (name === 'invoice') identifyName(draft, 'invoice', textAt(object, 'number'), `${prefix}number`);
  for (const [member, referred] of REFERENCES) {
    identifyName(draft, referred, referenceOf(object[member]), `${prefix}${member}`);
  }
  identify(draft, 'order', textAt(object, 'client_reference_id'), `${prefix}client_reference_id`);
  readStatus(object, type, prefix, draft, inEvent);
  readAmounts(object, kind, prefix, draft);
}

/** `"ch_1"`, or the object itself where it was expanded. */
function referenceOf(value: Json | undefined): string {
  return asObject(value) === undefined ? asText(value) : textAt(value, 'id');
}

function readStatus(object: JsonObject, type: string, prefix: string, draft: Draft, inEvent: boolean): void {
  const status = textAt(object, 'status');
  tellText(draft, statusName(type), status, `${prefix}status`);
  tellText(draft, 'payment_status', textAt(object, 'payment_status'), `${prefix}payment_status`);
  const error = at(object, 'last_payment_error');
  const code = firstText(textAt(error, 'code'), textAt(object, 'failure_code'), textAt(object, 'failure_reason'));
  const message = firstText(textAt(error, 'message'), textAt(object, 'failure_message'), code);
  tellText(draft, 'error_code', code, `${prefix}last_payment_error.code`);
  if (!inEvent && status !== '') {
    draft.statusRaw = status;
    // A payment that waits for another method after an error has failed; the next attempt is a state of its own.
    draft.status = status === 'requires_payment_method' && message !== '' ? 'failed' : normaliseStatus(status, 'stripe');
  }
  if (draft.status === 'failed') complain(draft, message);
}

function readAmounts(object: JsonObject, kind: Kind | undefined, prefix: string, draft: Draft): void {
  const currency = textAt(object, 'currency').toUpperCase();
  if (currency === '') return;
  const amounts: readonly (readonly [name: string, member: string | undefined])[] = [
    [kind === undefined ? 'amount' : amountName(kind.type), kind === undefined ? 'amount' : kind.amount],
    ['amount_received', 'amount_received'],
    ['amount_refunded', 'amount_refunded'],
    ['amount_paid', 'amount_paid'],
    ['tax', 'tax'],
  ];
  for (const [name, member] of amounts) {
    if (member !== undefined) tell(draft, name, majorUnits(textAt(object, member), currency), prefix + member);
  }
  tellText(draft, 'currency', currency, `${prefix}currency`);
}

const NO_DECIMALS: ReadonlySet<string> = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const THREE_DECIMALS: ReadonlySet<string> = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * Minor units as an amount in the currency: `1999` of EUR is `19.99`, of JPY `1999`. The Ugandan shilling is listed both as a currency without
 * decimals and as one whose amounts have two: nothing is told of it. Empty for what is no whole number.
 */
export function majorUnits(minor: string, currency: string): string {
  if (!/^-?\d{1,15}$/.test(minor) || currency === 'UGX') return '';
  const decimals = NO_DECIMALS.has(currency) ? 0 : THREE_DECIMALS.has(currency) ? 3 : 2;
  if (decimals === 0) return minor;
  const negative = minor.startsWith('-');
  const digits = (negative ? minor.slice(1) : minor).padStart(decimals + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
