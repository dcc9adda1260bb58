import { closingQuote, harvestFields, unescapeText } from './text-fields.ts';
import { addField, type Parts } from './text-parts.ts';
import type { TimeSpot } from './text-time.ts';

/**
 * Reads an access log line, NCSA common or combined, with or without the virtual host in front: address, user, method, path, status, bytes, referrer, agent.
 * Keys in the path's query, and after the known columns (`rt=0.231`), become fields. False when the line is none.
 */
export function readAccessLog(line: string, spot: TimeSpot, parts: Parts): boolean {
  const open = spot.to + 2;
  if (line.charCodeAt(spot.to) !== 93 || line.charCodeAt(open) !== 34) return false;
  const end = Math.max(0, spot.from - 2);
  const first = blankBefore(line, 0, end);
  const second = blankBefore(line, first + 1, end);
  const third = blankBefore(line, second + 1, end);
  if (second >= end || blankBefore(line, third + 1, end) < end) return false;
  const close = closingQuote(line, open);
  if (close < 0) return false;
  const status = statusAt(line, close + 1);
  if (status < 0) return false;
  const host = third < end;
  addField(parts, 'remoteAddress', host ? line.slice(first + 1, second) : line.slice(0, first));
  if (host) addField(parts, 'virtualHost', line.slice(0, first));
  const user = host ? line.slice(third + 1, end) : line.slice(second + 1, end);
  if (user !== '-') addField(parts, 'user', user);
  const request = line.slice(open + 1, close);
  const called = readRequest(request, parts);
  const answer = line.slice(close + 2, close + 5);
  addField(parts, 'status', answer);
  if (line.charCodeAt(close + 6) !== 45) addField(parts, 'bytes', line.slice(close + 6, status));
  let at = status;
  for (const name of ['referrer', 'userAgent']) {
    if (!line.startsWith(' "', at)) break;
    const end = closingQuote(line, at + 1);
    if (end < 0) break;
    const value = line.slice(at + 2, end);
    if (value !== '-' && value !== '') addField(parts, name, unescapeText(value));
    at = end + 1;
  }
  parts.message = `${called ?? request} ${answer}`;
  if (at < line.length) harvestFields(line.slice(at), parts.fields);
  return true;
}

/** Index of the next blank; `end` when there is none before. */
function blankBefore(line: string, from: number, end: number): number {
  for (let i = from; i < end; i++) if (line.charCodeAt(i) === 32) return i;
  return end;
}

const MOST_DIGITS = 18;

/** Where ` 200 5120` or ` 304 -`, which begins at `at`, ends; -1 when something else stands there. */
function statusAt(line: string, at: number): number {
  if (line.charCodeAt(at) !== 32 || line.charCodeAt(at + 4) !== 32) return -1;
  for (let i = at + 1; i < at + 4; i++) if (!isDigit(line.charCodeAt(i))) return -1;
  const from = at + 5;
  if (line.charCodeAt(from) === 45) return from + 1;
  let to = from;
  while (to - from < MOST_DIGITS && isDigit(line.charCodeAt(to))) to++;
  return to === from ? -1 : to;
}

const MOST_METHOD = 20;
const MOST_PATH = 8192;
const PROTOCOL = /^HTTP\/[\d.]{1,5}$/;

/** `POST /orders/77?id=1 HTTP/1.1`: method, path, what was called with the keys taken out, and the keys. Returns `POST /orders/77?id=1`; undefined for what is no request. */
function readRequest(request: string, parts: Parts): string | undefined {
  let blank = 0;
  while (isCapital(request.charCodeAt(blank))) blank++;
  if (blank === 0 || blank > MOST_METHOD || request.charCodeAt(blank) !== 32) return undefined;
  const last = request.lastIndexOf(' ');
  const to = last > blank && PROTOCOL.test(request.slice(last + 1)) ? last : request.length;
  const method = request.slice(0, blank);
  const path = request.slice(blank + 1, to);
  if (path === '' || path.length > MOST_PATH || /\s/.test(path)) return undefined;
  addField(parts, 'method', method);
  addField(parts, 'path', path);
  addField(
    parts,
    'operation',
    operationOf(method, path, (name, value) => addField(parts, name, value)),
  );
  harvestFields(path, parts.fields);
  return request.slice(0, to);
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
  const end = query < 0 ? path.length : query;
  let operation = `${method} `;
  let before = '';
  for (let i = 0, from = 0; i < MOST_SEGMENTS && from <= end; i++) {
    const slash = path.indexOf('/', from);
    const to = slash < 0 || slash > end ? end : slash;
    const segment = path.slice(from, to);
    const digits = hasDigit(segment) && !(segment.length <= 3 && /^v\d{1,2}$/.test(segment));
    const shown = digits || segment.length > MOST_NAME ? ':id' : segment;
    operation += i === 0 ? shown : `/${shown}`;
    if (digits && i > 0 && COLLECTION.test(before) && KEY.test(segment)) keys(`${before}.id`, segment);
    before = segment;
    from = to + 1;
  }
  return operation;
}

const COLLECTION = /^[A-Za-z][A-Za-z_-]{2,40}s$/;
const KEY = /^[A-Za-z0-9][\w-]{2,63}$/;

function hasDigit(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
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
