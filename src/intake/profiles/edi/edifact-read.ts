import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { complain, identify, tell } from '../payloads/put.ts';
import { normaliseStatus } from '../vocabulary.ts';
import {
  CREDIT_NOTE,
  EDIFACT_AMOUNTS,
  EDIFACT_DATES,
  EDIFACT_DOCUMENTS,
  EDIFACT_FUNCTIONS,
  EDIFACT_REFERENCES,
  type EdifactDocument,
} from './edifact-documents.ts';
import { Packages, Quantities, tellNumber } from './lines.ts';
import { type EdiMessage, isoDay, nameOf, part, segmentOf } from './message.ts';

const NO_FACTS: EdifactDocument = { name: '', type: undefined };

/** Puts what a business message says of its records into the draft: numbers, answer, totals, lines, dates, parties. */
export function readEdifactDocument(message: EdiMessage, draft: Draft): void {
  const document = EDIFACT_DOCUMENTS[message.type] ?? NO_FACTS;
  draft.step = document.name === '' ? `message ${message.type}` : document.name;
  const beginning = segmentOf(message, 'BGM');
  if (beginning !== undefined) readBeginning(message, document, beginning, draft);
  readSegments(message, document, draft);
  readParty(message, ['BY'], 'customer', draft);
  readParty(message, ['SU', 'SE'], 'vendor', draft);
  if (message.type === 'APERAK') readApplicationErrors(message, draft);
}

function readBeginning(message: EdiMessage, document: EdifactDocument, beginning: JsonObject, draft: Draft): void {
  const code = part(beginning['BGM01']);
  const type = message.type === 'INVOIC' && code === CREDIT_NOTE ? 'credit-note' : document.type;
  if (type === 'credit-note') draft.step = 'credit note';
  if (type !== undefined) identify(draft, type, part(beginning['BGM02']), 'BGM02');
  if (message.type === 'INVOIC') tell(draft, 'invoice_type', code, 'BGM01');
  const role = part(beginning['BGM03']);
  const answer = part(beginning['BGM04']);
  if (answer !== '') {
    draft.statusRaw = answer;
    draft.status = normaliseStatus(answer, 'edifact-4343');
  } else if (message.type === 'ORDRSP' || message.type === 'APERAK') {
    draft.statusRaw = role === '9' ? '' : role;
    draft.status = normaliseStatus(draft.statusRaw, 'edifact-1225');
    return;
  }
  if (role === '1') {
    draft.statusRaw = role;
    draft.status = 'cancelled';
  }
  const known = EDIFACT_FUNCTIONS.get(role);
  if (known !== undefined) tell(draft, `${(type ?? 'message').replaceAll('-', '_')}_purpose`, known, 'BGM03');
}

/** Elements of GIN that hold numbers, each a single one or the first of a range. */
const GOODS = ['GIN02', 'GIN03', 'GIN04', 'GIN05', 'GIN06'] as const;

