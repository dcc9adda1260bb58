import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { complain, identify, tell } from '../payloads/put.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { type EdiMessage, keyOf, nameOf, part } from './message.ts';
import { type X12Envelope, x12DocumentKey, x12GroupKey } from './x12-envelope.ts';

/** Data element 718: why a transaction set was not accepted. */
const SET_ERRORS: Readonly<Record<string, string>> = {
  '1': 'transaction set not supported',
  '2': 'transaction set trailer missing',
  '3': 'control numbers in header and trailer do not match',
  '4': 'number of segments does not match the count',
  '5': 'one or more segments in error',
  '6': 'missing or invalid transaction set identifier',
  '7': 'missing or invalid transaction set control number',
};

/** Data element 716: why a group was not accepted. */
const GROUP_ERRORS: Readonly<Record<string, string>> = {
  '1': 'functional group not supported',
  '2': 'functional group version not supported',
  '3': 'functional group trailer missing',
  '4': 'control numbers in header and trailer do not agree',
  '5': 'number of transaction sets does not match the count',
  '6': 'group control number violates syntax',
};

/** Data element 720: what is wrong with a segment. */
const SEGMENT_ERRORS: Readonly<Record<string, string>> = {
  '1': 'unrecognized segment',
  '2': 'unexpected segment',
  '3': 'mandatory segment missing',
  '4': 'loop occurs too often',
  '5': 'segment occurs too often',
  '6': 'segment not in the transaction set',
  '7': 'segment out of sequence',
  '8': 'segment has element errors',
};

/** Data element 723: what is wrong with an element. */
const ELEMENT_ERRORS: Readonly<Record<string, string>> = {
  '1': 'mandatory element missing',
  '2': 'conditional element missing',
  '3': 'too many elements',
  '4': 'element too short',
  '5': 'element too long',
  '6': 'invalid character',
  '7': 'invalid code',
  '8': 'invalid date',
  '9': 'invalid time',
  '10': 'exclusion condition violated',
};

/** What an acknowledgement says of one transaction set. */
interface SetAnswer {
  readonly set: string;
  readonly control: string;
  code: string;
  readonly errors: string[];
}

/**
 * 997 and 999: what the receiver's translator says of a group (AK9) and of the transaction sets in it (AK2 … AK5 or IK5). One event for each set, tied to it by the
 * partners, who have changed sides, and the numbers that AK1 and AK2 repeat. Where sets are not told one by one, one event for the group: it belongs to the journey
 * of what the group carried, if that was one. Source: X12 997, 999 (005010X231).
 *
 * @param start resets the draft and fills in the envelope.
 */
export function readX12Acknowledgement(
  message: EdiMessage,
  envelope: X12Envelope,
  draft: Draft,
  start: () => void,
  emit: () => void,
): string | undefined {
  const answers: SetAnswer[] = [];
  let open: SetAnswer | undefined;
  let group: JsonObject | undefined;
  let result: JsonObject | undefined;
  for (const segment of message.segments) {
    switch (nameOf(segment)) {
      case 'AK1':
        group = segment;
        break;
      case 'AK2':
        open = { set: part(segment['AK201']), control: part(segment['AK202']), code: '', errors: [] };
        answers.push(open);
        break;
      case 'AK3':
      case 'IK3':
        open?.errors.push(segmentError(segment));
        break;
      case 'AK4':
      case 'IK4':
        open?.errors.push(elementError(segment));
        break;
      case 'AK5':
      case 'IK5':
        if (open !== undefined) close(open, segment);
        open = undefined;
        break;
      case 'AK9':
        result = segment;
        break;
      default:
    }
  }
  if (group === undefined) return `the ${message.type} does not say which group it acknowledges: AK1 is missing`;
  // The original went the other way.
  const names = [envelope.receiver, envelope.sender, part(group['AK101']), part(group['AK102'])] as const;
  for (const answer of answers) {
    start();
    draft.step = `acknowledge ${answer.set}`.trimEnd();
    draft.execution = x12GroupKey(...names);
    identify(draft, 'edi-document', x12DocumentKey(...names, answer.control), 'AK202');
    answered(draft, answer.code, answer.errors);
    emitNamed(draft, emit);
  }
  const included = part(result?.['AK902']);
  if (result !== undefined && (answers.length === 0 || Number(included) > answers.length)) {
    start();
    draft.step = 'acknowledge group';
    draft.execution = x12GroupKey(...names);
    for (const [element, name] of [
      ['AK902', 'sets_included'],
      ['AK903', 'sets_received'],
      ['AK904', 'sets_accepted'],
    ] as const) {
      tell(draft, name, part(result[element]), element);
    }
    const errors = ['AK905', 'AK906', 'AK907', 'AK908', 'AK909'].map((element) => part(result[element])).filter((code) => code !== '');
    answered(
      draft,
      part(result['AK901']),
      errors.map((code) => told('group', code, GROUP_ERRORS)),
    );
    emitNamed(draft, emit);
  }
  return undefined;
}

/** TA1: what the receiver says of an interchange as a whole. Source: X12.5, interchange acknowledgment segment. */
export function readX12InterchangeAcknowledgement(message: EdiMessage, envelope: X12Envelope, draft: Draft): void {
  const segment = message.segments[0] ?? {};
  draft.step = 'acknowledge interchange';
  identify(draft, 'interchange', keyOf(envelope.receiver, envelope.sender, part(segment['TA101'])), 'TA101');
  const note = part(segment['TA105']);
  answered(draft, part(segment['TA104']), note === '' || note === '000' ? [] : [`interchange: note ${note}`]);
}

function emitNamed(draft: Draft, emit: () => void): void {
  if (draft.execution !== '') draft.executionType = 'message';
  emit();
}

/** The code as it is, beside it its meaning as a field of its own: it is the state of the message, not of its order. */
function answered(draft: Draft, code: string, errors: readonly string[]): void {
  draft.statusRaw = code;
  draft.status = normaliseStatus(code, 'x12');
  tell(draft, 'acknowledgement_status', ANSWERS[code] ?? code, 'status');
  if (draft.status === 'failed' || errors.length > 0) complain(draft, errors.join('; '));
}

const ANSWERS: Readonly<Record<string, string>> = {
  A: 'accepted',
  E: 'accepted with errors',
  P: 'partially accepted',
  R: 'rejected',
  M: 'rejected: message authentication failed',
  W: 'rejected: assurance failed validity tests',
  X: 'rejected: content could not be decrypted',
};

function close(answer: SetAnswer, segment: JsonObject): void {
  const name = nameOf(segment);
  answer.code = part(segment[`${name}01`]);
  for (const number of ['02', '03', '04', '05', '06']) {
    const code = part(segment[`${name}${number}`]);
    if (code !== '') answer.errors.unshift(told('set', code, SET_ERRORS));
  }
}

function segmentError(segment: JsonObject): string {
  const name = nameOf(segment);
  const where = `segment ${part(segment[`${name}01`])} (${part(segment[`${name}02`])})`;
  return told(where, part(segment[`${name}04`]), SEGMENT_ERRORS);
}

function elementError(segment: JsonObject): string {
  const name = nameOf(segment);
  const value = part(segment[`${name}04`]);
  const text = told(`element ${part(segment[`${name}01`])}`, part(segment[`${name}03`]), ELEMENT_ERRORS);
  return value === '' ? text : `${text}, ${value.slice(0, 80)}`;
}

function told(where: string, code: string, meanings: Readonly<Record<string, string>>): string {
  if (code === '') return where;
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  return `${where}: ${meaning ?? `error ${code}`}`;
}
