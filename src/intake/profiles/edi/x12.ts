import { identify } from '../payloads/put.ts';
import { defineEdi, type EdiNote } from './define-edi.ts';
import { elementOf, part } from './message.ts';
import { readX12Acknowledgement, readX12InterchangeAcknowledgement } from './x12-acknowledgement.ts';
import { identifyX12Interchange, readX12Envelope, x12DocumentKey, x12Envelope, x12GroupKey } from './x12-envelope.ts';
import { readX12Document } from './x12-read.ts';

const NOTES: readonly EdiNote[] = [
  {
    path: 'interchange.ISA06',
    role: 'system',
    reason: 'who sent it',
    read: (message) => part(message.interchange?.['ISA06']),
  },
  {
    path: 'group.GS04',
    role: 'time',
    format: 'edi',
    reason: 'when the group was made, with GS05',
    read: (message) => part(message.group?.['GS04']),
  },
  { path: 'ST01', role: 'step', reason: 'the kind of document', read: (message) => message.type },
  {
    path: 'group.GS06',
    role: 'execution',
    type: 'message',
    reason: 'the group it was sent in, with both partners',
    read: (message) => part(message.group?.['GS06']),
  },
  { path: 'BAK02', role: 'status', reason: 'the answer to the order', read: (message) => elementOf(message, 'BAK', 'BAK02') },
  { path: 'AK501', role: 'status', reason: 'the answer to a transaction set', read: (message) => elementOf(message, 'AK5', 'AK501') },
  { path: 'AK901', role: 'status', reason: 'the answer to a group', read: (message) => elementOf(message, 'AK9', 'AK901') },
];

/**
 * ANSI X12. To send a transaction set is a step of the sender, called after the document: with its records, totals, dates and, where it answers, the answer; a
 * document that answers nothing tells no outcome. Acknowledgements are steps of the one who acknowledges, tied to what they acknowledge by its numbers.
 * Sources: X12.5 (envelopes), the transaction sets of 004010, X12 997 and 999.
 */
export const x12 = defineEdi({
  id: 'x12',
  document: 'X12 transaction set',
  sending: 'interchange',
  heads: ['ST', 'TA1'],
  zoneReason: 'no time of X12 has a zone',
  notes: NOTES,
  read(message, draft, emit, system, resolve) {
    const envelope = x12Envelope(message);
    const start = (): void => {
      draft.reset();
      readX12Envelope(message, envelope, system, draft, resolve);
    };
    const finish = (): void => {
      identifyX12Interchange(envelope, draft);
      emit();
    };
    if (message.type === '997' || message.type === '999') return readX12Acknowledgement(message, envelope, draft, start, finish);
    start();
    if (message.type === 'TA1') {
      readX12InterchangeAcknowledgement(message, envelope, draft);
    } else {
      const { sender, receiver, functional, group } = envelope;
      draft.execution = x12GroupKey(sender, receiver, functional, group);
      if (draft.execution !== '') draft.executionType = 'message';
      readX12Document(message, draft);
      identify(draft, 'edi-document', x12DocumentKey(sender, receiver, functional, group, message.control), 'ST02');
    }
    finish();
    return undefined;
  },
});
