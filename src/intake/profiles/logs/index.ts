import type { PlatformProfile } from '../../mapper.ts';
import { bunyan } from './bunyan.ts';
import { cef } from './cef.ts';
import { clef } from './clef.ts';
import { cloudwatchInsights } from './cloudwatch-insights.ts';
import { cloudwatchLogs } from './cloudwatch-logs.ts';
import { containerLog } from './container-log.ts';
import { datadogLogs } from './datadog-logs.ts';
import { ecs } from './ecs.ts';
import { gcpLogging } from './gcp-logging.ts';
import { gelf } from './gelf.ts';
import { kubernetesEvents } from './kubernetes-events.ts';
import { leef } from './leef.ts';
import { log4j2Json } from './log4j2-json.ts';
import { logstash } from './logstash.ts';
import { loki } from './loki.ts';
import { pino } from './pino.ts';
import { serilogJson } from './serilog-json.ts';
import { splunk } from './splunk.ts';

/** Dialects of structured logs: of logging libraries, of the services that keep logs, and of security products. Those without a fixed shape (winston, zap, structlog …) are inferred. */
export const LOG_PROFILES: readonly PlatformProfile[] = [
  clef,
  serilogJson,
  ecs,
  bunyan,
  pino,
  logstash,
  log4j2Json,
  gelf,
  gcpLogging,
  cloudwatchLogs,
  cloudwatchInsights,
  datadogLogs,
  containerLog,
  splunk,
  loki,
  kubernetesEvents,
  cef,
  leef,
];
