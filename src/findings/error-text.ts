import { firstLine } from '../model/text.ts';

/** Longer than this is no title. */
const MOST = 160;

/** What a logger puts before the message: a time, a level, the place in the code. */
const LOG_HEAD =
  /^\W{0,2}(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d\S*\s+\W{0,2}(?:ERROR|FATAL|SEVERE|CRITICAL|WARN(?:ING)?)\W{0,2}\s+(?:[\w.[\]$]+[#:]\d+:?\s+)?/;
/** Ids of the trace that the finding names anyway. */
const TRACE_IDS = /\b(?:trace|span)[ _-]?id\s*[:=]\s*[0-9a-f]{8,32}\b[,;]?\s*/gi;

/** The gist of an error for a title: its first line, without what a logger puts around it. The whole text stays with the attempt. */
export function errorText(error: string): string {
  const line = firstLine(error);
  const gist = line.slice(0, 2_000).replace(LOG_HEAD, '').replace(TRACE_IDS, '').trim() || line;
  return gist.length <= MOST ? gist : `${gist.slice(0, MOST - 1)}…`;
}
