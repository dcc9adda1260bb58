import { closingQuote, harvestFields, unescapeText } from './text-fields.ts';
import { addField, type Parts } from './text-parts.ts';
import type { TimeSpot } from './text-time.ts';

const STATUS = / (\d{3}) (\d{1,18}|-)/y;

/**
 * Reads an access log line, NCSA common or combined, with or without the virtual host in front: address, user, method, path, status, bytes, referrer, agent.
 * Keys in the path's query, and after the known columns (`rt=0.231`), become fields. False when the line is none.
 */
export function readAccessLog(line: string, spot: TimeSpot, parts: Parts): boolean {
  const before = line.slice(0, Math.max(0, spot.from - 2)).split(' ', 5);
  const open = spot.to + 2;
  if (before.length < 3 || before.length > 4 || line.charCodeAt(spot.to) !== 93 || line.charCodeAt(open) !== 34) return false;
  const close = closingQuote(line, open);
  if (close < 0) return false;
  STATUS.lastIndex = close + 1;
  const match = STATUS.exec(line);
  if (match === null) return false;
  const user = before.at(-1)!;
  addField(parts, 'remoteAddress', before.at(-3)!);
  if (before.length === 4) addField(parts, 'virtualHost', before[0]!);
  if (user !== '-') addField(parts, 'user', user);
  const request = line.slice(open + 1, close);
  const called = readRequest(request, parts);
  addField(parts, 'status', match[1]!);
  if (match[2] !== '-') addField(parts, 'bytes', match[2]!);
  let at = STATUS.lastIndex;
  for (const name of ['referrer', 'userAgent']) {
    if (!line.startsWith(' "', at)) break;
    const end = closingQuote(line, at + 1);
    if (end < 0) break;
    const value = line.slice(at + 2, end);
    if (value !== '-' && value !== '') addField(parts, name, unescapeText(value));
    at = end + 1;
  }
  parts.message = `${called ?? request} ${match[1]}`;
  if (at < line.length) harvestFields(line.slice(at), parts.fields);
  return true;
}

const REQUEST = /^([A-Z]{1,20}) (\S{1,8192})(?: (HTTP\/[\d.]{1,5}))?$/;

/** `POST /orders/77?id=1 HTTP/1.1`: method, path, what was called with the keys taken out, and the keys. Returns `POST /orders/77?id=1`; undefined for what is no request. */
function readRequest(request: string, parts: Parts): string | undefined {
  const match = REQUEST.exec(request);
  if (match === null) return undefined;
  const [, method, path] = match;
  addField(parts, 'method', method!);
  addField(parts, 'path', path!);
  addField(
    parts,
    'operation',
    operationOf(method!, path!, (name, value) => addField(parts, name, value)),
  );
  harvestFields(path!, parts.fields);
  return `${method} ${path}`;
}

const MOST_SEGMENTS = 16;
const QUERY = /[?;#]/;
/** Longer segments are no names. */
const MOST_NAME = 40;

/**
 * What a request calls: method and path without query, with `:id` for every segment that holds a digit or is longer than a name would be. `keys` is told of
 * the records that the path names in pairs: `orders.id` is SO-77 in `/orders/SO-77`; only after collections in the plural, and only values of three
 * characters and more with a digit.
 */
export function operationOf(method: string, path: string, keys: (name: string, value: string) => void): string {
  const query = path.search(QUERY);
  const segments = (query < 0 ? path : path.slice(0, query)).split('/', MOST_SEGMENTS);
  let operation = `${method} `;
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]!;
    if (i > 0) operation += '/';
    const digits = hasDigit(segment) && !(segment.length <= 3 && /^v\d{1,2}$/.test(segment));
    operation += digits || segment.length > MOST_NAME ? ':id' : segment;
    if (digits && i > 0 && COLLECTION.test(segments[i - 1]!) && KEY.test(segment)) keys(`${segments[i - 1]!}.id`, segment);
  }
  return operation;
}

const COLLECTION = /^[A-Za-z][A-Za-z_-]{2,40}s$/;
const KEY = /^[A-Za-z0-9][\w-]{2,63}$/;

function hasDigit(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

const NGINX_ERROR = /\s\[([a-z]{2,8})\]\s(\d{1,10})#(\d{1,10}): (?:\*(\d{1,20}) )?/y;

/** `request: "POST /orders HTTP/1.1"` among the pairs that end a message of nginx. */
const NGINX_REQUEST = /, request: "([^"]{1,8192})"/;

/** nginx's error log after the time: `[error] 77#77: *5 message, client: …, request: "…"`. Where the message begins; -1 when it is none. */
export function readNginxError(line: string, at: number, parts: Parts): number {
  NGINX_ERROR.lastIndex = at;
  const match = NGINX_ERROR.exec(line);
  if (match === null) return -1;
  parts.level = match[1]!;
  addField(parts, 'pid', match[2]!);
  addField(parts, 'tid', match[3]!);
  if (match[4] !== undefined) addField(parts, 'connection', match[4]);
  const request = NGINX_REQUEST.exec(line);
  if (request !== null) readRequest(request[1]!, parts);
  return NGINX_ERROR.lastIndex;
}
