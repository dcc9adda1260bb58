import type { Entry } from '../../entry.ts';
import { defineProfile, fallbackSystem } from '../define.ts';
import { objectOf } from '../tree.ts';
import { isJsonLogger, lineOfJson, mapMuleLines, muleSpecs } from './mulesoft-line.ts';
import type { MuleLine } from './mulesoft-line.ts';

/**
 * What MuleSoft's JSON Logger writes, one object after the other, on a line each or over several. `content` may be JSON in a text.
 * Source: MuleSoft's JSON Logger connector (loggerProcessor schema).
 */
export const mulesoftJson = defineProfile({
  id: 'mulesoft-json',
  title: 'MuleSoft JSON Logger',
  matches: (entry) => lineOf(entry) !== undefined,
  shape: 'objects of MuleSoft’s JSON Logger: correlationId, tracePoint, priority',
  system: fallbackSystem('each object names its application'),
  zoneReason: 'the JSON Logger writes UTC',
  kind: 'note',
  step: 'log',
  fields: (entries) => muleSpecs(entries, lineOf),
  compile: (source, mapping) => mapMuleLines(source, mapping, lineOf, 'object of the JSON Logger'),
});

function lineOf(entry: Entry): MuleLine | undefined {
  const object = objectOf(entry);
  // Lines of text logs are read by the profile of the runtime's log.
  return object === undefined || object['fields'] !== undefined || !isJsonLogger(object) ? undefined : lineOfJson(object);
}
