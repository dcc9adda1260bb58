import type { CarrierId, CarrierType } from '../../model/carrier.ts';
import { hash52 } from '../hash.ts';
import type { FilePlace } from './place-of.ts';

/** Longer names are cut: no platform writes them. */
const MOST_CHARACTERS = 255;
/** Parts of one name that are put together in every way: ids hold the separators of names. */
const MOST_PIECES = 10;
const LEAST = 8;
const MOST = 128;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Boomi's execution ids hold the day: `execution-3456c3e1-…-2031.03.04`. */
const BOOMI = new RegExp(`execution-${UUID}-\\d{4}\\.\\d{2}\\.\\d{2}`, 'gi');
const UUIDS = new RegExp(UUID, 'gi');
const WORDS: Readonly<Record<string, CarrierType>> = {
  execution: 'execution',
  exec: 'execution',
  run: 'execution',
  flowfile: 'execution',
  message: 'message',
  msg: 'message',
  mpl: 'message',
  trace: 'trace',
  correlation: 'correlation',
};
/** A word that says what the id behind it is: `run-…`, `MessageGuid_…`, `correlationId=…`. */
const NAMED = new RegExp(
  `(?<![a-z])(execution|exec|run|flowfile|message|msg|mpl|trace|correlation)[-_ ]?(?:id|guid|uuid)?[-_= ](${UUID}|[0-9a-z]+)(?![0-9a-z])`,
  'gi',
);
/** Uuids and times are whole; everything else ends at a separator. */
const WRITTEN =
  '(?<![0-9a-z])(?:19|20)\\d{2}[-._]\\d{1,2}[-._]\\d{1,2}(?:[T_ .-]?\\d{1,2}[-:._h]?\\d{2}(?:[-:._m]?\\d{2}(?:[.,_-]?\\d{1,9})?)?)?Z?(?![0-9a-z])';
const PIECES = new RegExp(`${UUID}|${WRITTEN}|[^-_\\s.,()[\\]{}=@#~+]+`, 'gi');
const OPAQUE = new RegExp(`^(?:${UUID}|[0-9a-f]{16}|[0-9a-f]{24}|[0-9a-f]{32})$`, 'i');

/**
 * The texts in a file's name and in those of its folders that may be ids of executions. A uuid behind a word that says what it is, or Boomi's form,
 * is sure to be one; everything else counts only where an execution of that id is known. Times and bare small numbers are never ids.
 */
export function idsInName(place: FilePlace): readonly CarrierId[] {
  return [place.file, ...place.above].flatMap((name, i) => {
    const ids = idsIn(name.slice(0, MOST_CHARACTERS), i + 1);
    // Further up stand names of projects and machines: only what looks like an id counts.
    return i < 2 ? ids : ids.filter(({ value, sure }) => sure || isOpaque(value));
  });
}

function idsIn(name: string, rank: number): readonly CarrierId[] {
  const found = new Map<string, CarrierId>();
  const put = (value: string, type: CarrierType | undefined, sure: boolean): void => {
    const known = found.get(value);
    if (known !== undefined && (known.sure || !sure)) return;
    found.set(value, { value, type: type ?? known?.type, rank, place: name, sure, hash: isOpaque(value) ? hash52(value) : 0 });
  };
  for (const [id] of name.matchAll(BOOMI)) put(id, 'execution', true);
  for (const match of name.matchAll(NAMED)) {
    const value = match[2]!;
    const type = WORDS[match[1]!.toLowerCase()]!;
    const opaque = OPAQUE.test(value) && /\d/.test(value);
    if (opaque || isPlausible(value)) put(value, type, opaque && !isInBoomi(name, value));
    // A counter is one behind the word itself: `execution_1234`.
    else if (type === 'execution' && /^\d{2,}$/.test(value) && !isTime(value)) put(value, type, false);
  }
  for (const [id] of name.matchAll(UUIDS)) put(id, undefined, false);
  for (const span of spansOf(rank === 1 ? withoutEnding(name) : name)) if (isPlausible(span)) put(span, undefined, false);
  return [...found.values()];
}

/** Whether nobody would call a file by such a word: a uuid, or a long run in which letters and several digits are mixed, as in base64. */
export function isOpaque(value: string): boolean {
  if (OPAQUE.test(value)) return /\d/.test(value);
  if (/^[\w-]{20,64}$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d.*\d/.test(value)) return true;
  return /^[0-9a-z]{12,}$/i.test(value) && /[a-z]/i.test(value) && (value.match(/\d/g)?.length ?? 0) >= 4;
}

/** The uuid within a Boomi id is not the id. */
function isInBoomi(name: string, value: string): boolean {
  return [...name.matchAll(BOOMI)].some(([id]) => id.includes(value));
}

/** The name without `.json` or the like; a piece with digits only, or a long one, is a part of it. */
function withoutEnding(name: string): string {
  return name.replace(/(?:\.[A-Za-z][A-Za-z0-9]{0,7}){1,2}$/, '');
}

/** Every stretch of a name between two separators that cuts no uuid and no time. */
function* spansOf(name: string): Generator<string> {
  const pieces = [...name.matchAll(PIECES)].slice(0, MOST_PIECES);
  for (let from = 0; from < pieces.length; from++) {
    for (let to = from; to < pieces.length; to++) {
      yield name.slice(pieces[from]!.index, pieces[to]!.index + pieces[to]![0].length);
    }
  }
}

/** Whether a text can be an id that a machine made: long enough, with digits, and no time. */
function isPlausible(text: string): boolean {
  return text.length >= LEAST && text.length <= MOST && /\d/.test(text) && !isTime(text);
}

const DIGITS_TIME = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])(?:[0-5]\d){1,2}\d{0,9})?$/;
const WRITTEN_TIME =
  /^(?:19|20)\d{2}[-._](?:0?[1-9]|1[0-2])[-._](?:0?[1-9]|[12]\d|3[01])(?:[T_ .-]?\d{1,2}[-:._h]?\d{2}(?:[-:._m]?\d{2}(?:[.,_-]?\d{1,9})?)?)?Z?$/i;
const COMPACT_TIME = /^(?:19|20)\d{6}[T_ -]\d{4,9}Z?$/i;

/** Whether a text is a date, a time, or a count since 1970 of this century. */
export function isTime(text: string): boolean {
  if (DIGITS_TIME.test(text) || WRITTEN_TIME.test(text) || COMPACT_TIME.test(text)) return true;
  return /^1\d{9}(?:\d{3}){0,3}$/.test(text) || /^2\d{9}(?:\d{3}){1,3}$/.test(text);
}
