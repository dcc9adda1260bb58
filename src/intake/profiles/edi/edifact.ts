import { identify } from '../payloads/put.ts';
import { defineEdi, type EdiNote } from './define-edi.ts';
import { readEdifactControl } from './edifact-acknowledgement.ts';
import { edifactEnvelope, edifactInterchangeKey, readEdifactEnvelope } from './edifact-envelope.ts';
import { readEdifactDocument } from './edifact-read.ts';
import { type EdiMessage, elementOf, keyOf, part } from './message.ts';

const NOTES: readonly EdiNote[] = [
  {
    path: 'interchange.UNB02',
    role: 'system',
    reason: 'who sent it',
    read: (message) => part(message.interchange?.['UNB02']),
  },
  {
    path: 'interchange.UNB04',
    role: 'time',
    format: 'edi',
    reason: 'when the interchange was made',
    read: (message) => {
      const stamp = message.interchange?.['UNB04'];
      return [part(stamp), part(stamp, 1)].join(' ').trim();
    },
  },
  { path: 'UNH02', role: 'step', reason: 'the kind of document', read: (message) => message.type },
  {
    path: 'interchange.UNB05',
    role: 'execution',
    type: 'message',
    reason: 'the interchange it was sent in, with both partners',
    read: (message) => part(message.interchange?.['UNB05']),
  },
  { path: 'BGM03', role: 'status', reason: 'the answer to the order', read: answerOf },
  { path: 'UCI04', role: 'status', reason: 'the answer to an interchange', read: (message) => elementOf(message, 'UCI', 'UCI04') },
  { path: 'UCM03', role: 'status', reason: 'the answer to a message', read: (message) => elementOf(message, 'UCM', 'UCM03') },
];

function answerOf(message: EdiMessage): string {
  return message.type === 'ORDRSP' || message.type === 'APERAK' ? elementOf(message, 'BGM', 'BGM03') : '';
}

/**
 * UN/EDIFACT. To send a message is a step of the sender, called after the document: with its records, totals, dates and, where it answers, the answer; a document
 * that answers nothing tells no outcome. Acknowledgements (CONTRL) are steps of the one who acknowledges, tied to what they acknowledge by its references.
 * Sources: ISO 9735 (envelopes, CONTRL), UN/EDIFACT D.96A (messages and code lists).
 */
export const edifact = defineEdi({
  id: 'edifact',
  document: 'EDIFACT message',
  sending: 'interchange',
  heads: ['UNH'],
  zoneReason: 'times of EDIFACT have no zone, but for few formats',
  notes: NOTES,
  read(message, draft, emit, system, resolve) {
    const envelope = edifactEnvelope(message);
    const start = (): void => {
      draft.reset();
      readEdifactEnvelope(message, envelope, system, draft, resolve);
    };
    // The interchange it came in, behind the records that it is about.
    const finish = (): void => {
      identify(draft, 'interchange', edifactInterchangeKey(envelope), 'interchange.UNB05');
      emit();
    };
    if (message.type === 'CONTRL') return readEdifactControl(message, draft, start, finish);
    start();
    draft.execution = edifactInterchangeKey(envelope);
    if (draft.execution !== '') draft.executionType = 'message';
    readEdifactDocument(message, draft);
    identify(draft, 'edi-document', keyOf(envelope.sender, envelope.receiver, envelope.reference, message.control), 'UNH01');
    finish();
    return undefined;
  },
});
