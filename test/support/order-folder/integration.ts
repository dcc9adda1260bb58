import { document, iso, lines, ms } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

const BOOMI_RUN = 'execution-0a0a0a0a-1b1b-2c2c-3d3d-4e4e4e4e4e77-2031.03.04';
const LOGIC_RUN = '08584629157889890322247822477CU77';
const LOGIC = `/subscriptions/s/resourceGroups/g/providers/Microsoft.Logic/workflows/order-sync`;
function provenance(eventType: string, eventId: number, at: number, componentName: string, details = ''): unknown {
  const [date, time] = [iso(at).slice(0, 10), iso(at).slice(11, 23)];
  return {
    id: String(eventId),
    eventId,
    eventTime: `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)} ${time} UTC`,
    eventDuration: 20,
    eventType,
    flowFileUuid: '0a0a0a0a-0000-4000-8000-000000000077',
    componentId: `c${eventId}`,
    componentType: 'InvokeHTTP',
    componentName,
    attributes: [
      { name: 'uuid', value: '0a0a0a0a-0000-4000-8000-000000000077' },
      { name: 'order.id', value: 'SO-77' },
    ],
    parentUuids: [],
    childUuids: [],
    details,
  };
}

const camel = (at: number, arrow: string, route: string, node: string, rest: string): string =>
  `${iso(at).slice(0, 23).replace('T', ' ')}  INFO 1 --- [           main] org.apache.camel.Tracing                 : ${arrow} [${route.padEnd(12)}] [${node.padEnd(33)}] ${rest}`;
const exchange = 'Exchange[Id: A1B2C3D4E5F6A7B-0000000000000077, Headers: {orderId=SO-77}, BodyType: String, Body: <order>SO-77</order>]';

const mule = (at: number, level: string, text: string, node: number): string =>
  `${level.padEnd(5)} ${iso(at).slice(0, 23).replace('T', ' ').replace('.', ',')} [[MuleRuntime].uber.12: [orders-api].mainFlow.CPU_INTENSIVE @5aa1] [processor: mainFlow/processors/${node}; event: 6f1c0a10-0000-11ee-9abc-0242ac120077] org.mule.runtime.core.internal.processor.LoggerMessageProcessor: ${text}`;

