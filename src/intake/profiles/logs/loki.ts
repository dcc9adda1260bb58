import type { Json, JsonObject } from '../../entry.ts';
import { parseObject } from '../../formats/text/text-json.ts';
import { COMMON_LABELS } from '../../formats/text/text-grafana.ts';
import { asObject, asText } from '../tree.ts';
import { type Context, defineLogDialect } from './define-log.ts';
import { openLine, LINE_FIELDS } from './inner-text.ts';

/**
 * Grafana Loki: the lines of `query_range` (`[nanoseconds, line]` inside their series, a third element for structured metadata and parsed labels), of
 * `logcli --output=jsonl`, and what Grafana downloads of them: JSON (`line`, `timestamp`, `date`, `fields`), CSV (Time, Line, tsNs, labels) and text (lines below
 * `Common labels`). The labels say which system. Sources: Loki HTTP API, "Query Loki over a range of time"; Grafana, features/inspector/utils/download.ts.
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
    { paths: ['labels.*', '^series.*', 'id', 'loki.*'], role: 'ignored', reason: 'it tells about the machinery' },
  ],
  open(record, context) {
    const line = lineOf(record, context);
    if (line === undefined) return record;
    const { text, labels, ...at } = line;
    const opened = typeof text === 'string' ? openLine(text) : text;
    const level = opened['level'] ?? labels['level'] ?? labels['detected_level'];
    return { ...opened, ...(level === undefined ? {} : { level }), labels, loki: at };
  },
});

interface Line {
  /** The line, or what it was taken apart into. */
  readonly text: string | JsonObject;
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
  const { line, labels, timestamp, fields, Line: cell, tsNs, Time: time, ts } = record;
  const own = asObject(labels);
  if (typeof line === 'string' && typeof timestamp === 'string') {
    if (own !== undefined) return { text: line, labels: own, time: timestamp };
    const all = asObject(fields);
    if (all !== undefined && NANOSECONDS.test(timestamp)) return { text: line, labels: all, ns: timestamp };
  }
  // The API before version 1.
  const series1 = asObject(context?.['series'])?.['labels'];
  if (typeof line === 'string' && typeof ts === 'string' && typeof series1 === 'string')
    return { text: line, labels: parseLabels(series1), time: ts };
  const common = asObject(asObject(fields)?.[COMMON_LABELS]);
  if (common !== undefined && typeof record['time'] === 'string') return ofText(record, common);
  if (typeof cell !== 'string' || (tsNs === undefined && time === undefined) || labels === undefined) return undefined;
  const named = parseLabels(asText(labels));
  return NANOSECONDS.test(asText(tsNs))
    ? { text: cell, labels: named, ns: asText(tsNs) }
    : { text: cell, labels: named, time: asText(time) };
}

/** `{ structuredMetadata: {…}, parsed: {…} }` where labels are asked for by category, else the metadata alone. */
function structuredMetadata(value: Json | undefined): JsonObject {
  const object = asObject(value) ?? {};
  const kept = asObject(object['structuredMetadata']);
  const parsed = asObject(object['parsed']);
  return kept === undefined && parsed === undefined ? object : { ...kept, ...parsed };
}

/** A line of the text that Grafana writes: it has been taken apart already. */
function ofText(record: JsonObject, labels: JsonObject): Line {
  const { time, fields, ...parts } = record;
  const { [COMMON_LABELS]: _common, ...others } = asObject(fields) ?? {};
  return { text: { ...parts, fields: others }, labels, time: asText(time) };
}

/** Labels in a cell: JSON, or `{app="way", level="info"}`. */
function parseLabels(text: string): JsonObject {
  if (text.startsWith('{"')) return parseObject(text) ?? {};
  const labels: JsonObject = {};
  for (const match of text.slice(0, 10_000).matchAll(/([A-Za-z_]\w{0,99})="([^"]{0,1000})"/g)) labels[match[1]!] = match[2]!;
  return labels;
}
