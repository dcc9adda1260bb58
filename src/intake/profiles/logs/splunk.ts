import type { Json, JsonObject } from '../../entry.ts';
import { asObject, asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';
import { openLine } from './inner-text.ts';

/**
 * Splunk's search results, from the export or results endpoint or as CSV. `_time` is the event's time; `_raw` is opened and fills what no field of the
 * result says. Rows of a preview tell nothing. Columns `__mv_…` hold the several values of their field.
 * Source: Splunk REST API reference, "search/jobs/export"; Splunk Web's export.
 */
export const splunk = defineLogDialect({
  id: 'splunk-results',
  title: 'Splunk search results',
  shape: 'results of a Splunk search, with _time and _raw or sourcetype',
  matches: (record) => record['_time'] !== undefined && (typeof record['_raw'] === 'string' || typeof record['sourcetype'] === 'string'),
  known: [
    { paths: ['_time'], role: 'time', reason: 'the time of the event' },
    { paths: ['level', 'log_level', 'severity', 'loglevel'], role: 'level', reason: 'the level that the line tells' },
    { paths: ['message', 'msg'], role: 'message', reason: 'the text of the line; keys are looked for in it' },
    {
      paths: ['time', 'logger', 'thread', 'host', 'index', 'source', 'sourcetype', 'eventtype', 'tag', 'timestamp'],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  open(record, context) {
    if (asObject(context?.['splunk'])?.['preview'] === true) return undefined;
    const opened: JsonObject = {};
    const raw = asText(record['_raw']);
    if (raw !== '') {
      const { fields, ...parts } = openLine(raw);
      Object.assign(opened, parts, asObject(fields) ?? {});
    }
    for (const [name, value] of Object.entries(record)) {
      if (name === '_raw' || name.startsWith('__mv_')) continue;
      const several = severalValues(record[`__mv_${name}`]);
      if (several.length > 1) opened[name] = several;
      else if (value !== '') opened[name] = Array.isArray(value) && value.length === 1 ? value[0]! : value;
    }
    return opened;
  },
});

/** `$a$;$b$`; a dollar within a value is doubled. */
function severalValues(cell: Json | undefined): string[] {
  if (typeof cell !== 'string' || cell.length < 2 || !cell.startsWith('$') || !cell.endsWith('$')) return [];
  return cell
    .slice(1, -1)
    .split('$;$')
    .map((value) => value.replaceAll('$$', '$'));
}
