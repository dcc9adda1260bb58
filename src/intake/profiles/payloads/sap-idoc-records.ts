import type { Draft } from '../../draft.ts';
import type { Json, JsonObject } from '../../entry.ts';
import { numberOf } from '../business.ts';
import { asList, asObject } from '../tree.ts';
import { identify, identifyName, tell, tellText } from './put.ts';
import { listAt, textAt } from './tree-path.ts';

/** Qualifiers of `E1EDK02` and `E1EDP02` whose number is a record's own: SAP's domain of QUALF, as far as it is documented. */
const QUALIFIERS: ReadonlyMap<string, string> = new Map([
  ['001', 'order'],
  ['002', 'order'],
  ['003', 'quote-request'],
  ['004', 'quote'],
  ['009', 'invoice'],
  ['012', 'shipment'],
  ['018', 'order'],
  ['013', 'order'],
  ['030', 'order'],
]);

/** What the number in the header of a message (`E1EDK01`) is. */
function ownType(message: string): string | undefined {
  if (message.startsWith('ORD')) return 'order';
  if (/^(?:INVOIC|GSVERF|EXPINV)/.test(message)) return 'invoice';
  if (/^(?:DESADV|DELVRY|SHPCON|WHSCON)/.test(message)) return 'shipment';
  if (/^(?:QUOTES|REQOTE)/.test(message)) return message === 'QUOTES' ? 'quote' : 'quote-request';
  return undefined;
}

/** Puts the documents that an IDoc carries into the draft: orders, deliveries, invoices, with amounts, currency, lines and partners. */
export function readIdocRecords(message: string, idoc: JsonObject, draft: Draft): void {
  readReferences(message, idoc, draft);
  readDeliveries(idoc, draft);
  readPartners(idoc, draft);
  readTotals(idoc, draft);
}

function readReferences(message: string, idoc: JsonObject, draft: Draft): void {
  const own = ownType(message);
  if (own !== undefined) put(draft, own, textAt(idoc, 'E1EDK01', 'BELNR'), 'E1EDK01.BELNR');
  const header = listAt(idoc, 'E1EDK02');
  for (const qualifier of QUALIFIERS.keys()) {
    for (const reference of header) readReference(qualifier, reference, 'E1EDK02', draft);
  }
  const contract = header.find((reference) => ['005', '006'].includes(textAt(reference, 'QUALF')));
  if (contract !== undefined) tellText(draft, 'contract', textAt(contract, 'BELNR'), 'E1EDK02.BELNR');
  for (const item of listAt(idoc, 'E1EDP01')) {
    for (const reference of listAt(item, 'E1EDP02')) readReference(textAt(reference, 'QUALF'), reference, 'E1EDP01.E1EDP02', draft);
  }
}

function readReference(qualifier: string, reference: Json, segment: string, draft: Draft): void {
  const type = QUALIFIERS.get(qualifier);
  if (type !== undefined && textAt(reference, 'QUALF') === qualifier) put(draft, type, textAt(reference, 'BELNR'), `${segment}.BELNR`);
}

function put(draft: Draft, type: string, value: string, path: string): void {
  if (/^0*$/.test(value)) return;
  if (type === 'order') identifyName(draft, type, value, path);
  else identify(draft, type, value, path);
}

/** Deliveries, alone or below a transport, with the orders their items were made from. */
function readDeliveries(idoc: JsonObject, draft: Draft): void {
  const transports = listAt(idoc, 'E1EDT20');
  for (const transport of transports) put(draft, 'transport', textAt(transport, 'TKNUM'), 'E1EDT20.TKNUM');
  let quantity = 0;
  const units = new Set<string>();
  let items = 0;
  for (const holder of [idoc, ...transports]) {
    for (const delivery of listAt(holder, 'E1EDL20')) {
      put(draft, 'shipment', textAt(delivery, 'VBELN'), 'E1EDL20.VBELN');
      for (const item of listAt(delivery, 'E1EDL24')) {
        items++;
        quantity += numberOf(textAt(item, 'LFIMG'));
        units.add(textAt(item, 'VRKME'));
        identifyOrder(item, draft);
      }
    }
  }
  if (items === 0) return;
  tell(draft, 'items', items, 'E1EDL24');
  if (units.size === 1 && !Number.isNaN(quantity)) tell(draft, 'quantity', rounded(quantity), 'E1EDL24.LFIMG');
}

/** A delivery may collect any number of orders. References (`E1EDL43`) are qualified by SAP's category of documents: C is an order. */
function identifyOrder(item: Json, draft: Draft): void {
  const references = listAt(item, 'E1EDL43').filter((reference) => textAt(reference, 'QUALF') === 'C');
  for (const [path, value] of [
    ['E1EDL24.VGBEL', textAt(item, 'VGBEL')],
    ['E1EDL24.E1EDL41.BSTNR', textAt(item, 'E1EDL41', 'BSTNR')],
    ...references.map((reference) => ['E1EDL24.E1EDL43.BELNR', textAt(reference, 'BELNR')] as const),
  ] as const) {
    if (!/^0*$/.test(value)) identify(draft, 'order', value, path);
  }
}

const PARTNERS: ReadonlyMap<string, string> = new Map([
  ['AG', 'customer'],
  ['LF', 'vendor'],
]);

function readPartners(idoc: JsonObject, draft: Draft): void {
  for (const segment of ['E1EDKA1', 'E1ADRM1']) {
    const deliveries = segment === 'E1ADRM1' ? listAt(idoc, 'E1EDL20') : [idoc];
    for (const partner of deliveries.flatMap((holder) => asList(asObject(holder)?.[segment]))) {
      const type = PARTNERS.get(textAt(partner, segment === 'E1ADRM1' ? 'PARTNER_Q' : 'PARVW'));
      if (type !== undefined) identify(draft, type, textAt(partner, segment === 'E1ADRM1' ? 'PARTNER_ID' : 'PARTN'), `${segment}.PARTN`);
    }
  }
}

/** Qualifiers of `E1EDS01` (domain of SUMID): billed value; net value of an invoice, of a document; sales tax. */
const SUMS: readonly (readonly [name: string, ...sumid: readonly string[]])[] = [
  ['amount', '011'],
  ['net_amount', '010', '002'],
  ['tax', '005'],
];

function readTotals(idoc: JsonObject, draft: Draft): void {
  const sums = listAt(idoc, 'E1EDS01');
  for (const [name, ...qualifiers] of SUMS) {
    const value = qualifiers
      .map((sumid) =>
        textAt(
          sums.find((sum) => textAt(sum, 'SUMID') === sumid),
          'SUMME',
        ),
      )
      .find((text) => text !== '');
    if (value !== undefined) tell(draft, name, sapNumber(value), 'E1EDS01.SUMME');
  }
  tell(draft, 'currency', textAt(idoc, 'E1EDK01', 'CURCY'), 'E1EDK01.CURCY');
  const lines = listAt(idoc, 'E1EDP01');
  if (lines.length === 0) return;
  tell(draft, 'items', lines.length, 'E1EDP01');
  const units = new Set(lines.map((line) => textAt(line, 'MENEE')));
  const quantity = lines.reduce<number>((sum, line) => sum + numberOf(textAt(line, 'MENGE')), 0);
  if (units.size === 1 && !Number.isNaN(quantity)) tell(draft, 'quantity', rounded(quantity), 'E1EDP01.MENGE');
}

/** SAP writes a negative number with its sign behind it. */
function sapNumber(text: string): string {
  return text.endsWith('-') ? `-${text.slice(0, -1)}` : text;
}

function rounded(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}
