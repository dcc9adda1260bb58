import { document, iso, lines, ms } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

const BOOMI_RUN = 'execution-0a0a0a0a-1b1b-2c2c-3d3d-4e4e4e4e4e77-2031.03.04';
const LOGIC_RUN = '08584629157889890322247822477CU77';
const LOGIC = `/subscriptions/s/resourceGroups/g/providers/Microsoft.Logic/workflows/order-sync`;
const JSON_PLAIN = Buffer.from('json/plain').toString('base64');
const payload = (value: unknown): { payloads: readonly unknown[] } => ({
  payloads: [{ metadata: { encoding: JSON_PLAIN }, data: Buffer.from(JSON.stringify(value)).toString('base64') }],
});

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

const airflow = (at: number, place: string, level: string, text: string): string =>
  `[${iso(at).slice(0, 23)}+0000] {${place}} ${level} - ${text}`;
const connect = (at: number, level: string, text: string): string =>
  `[${iso(at).slice(0, 23).replace('T', ' ').replace('.', ',')}] ${level} ${text}`;
const mule = (at: number, level: string, text: string, node: number): string =>
  `${level.padEnd(5)} ${iso(at).slice(0, 23).replace('T', ' ').replace('.', ',')} [[MuleRuntime].uber.12: [orders-api].mainFlow.CPU_INTENSIVE @5aa1] [processor: mainFlow/processors/${node}; event: 6f1c0a10-0000-11ee-9abc-0242ac120077] org.mule.runtime.core.internal.processor.LoggerMessageProcessor: ${text}`;

