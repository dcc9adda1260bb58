import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MOST_BYTES = 1024 * 1024;

/** Writes one line with its time. Synchronous: the last line before a crash is the one that is needed. */
export type Log = (line: string) => void;

/** A log file that keeps one predecessor (`….1`) when it has grown to a megabyte. It names no payloads. */
export function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  return (line) => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.1`);
    appendFileSync(file, `${new Date().toISOString()} ${line.replaceAll(/[\r\n]+/g, ' ⏎ ')}\n`);
  };
}