function readSegments(message: EdiMessage, document: EdifactDocument, draft: Draft): void {
  const quantities = new Quantities();
  const packages = new Packages();
  const amounts = new Map<string, string>();
  const dates = new Set<string>();
  let lines = 0;
  let counted = '';
  let currency = '';
  let reference = '';
  // Totals stand before the lines or behind them (UNS+S); between these are those of a line.
  let inLine = false;
  for (const segment of message.segments) {
    const name = nameOf(segment);
    switch (name) {
      case 'LIN':
        lines++;
        inLine = true;
        break;
      case 'UNS':
        inLine = false;
        break;
      case 'RFF': {
        reference = part(segment['RFF01']);
        const type = EDIFACT_REFERENCES.get(reference);
        const value = part(segment['RFF01'], 1);
        if (type !== undefined) identify(draft, type, value, `RFF01 ${reference}`);
        else if (reference === 'CT') tell(draft, 'contract', value, 'RFF01 CT');
        break;
      }
      case 'DTM':
        readDate(segment, document, reference, inLine, dates, draft);
        break;
      case 'QTY':
        if (inLine && part(segment['QTY01']) === document.quantity)
          quantities.add(part(segment['QTY01'], 1), part(segment['QTY01'], 2), 'QTY01');
        break;
      case 'MOA': {
        const qualifier = part(segment['MOA01']);
        if (!inLine && !amounts.has(qualifier)) {
          amounts.set(qualifier, part(segment['MOA01'], 1));
          if (currency === '') currency = part(segment['MOA01'], 2);
        }
        break;
      }
      case 'CNT':
        if (part(segment['CNT01']) === '2') counted = part(segment['CNT01'], 1);
        break;
      case 'GIN':
        if (part(segment['GIN01']) === 'BJ') for (const name of GOODS) packages.add(part(segment[name]), `${name} BJ`);
        break;
      default:
    }
    // A date behind a reference is that of the reference; behind anything else the document's.
    if (name !== 'RFF' && name !== 'DTM') reference = '';
  }
  tell(draft, 'currency', part(segmentOf(message, 'CUX')?.['CUX01'], 1) || currency, 'CUX01');
  const credit = draft.idTypes.includes('credit-note');
  for (const [name, qualifiers] of EDIFACT_AMOUNTS) {
    const qualifier = qualifiers.find((other) => amounts.has(other));
    // What is credited is no total of the order or the invoice.
    if (qualifier !== undefined) tellNumber(draft, credit ? `credit_${name}` : name, amounts.get(qualifier)!, `MOA01 ${qualifier}`);
  }
  if (counted !== '') tellNumber(draft, 'items', counted, 'CNT01 2');
  else if (lines > 0 && !message.partial) tell(draft, 'items', String(lines), 'LIN');
  if (message.partial) return;
  quantities.tell(draft);
  packages.tell(draft);
}

function readDate(
  segment: JsonObject,
  document: EdifactDocument,
  reference: string,
  inLine: boolean,
  dates: Set<string>,
  draft: Draft,
): void {
  if (inLine) return;
  const date = segment['DTM01'];
  const qualifier = part(date);
  let name = EDIFACT_DATES.get(qualifier);
  if (qualifier === '137' || (qualifier === '3' && document.type === 'invoice')) name = document.date;
  // 171: the date of what is referred to.
  if (qualifier === '171') name = reference === 'ON' ? 'order_date' : undefined;
  if (name === undefined || dates.has(name)) return;
  dates.add(name);
  const text = part(date, 1);
  tell(draft, name, isoDay(dayOf(text, part(date, 2))), `DTM01 ${qualifier}`);
}

/** The day of a date, whatever else its format holds (code list 2379). Formats that begin with another thing than a year give none. */
function dayOf(text: string, format: string): string {
  if (/^(?:102|203|204|205|303|304|718|719)$/.test(format) || (format === '' && text.length === 8)) return text.slice(0, 8);
  return /^(?:101|201|202|301|302|713|715)$/.test(format) ? text.slice(0, 6) : '';
}

/** The number and the name of one side of the trade, of the first role that is named. */
function readParty(message: EdiMessage, roles: readonly string[], type: string, draft: Draft): void {
  for (const role of roles) {
    const segment = message.segments.find((other) => other['segment'] === 'NAD' && part(other['NAD01']) === role);
    if (segment === undefined) continue;
    identify(draft, type, part(segment['NAD02']), `NAD02 ${role}`);
    tell(draft, `${type}_name`, part(segment['NAD04']) || part(segment['NAD03']), `NAD04 ${role}`);
    return;
  }
}

/** APERAK: an application error is told by its code and, where there is one, the text behind it. */
function readApplicationErrors(message: EdiMessage, draft: Draft): void {
  const errors: string[] = [];
  for (const segment of message.segments) {
    if (nameOf(segment) === 'ERC') {
      const code = part(segment['ERC01']);
      errors.push(code === '' ? 'application error' : `application error ${code}`);
    } else if (nameOf(segment) === 'FTX' && errors.length > 0) {
      errors[errors.length - 1] += `: ${[0, 1, 2, 3, 4]
        .map((i) => part(segment['FTX04'], i))
        .join(' ')
        .trim()}`;
    }
  }
  if (errors.length === 0) return;
  complain(draft, errors.join('; '));
  if (draft.status === 'unknown') {
    draft.status = 'failed';
    draft.statusRaw = draft.statusRaw === '' ? 'ERC' : draft.statusRaw;
  }
}
