import type { PlatformProfile } from '../mapper.ts';
import { boomiConnectorRecord } from './boomi/connector-record.ts';
import { boomiEdiRecord } from './boomi/edi-record.ts';
import { boomiExecutionConnector } from './boomi/execution-connector.ts';
import { boomiExecutionRecord } from './boomi/execution-record.ts';
import { boomiExecutionSummary } from './boomi/execution-summary.ts';
import { boomiProcessLog } from './boomi/process-log.ts';
import { boomiReporting } from './boomi/reporting.ts';
import { boomiX12ConnectorRecord } from './boomi/x12-connector-record.ts';
import { LOG_PROFILES } from './logs/index.ts';
import { jaeger } from './traces/jaeger.ts';
import { otlpLogs } from './traces/otlp-logs.ts';
import { otlpTraces } from './traces/otlp-traces.ts';
import { ocelCsv } from './process-mining/ocel-csv.ts';
import { ocel } from './process-mining/ocel.ts';
import { xes } from './process-mining/xes.ts';
import { airflowLog } from './platforms/airflow-log.ts';
import { airflowRuns } from './platforms/airflow-runs.ts';
import { camelBacklog } from './platforms/camel-backlog.ts';
import { camelLog } from './platforms/camel-log.ts';
import { celigoErrors } from './platforms/celigo-errors.ts';
import { celigoJobs } from './platforms/celigo-jobs.ts';
import { debezium } from './platforms/debezium.ts';
import { kafkaConnectDlq } from './platforms/kafka-connect-dlq.ts';
import { kafkaConnectLog } from './platforms/kafka-connect-log.ts';
import { kafkaConnectStatus } from './platforms/kafka-connect-status.ts';
import { n8n } from './platforms/n8n.ts';
import { nifiProvenance } from './platforms/nifi-provenance.ts';
import { workatoJobs } from './platforms/workato-jobs.ts';
import { logicAppsLog } from './platforms/logic-apps-log.ts';
import { logicAppsRuns } from './platforms/logic-apps-runs.ts';
import { mulesoftCloudhub } from './platforms/mulesoft-cloudhub.ts';
import { mulesoftJson } from './platforms/mulesoft-json.ts';
import { mulesoftLog } from './platforms/mulesoft-log.ts';
import { sapCpiMpl } from './platforms/sap-cpi-mpl.ts';
import { stepFunctions } from './platforms/step-functions.ts';
import { temporal } from './platforms/temporal.ts';
import { EDI_PROFILES } from './edi/index.ts';
import { PAYLOAD_PROFILES } from './payloads/index.ts';
import { zipkin } from './traces/zipkin.ts';

/** Every platform whose exports are understood by name. The surest one for a source wins; where none recognises it, inference takes over. */
export const PLATFORM_PROFILES: readonly PlatformProfile[] = [
  boomiExecutionRecord,
  boomiConnectorRecord,
  boomiExecutionConnector,
  boomiX12ConnectorRecord,
  boomiEdiRecord,
  boomiExecutionSummary,
  boomiReporting,
  boomiProcessLog,
  otlpTraces,
  otlpLogs,
  jaeger,
  zipkin,
  xes,
  ocel,
  ocelCsv,
  ...PAYLOAD_PROFILES,
  ...EDI_PROFILES,
  ...LOG_PROFILES,
  n8n,
  nifiProvenance,
  workatoJobs,
  camelBacklog,
  camelLog,
  celigoErrors,
  celigoJobs,
  debezium,
  kafkaConnectDlq,
  kafkaConnectLog,
  kafkaConnectStatus,
  airflowLog,
  airflowRuns,
  mulesoftLog,
  mulesoftJson,
  mulesoftCloudhub,
  sapCpiMpl,
  logicAppsRuns,
  logicAppsLog,
  stepFunctions,
  temporal,
];

/** The profile with this id; undefined when there is none. */
export function platformProfileById(id: string): PlatformProfile | undefined {
  return PLATFORM_PROFILES.find((profile) => profile.id === id);
}
