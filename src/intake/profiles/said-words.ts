import type { Status } from '../../model/status.ts';
import type { Emit, Mapper, Mapping } from '../mapper.ts';
import { fold } from './vocabulary.ts';

/** What a word means by what the user said; undefined for a word of which nothing was said. */
export type Meaning = (word: string) => Status | undefined;

/**
 * Looks words up in what the user said of them; undefined when nothing was said. A word as it is written goes before one that differs in case and
 * separators, and only words with letters are compared so: `-1` is not `1`.
 */
export function compileMeaning(said: Readonly<Record<string, Status>> | undefined): Meaning | undefined {
  const words = Object.entries(said ?? {});
  if (words.length === 0) return undefined;
  const exact = new Map(words);
  const folded = new Map(words.filter(([word]) => hasLetter(word)).map(([word, status]) => [fold(word), status]));
  return (word) => exact.get(word) ?? (hasLetter(word) ? folded.get(fold(word)) : undefined);
}

function hasLetter(word: string): boolean {
  return /\p{L}/u.test(word);
}

/**
 * What the user said of the status words of a source that a platform's profile reads: of the source as a whole, and of the fields that the profile
 * lists. The platform's code does not ask by field, so a word means the same wherever it stands.
 */
export function wordsOfPlatform({ statuses, fields }: Mapping): Readonly<Record<string, Status>> {
  return Object.assign({}, ...fields.map((field) => (field.role === 'status' ? field.values : undefined)), statuses) as Record<
    string,
    Status
  >;
}

/** A platform's mapper, with the user's meaning of its status words before the vocabulary's. */
export function withWords(mapper: Mapper, said: Readonly<Record<string, Status>>): Mapper {
  const meaning = compileMeaning(said);
  if (meaning === undefined) return mapper;
  const telling =
    (draft: Parameters<Mapper>[1], emit: Emit): Emit =>
    (at) => {
      const status = draft.statusRaw === '' ? undefined : meaning(draft.statusRaw);
      if (status !== undefined) draft.status = status;
      emit(at);
    };
  const told: Mapper = (entry, draft, emit) => mapper(entry, draft, telling(draft, emit));
  const { end } = mapper;
  return end === undefined
    ? told
    : Object.assign(told, { end: (draft: Parameters<Mapper>[1], emit: Emit) => end(draft, telling(draft, emit)) });
}
