import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import type { Notices } from '../../notices.ts';
import { compileZone } from '../../time/zone.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { type FieldNote, fieldsRead, identify } from '../payloads/put.ts';
import { messageOf, part } from './message.ts';
import { readX12Acknowledgement, readX12InterchangeAcknowledgement } from './x12-acknowledgement.ts';
import { identifyX12Interchange, readX12Envelope, x12DocumentKey, x12Envelope, x12GroupKey } from './x12-envelope.ts';
import { readX12Document } from './x12-read.ts';

const HEADS = ['ST', 'TA1'] as const;

/**
 * ANSI X12. To send a transaction set is a step of the sender, called after the document: with its records, totals, dates and, where it answers, the answer; a
 * document that answers nothing tells no outcome. Acknowledgements are steps of the one who acknowledges, tied to what they acknowledge by its numbers.
 * Sources: X12.5 (envelopes), the transaction sets of 004010, X12 997 and 999.
 */
export const x12 = defineProfile({
  id: 'x12',
  title: 'EDI X12 transaction sets',
  formatId: 'x12',
  matches: (entry) => messageOf(entry, HEADS) !== undefined,
  shape: 'X12 transaction sets',
  system: fallbackSystem('each interchange names its sender'),
  zoneReason: 'no time of X12 has a zone',
  kind: 'step',
  fields: (entries) => fieldsRead(entries, createReader('', 'UTC', undefined), NOTES),
  compile: (source, mapping) => createReader(mapping.system, mapping.zone, source.notices),
});

function createReader(system: string, zone: string, notices: Notices | undefined) {
  const resolve = compileZone(zone, notices?.onAmbiguous);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const message = messageOf(entry, HEADS);
    if (message === undefined) return 'the entry is no X12 transaction set';
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
  };
}

const NOTES: readonly FieldNote[] = [
  {
    path: 'interchange.ISA06',
    role: 'system',
    reason: 'who sent it',
    read: (entry) => part(messageOf(entry, HEADS)?.interchange?.['ISA06']),
  },
  {
    path: 'group.GS04',
    role: 'time',
    format: 'edi',
    reason: 'when the group was made, with GS05',
    read: (entry) => part(messageOf(entry, HEADS)?.group?.['GS04']),
  },
  { path: 'ST01', role: 'step', reason: 'the kind of document', read: (entry) => messageOf(entry, HEADS)?.type },
  {
    path: 'group.GS06',
    role: 'execution',
    type: 'message',
    reason: 'the group it was sent in, with both partners',
    read: (entry) => part(messageOf(entry, HEADS)?.group?.['GS06']),
  },
  { path: 'BAK02', role: 'status', reason: 'the answer to the order', read: (entry) => element(entry, 'BAK', 'BAK02') },
  { path: 'AK501', role: 'status', reason: 'the answer to a transaction set', read: (entry) => element(entry, 'AK5', 'AK501') },
  { path: 'AK901', role: 'status', reason: 'the answer to a group', read: (entry) => element(entry, 'AK9', 'AK901') },
];

function element(entry: Entry, segment: string, name: string): string {
  const found = messageOf(entry, HEADS)?.segments.find((other) => other['segment'] === segment);
  return part(found?.[name]);
}
