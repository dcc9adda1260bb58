import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { Notices } from '../../notices.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { complain, type FieldNote, fieldsRead, identify, tell } from '../payloads/put.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { type EdiMessage, keyOf, messageOf, nameOf, part, segmentOf } from './message.ts';

const HEADS = ['MSH'] as const;

/** Orders beyond which a message is a list of them and the story of none. */
const MOST_ORDERS = 1_000;

/**
 * HL7 version 2: admissions (ADT), orders (ORM, OML …), results (ORU) and acknowledgements (ACK, and the MSA of any response). A message is a step of the application
 * that sent it, called after its type; where it holds several orders, one step for each. An acknowledgement is tied to its message by the control id that it
 * repeats (MSA-2). The status of an order or result is the sender's word; without one no outcome is told.
 * Sources: HL7 v2 chapters 2 (control), 3 (patient administration), 4 (orders), 7 (results); tables 0008, 0038, 0123.
 */
export const hl7V2 = defineProfile({
  id: 'hl7-v2',
  title: 'HL7 v2 messages',
  formatId: 'hl7',
  byFormat: true,
  matches: (entry) => messageOf(entry, HEADS) !== undefined,
  shape: 'HL7 v2 messages',
  system: fallbackSystem('each message names the application that sent it'),
  zoneReason: 'times of HL7 v2 may carry an offset; those without one are local to the sender',
  kind: 'step',
  fields: (entries) => fieldsRead(entries, createReader('', 'UTC', undefined), NOTES),
  compile: (source, mapping) => createReader(mapping.system, mapping.zone, source.notices),
});

function createReader(system: string, zone: string, notices: Notices | undefined) {
  const time = compileTime('compact', zone, notices?.onAmbiguous);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const message = messageOf(entry, HEADS);
    if (message === undefined) return 'the entry is no HL7 v2 message';
    const header = message.segments[0]!;
    const start = (): void => {
      draft.reset();
      readHeader(message, header, system, draft);
      const stamp = part(header['MSH-7']);
      draft.time = time(stamp);
      draft.precision = precisionOf(stamp, 'compact');
    };
    const answer = segmentOf(message, 'MSA');
    const orders = ordersOf(message);
    if (orders.length === 0) {
      start();
      readPatient(message, draft);
      if (answer !== undefined) readAnswer(message, header, answer, draft);
      emit();
    }
    for (const order of orders) {
      start();
      readPatient(message, draft);
      readOrder(order, message.type.startsWith('ORU'), draft);
      // An answer that tells orders too is about its message and about them: the message's outcome goes first.
      if (answer !== undefined) readAnswer(message, header, answer, draft);
      emit();
    }
    return undefined;
  };
}

function readHeader(message: EdiMessage, header: JsonObject, system: string, draft: Draft): void {
  const application = part(header['MSH-3']) || part(header['MSH-4']);
  const type = part(header['MSH-9']);
  draft.system = application || system;
  draft.flow = type === '' ? 'HL7' : `HL7 ${type}`;
  draft.step = message.type.replace('^', ' ') || 'message';
  draft.execution = messageKey(application, message.control);
  if (draft.execution !== '') draft.executionType = 'message';
  const usage = part(header['MSH-11']);
  if (usage === 'T' || usage === 'D') tell(draft, 'usage', usage === 'T' ? 'training' : 'debugging', 'MSH-11');
}

/** Control ids are unique for each application that sends. */
function messageKey(application: string, control: string): string {
  return keyOf(application, '', control);
}

function readPatient(message: EdiMessage, draft: Draft): void {
  const patient = segmentOf(message, 'PID');
  identify(draft, 'patient', part(patient?.['PID-3']), 'PID-3');
  identify(draft, 'account', part(patient?.['PID-18']), 'PID-18');
  identify(draft, 'visit', part(segmentOf(message, 'PV1')?.['PV1-19']), 'PV1-19');
}

interface Order {
  readonly common: JsonObject | undefined;
  readonly request: JsonObject | undefined;
}

