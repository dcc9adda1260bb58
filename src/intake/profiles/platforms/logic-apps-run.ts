import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { asList, asObject, asText } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import type { MomentReader } from './moments.ts';
import type { PayloadReader } from './payload.ts';
import { leavesOf, openJson } from './records.ts';
import type { NamedValue } from './records.ts';
import type { NamedReader } from '../business.ts';
import type { TextReader } from '../text-keys.ts';

/** How the parts of Logic Apps' run history are read into drafts: from the REST API and from Log Analytics alike. */
export interface RunReaders {
  readonly moment: MomentReader;
  readonly tracked: NamedReader;
  readonly inputs: PayloadReader;
  readonly outputs: PayloadReader;
  readonly text: TextReader;
}

export const TRACKED = 'trackedProperties.';

/** What the parts of a run have in common. */
export interface RunPart {
  readonly system: string;
  readonly flow: string;
  readonly run: string;
  readonly step: string;
  readonly span: string;
  /** The pass through a loop that an action belongs to: `For_each[2]`. */
  readonly item: string;
}

/** Run names are made of digits and end with the scale unit: `08584629157889890322247822477CU00`. */
const RUN_NAME = /^\d{15,40}CU\d{1,4}$/;

export function beginPart(part: RunPart, draft: Draft): void {
  draft.system = part.system;
  draft.flow = part.flow;
  draft.step = part.step;
  draft.span = part.span;
  draft.executionType = 'execution';
  draft.execution = part.item === '' ? part.run : `${part.run}/${part.item}`;
  if (part.item !== '') draft.parentExecution = part.run;
}

export function readStatus(word: string, code: string, error: string, draft: Draft): void {
  draft.statusRaw = word;
  draft.status = normaliseStatus(word, 'logic-apps');
  if (draft.status === 'failed' || draft.status === 'timed-out' || draft.status === 'cancelled') {
    draft.error = (error || (code === 'NotSpecified' ? '' : code)).slice(0, 2_000);
  }
}

/** `Timeout: the server did not answer`. The error may be JSON in a text. */
export function errorText(value: JsonObject | string | undefined): string {
  const opened = typeof value === 'string' ? openJson(value) : value;
  const error = asObject(opened);
  if (error === undefined) return asText(opened);
  const inner = asObject(error['error']) ?? error;
  return [asText(inner['code']), asText(inner['message'])].filter((word) => word !== '').join(': ');
}

/**
 * The tracking id is the name of the run unless the caller gave one: that of another run says that this one was started by it or repeats
 * it, any other ties together what the caller did.
 */
export function readTracking(tracking: string, run: string, draft: Draft, text: TextReader): void {
  if (tracking === '' || tracking === run) return;
  if (RUN_NAME.test(tracking)) {
    if (draft.parentExecution === '') draft.parentExecution = tracking;
    return;
  }
  draft.identifier('correlation', tracking, 'correlation.clientTrackingId');
  text(tracking, draft);
}

/** Tracked properties: an object, or JSON in a text. */
export function trackedOf(value: JsonObject | string | undefined): readonly NamedValue[] {
  return leavesOf(typeof value === 'string' ? openJson(value) : value);
}

export function readTracked(values: readonly NamedValue[], readers: RunReaders, draft: Draft): void {
  for (const [name, value] of values) {
    readers.tracked(name, value, draft);
    readers.text(value, draft);
  }
}

/** One try of an action before the last. */
interface Try {
  readonly start: string;
  readonly end: string;
  readonly code: string;
  readonly error: string;
}

/** `retryHistory`: a list, or JSON in a text. Source: Azure REST API, "Workflow Run Actions", RetryHistory. */
export function triesOf(value: JsonObject[keyof JsonObject] | undefined): readonly Try[] {
  return asList(openJson(value)).flatMap((item) => {
    const one = asObject(item);
    if (one === undefined) return [];
    const { startTime, endTime, code, error } = one;
    return [{ start: asText(startTime), end: asText(endTime), code: asText(code), error: errorText(asObject(error) ?? asText(error)) }];
  });
}

/**
 * Emits each failed try of an action and then the last one, which begins when the one before it has ended. `fill` fills in the draft, for the last
 * try with its outcome and what it gave. A history whose last try ends with the action tells the last one too.
 */
export function emitTries(tries: readonly Try[], readers: RunReaders, draft: Draft, fill: (last: boolean) => void, emit: () => void): void {
  draft.reset();
  fill(true);
  if (tries.length === 0) {
    readers.text(draft.error, draft);
    emit();
    return;
  }
  const end = draft.end;
  const earlier = tries.filter((one) => !(readers.moment(one.end).time >= end));
  let ended = Number.NaN;
  for (const [i, one] of earlier.entries()) {
    draft.reset();
    fill(false);
    const start = readers.moment(one.start);
    if (!Number.isNaN(start.time)) draft.time = start.time;
    draft.end = readers.moment(one.end).time;
    draft.attempt = i + 1;
    draft.status = 'failed';
    draft.statusRaw = one.code || 'retryHistory';
    draft.error = one.error || one.code;
    readers.text(draft.error, draft);
    emit();
    ended = draft.end;
  }
  draft.reset();
  fill(true);
  if (earlier.length > 0) {
    draft.attempt = earlier.length + 1;
    if (ended > draft.time) draft.time = ended;
  }
  readers.text(draft.error, draft);
  emit();
}