/** Platforms that connect systems. */
export const INTEGRATION_FILES: readonly OrderFile[] = [
  {
    name: 'boomi/executions.json',
    format: 'json',
    profile: 'boomi-execution-record',
    systems: ['boomi'],
    content: document({
      '@type': 'QueryResult',
      result: [
        {
          '@type': 'ExecutionRecord',
          executionId: BOOMI_RUN,
          executionTime: iso(30).replace('.000', ''),
          status: 'COMPLETE',
          executionType: 'exec_listener',
          processName: 'Orders to ERP',
          atomName: 'atom-a',
          executionDuration: ['Long', 9000],
          recordedDate: iso(40).replace('.000', ''),
        },
      ],
    }),
  },
  {
    name: 'boomi/connector-records.json',
    format: 'json',
    profile: 'boomi-connector-record',
    systems: ['boomi'],
    content: document({
      '@type': 'QueryResult',
      result: ['Listen', 'CREATE'].map((actionType, i) => ({
        '@type': 'GenericConnectorRecord',
        id: `QUF${i}`,
        executionConnectorId: `Qk${i}`,
        executionId: BOOMI_RUN,
        dateProcessed: iso(31 + 6 * i).replace('.000', ''),
        actionType,
        connectorType: 'http',
        connectionName: i === 0 ? 'Shop' : 'ERP API',
        operationName: i === 0 ? 'Receive order' : 'Create order',
        documentIndex: 0,
        incrementalDocumentIndex: i + 1,
        status: 'SUCCESS',
        startShape: i === 0,
        trackedFields: { '@type': 'TrackedFields', trackedField: [{ '@type': 'TrackedField', name: 'Order No', value: 'SO-77' }] },
      })),
    }),
  },
  {
    name: 'mule/orders-api.log',
    format: 'text',
    profile: 'mulesoft-log',
    systems: ['orders-api'],
    content: lines([mule(50, 'INFO', 'received order SO-77', 1), mule(51, 'INFO', 'posted order SO-77', 3)]),
  },
  {
    name: 'cpi/message-processing-logs.json',
    format: 'json',
    profile: 'sap-cpi-mpl',
    systems: ['sap-cpi'],
    content: document({
      d: {
        results: [
          {
            __metadata: {
              id: "https://tenant.example/api/v1/MessageProcessingLogs('AGx77')",
              type: 'com.sap.hci.api.MessageProcessingLog',
            },
            MessageGuid: 'AGx77',
            CorrelationId: 'AGxCORR77',
            ApplicationMessageId: 'SO-77',
            LogStart: `/Date(${ms(110)})/`,
            LogEnd: `/Date(${ms(112)})/`,
            Sender: 'SHOP',
            Receiver: 'ERP',
            IntegrationFlowName: 'OrderToErp',
            Status: 'COMPLETED',
            LogLevel: 'INFO',
            CustomHeaderProperties: { results: [{ Id: '1', Name: 'OrderNo', Value: 'SO-77' }] },
          },
        ],
      },
    }),
  },
  {
    name: 'logic-apps/runs.json',
    format: 'json',
    profile: 'logic-apps-runs',
    systems: ['logic-apps'],
    content: document({
      value: [
        {
          properties: {
            startTime: iso(310),
            endTime: iso(311),
            status: 'Succeeded',
            correlation: { clientTrackingId: 'SO-77' },
            workflow: { id: `${LOGIC}/versions/1`, name: '1', type: 'Microsoft.Logic/workflows/versions' },
            trigger: { name: 'manual', status: 'Succeeded', startTime: iso(310), endTime: iso(310) },
            outputs: { orderId: { type: 'String', value: 'SO-77' } },
          },
          id: `${LOGIC}/runs/${LOGIC_RUN}`,
          name: LOGIC_RUN,
          type: 'Microsoft.Logic/workflows/runs',
        },
      ],
    }),
  },
  {
    name: 'nifi/provenance.json',
    format: 'json',
    profile: 'nifi-provenance',
    systems: ['nifi'],
    content: document({
      provenance: {
        id: 'q77',
        results: {
          provenanceEvents: [
            provenance('DROP', 3, 382, 'Post order', 'Auto-Terminated by success Relationship'),
            provenance('SEND', 2, 381, 'Post order'),
            provenance('RECEIVE', 1, 380, 'Take order'),
          ],
        },
      },
    }),
  },
  {
    name: 'camel/camel-context.log',
    format: 'text',
    profile: 'camel-log',
    systems: ['camel'],
    content: lines([
      camel(390, '*-->', 'orders', 'from[jms://queue:orders]', exchange),
      camel(390.2, '    ', 'orders', 'setHeader[kind]', exchange),
      camel(390.5, '*<--', 'orders', 'from[jms://queue:orders]', exchange),
    ]),
  },
  {
    name: 'workato/jobs.json',
    format: 'json',
    profile: 'workato-jobs',
    systems: ['workato'],
    content: document({
      job_succeeded_count: 1,
      job_failed_count: 0,
      job_count: 1,
      items: [
        {
          id: 'j-AAaa11bb-CCdd77',
          flow_run_id: 1077,
          status: 'succeeded',
          started_at: iso(450),
          completed_at: iso(452),
          title: 'Shopify: new order: SO-77',
          is_error: false,
          error: null,
          recipe_id: 28904,
          report: { 'Order number': 'SO-77' },
        },
      ],
    }),
  },
  {
    name: 'celigo/errors.json',
    format: 'json',
    profile: 'celigo-errors',
    systems: ['celigo'],
    content: document({
      errors: [
        {
          occurredAt: iso(470),
          source: 'application',
          code: 'INVALID_KEY_OR_REF',
          message: 'Invalid item reference key 4711 for order SO-77',
          traceKey: 'SO-77',
          retryDataKey: 'rk1',
          errorId: '1077',
          _flowJobId: '650000000000000000000077',
        },
      ],
    }),
  },
];
