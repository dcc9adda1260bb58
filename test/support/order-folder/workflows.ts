import { document, iso, lines, ms } from './order-file.ts';
import type { OrderFile } from './order-file.ts';

const JSON_PLAIN = Buffer.from('json/plain').toString('base64');
const payload = (value: unknown): { payloads: readonly unknown[] } => ({
  payloads: [{ metadata: { encoding: JSON_PLAIN }, data: Buffer.from(JSON.stringify(value)).toString('base64') }],
});

const airflow = (at: number, place: string, level: string, text: string): string =>
  `[${iso(at).slice(0, 23)}+0000] {${place}} ${level} - ${text}`;
const connect = (at: number, level: string, text: string): string =>
  `[${iso(at).slice(0, 23).replace('T', ' ').replace('.', ',')}] ${level} ${text}`;
/** Engines that run workflows, and what moves messages between them. */
export const WORKFLOW_FILES: readonly OrderFile[] = [
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
