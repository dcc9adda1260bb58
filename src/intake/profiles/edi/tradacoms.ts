import type { Draft } from '../../draft.ts';
import { parseEdiDateTime } from '../../time/edi.ts';
import { identify, tell } from '../payloads/put.ts';
import { defineEdi, type EdiNote } from './define-edi.ts';
import { type EdiMessage, isoDay, keyOf, nameOf, part } from './message.ts';

const NOTES: readonly EdiNote[] = [
  {
    path: 'interchange.STX02',
    role: 'system',
    reason: 'who sent it',
    read: (message) => part(message.interchange?.['STX02']),
  },
  {
    path: 'interchange.STX04',
    role: 'time',
    format: 'edi',
    reason: 'when the transmission was made',
    read: (message) => part(message.interchange?.['STX04']),
  },
  { path: 'MHD02', role: 'step', reason: 'the kind of document', read: (message) => message.type },
];

/**
 * TRADACOMS orders and invoices. Files wrap their documents in messages that head and sum up the file (ORDHDR, INVTLR); these tell nothing of a record and give
 * no event. Source: examples in IBM's and Workato's documentation of TRADACOMS; the standard itself (ANA/GS1 UK, 1982 to 1995) is not public.
 */
export const tradacoms = defineEdi({
  id: 'tradacoms',
  document: 'TRADACOMS message',
  sending: 'transmission',
  heads: ['MHD'],
  zoneReason: 'no time of TRADACOMS has a zone',
  notes: NOTES,
  read(message, draft, emit, system, resolve) {
    if (/(?:HDR|TLR|FIL)$/.test(message.type)) return undefined;
    const { interchange } = message;
    const sender = part(interchange?.['STX02']);
    const clock = part(interchange?.['STX04'], 1);
    draft.reset();
    draft.time = parseEdiDateTime(part(interchange?.['STX04']), clock, resolve);
    draft.precision = clock === '' ? 'day' : clock.length > 4 ? 'second' : 'minute';
    draft.system = sender || system;
    draft.flow = `TRADACOMS ${message.type}`;
    draft.execution = keyOf(sender, part(interchange?.['STX03']), part(interchange?.['STX05']));
    if (draft.execution !== '') draft.executionType = 'message';
    draft.step = message.type === 'ORDERS' ? 'purchase order' : message.type === 'INVOIC' ? 'invoice' : `message ${message.type}`;
    for (const problem of message.problems) tell(draft, 'envelope_problem', problem, 'problems');
    readSegments(message, draft);
    emit();
    return undefined;
  },
});

function readSegments(message: EdiMessage, draft: Draft): void {
  let lines = 0;
  for (const segment of message.segments) {
    switch (nameOf(segment)) {
      case 'ORD':
        identify(draft, 'order', part(segment['ORD01']), 'ORD01');
        tell(draft, 'order_date', isoDay(part(segment['ORD01'], 2)), 'ORD01');
        break;
      case 'IRF':
        identify(draft, 'invoice', part(segment['IRF01']), 'IRF01');
        tell(draft, 'invoice_date', isoDay(part(segment['IRF02'])), 'IRF02');
        break;
      case 'ODD':
        identify(draft, 'order', part(segment['ODD02']), 'ODD02');
        identify(draft, 'shipment', part(segment['ODD03']), 'ODD03');
        break;
      case 'CLO':
        identify(draft, 'customer', part(segment['CLO01']), 'CLO01');
        break;
      case 'OLD':
      case 'ILD':
        lines++;
        break;
      default:
    }
  }
  if (lines > 0 && !message.partial) tell(draft, 'items', String(lines), message.type === 'INVOIC' ? 'ILD' : 'OLD');
}