export const PLATFORM_FILES: readonly OrderFile[] = [
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
    name: 'aws/history.json',
    format: 'json',
    profile: 'step-functions',
    systems: ['step-functions'],
    content: document({
      events: [
        {
          timestamp: ms(320) / 1000,
          type: 'ExecutionStarted',
          id: 1,
          previousEventId: 0,
          executionStartedEventDetails: { input: '{"orderId":"SO-77"}' },
        },
        {
          timestamp: ms(321) / 1000,
          type: 'TaskStateEntered',
          id: 2,
          previousEventId: 0,
          stateEnteredEventDetails: { name: 'Reserve', input: '{"orderId":"SO-77"}' },
        },
        {
          timestamp: ms(322) / 1000,
          type: 'TaskScheduled',
          id: 3,
          previousEventId: 2,
          taskScheduledEventDetails: { resourceType: 'lambda', resource: 'invoke', parameters: '{}' },
        },
        {
          timestamp: ms(323) / 1000,
          type: 'TaskTimedOut',
          id: 4,
          previousEventId: 3,
          taskTimedOutEventDetails: { error: 'States.Timeout', cause: 'no answer' },
        },
        {
          timestamp: ms(325) / 1000,
          type: 'TaskScheduled',
          id: 5,
          previousEventId: 4,
          taskScheduledEventDetails: { resourceType: 'lambda', resource: 'invoke', parameters: '{}' },
        },
        {
          timestamp: ms(326) / 1000,
          type: 'TaskSucceeded',
          id: 6,
          previousEventId: 5,
          taskSucceededEventDetails: { output: '{"orderId":"SO-77"}' },
        },
        {
          timestamp: ms(327) / 1000,
          type: 'TaskStateExited',
          id: 7,
          previousEventId: 6,
          stateExitedEventDetails: { name: 'Reserve', output: '{"orderId":"SO-77"}' },
        },
        {
          timestamp: ms(328) / 1000,
          type: 'ExecutionSucceeded',
          id: 8,
          previousEventId: 7,
          executionSucceededEventDetails: { output: '{"orderId":"SO-77"}' },
        },
      ],
    }),
  },
  {
    name: 'temporal/history.json',
    format: 'json',
    profile: 'temporal',
    systems: ['temporal'],
    content: document({
      events: [
        {
          eventId: '1',
          eventTime: iso(340),
          eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
          workflowExecutionStartedEventAttributes: {
            workflowType: { name: 'OrderWorkflow' },
            workflowId: 'order-SO-77',
            input: payload({ orderId: 'SO-77' }),
            originalExecutionRunId: '0a0a0a0a-1111-4222-8333-444444444477',
            firstExecutionRunId: '0a0a0a0a-1111-4222-8333-444444444477',
          },
        },
        {
          eventId: '5',
          eventTime: iso(341),
          eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
          activityTaskScheduledEventAttributes: {
            activityId: '5',
            activityType: { name: 'NotifyCustomer' },
            input: payload({ orderId: 'SO-77' }),
          },
        },
        {
          eventId: '6',
          eventTime: iso(342),
          eventType: 'EVENT_TYPE_ACTIVITY_TASK_STARTED',
          activityTaskStartedEventAttributes: { scheduledEventId: '5', attempt: 1 },
        },
        {
          eventId: '7',
          eventTime: iso(343),
          eventType: 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
          activityTaskCompletedEventAttributes: { scheduledEventId: '5', startedEventId: '6' },
        },
        {
          eventId: '8',
          eventTime: iso(344),
          eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
          workflowExecutionCompletedEventAttributes: {},
        },
      ],
    }),
  },
  {
    name: 'n8n/execution.json',
    format: 'json',
    profile: 'n8n',
    systems: ['n8n'],
    content: document({
      id: 1077,
      finished: true,
      mode: 'webhook',
      retryOf: null,
      status: 'success',
      startedAt: iso(360),
      stoppedAt: iso(361),
      workflowId: 'wf1',
      customData: { orderId: 'SO-77' },
      workflowData: { id: 'wf1', name: 'Order to mail', nodes: [] },
      data: {
        resultData: {
          lastNodeExecuted: 'Send mail',
          runData: {
            Webhook: [
              {
                startTime: ms(360),
                executionIndex: 0,
                executionTime: 1,
                executionStatus: 'success',
                source: [],
                data: { main: [[{ json: { body: { orderId: 'SO-77', total: 119.8 } } }]] },
              },
            ],
            'Send mail': [
              {
                startTime: ms(360.1),
                executionIndex: 1,
                executionTime: 800,
                executionStatus: 'success',
                source: [{ previousNode: 'Webhook' }],
                data: { main: [[{ json: { orderId: 'SO-77' } }]] },
              },
            ],
          },
        },
      },
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
  {
    name: 'kafka/connect.log',
    format: 'text',
    profile: 'kafka-connect-log',
    systems: [],
    apart: 'the worker’s log names topics, partitions and offsets, never a record’s key',
    content: lines([
      connect(
        500,
        'INFO',
        '[orders-sink|task-0] WorkerSinkTask{id=orders-sink-0} Sink task finished initialization and start (org.apache.kafka.connect.runtime.WorkerSinkTask:329)',
      ),
      connect(
        501,
        'ERROR',
        "[orders-sink|task-0] Error encountered in task orders-sink-0. Executing stage 'VALUE_CONVERTER' with class 'org.apache.kafka.connect.json.JsonConverter', where consumed record is {topic='orders', partition=0, offset=17, timestamp=1930382102000, timestampType=CreateTime}. (org.apache.kafka.connect.runtime.errors.LogReporter:66)",
      ),
    ]),
  },
  {
    name: 'kafka/dlq.jsonl',
    format: 'ndjson',
    profile: 'kafka-connect-dlq',
    systems: ['kafka-connect'],
    content: lines([
      {
        topic: 'orders-dlq',
        partition: 0,
        offset: 3,
        tstype: 'create',
        ts: ms(501),
        broker: 1,
        headers: [
          ['__connect.errors.topic', 'orders'],
          ['__connect.errors.connector.name', 'orders-sink'],
          ['__connect.errors.task.id', '0'],
          ['__connect.errors.stage', 'TASK_PUT'],
          ['__connect.errors.exception.message', 'no route'],
        ].flat(),
        key: 'SO-77',
        payload: '{"order_id":"SO-77","total":119.8}',
      },
    ]),
  },
  {
    name: 'airflow/dag_id=orders_daily/run_id=manual__1/task_id=load/attempt=1.log',
    format: 'text',
    profile: 'airflow-log',
    systems: ['airflow'],
    content: lines([
      airflow(
        5000,
        'taskinstance.py:1979',
        'INFO',
        'Dependencies all met for dep_context=non-requeueable deps ti=<TaskInstance: orders_daily.load manual__1 [queued]>',
      ),
      airflow(5000.1, 'taskinstance.py:2193', 'INFO', 'Starting attempt 1 of 3'),
      airflow(5001, 'load.py:17', 'INFO', 'Loading order SO-77 with amount 119.80'),
      airflow(
        5002,
        'taskinstance.py:1138',
        'INFO',
        'Marking task as SUCCESS. dag_id=orders_daily, task_id=load, execution_date=20310304T000000, start_date=20310304T102320, end_date=20310304T102322',
      ),
    ]),
  },
  {
    name: 'airflow/dag-runs.json',
    format: 'json',
    profile: 'airflow-runs',
    systems: ['airflow'],
    content: document({
      dag_runs: [
        {
          conf: {},
          dag_id: 'orders_daily',
          dag_run_id: 'manual__1',
          start_date: iso(5000),
          end_date: iso(5003),
          execution_date: iso(4999),
          logical_date: iso(4999),
          external_trigger: true,
          run_type: 'manual',
          state: 'success',
        },
      ],
      total_entries: 1,
    }),
  },
  {
    name: 'aws/lambda-insights.json',
    format: 'json',
    profile: 'cloudwatch-logs',
    systems: ['lambda'],
    content: document({
      events: [
        {
          logStreamName: '2031/03/04/[$LATEST]abc',
          timestamp: ms(324),
          message: '{"level":"INFO","message":"stock reserved","orderId":"SO-77"}',
          ingestionTime: ms(330),
          eventId: '39077',
        },
      ],
    }),
  },
];
