import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { numberOf } from '../business.ts';
import { asObject } from '../tree.ts';
import { amountName, tell, tellFirst, tellText } from './put.ts';
import { at, firstText, listAt, textAt } from './tree-path.ts';
import { ublDocument } from './ubl-documents.ts';

const TOTALS = ['LegalMonetaryTotal', 'AnticipatedMonetaryTotal', 'RequestedMonetaryTotal', 'QuotedMonetaryTotal'] as const;

/** Amounts that documents without a monetary total name at the top. */
const TOP_AMOUNTS: readonly (readonly [element: string, name: string])[] = [
  ['TotalPaymentAmount', 'remittance_amount'],
  ['TotalBalanceAmount', 'balance'],
];

/** The quantities of a line and the name of their sum. Those of an order stand one level deeper. */
const QUANTITIES: ReadonlyMap<string, string> = new Map([
  ['Quantity', 'quantity'],
  ['DeliveredQuantity', 'quantity'],
  ['ReceivedQuantity', 'quantity'],
  ['InvoicedQuantity', 'quantity'],
  ['CreditedQuantity', 'quantity'],
  ['DebitedQuantity', 'quantity'],
  ['BackorderQuantity', 'backorder_quantity'],
  ['OutstandingQuantity', 'outstanding_quantity'],
  ['ShortQuantity', 'short_quantity'],
  ['RejectedQuantity', 'rejected_quantity'],
]);

/**
 * Totals, currency, lines and quantities. The amount is the total with tax; where a document does not say that, what is payable. EN 16931 calls
 * them BT-112 and BT-115: an invoice that was paid in advance has the first and nothing of the second.
 */
export function readUblTotals(name: string, document: JsonObject, draft: Draft): void {
  const holder = TOTALS.find((total) => asObject(at(document, total)) !== undefined);
  const total = holder === undefined ? undefined : at(document, holder);
  const inclusive = textAt(total, 'TaxInclusiveAmount');
  const payable = textAt(total, 'PayableAmount');
  const amount = amountName(ublDocument(name).type);
  if (inclusive !== '') tell(draft, amount, inclusive, `${holder}.TaxInclusiveAmount`);
  if (payable !== inclusive) tell(draft, inclusive === '' ? amount : 'payable_amount', payable, `${holder}.PayableAmount`);
  tell(draft, 'net_amount', textAt(total, 'TaxExclusiveAmount'), `${holder}.TaxExclusiveAmount`);
  for (const [element, attribute] of TOP_AMOUNTS) tell(draft, attribute, textAt(document, element), element);
  const currencies = [
    ['DocumentCurrencyCode'],
    ...(holder === undefined ? [] : [[holder, 'PayableAmount', '@currencyID']]),
    ...TOP_AMOUNTS.map(([element]) => [element, '@currencyID']),
  ];
  tell(draft, 'tax', taxOf(document, firstText(...currencies.map((path) => textAt(document, ...path)))), 'TaxTotal.TaxAmount');
  tellFirst(draft, 'currency', document, ...currencies);
  tellFirst(draft, 'due_date', document, ['DueDate'], ['PaymentMeans', 'PaymentDueDate']);
  // A contract covers many orders and is no part of any: as a record it would tie them together.
  tellFirst(draft, 'contract', document, ['ContractDocumentReference', 'ID'], ['Contract', 'ID']);
  tellText(draft, 'invoice_type', textAt(document, 'InvoiceTypeCode'), 'InvoiceTypeCode');
  readLines(name, document, draft);
}

/** The tax in the document's currency: a second total may repeat it in the one of the tax office. */
function taxOf(document: JsonObject, currency: string): string {
  const totals = listAt(document, 'TaxTotal');
  const own = totals.find((total) => textAt(total, 'TaxAmount', '@currencyID') === currency) ?? totals[0];
  return textAt(own, 'TaxAmount');
}

interface Sum {
  total: number;
  unit: string;
}

function readLines(name: string, document: JsonObject, draft: Draft): void {
  const element = Object.keys(document).find((key) => key.endsWith('Line') && !key.startsWith('@'));
  const lines = element === undefined ? [] : listAt(document, element);
  const declared = textAt(document, 'LineCountNumeric');
  if (declared !== '') tell(draft, 'items', declared, 'LineCountNumeric');
  else if (lines.length > 0) tell(draft, 'items', lines.length, `${element}`);
  const sums = new Map<string, Sum | undefined>();
  for (const line of lines) {
    for (const holder of [asObject(line), name.startsWith('Order') ? asObject(at(line, 'LineItem')) : undefined]) {
      if (holder === undefined) continue;
      for (const key of Object.keys(holder)) {
        const attribute = QUANTITIES.get(key);
        if (attribute !== undefined) addQuantity(sums, attribute, holder, key);
      }
    }
  }
  for (const [attribute, sum] of sums) {
    // Binary fractions: what a person added up has six decimals at most.
    if (sum !== undefined) tell(draft, attribute, String(Math.round(sum.total * 1e6) / 1e6), `${element}.${attribute}`);
  }
}

/** Kilograms and pieces have no sum: undefined marks a mixture. */
function addQuantity(sums: Map<string, Sum | undefined>, attribute: string, holder: JsonObject, key: string): void {
  const value = numberOf(textAt(holder, key));
  const unit = textAt(holder, key, '@unitCode');
  const known = sums.get(attribute);
  if (!sums.has(attribute)) sums.set(attribute, Number.isNaN(value) ? undefined : { total: value, unit });
  else if (known === undefined || Number.isNaN(value) || known.unit !== unit) sums.set(attribute, undefined);
  else known.total += value;
}
