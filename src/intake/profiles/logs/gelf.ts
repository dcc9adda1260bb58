import { asNumber } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/** Names of the syslog severities 0 to 7 (RFC 5424, table 2). */
const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'informational', 'debug'] as const;

/**
 * Graylog's GELF: `version`, `host`, `short_message`, `full_message`, `timestamp` in epoch seconds with a fraction, `level` as a syslog severity,
 * and additional fields that begin with an underscore. A missing level is 1 by the specification, which nobody means: it stays unsaid.
 * Source: Graylog documentation, "GELF Payload Specification" 1.1.
 */
export const gelf = defineLogDialect({
  id: 'log-gelf',
  title: 'Graylog Extended Log Format (GELF)',
  shape: 'GELF messages, with host and short_message',
  matches: (record) =>
    typeof record['short_message'] === 'string' &&
    typeof record['host'] === 'string' &&
    (record['version'] !== undefined || record['timestamp'] !== undefined),
  known: [
    { paths: ['timestamp'], role: 'time', format: 'epoch-s', reason: 'epoch seconds' },
    { paths: ['level'], role: 'level', reason: 'a syslog severity: 0 to 3 are errors, 4 is a warning' },
    { paths: ['short_message'], role: 'message', reason: 'the message; keys are looked for in it' },
    {
      paths: ['_service', '_service_name', '_application', '_application_name', '_app', '_app_name', '_container_name', 'facility', 'host'],
      role: 'system',
      reason: 'the application that sent the message, else its host',
    },
    {
      paths: ['version', 'host', 'full_message', 'facility', 'line', 'file', '_thread', '_logger'],
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  open(record) {
    const severity = SEVERITIES[asNumber(record['level'])];
    return severity === undefined ? record : { ...record, level: severity };
  },
});
