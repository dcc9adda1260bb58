import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { complain, identify, tell } from '../payloads/put.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { type EdiMessage, keyOf, nameOf, part } from './message.ts';

/** Code list 0085: what is wrong, where it is wrong. Other codes are shown as they are. */
const SYNTAX_ERRORS: Readonly<Record<string, string>> = {
  '2': 'syntax version or level not supported',
  '7': 'recipient is not the actual recipient',
  '12': 'invalid value',
  '13': 'missing',
  '14': 'value not supported here',
  '15': 'not supported here',
  '16': 'too many components',
  '18': 'unspecified error',
  '21': 'invalid characters',
  '23': 'unknown sender',
  '25': 'test indicator not supported',
  '26': 'duplicate',
  '28': 'references do not match',
  '29': 'count does not match',
  '35': 'too many repetitions',
  '37': 'invalid type of characters',
  '39': 'element too long',
  '40': 'element too short',
};

/** Code list 0083, as words for a field of the message's state. */
const ACTIONS: Readonly<Record<string, string>> = {
  '4': 'rejected',
  '7': 'acknowledged',
  '8': 'received',
};

/**
 * CONTRL: what the recipient's translator says of an interchange (UCI) and of messages in it (UCM), tied to them by the sender, recipient and references that it
 * repeats. One event for the interchange, which belongs to the journey of what it carried, if that was one; one for each message. Source: ISO 9735, CONTRL
 * syntax 4; code lists 0083 and 0085.
 *
 * @param start resets the draft and fills in the envelope.
 */
export function readEdifactControl(message: EdiMessage, draft: Draft, start: () => void, emit: () => void): string | undefined {
  const interchange = message.segments.find((segment) => nameOf(segment) === 'UCI');
  if (interchange === undefined) return 'the CONTRL does not say which interchange it acknowledges: UCI is missing';
  const names = [part(interchange['UCI02']), part(interchange['UCI03']), part(interchange['UCI01'])] as const;
  const answers: { readonly segment: JsonObject; readonly name: string; readonly errors: string[] }[] = [];
  for (const segment of message.segments) {
    const name = nameOf(segment);
    if (name === 'UCI' || name === 'UCM') answers.push({ segment, name, errors: errorsOf(segment, name) });
    else if (name === 'UCS' || name === 'UCD') answers.at(-1)?.errors.push(detail(segment, name));
  }
  for (const { segment, name, errors } of answers) {
    start();
    const ofMessage = name === 'UCM';
    draft.step = ofMessage ? `acknowledge ${part(segment['UCM02'])}`.trimEnd() : 'acknowledge interchange';
    draft.execution = keyOf(...names);
    if (draft.execution !== '') draft.executionType = 'message';
    if (ofMessage) identify(draft, 'edi-document', keyOf(...names, part(segment['UCM01'])), 'UCM01');
    const code = part(segment[ofMessage ? 'UCM03' : 'UCI04']);
    draft.statusRaw = code;
    draft.status = normaliseStatus(code, 'edifact');
    tell(draft, 'acknowledgement_status', ACTIONS[code] ?? code, ofMessage ? 'UCM03' : 'UCI04');
    if (errors.length > 0) complain(draft, errors.join('; '));
    emit();
  }
  return undefined;
}

function errorsOf(segment: JsonObject, name: 'UCI' | 'UCM'): string[] {
  const code = part(segment[name === 'UCI' ? 'UCI05' : 'UCM04']);
  return code === '' ? [] : [`${name === 'UCI' ? 'interchange' : 'message'}: ${meaning(code)}`];
}

/** UCS says which segment of the message, UCD which element of it. */
function detail(segment: JsonObject, name: 'UCS' | 'UCD'): string {
  if (name === 'UCS') {
    const code = part(segment['UCS02']);
    return `segment ${part(segment['UCS01'])}${code === '' ? '' : `: ${meaning(code)}`}`;
  }
  const position = [part(segment['UCD02']), part(segment['UCD02'], 1)].filter((text) => text !== '').join('.');
  return `element ${position}: ${meaning(part(segment['UCD01']))}`;
}

function meaning(code: string): string {
  return (Object.hasOwn(SYNTAX_ERRORS, code) ? SYNTAX_ERRORS[code] : undefined) ?? `error ${code}`;
}
