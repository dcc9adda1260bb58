import type { Entry, JsonObject } from '../../entry.ts';
import { asObject, asText, firstOf, objectOf } from '../tree.ts';

/** A line that Camel, or the code of one of its routes, wrote about an exchange. Empty texts mean "not said". */
export interface CamelLine {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  readonly exchange: string;
  /** Travels with the message across systems. */
  readonly breadcrumb: string;
  /** The exchange that this one was split from. */
  readonly correlation: string;
  readonly route: string;
  readonly context: string;
  readonly thread: string;
  /** What Camel itself says with the line. */
  readonly told: Told;
  /** `Headers` of the exchange as text: keys are looked for in them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export type Told =
  /** `*-->` or `--->`: the exchange enters a route. */
  | { readonly is: 'enter'; readonly label: string }
  | { readonly is: 'leave'; readonly label: string }
  | { readonly is: 'node'; readonly label: string }
  | { readonly is: 'sent'; readonly failed: boolean; readonly url: string; readonly milliseconds: number }
  | { readonly is: 'failed'; readonly exhausted: boolean; readonly attempt: number }
  /** The log component, or a log line that carries Camel's context. */
  | { readonly is: 'text' };

/**
 * Reads a log line with Camel's marks: its diagnostic context (`camel.exchangeId` …, before Camel 3 also without the prefix), the exchange as the
 * log component prints it, the tracer's layout, or the error handler's sentence. Undefined for lines with none of them.
 */
export function camelLineOf(entry: Entry): CamelLine | undefined {
  const value = objectOf(entry);
  if (value === undefined) return undefined;
  const message = asText(firstOf(value, 'message', 'msg'));
  const time = asText(firstOf(value, ...TIME_KEYS));
  if (time === '' || message === '') return undefined;
  const mdc = contextOf(value);
  const failed = FAILED.exec(message);
  const trace = TRACE.exec(message);
  const text = exchangeIn(message);
  const carries = mdc('exchangeId') !== '' || mdc('routeId') !== '' || mdc('breadcrumbId') !== '';
  if (!carries && failed === null && trace === null && text === undefined) return undefined;
  const headers = text === undefined ? [] : pairsIn(text.headers);
  return {
    time,
    level: asText(firstOf(value, ...LEVEL_KEYS)),
    message,
    exchange: failed?.[1] ?? (text?.id || mdc('exchangeId')),
    breadcrumb: headers.find(([name]) => name === 'breadcrumbId')?.[1] ?? mdc('breadcrumbId'),
    correlation: mdc('correlationId'),
    route: trace?.[2]?.trim() || mdc('routeId'),
    context: mdc('contextId') || mdc('camelContextId'),
    thread: threadOf(value),
    told: failed === null ? traceOf(trace, message) : failureOf(message),
    headers: headers.filter(([name]) => name !== 'breadcrumbId' && !name.startsWith('Camel')),
  };
}

/** A line of the same log without Camel's marks. */
export function plainLineOf(entry: Entry): CamelLine | undefined {
  const value = objectOf(entry);
  const time = asText(firstOf(value ?? {}, ...TIME_KEYS));
  if (value === undefined || time === '') return undefined;
  return {
    time,
    level: asText(firstOf(value, ...LEVEL_KEYS)),
    message: asText(firstOf(value, 'message', 'msg')),
    exchange: '',
    breadcrumb: '',
    correlation: '',
    route: '',
    context: '',
    thread: threadOf(value),
    told: { is: 'text' },
    headers: [],
  };
}

function threadOf(value: JsonObject): string {
  return asText(firstOf(value, 'thread', 'thread_name', 'threadName'));
}

const TIME_KEYS = ['time', '@timestamp', 'timestamp'] as const;
const LEVEL_KEYS = ['level', 'log.level'] as const;

/** The context where the layouts put it: `key=value` in a text line, members of a JSON line, or its `mdc`. */
function contextOf(value: JsonObject): (key: string) => string {
  const places = [value, asObject(value['fields']), asObject(value['mdc']), asObject(value['contextMap'])];
  return (key) => {
    for (const place of places) {
      if (place === undefined) continue;
      const own = place[`camel.${key}`];
      if (own !== undefined) return asText(own);
    }
    // Without the prefix other programs use the words too: only beside an exchange they are Camel's.
    for (const place of places.slice(1)) if (place !== undefined && 'exchangeId' in place) return asText(place[key]);
    return '';
  };
}

const FAILED = /^\s?Failed delivery for \(MessageId: \S{1,200} on ExchangeId: ([^\s)]{1,200})\)\./;
/** The arrow may be lost: readers of lines take a dash between logger and message for a separator. */
const TRACE = /^(\*-->|--->|<---|\*<--|)\s{0,6}\[([^\]]{1,60})\] \[(.{0,80}?)\] (?=Exchange\[|Sent |Received )/;

function traceOf(trace: RegExpExecArray | null, message: string): Told {
  if (trace === null) return { is: 'text' };
  const label = trace[3]!.trim();
  const arrow = trace[1]!;
  if (arrow.endsWith('>')) return { is: 'enter', label };
  if (arrow !== '') return { is: 'leave', label };
  // A route is left with an arrow: without one, its beginning is entered.
  if (label.startsWith('from[')) return { is: 'enter', label };
  const sent = /^Sent (success|failed) took (\S{1,20}(?: \S{1,10})?) \((?:url|uri)=([^,)]{1,500})/.exec(message.slice(trace[0].length));
  if (sent === null) return { is: 'node', label };
  return { is: 'sent', failed: sent[1] === 'failed', url: sent[3]!, milliseconds: durationOf(sent[2]!) };
}

/** `12ms`, `1s203ms`, `2m3s`: Camel's `TimeUtils.printDuration`. NaN for something else. */
function durationOf(text: string): number {
  const match = /^(?:(\d{1,4})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,6})s)?(?:(\d{1,9})ms)?$/.exec(text);
  if (match === null || text === '') return Number.NaN;
  const [hours, minutes, seconds, ms] = match.slice(1).map((part) => Number(part ?? 0));
  return ((hours! * 60 + minutes!) * 60 + seconds!) * 1000 + ms!;
}

function failureOf(message: string): Told {
  const head = message.slice(0, 2_000);
  const attempt = /\bdelivery attempt: (\d{1,6})\b/.exec(head);
  return { is: 'failed', exhausted: /\bExhausted after\b/.test(head), attempt: attempt === null ? 0 : Number(attempt[1]) };
}

/** How much of a printed exchange is looked at: the body behind it may be long. */
const LOOKED_AT = 8_000;

/** `Exchange[Id: …, Headers: {…}, BodyType: …, Body: …]`; old versions write no blank after the colons. */
function exchangeIn(message: string): { readonly id: string; readonly headers: string } | undefined {
  const at = message.indexOf('Exchange[');
  if (at < 0) return undefined;
  const text = message.slice(at + 9, at + LOOKED_AT);
  const id = /^(?:\s{0,4},? ?)Id: ?([^\s,\]]{1,200})/.exec(text)?.[1] ?? '';
  if (id === '' && !/(?:ExchangePattern|BodyType|Headers|Body): ?/.test(text)) return undefined;
  return { id, headers: /\bHeaders: ?\{([^{}]{0,4000})\}/.exec(text)?.[1] ?? '' };
}

/** `k=v, k=v`: a value that holds a comma is cut there. */
function pairsIn(text: string): (readonly [string, string])[] {
  return text.split(', ').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals <= 0 ? [] : [[pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const];
  });
}
