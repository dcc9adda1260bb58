import { isAscii } from 'node:buffer';
import { asBuffer } from './shared.ts';

/** Told about every line of a stream, in order. */
export interface LineSink {
  /**
   * `bytes[start, end)` is the line without its line end (`\n` or `\r\n`).
   * `offset` is the line's first byte in the stream, `line` is 1-based; `ascii` says that the line has no byte above 0x7F;
   * `terminated` is false only for a last line without a line end.
   */
  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean, terminated: boolean): void;
  /** A line of more than `maxBytes`: `beginning` holds its first bytes, `length` its whole length. */
  tooLong(beginning: Buffer, offset: number, length: number, line: number): void;
}

const NEWLINE = 10;
const RETURN = 13;

/**
 * Splits a UTF-8 stream at line feeds. Lines inside one chunk are handed on without copying; a line that spans chunks is joined once.
 * Memory: one chunk and at most `maxBytes` of an unfinished line.
 */
export async function readLines(chunks: AsyncIterable<Uint8Array>, sink: LineSink, maxBytes: number): Promise<void> {
  let chunkOffset = 0;
  let lineOffset = 0;
  let line = 1;
  let carry: Buffer[] = [];
  let carried = 0;
  let dropped = false;

  const finish = (rest: Buffer, length: number, terminated: boolean): void => {
    if (dropped || length > maxBytes) {
      const beginning = carry.length > 0 ? carry[0]! : rest;
      sink.tooLong(beginning.subarray(0, 1024), lineOffset, length, line);
    } else if (carry.length === 0) {
      sink.line(rest, 0, lineEnd(rest, 0, rest.length), lineOffset, line, isAscii(rest), terminated);
    } else {
      const whole = Buffer.concat([...carry, rest]);
      sink.line(whole, 0, lineEnd(whole, 0, whole.length), lineOffset, line, isAscii(whole), terminated);
    }
    carry = [];
    carried = 0;
    dropped = false;
  };

  for await (const chunk of chunks) {
    const bytes = asBuffer(chunk);
    const ascii = isAscii(bytes);
    let start = 0;
    let feed = bytes.indexOf(NEWLINE);
    if (feed >= 0 && carried > 0) {
      finish(bytes.subarray(0, feed), carried + feed, true);
      line++;
      start = feed + 1;
      lineOffset = chunkOffset + start;
      feed = bytes.indexOf(NEWLINE, start);
    }
    while (feed >= 0) {
      if (feed - start > maxBytes) finish(bytes.subarray(start, feed), feed - start, true);
      else sink.line(bytes, start, lineEnd(bytes, start, feed), lineOffset, line, ascii, true);
      line++;
      start = feed + 1;
      lineOffset = chunkOffset + start;
      feed = bytes.indexOf(NEWLINE, start);
    }
    if (start < bytes.length) {
      const rest = bytes.subarray(start);
      carried += rest.length;
      if (carried > maxBytes) {
        // Only the beginning is kept, for the excerpt: a line without end must not fill the memory.
        carry = [carry.length > 0 ? carry[0]! : rest];
        dropped = true;
      } else {
        carry.push(rest);
      }
    }
    chunkOffset += bytes.length;
  }
  if (carried > 0) finish(Buffer.alloc(0), carried, false);
}

function lineEnd(bytes: Buffer, start: number, end: number): number {
  return end > start && bytes[end - 1] === RETURN ? end - 1 : end;
}