/** The orders of a message: each ORC with the OBR that follows it, or an OBR by itself. */
function ordersOf(message: EdiMessage): readonly Order[] {
  const orders: Order[] = [];
  let common: JsonObject | undefined;
  for (const segment of message.segments) {
    const name = nameOf(segment);
    if (name === 'ORC') {
      if (common !== undefined) orders.push({ common, request: undefined });
      common = segment;
    } else if (name === 'OBR') {
      orders.push({ common, request: segment });
      common = undefined;
    }
    if (orders.length >= MOST_ORDERS) return orders;
  }
  if (common !== undefined) orders.push({ common, request: undefined });
  return orders;
}

/** The placer's and the filler's number are two numbers of one order; a type of its own keeps equal counters apart. */
function readOrder({ common, request }: Order, result: boolean, draft: Draft): void {
  identify(draft, 'order', part(common?.['ORC-2']) || part(request?.['OBR-2']), common === undefined ? 'OBR-2' : 'ORC-2');
  identify(draft, 'filler-order', part(common?.['ORC-3']) || part(request?.['OBR-3']), common === undefined ? 'OBR-3' : 'ORC-3');
  tell(draft, 'order_control', part(common?.['ORC-1']), 'ORC-1');
  tell(draft, 'service', part(request?.['OBR-4'], 1) || part(request?.['OBR-4']), 'OBR-4');
  const of = part(common?.['ORC-5']);
  const resulted = part(request?.['OBR-25']);
  if (resulted !== '' && (result || of === '')) {
    draft.statusRaw = resulted;
    draft.status = normaliseStatus(resulted, 'hl7-0123');
  } else if (of !== '') {
    draft.statusRaw = of;
    draft.status = normaliseStatus(of, 'hl7-0038');
  } else if (part(common?.['ORC-1']) === 'CA') {
    // Table 0119: a request to cancel. Whether it was done, the filler says.
    draft.statusRaw = 'CA';
  }
}

/** MSA: the answer belongs to the message whose control id it repeats, which went the other way. */
function readAnswer(message: EdiMessage, header: JsonObject, answer: JsonObject, draft: Draft): void {
  const code = part(answer['MSA-1']);
  const asked = part(answer['MSA-2']);
  draft.step = message.type.startsWith('ACK') ? 'acknowledge' : draft.step;
  draft.execution = messageKey(part(header['MSH-5']) || part(header['MSH-6']), asked);
  draft.executionType = draft.execution === '' ? '' : 'message';
  draft.statusRaw = code;
  draft.status = normaliseStatus(code, 'hl7-0008');
  tell(draft, 'acknowledgement_status', ANSWERS[code] ?? code, 'MSA-1');
  if (draft.status !== 'failed') return;
  const error = segmentOf(message, 'ERR');
  const texts = [part(answer['MSA-3']), part(error?.['ERR-3'], 1), part(error?.['ERR-7']), part(error?.['ERR-8'])];
  complain(draft, [...new Set(texts.filter((text) => text !== ''))].join('; '));
}

const ANSWERS: Readonly<Record<string, string>> = {
  AA: 'accepted',
  AE: 'application error',
  AR: 'application reject',
  CA: 'committed',
  CE: 'commit error',
  CR: 'commit reject',
};

const NOTES: readonly FieldNote[] = [
  { path: 'MSH-3', role: 'system', reason: 'the application that sent it', read: (entry) => field(entry, 'MSH', 'MSH-3') },
  { path: 'MSH-7', role: 'time', format: 'compact', reason: 'when the message was made', read: (entry) => field(entry, 'MSH', 'MSH-7') },
  { path: 'MSH-9', role: 'step', reason: 'the kind of message', read: (entry) => messageOf(entry, HEADS)?.type },
  {
    path: 'MSH-10',
    role: 'execution',
    type: 'message',
    reason: 'names the message; an acknowledgement repeats it in MSA-2',
    read: (entry) => field(entry, 'MSH', 'MSH-10'),
  },
  { path: 'MSA-1', role: 'status', reason: 'the answer to a message', read: (entry) => field(entry, 'MSA', 'MSA-1') },
  { path: 'ORC-5', role: 'status', reason: 'the status of the order', read: (entry) => field(entry, 'ORC', 'ORC-5') },
  { path: 'OBR-25', role: 'status', reason: 'the status of the result', read: (entry) => field(entry, 'OBR', 'OBR-25') },
];

function field(entry: Entry, segment: string, name: string): string {
  return part(messageOf(entry, HEADS)?.segments.find((other) => other['segment'] === segment)?.[name]);
}
