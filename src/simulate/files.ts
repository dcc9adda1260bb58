import { DAY } from './calendar.ts';
import { dateText } from './local-time.ts';
import type { Output } from './output.ts';
import type { Random } from './random.ts';

/** A system's daily files of one kind. */
export interface Channel {
  /** Unlike that of any other channel. */
  readonly slot: string;
  /** The file of a day such as `2026-03-02`, relative to the output folder. */
  readonly file: (day: string) => string;
  /** How far the system's days are ahead of UTC, in milliseconds; 0 when undefined. */
  readonly offset?: (at: number) => number;
  /** What a file begins and ends with, if anything. */
  readonly head?: string;
  readonly tail?: string;
  /** What stands between two entries, if anything: the comma of an array. */
  readonly between?: string;
  /** An entry that is about no case, such as a health check, as it would stand in this file. */
  readonly noise?: (at: number, random: Random) => string;
  /** Whether an entry cut off in the middle can stand in such a file: where entries are lines it can. */
  readonly breakable?: boolean;
}

export interface FilesOptions {
  /** How much of the next day a file of a day tells as well, in milliseconds; 0 for none. */
  readonly overlapMs: number;
  /** Entries about nothing for each entry; 0 for none. */
  readonly noise: number;
  /** Entries cut off in the middle for each entry; 0 for none. */
  readonly broken: number;
  readonly random: Random;
}

/** Deals entries to the files of their days, repeats what overlapping exports repeat, and puts noise between them. */
export class DayFiles {
  readonly #output: Output;
  readonly #options: FilesOptions;
  /** Entries written, each once, without the noise. */
  entries = 0;

  constructor(output: Output, options: FilesOptions) {
    this.#output = output;
    this.#options = options;
  }

  /** Adds an entry that its system wrote at `at` (the system's own clock). Entries of a channel come by time. */
  add(channel: Channel, at: number, text: string): void {
    this.entries++;
    const { noise, broken, random } = this.#options;
    if (noise > 0 && channel.noise !== undefined && random.chance(noise)) this.#put(channel, at, channel.noise(at, random));
    if (broken > 0 && channel.breakable === true && random.chance(broken)) {
      this.#put(channel, at, `${text.slice(0, random.int(10, Math.max(11, text.length - 12)))}\n`);
    }
    this.#put(channel, at, text);
  }

  #put(channel: Channel, at: number, text: string): void {
    const local = at + (channel.offset?.(at) ?? 0);
    const { overlapMs } = this.#options;
    if (overlapMs === 0) return this.#write(channel, channel.slot, local, text);
    const day = Math.floor(local / DAY);
    const before = Math.floor((local - overlapMs) / DAY);
    // Two files of a channel are open at the same time.
    if (before !== day) this.#write(channel, `${channel.slot} ${before % 2}`, local - overlapMs, text);
    this.#write(channel, `${channel.slot} ${day % 2}`, local, text);
  }

  #write(channel: Channel, slot: string, local: number, text: string): void {
    const file = channel.file(dateText(local));
    const joined = channel.between !== undefined && this.#output.isOpen(slot, file) ? `${channel.between}${text}` : text;
    this.#output.add(slot, file, joined, channel.head, channel.tail);
  }
}
