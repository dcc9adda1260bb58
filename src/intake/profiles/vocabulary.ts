import type { Status } from '../../model/status.ts';
import { STATUSES } from '../../model/status.ts';
import { GENERIC_WORDS, IDOC_CODES, PLATFORM_WORDS } from './vocabulary-words.ts';

function index(words: Readonly<Partial<Record<Status, string>>>): ReadonlyMap<string, Status> {
  const map = new Map<string, Status>();
  for (const status of STATUSES) for (const word of (words[status] ?? '').split(' ')) if (word !== '') map.set(fold(word), status);
  return map;
}

const GENERIC = index(GENERIC_WORDS);
const IDOC = index(IDOC_CODES);
const PLATFORMS: ReadonlyMap<string, ReadonlyMap<string, Status>> = new Map(
  Object.entries(PLATFORM_WORDS).map(([id, words]) => [id, index(words)]),
);

/** The form in which status words are compared: lower case, without spaces, underscores, hyphens, dots and slashes. */
export function fold(word: string): string {
  return word.toLowerCase().replace(/[\s_.\-–/]+/g, '');
}

/**
 * The normal form of a status word. `platform` is a profile's id (`boomi-execution-record`): its own meanings come first.
 * A word nobody listed is `unknown`; keep the original word beside the result. Source of the words: the platforms' own documentation, the mapping is a judgement.
 */
export function normaliseStatus(word: string, platform?: string): Status {
  const folded = fold(word);
  if (folded === '') return 'unknown';
  const words = platform === undefined ? undefined : platformWords(platform);
  return words?.get(folded) ?? GENERIC.get(folded) ?? ofPrefixed(folded, words);
}

/** Whether a vocabulary lists the word, even as one that says nothing (`NotSpecified`). */
export function isListedWord(word: string, platform: string): boolean {
  const folded = fold(word);
  return platformWords(platform)?.has(folded) === true || GENERIC.has(folded);
}

/** The words of the platform that the id, or the longest beginning of it, names. */
function platformWords(platform: string): ReadonlyMap<string, Status> | undefined {
  for (let id = platform; ;) {
    const words = PLATFORMS.get(id);
    if (words !== undefined) return words;
    const hyphen = id.lastIndexOf('-');
    if (hyphen < 0) return undefined;
    id = id.slice(0, hyphen);
  }
}

/** Platforms that have words of their own. */
export const VOCABULARIES: readonly string[] = Object.keys(PLATFORM_WORDS);

/** Constants that carry their class in front: `STATUS_CODE_ERROR`, `EVENT_TYPE_TIMER_STARTED`, `Http 503`. */
function ofPrefixed(folded: string, words: ReadonlyMap<string, Status> | undefined): Status {
  const bare = /^(?:statuscode|executionstatus|workflowexecutionstatus|eventtype|status|state|result|outcome)[:=]?(.+)$/.exec(folded)?.[1];
  if (bare !== undefined) return words?.get(bare) ?? GENERIC.get(bare) ?? 'unknown';
  const http = /^(?:http\d{0,2}:?|(?=\d{3}[a-z]))(\d{3})/.exec(folded)?.[1];
  return http === undefined ? 'unknown' : httpStatus(Number(http));
}

/** The status of an HTTP response code; `unknown` outside of 200..599. 1xx says nothing about the outcome. */
export function httpStatus(code: number): Status {
  if (code === 202) return 'running';
  if (code >= 200 && code < 400) return 'succeeded';
  if (code === 408 || code === 504) return 'timed-out';
  if (code === 499) return 'cancelled';
  return code >= 400 && code < 600 ? 'failed' : 'unknown';
}

/** The status of a gRPC code (0..16). */
export function grpcStatus(code: number): Status {
  if (code === 0) return 'succeeded';
  if (code === 1) return 'cancelled';
  if (code === 4) return 'timed-out';
  return Number.isInteger(code) && code > 1 && code <= 16 ? 'failed' : 'unknown';
}

/** The status of a SAP IDoc status code, with or without its leading zero. */
export function idocStatus(code: string): Status {
  return IDOC.get(code.trim().padStart(2, '0')) ?? 'unknown';
}

/** What a log level is about. `info` covers everything below a warning. */
export type LevelClass = 'info' | 'warning' | 'error';

const LEVELS: ReadonlyMap<string, LevelClass> = new Map([
  ...'trace debug info information informational notice verbose config fine finer finest silly http default all log dbg inf ntc trc trce dbug vrb'
    .split(' ')
    .map((word) => [word, 'info'] as const),
  ...'warn warning wrn'.split(' ').map((word) => [word, 'warning'] as const),
  ...'error err severe fatal critical crit alert emergency emerg panic dpanic failure fail ftl eror'
    .split(' ')
    .map((word) => [word, 'error'] as const),
]);

/**
 * The class of a log level word, or of a number as bunyan and pino write it (10 trace … 50 error, 60 fatal); undefined when it is no level.
 */
export function levelClass(level: string): LevelClass | undefined {
  const known = LEVELS.get(level.trim().toLowerCase());
  if (known !== undefined) return known;
  if (!/^\d{2}$/.test(level)) return undefined;
  const number = Number(level);
  if (number % 10 !== 0 || number > 60) return undefined;
  return number >= 50 ? 'error' : number === 40 ? 'warning' : 'info';
}

/** The status a log level gives to a line that has no status of its own: only errors say something. */
export function levelStatus(level: string): Status {
  return levelClass(level) === 'error' ? 'failed' : 'unknown';
}

/**
 * How the values of a status field are read; kept in the mapping as the field's format. `success-flag`, `failure-flag` and `finished-flag` are true or false;
 * `error-count` is a number of errors, of which none says nothing.
 */
export const STATUS_FORMATS = ['word', 'http', 'grpc', 'idoc', 'success-flag', 'failure-flag', 'finished-flag', 'error-count'] as const;
export type StatusFormat = (typeof STATUS_FORMATS)[number];

/** Reads a status field's value in its format. */
export function readStatus(value: string, format: StatusFormat, platform?: string): Status {
  switch (format) {
    case 'word':
      return normaliseStatus(value, platform);
    case 'http':
      return httpStatus(Number.parseInt(value, 10));
    case 'grpc':
      return /^\d+$/.test(value) ? grpcStatus(Number(value)) : normaliseStatus(value, 'grpc');
    case 'idoc':
      return idocStatus(value);
    case 'success-flag':
      return flag(value, 'succeeded', 'failed');
    case 'failure-flag':
      return flag(value, 'failed', 'succeeded');
    case 'finished-flag':
      // That something ended says nothing about how.
      return flag(value, 'unknown', 'running');
    case 'error-count':
      return Number(value) > 0 ? 'failed' : 'unknown';
  }
}

function flag(value: string, whenTrue: Status, whenFalse: Status): Status {
  const folded = fold(value);
  if (folded === 'true' || folded === '1' || folded === 'yes' || folded === 'y') return whenTrue;
  if (folded === 'false' || folded === '0' || folded === 'no' || folded === 'n') return whenFalse;
  return 'unknown';
}
