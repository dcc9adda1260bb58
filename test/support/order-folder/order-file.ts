/** One file that tells of order SO-77, and what an import is to make of it. */
export interface OrderFile {
  /** Path within the folder: the folder is a hint at the system where nothing else says it. */
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly format: string;
  readonly profile: string;
  /** The systems that this file brings into the journey of SO-77. Empty: it cannot be joined, and `apart` says why. */
  readonly systems: readonly string[];
  readonly apart?: string;
}

/** The orders of the day; SO-77 is the one with a story. Generic exports hold all of them. */
export const ORDERS: readonly string[] = Array.from({ length: 12 }, (_, i) => `SO-${71 + i}`);

/** The moment `seconds` after 09:00 on the day, UTC. */
const moment = (seconds: number): Date => new Date(Date.UTC(2031, 2, 4, 9, 0, 0) + Math.round(seconds * 1000));
export const ms = (seconds: number): number => moment(seconds).getTime();
export const iso = (seconds: number): string => moment(seconds).toISOString();
/** `2031-03-04 09:00:01`. */
export const plain = (seconds: number): string => iso(seconds).slice(0, 19).replace('T', ' ');
/** `20310304` and `0900`. */
export const ediDate = (seconds: number): string => iso(seconds).slice(0, 10).replaceAll('-', '');
export const ediTime = (seconds: number): string => iso(seconds).slice(11, 16).replace(':', '');

export const lines = (list: readonly unknown[]): string =>
  `${list.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`;
export const document = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;
