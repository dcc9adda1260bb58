import type { Draft } from '../../draft.ts';
import { parseEdiDateTime } from '../../time/edi.ts';
import type { ZoneResolver } from '../../time/zone.ts';
import { identify, tell } from '../payloads/put.ts';
import { type EdiMessage, keyOf, part, plainNumber } from './message.ts';

/** Who sent a transaction set to whom, when and under which numbers. Source: X12.5, ISA and GS segments. */
export interface X12Envelope {
  readonly sender: string;
  readonly receiver: string;
  /** ISA13. */
  readonly interchange: string;
  /** GS01: `PO`, `IN`, `FA`. */
  readonly functional: string;
  /** GS06. */
  readonly group: string;
}

export function x12Envelope({ interchange, group }: EdiMessage): X12Envelope {
  return {
    sender: part(interchange?.['ISA06']) || part(group?.['GS02']),
    receiver: part(interchange?.['ISA08']) || part(group?.['GS03']),
    interchange: part(interchange?.['ISA13']),
    functional: part(group?.['GS01']),
    group: part(group?.['GS06']),
  };
}

/**
 * Names a group: partners, functional identifier and GS06. The interchange's number is left out, because an acknowledgement (AK1) does not repeat it. Where
 * a sender uses one number for all of its groups, the name is that of many, and ties nothing together.
 */
export function x12GroupKey(sender: string, receiver: string, functional: string, group: string): string {
  return keyOf(sender, receiver, functional, plainNumber(group));
}

/** Names a transaction set within its group. */
export function x12DocumentKey(sender: string, receiver: string, functional: string, group: string, set: string): string {
  return keyOf(sender, receiver, functional, plainNumber(group), plainNumber(set));
}

/** When the group was made, else the interchange. No time of X12 has a zone. */
export function readX12Time(message: EdiMessage, draft: Draft, resolve: ZoneResolver): void {
  const { group, interchange } = message;
  for (const [date, time] of [
    [part(group?.['GS04']), part(group?.['GS05'])],
    [part(interchange?.['ISA09']), part(interchange?.['ISA10'])],
  ] as const) {
    draft.time = parseEdiDateTime(date, time, resolve);
    if (Number.isNaN(draft.time)) continue;
    draft.precision = time.length > 6 ? 'millisecond' : time.length > 4 ? 'second' : time === '' ? 'day' : 'minute';
    return;
  }
}

/** What every event of an interchange tells: where and when, and whether it is a test. */
export function readX12Envelope(message: EdiMessage, envelope: X12Envelope, system: string, draft: Draft, resolve: ZoneResolver): void {
  readX12Time(message, draft, resolve);
  draft.system = envelope.sender || system;
  draft.flow = `X12 ${message.type}`;
  const usage = part(message.interchange?.['ISA15']);
  if (usage === 'T' || usage === 'I') tell(draft, 'usage', usage === 'T' ? 'test' : 'information', 'interchange.ISA15');
  for (const problem of message.problems) tell(draft, 'envelope_problem', problem, 'problems');
}

/** Adds the interchange it came in, behind the records that it is about. */
export function identifyX12Interchange({ sender, receiver, interchange }: X12Envelope, draft: Draft): void {
  identify(draft, 'interchange', keyOf(sender, receiver, interchange), 'interchange.ISA13');
}
