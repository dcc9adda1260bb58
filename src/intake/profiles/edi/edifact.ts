import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import type { Notices } from '../../notices.ts';
import { compileZone } from '../../time/zone.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { type FieldNote, fieldsRead, identify } from '../payloads/put.ts';
import { readEdifactControl } from './edifact-acknowledgement.ts';
import { edifactEnvelope, edifactInterchangeKey, readEdifactEnvelope } from './edifact-envelope.ts';
import { readEdifactDocument } from './edifact-read.ts';
import { keyOf, messageOf, part } from './message.ts';

const HEADS = ['UNH'] as const;

/**
 * UN/EDIFACT. To send a message is a step of the sender, called after the document: with its records, totals, dates and, where it answers, the answer; a document
 * that answers nothing tells no outcome. Acknowledgements (CONTRL) are steps of the one who acknowledges, tied to what they acknowledge by its references.
 * Sources: ISO 9735 (envelopes, CONTRL), UN/EDIFACT D.96A (messages and code lists).
 */
export const edifact = defineProfile({
  id: 'edifact',
  title: 'EDI EDIFACT messages',
  formatId: 'edifact',
  matches: (entry) => messageOf(entry, HEADS) !== undefined,
  shape: 'EDIFACT messages',
  system: fallbackSystem('each interchange names its sender'),
  zoneReason: 'times of EDIFACT have no zone, but for few formats',
  kind: 'step',
  fields: (entries) => fieldsRead(entries, createReader('', 'UTC', undefined), NOTES),
  compile: (source, mapping) => createReader(mapping.system, mapping.zone, source.notices),
});

function createReader(system: string, zone: string, notices: Notices | undefined) {
  const resolve = compileZone(zone, notices?.onAmbiguous);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const message = messageOf(entry, HEADS);
    if (message === undefined) return 'the entry is no EDIFACT message';
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
  };
}

const NOTES: readonly FieldNote[] = [
  {
    path: 'interchange.UNB02',
    role: 'system',
    reason: 'who sent it',
    read: (entry) => part(messageOf(entry, HEADS)?.interchange?.['UNB02']),
  },
  {
    path: 'interchange.UNB04',
    role: 'time',
    format: 'edi',
    reason: 'when the interchange was made',
    read: (entry) => {
      const stamp = messageOf(entry, HEADS)?.interchange?.['UNB04'];
      return [part(stamp), part(stamp, 1)].join(' ').trim();
    },
  },
  { path: 'UNH02', role: 'step', reason: 'the kind of document', read: (entry) => messageOf(entry, HEADS)?.type },
  {
    path: 'interchange.UNB05',
    role: 'execution',
    type: 'message',
    reason: 'the interchange it was sent in, with both partners',
    read: (entry) => part(messageOf(entry, HEADS)?.interchange?.['UNB05']),
  },
  { path: 'BGM03', role: 'status', reason: 'the answer to the order', read: answerOf },
  { path: 'UCI04', role: 'status', reason: 'the answer to an interchange', read: (entry) => element(entry, 'UCI', 'UCI04') },
  { path: 'UCM03', role: 'status', reason: 'the answer to a message', read: (entry) => element(entry, 'UCM', 'UCM03') },
];

function answerOf(entry: Entry): string {
  const type = messageOf(entry, HEADS)?.type;
  return type === 'ORDRSP' || type === 'APERAK' ? element(entry, 'BGM', 'BGM03') : '';
}

function element(entry: Entry, segment: string, name: string): string {
  return part(messageOf(entry, HEADS)?.segments.find((other) => other['segment'] === segment)?.[name]);
}
