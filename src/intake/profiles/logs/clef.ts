import type { JsonObject } from '../../entry.ts';
import { asList, asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';
import { renderTemplate, templateStep } from './message-template.ts';

/**
 * Serilog's compact format (CLEF): `@t`, `@m` or `@mt`, `@l`, `@x`, `@i`, `@r`, `@tr`, `@sp`. A missing level is Information; a message that was
 * not rendered is rendered from its template. Source: serilog-formatting-compact, README.
 */
export const clef = defineLogDialect({
  id: 'log-clef',
  title: 'Compact log events (CLEF, Serilog)',
  shape: 'compact log events, with @t and @m or @mt',
  matches: (record) => typeof record['@t'] === 'string' && (typeof record['@mt'] === 'string' || typeof record['@m'] === 'string'),
  known: [
    { paths: ['@t'], role: 'time', reason: 'when the event happened' },
    { paths: ['@l'], role: 'level', reason: 'the level; a missing one is Information' },
    { paths: ['@m'], role: 'message', reason: 'the message, rendered from its template where it is not written' },
    { paths: ['@x'], role: 'error', reason: 'the exception' },
    {
      paths: ['Elapsed', 'ElapsedMilliseconds'],
      role: 'duration',
      format: 'ms',
      reason: 'milliseconds, as Serilog’s request logging writes them',
    },
    { paths: ['@tr'], role: 'execution', type: 'trace', reason: 'the trace it was written in' },
    { paths: ['@sp'], role: 'span', reason: 'the span it was written in' },
    { paths: ['@mt', '@i', '@r', '@st', '@ps', '@sk', '@ra.*', '@sc.*'], role: 'ignored', reason: 'it belongs to the format' },
    {
      paths: ['SourceContext', 'ThreadId', 'ProcessId', 'MachineName', 'ActionId', 'EventId.*'],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  writtenAtEnd: true,
  open: (record) => ({ ...record, '@l': record['@l'] ?? 'Information', '@m': record['@m'] ?? render(record) }),
  step: (record) => templateStep(asText(record['@mt'])),
});

function render(record: JsonObject): string {
  return renderTemplate(asText(record['@mt']), record, asList(record['@r']));
}
