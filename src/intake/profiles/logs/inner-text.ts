import type { JsonObject } from '../../entry.ts';
import { parseTextEntry } from '../../formats/text/text-line.ts';
import type { KnownField } from '../../infer/known-fields.ts';

/**
 * Opens the text that a log service keeps of a line: JSON, logfmt, or a line of a logger. The parts are `time`, `level`, `thread`, `logger`,
 * `message` and `fields`, those that it has. A time without a zone is left out: the service knows when the line was written.
 */
export function openLine(text: string): JsonObject {
  const parts = parseTextEntry(text.endsWith('\n') ? text.slice(0, -1) : text);
  const time = parts['time'];
  if (time === undefined || (typeof time === 'string' && ZONED.test(time))) return parts;
  const { time: _local, ...rest } = parts;
  return rest;
}

const ZONED = /(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC)$/;

/** What `openLine` gives, for the preview. The service's own time is to be listed after these. */
export const LINE_FIELDS: readonly KnownField[] = [
  { paths: ['time'], role: 'time', format: 'iso', reason: 'the time that the line itself tells, with its zone' },
  { paths: ['level'], role: 'level', reason: 'the level that the line tells' },
  { paths: ['message'], role: 'message', reason: 'the text of the line; keys are looked for in it' },
  { paths: ['thread', 'fields.stream'], role: 'ignored', reason: 'it tells about the machinery, not about the record' },
  { paths: ['logger'], role: 'ignored', reason: 'the class that wrote the line' },
];
