import type { Entry } from '../../entry.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { asObject, asText, objectOf } from '../tree.ts';
import { mapMuleLines, muleSpecs } from './mulesoft-line.ts';
import type { MuleLine } from './mulesoft-line.ts';

/**
 * Log of a Mule 4 runtime: the default pattern of Log4j 2 with processor path and event id, and CloudHub 2's lines. Messages and error blocks
 * go over several lines; what the JSON Logger wrote behind the prefix is read as its fields. Times are the server's, without a zone.
 * Source: MuleSoft documentation, "Configuring Logging" (default pattern), "View Application Logs".
 */
export const mulesoftLog = defineProfile({
  id: 'mulesoft-log',
  title: 'MuleSoft runtime log',
  formatId: 'text',
  matches: (entry) => lineOf(entry) !== undefined,
  signed: (entries) => entries.some(isMules),
  shape: 'lines of a Mule log with the id of their event',
  system: fallbackSystem('each line names its application'),
  zoneReason: (source) => (source.zone === '' ? 'Mule writes the time of its server without a zone: UTC is assumed' : 'given'),
  kind: 'note',
  step: 'log',
  fields: (entries) => muleSpecs(entries, lineOf),
  compile: (source, mapping) => mapMuleLines(source, mapping, lineOf, 'line of a Mule log'),
});

/** A text line that carries an event, or a part of Mule. Lines of the runtime itself have an empty event. */
function lineOf(entry: Entry): MuleLine | undefined {
  const parts = objectOf(entry);
  if (parts === undefined || typeof parts['time'] !== 'string') return undefined;
  const fields = asObject(parts['fields']) ?? {};
  const logger = asText(parts['logger']);
  const thread = asText(parts['thread']);
  const known = fields['event'] !== undefined || fields['processor'] !== undefined || fields['tracePoint'] !== undefined;
  if (!known && !logger.startsWith('org.mule.') && !thread.includes('[MuleRuntime]')) return undefined;
  return {
    time: parts['time'],
    level: asText(parts['level']),
    thread,
    logger,
    message: asText(parts['message']),
    processor: asText(fields['processor']),
    event: asText(fields['event']),
    fields,
    sequence: Number.NaN,
  };
}

/** Fields called `event` and `processor` could be anyone's: once, Mule has to show itself. */
function isMules(entry: Entry): boolean {
  const line = lineOf(entry);
  if (line === undefined) return false;
  if (line.thread.includes('[MuleRuntime]') || line.logger.startsWith('org.mule.')) return true;
  return line.event !== '' && /(?:^|\.)(?:JsonLogger|LoggerMessageProcessor)$/.test(line.logger);
}
