import type { Json, JsonObject } from '../../entry.ts';
import { asList, asObject, asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';
import { renderTemplate, templateStep } from './message-template.ts';

/**
 * Serilog's JsonFormatter: `Timestamp`, `Level`, `MessageTemplate`, `RenderedMessage` where it was asked for, `Exception`, `Properties`,
 * `Renderings`, and from version 3.1 on `TraceId` and `SpanId`. Source: serilog, Formatting/Json/JsonFormatter.cs.
 */
export const serilogJson = defineLogDialect({
  id: 'log-serilog-json',
  title: 'Serilog events (JsonFormatter)',
  shape: 'Serilog events, with Timestamp, Level and MessageTemplate',
  matches: (record) =>
    typeof record['Timestamp'] === 'string' && typeof record['Level'] === 'string' && typeof record['MessageTemplate'] === 'string',
  known: [
    { paths: ['Timestamp'], role: 'time', reason: 'when the event happened' },
    { paths: ['Level'], role: 'level', reason: 'the level' },
    { paths: ['RenderedMessage'], role: 'message', reason: 'the message, rendered from its template where it is not written' },
    { paths: ['Exception'], role: 'error', reason: 'the exception' },
    {
      paths: ['Properties.Elapsed', 'Properties.ElapsedMilliseconds'],
      role: 'duration',
      format: 'ms',
      reason: 'milliseconds, as Serilog’s request logging writes them',
    },
    { paths: ['TraceId'], role: 'execution', type: 'trace', reason: 'the trace it was written in' },
    { paths: ['SpanId'], role: 'span', reason: 'the span it was written in' },
    { paths: ['MessageTemplate', 'Renderings.*'], role: 'ignored', reason: 'it belongs to the format' },
    {
      paths: ['Properties.SourceContext', 'Properties.ThreadId', 'Properties.ProcessId', 'Properties.MachineName', 'Properties.EventId.*'],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  writtenAtEnd: true,
  open: (record) => ({ ...record, RenderedMessage: record['RenderedMessage'] ?? render(record) }),
  step: (record) => templateStep(asText(record['MessageTemplate'])),
});

function render(record: JsonObject): string {
  const properties = asObject(record['Properties']) ?? {};
  const renderings = asObject(record['Renderings']) ?? {};
  const rendered: JsonObject = {};
  for (const name of Object.keys(renderings)) rendered[name] = firstRendering(renderings[name]);
  return renderTemplate(asText(record['MessageTemplate']), { ...properties, ...rendered }, []);
}

/** `[{ "Format": "0.0", "Rendering": "12.3" }]` */
function firstRendering(list: Json | undefined): string {
  return asText(asObject(asList(list)[0])?.['Rendering']);
}
