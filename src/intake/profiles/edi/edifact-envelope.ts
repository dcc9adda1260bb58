import type { Draft } from '../../draft.ts';
import { ediPrecision, isEdiFormat, parseEdiDateTime, parseEdiTime } from '../../time/edi.ts';
import type { ZoneResolver } from '../../time/zone.ts';
import { tell } from '../payloads/put.ts';
import { type EdiMessage, keyOf, nameOf, part } from './message.ts';

/** Who sent a message to whom, and under which numbers. Source: ISO 9735, UNB. */
export interface EdifactEnvelope {
  readonly sender: string;
  readonly receiver: string;
  /** UNB 0020, the interchange control reference. */
  readonly reference: string;
}

export function edifactEnvelope({ interchange, group }: EdiMessage): EdifactEnvelope {
  return {
    sender: part(interchange?.['UNB02']) || part(group?.['UNG02']),
    receiver: part(interchange?.['UNB03']) || part(group?.['UNG03']),
    reference: part(interchange?.['UNB05']),
  };
}

/** Names an interchange as CONTRL repeats it: sender, recipient, reference. */
export function edifactInterchangeKey({ sender, receiver, reference }: EdifactEnvelope): string {
  return keyOf(sender, receiver, reference);
}

/** When the group was made, else the interchange, else the document (DTM 137). Only times whose format says so have a zone. */
function readTime(message: EdiMessage, draft: Draft, resolve: ZoneResolver): void {
  for (const stamp of [message.group?.['UNG04'], message.interchange?.['UNB04']]) {
    const clock = part(stamp, 1);
    draft.time = parseEdiDateTime(part(stamp), clock, resolve);
    if (Number.isNaN(draft.time)) continue;
    draft.precision = clock === '' ? 'day' : clock.length > 4 ? 'second' : 'minute';
    return;
  }
  const issued = message.segments.find((segment) => nameOf(segment) === 'DTM' && part(segment['DTM01']) === '137')?.['DTM01'];
  const format = part(issued, 2);
  if (!isEdiFormat(format)) return;
  draft.time = parseEdiTime(part(issued, 1), format, resolve);
  draft.precision = ediPrecision(format);
}

/** What every event of a message tells: where and when, and whether it is a test. */
export function readEdifactEnvelope(
  message: EdiMessage,
  envelope: EdifactEnvelope,
  system: string,
  draft: Draft,
  resolve: ZoneResolver,
): void {
  readTime(message, draft, resolve);
  draft.system = envelope.sender || system;
  draft.flow = `EDIFACT ${message.type}`;
  if (part(message.interchange?.['UNB11']) === '1') tell(draft, 'usage', 'test', 'interchange.UNB11');
  for (const problem of message.problems) tell(draft, 'envelope_problem', problem, 'problems');
}
