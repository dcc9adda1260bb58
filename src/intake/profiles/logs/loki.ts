import type { Json, JsonObject } from '../../entry.ts';
import { parseObject } from '../../formats/text/text-json.ts';
import { asObject, asText } from '../tree.ts';
import { type Context, defineLogDialect } from './define-log.ts';
import { openLine, LINE_FIELDS } from './inner-text.ts';

/**
 * Grafana Loki: the lines of `query_range` (`[nanoseconds, line]` inside their series), of `logcli --output=jsonl`, and the CSV of Grafana's
 * inspector (Time, Line, tsNs, labels). The labels of the series say which system. Source: Loki HTTP API, "Query Loki over a range of time".
 */
export const loki = defineLogDialect({
  id: 'loki-lines',
  title: 'Grafana Loki lines',
  shape: 'lines of Grafana Loki with the labels of their series',
  matches: (record, context) => lineOf(record, context) !== undefined,
  known: [
    ...LINE_FIELDS,
    { paths: ['loki.ns'], role: 'time', format: 'epoch-ns', reason: 'nanoseconds since 1970, as Loki keeps them' },
    { paths: ['loki.time'], role: 'time', format: 'iso', reason: 'the time that Loki keeps of the line' },
    {
      paths: ['labels.service_name', 'labels.service', 'labels.app', 'labels.app_kubernetes_io_name', 'labels.container', 'labels.job'],
      role: 'system',
      reason: 'the label that names what wrote the line',
    },
    {
      paths: ['labels.trace_id', 'labels.traceID', 'labels.traceId'],
      role: 'execution',
      type: 'trace',
      reason: 'the trace it was written in',
    },
    { paths: ['labels.*', '^series.*', 'id'], role: 'ignored', reason: 'it tells about the machinery' },
  ],
  open(record, context) {
    const line = lineOf(record, context);
    if (line === undefined) return record;
    const { text, labels, ...at } = line;
    const opened = openLine(text);
    const level = opened['level'] ?? labels['level'] ?? labels['detected_level'];
    return { ...opened, ...(level === undefined ? {} : { level }), labels, loki: at };
  },
});

interface Line {
  readonly text: string;
  readonly labels: JsonObject;
  readonly ns?: string;
  readonly time?: string;
}

const NANOSECONDS = /^\d{19}$/;

function lineOf(record: JsonObject, context: Context): Line | undefined {
  const series = asObject(asObject(context?.['series'])?.['stream']);
  const pair = record['items'];
  if (series !== undefined && Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string') {
    if (!NANOSECONDS.test(pair[0])) return undefined;
    return { text: pair[1], labels: { ...series, ...structuredMetadata(pair[2]) }, ns: pair[0] };
  }
  const { line, labels, timestamp, Line: cell, tsNs, Time: time } = record;
  const own = asObject(labels);
  if (typeof line === 'string' && own !== undefined && typeof timestamp === 'string') return { text: line, labels: own, time: timestamp };
  if (typeof cell !== 'string' || (tsNs === undefined && time === undefined) || labels === undefined) return undefined;
  const named = parseLabels(asText(labels));
  return NANOSECONDS.test(asText(tsNs))
    ? { text: cell, labels: named, ns: asText(tsNs) }
    : { text: cell, labels: named, time: asText(time) };
}

function structuredMetadata(value: Json | undefined): JsonObject {
  const object = asObject(value);
  return asObject(object?.['structuredMetadata']) ?? object ?? {};
}

/** Labels in a cell: JSON, or `{app="way", level="info"}`. */
function parseLabels(text: string): JsonObject {
  if (text.startsWith('{"')) return parseObject(text) ?? {};
  const labels: JsonObject = {};
  for (const match of text.slice(0, 10_000).matchAll(/([A-Za-z_]\w{0,99})="([^"]{0,1000})"/g)) labels[match[1]!] = match[2]!;
  return labels;
}
