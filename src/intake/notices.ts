import { fold } from './profiles/vocabulary.ts';
import type { Ambiguity } from './time/index.ts';

/** What was odd about the values of a source, for the import to report. */
export interface NoticeCounts {
  /** Local times that their zone has twice, and never: at the change of clocks. */
  readonly twice: number;
  readonly never: number;
  /** Times that cannot be when something happened; their events have none. */
  readonly implausible: number;
  /** Lines that tell a time of day and no date; their events have no time. */
  readonly undated: number;
  /** Status words that no vocabulary knows, with how often each was seen: for the user to say what they mean. */
  readonly unknownStatuses: readonly { readonly word: string; readonly count: number }[];
  /** Entries of which two fields told another outcome. */
  readonly disagreements: number;
}

/** Different words kept; a field that is no status after all does not fill the memory. */
const MAX_WORDS = 200;
const MAX_WORD = 80;

/** Counts what is odd about one source. One for each source and import. */
export class Notices {
  #twice = 0;
  #never = 0;
  #implausible = 0;
  #undated = 0;
  #disagreements = 0;
  readonly #words = new Map<string, { word: string; count: number }>();

  /** A local time was read that the zone has twice or never. A field, so that it can be handed on. */
  readonly onAmbiguous = (kind: Ambiguity): void => {
    if (kind === 'overlap') this.#twice++;
    else this.#never++;
  };

  implausibleTime(): void {
    this.#implausible++;
  }

  undatedTime(): void {
    this.#undated++;
  }

  disagreement(): void {
    this.#disagreements++;
  }

  /** A word that stands where a status is expected and that nobody listed. Spellings that only differ in case and separators are one word. */
  unknownStatus(word: string): void {
    const key = word.length > MAX_WORD ? '' : fold(word);
    if (key === '') return;
    const known = this.#words.get(key);
    if (known !== undefined) known.count++;
    else if (this.#words.size < MAX_WORDS) this.#words.set(key, { word, count: 1 });
  }

  counts(): NoticeCounts {
    return {
      twice: this.#twice,
      never: this.#never,
      implausible: this.#implausible,
      undated: this.#undated,
      unknownStatuses: [...this.#words.values()].toSorted((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)),
      disagreements: this.#disagreements,
    };
  }
}

/** What there is to say about a source, one sentence each, the most important first; empty when nothing was odd. */
export function noticeTexts(counts: NoticeCounts): readonly string[] {
  const texts: string[] = [];
  const some = (count: number, one: string, many: string): void => {
    if (count > 0) texts.push(count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`);
  };
  const words = counts.unknownStatuses;
  if (words.length > 0) {
    const shown = words.slice(0, 5).map(({ word, count }) => `${word} (${count.toLocaleString('en')})`);
    texts.push(`status words that are not known: ${shown.join(', ')}${words.length > 5 ? ` and ${words.length - 5} more` : ''}`);
  }
  some(
    counts.twice,
    'time exists twice at the change of clocks; the earlier instant was taken',
    'times exist twice at the change of clocks; the earlier instant was taken',
  );
  some(counts.never, 'time does not exist at the change of clocks', 'times do not exist at the change of clocks');
  some(counts.implausible, 'time is not plausible; its event has none', 'times are not plausible; their events have none');
  some(
    counts.undated,
    'line tells a time of day and nothing tells the date; its event has no time',
    'lines tell a time of day and nothing tells the date; their events have no time and keep their order',
  );
  some(counts.disagreements, 'entry has fields that tell different outcomes', 'entries have fields that tell different outcomes');
  return texts;
}
