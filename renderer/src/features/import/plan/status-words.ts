import type { WirePlanPart } from '../../../../../src/api/wire.ts';
import type { Status } from '../../../../../src/model/status.ts';

/** A word that a source uses for an outcome, and what it is taken for. */
export interface StatusWord {
  readonly word: string;
  readonly status: Status;
  /** What the user said it means. */
  readonly said: Status | undefined;
  /** How many of the entries that were looked at say it; undefined for words that are known. */
  readonly count: number | undefined;
}

/**
 * The words for outcomes in the entries of these parts that were looked at: those that nobody knows first, then
 * in alphabetical order: it must not change while meanings are chosen. Words that the user gave a meaning stay with those that are not known.
 */
export function statusWords(parts: readonly WirePlanPart[]): readonly StatusWord[] {
  const words = new Map<string, StatusWord>();
  const counts = new Map<string, number>();
  for (const part of parts) {
    for (const { word, count } of part.unknownStatuses) {
      counts.set(word, (counts.get(word) ?? 0) + count);
      words.set(word, { word, status: 'unknown', said: undefined, count: undefined });
    }
  }
  for (const part of parts) {
    for (const { statusRaw, status } of part.preview) {
      if (statusRaw !== null && statusRaw !== '' && !words.has(statusRaw))
        words.set(statusRaw, { word: statusRaw, status, said: undefined, count: undefined });
    }
    const fields = (part.mapping?.fields ?? []).filter((field) => field.role === 'status');
    for (const said of [part.mapping?.statuses, ...fields.map((field) => field.values)])
      for (const [word, status] of Object.entries(said ?? {})) words.set(word, { word, status, said: status, count: undefined });
  }
  const rank = (word: StatusWord): number => (word.status === 'unknown' || word.said !== undefined ? 0 : 1);
  return [...words.values()]
    .map((word) => ({ ...word, count: counts.get(word.word) }))
    .toSorted((a, b) => rank(a) - rank(b) || (a.word < b.word ? -1 : 1));
}

/** How many of the words nobody knows. */
export function unknownWords(words: readonly StatusWord[]): number {
  return words.filter((word) => word.status === 'unknown').length;
}
