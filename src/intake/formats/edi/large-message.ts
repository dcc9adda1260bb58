import { SegmentScanner } from './segment-scanner.ts';
import type { Separators } from './separators.ts';

/** Of a longer message the segments of so many bytes at its beginning are looked at: an order of 40,000 lines. */
const HEAD_BYTES = 4 * 1024 * 1024;
/** And of so many at its end, where totals stand. */
const TAIL_BYTES = 64 * 1024;

/** Segments in the middle of a message. Bytes from its beginning. */
export interface Omitted {
  readonly from: number;
  readonly to: number;
  readonly segments: number;
}

/**
 * What of a message is not looked at; undefined when it is not that long. As a tree a message takes twenty times its bytes, so a catalogue of
 * 60 MB would take more than a gigabyte; and what names thousands of records is the story of none of them.
 */
export function omittedOf(bytes: Buffer, separators: Separators): Omitted | undefined {
  if (bytes.length <= HEAD_BYTES + 2 * TAIL_BYTES) return undefined;
  const scanner = new SegmentScanner(separators);
  const ends = bytes.length - TAIL_BYTES;
  let from = 0;
  let segments = 0;
  for (let at = 0; ;) {
    const end = scanner.terminatorAt(bytes, scanner.skipBlanks(bytes, at));
    if (end < 0) return undefined;
    at = end + scanner.terminatorBytes;
    if (at <= HEAD_BYTES) from = at;
    else segments++;
    if (at >= ends) return from === 0 ? undefined : { from: scanner.skipBlanks(bytes, from), to: at, segments };
  }
}

/** Line feeds before `to`. */
export function linesIn(bytes: Buffer, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < to; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
