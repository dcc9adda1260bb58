import type { PlatformProfile } from '../mapper.ts';
import { boomiConnectorRecord } from './boomi/connector-record.ts';
import { boomiExecutionConnector } from './boomi/execution-connector.ts';
import { boomiExecutionRecord } from './boomi/execution-record.ts';
import { boomiProcessLog } from './boomi/process-log.ts';
import { boomiX12ConnectorRecord } from './boomi/x12-connector-record.ts';
import { jaeger } from './traces/jaeger.ts';
import { otlpLogs } from './traces/otlp-logs.ts';
import { otlpTraces } from './traces/otlp-traces.ts';
import { xes } from './process-mining/xes.ts';
import { zipkin } from './traces/zipkin.ts';

/** Every platform whose exports are understood by name. The surest one for a source wins; where none recognises it, inference takes over. */
export const PLATFORM_PROFILES: readonly PlatformProfile[] = [
  boomiExecutionRecord,
  boomiConnectorRecord,
  boomiExecutionConnector,
  boomiX12ConnectorRecord,
  boomiProcessLog,
  otlpTraces,
  otlpLogs,
  jaeger,
  zipkin,
  xes,
];

/** The profile with this id; undefined when there is none. */
export function platformProfileById(id: string): PlatformProfile | undefined {
  return PLATFORM_PROFILES.find((profile) => profile.id === id);
}
