import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { identify, tell } from '../payloads/put.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { ediNumber, Packages, Quantities, tellNumber } from './lines.ts';
import { type EdiMessage, isoDay, nameOf, part, segmentOf } from './message.ts';
import { X12_DATES, X12_DOCUMENTS, X12_PURPOSES, X12_REFERENCES, type X12Document } from './x12-documents.ts';

const NO_FACTS: X12Document = { name: '' };

/** Puts what a business document says of its records into the draft: numbers, answer, totals, lines, dates, parties. */
export function readX12Document(message: EdiMessage, draft: Draft): void {
  const document = X12_DOCUMENTS[message.type] ?? NO_FACTS;
  draft.step = document.name === '' ? `set ${message.type}` : document.name;
  readHeader(message, document, draft);
  readSegments(message, document, draft);
  if (message.type === '820') readRemittance(message, draft);
}

function readHeader(message: EdiMessage, document: X12Document, draft: Draft): void {
  for (const [element, type] of document.ids ?? []) {
    for (const segment of message.segments) {
      if (belongsTo(element, segment)) identify(draft, type, part(segment[element]), element);
    }
  }
  if (document.purpose !== undefined) {
    const [element, name] = document.purpose;
    const code = first(message, element);
    if (code !== '' && code !== '00') tell(draft, name, X12_PURPOSES.get(code) ?? code, element);
    if (code === '01') {
      draft.status = 'cancelled';
      draft.statusRaw = code;
    }
  }
  if (document.answer !== undefined) {
    const [element, vocabulary] = document.answer;
    const code = first(message, element);
    if (code !== '') {
      draft.statusRaw = code;
      draft.status = normaliseStatus(code, vocabulary);
    }
  }
  for (const [element, name, form] of document.fields ?? []) {
    const text = first(message, element);
    if (form === 'day') tell(draft, name, isoDay(text), element);
    else if (form === 'cents') tell(draft, name, cents(text), element);
    else tell(draft, name, text, element);
  }
}

/** `BEG03` belongs to the segment `BEG`. */
function belongsTo(element: string, segment: JsonObject): boolean {
  const name = nameOf(segment);
  return element.length === name.length + 2 && element.startsWith(name);
}

function first(message: EdiMessage, element: string): string {
  return part(segmentOf(message, element.slice(0, -2))?.[element]);
}

/** Numbers of type N2 have two decimals and no point (X12.6); a point that stands there nevertheless is believed. */
function cents(text: string): string {
  if (text.includes('.')) return text;
  const number = ediNumber(text);
  return Number.isNaN(number) ? '' : (number / 100).toFixed(2);
}

function readSegments(message: EdiMessage, document: X12Document, draft: Draft): void {
  const [lineName = '', quantity = '', unit = ''] = document.line ?? [];
  const quantities = new Quantities();
  const packages = new Packages();
  const dates = new Set<string>();
  let lines = 0;
  let amount = false;
  for (const segment of message.segments) {
    const name = nameOf(segment);
    switch (name) {
      case 'REF': {
        const qualifier = part(segment['REF01']);
        const type = X12_REFERENCES.get(qualifier);
        if (type !== undefined) identify(draft, type, part(segment['REF02']), `REF02 ${qualifier}`);
        break;
      }
      case 'DTM': {
        const date = X12_DATES.get(part(segment['DTM01']));
        if (date !== undefined && !dates.has(date)) tell(draft, date, isoDay(part(segment['DTM02'])), `DTM02 ${part(segment['DTM01'])}`);
        if (date !== undefined) dates.add(date);
        break;
      }
      case 'AMT':
        // TT: the total of the transaction; other amounts are those of lines and taxes.
        if (!amount && part(segment['AMT01']) === 'TT') {
          amount = true;
          tellNumber(draft, 'amount', part(segment['AMT02']), 'AMT02 TT');
        }
        break;
      case 'MAN':
        if (part(segment['MAN01']) === 'GM') packages.add(part(segment['MAN02']), 'MAN02 GM');
        break;
      default:
        if (name === lineName && lineName !== '') {
          lines++;
          quantities.add(part(segment[quantity]), part(segment[unit]), quantity);
        }
    }
  }
  const currency = segmentOf(message, 'CUR');
  if (currency !== undefined) tell(draft, 'currency', part(currency['CUR02']), 'CUR02');
  if (!message.partial) {
    if (lines > 0) tell(draft, 'items', String(lines), lineName);
    quantities.tell(draft);
    packages.tell(draft);
  }
  readParty(message, ['BY', 'SO', 'BT'], 'customer', draft);
  readParty(message, ['SE', 'SU', 'VN'], 'vendor', draft);
}

/** The number and the name of one side of the trade, of the first role that is named. */
function readParty(message: EdiMessage, roles: readonly string[], type: string, draft: Draft): void {
  for (const role of roles) {
    const segment = message.segments.find((other) => other['segment'] === 'N1' && part(other['N101']) === role);
    if (segment === undefined) continue;
    identify(draft, type, part(segment['N104']), `N104 ${role}`);
    tell(draft, `${type}_name`, part(segment['N102']), `N102 ${role}`);
    return;
  }
}

/** What a payment pays. Its amount is that of all of them together, so it is told of the payment alone. */
function readRemittance(message: EdiMessage, draft: Draft): void {
  tellNumber(draft, 'payment_amount', first(message, 'BPR02'), 'BPR02');
  for (const segment of message.segments) {
    if (nameOf(segment) !== 'RMR') continue;
    const qualifier = part(segment['RMR01']);
    const type = qualifier === 'IV' ? 'invoice' : qualifier === 'PO' ? 'order' : undefined;
    if (type !== undefined) identify(draft, type, part(segment['RMR02']), `RMR02 ${qualifier}`);
  }
}
