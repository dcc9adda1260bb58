import type { Entry, Json, JsonObject } from '../../entry.ts';
import { asObject, objectOf } from '../tree.ts';

/** A message as the EDI formats cut it out, with the headers of its group and interchange. */
export interface EdiMessage {
  /** `850`, `ORDERS`, `ORM^O01`. */
  readonly type: string;
  /** Its own number within what encloses it. */
  readonly control: string;
  readonly segments: readonly JsonObject[];
  readonly interchange: JsonObject | undefined;
  readonly group: JsonObject | undefined;
  /** Where its trailer contradicts it. */
  readonly problems: readonly string[];
  /** Whether segments in its middle were left out: what is counted or added up over all of them is then unknown. */
  readonly partial: boolean;
}

/** The message of an entry whose first segment is one of `heads`; undefined for everything else. */
export function messageOf(entry: Entry, heads: readonly string[]): EdiMessage | undefined {
  const value = objectOf(entry);
  const list = value?.['segments'];
  if (value === undefined || !Array.isArray(list)) return undefined;
  const segments = list.filter((item): item is JsonObject => asObject(item) !== undefined);
  const head = segments[0]?.['segment'];
  if (typeof head !== 'string' || !heads.includes(head)) return undefined;
  const context = entry.kind === 'tree' ? entry.context : undefined;
  const problems = value['problems'];
  return {
    type: part(value['message']),
    control: part(value['control']),
    segments,
    interchange: asObject(context?.['interchange']),
    group: asObject(context?.['group']),
    problems: Array.isArray(problems) ? problems.filter((item): item is string => typeof item === 'string') : [],
    partial: value['omitted'] !== undefined,
  };
}

/**
 * The text of an element, trimmed: of one of its components (0 is the first), where there are several. Of an element that repeats it is the first one.
 * Empty when there is none.
 */
export function part(value: Json | undefined, component = 0): string {
  if (typeof value === 'string') return component === 0 ? value.trim() : '';
  if (Array.isArray(value)) return part(value[component]);
  const repeated = asObject(value)?.['repeated'];
  return Array.isArray(repeated) ? part(repeated[0], component) : '';
}

/** The name of a segment. */
export function nameOf(segment: JsonObject): string {
  const name = segment['segment'];
  return typeof name === 'string' ? name : '';
}

/** The first segment of that name. */
export function segmentOf(message: EdiMessage, name: string): JsonObject | undefined {
  return message.segments.find((segment) => segment['segment'] === name);
}

/** A number of a control segment without its padding: acknowledgements repeat it with and without. */
export function plainNumber(text: string): string {
  return /^0+\d/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
}

/** Names the one message, or what encloses it: numbers are counted by the sender for each receiver. Empty without a number. */
export function keyOf(sender: string, receiver: string, ...numbers: readonly string[]): string {
  if (numbers.some((number) => number === '')) return '';
  return [sender, receiver]
    .filter((name) => name !== '')
    .concat(numbers)
    .join('/');
}

/** `20310304` as `2031-03-04`; empty for everything that is no day. Two digits of a year are read as POSIX does: 69 to 99 are of the last century. */
export function isoDay(text: string): string {
  if (!/^(?:\d\d)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text)) return '';
  const year = text.slice(0, -4);
  const full = year.length === 4 ? year : `${Number(year) >= 69 ? '19' : '20'}${year}`;
  return `${full}-${text.slice(-4, -2)}-${text.slice(-2)}`;
}

/** An element of the first segment of a name; empty when there is none. */
export function elementOf(message: EdiMessage, segment: string, name: string): string {
  return part(segmentOf(message, segment)?.[name]);
}
