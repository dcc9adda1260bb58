import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../model/status.ts';
import { STATUSES } from '../../model/status.ts';
import { PLATFORM_WORDS } from './vocabulary-words.ts';
import {
  fold,
  grpcStatus,
  httpStatus,
  idocStatus,
  isListedWord,
  levelStatus,
  normaliseStatus,
  readStatus,
  VOCABULARIES,
} from './vocabulary.ts';

/**
 * Platform, normal form, and the platform's own words as it writes them, separated by commas. Three kinds of words are read more carefully than
 * word by word, because alone they do not tell an outcome: NiFi's types other than the hand-offs and ends, the exits of Step Functions' Task, Map
 * and Parallel states (a caught failure leaves by them too), and the XES transition `unknown`.
 */
type Row = readonly [platform: string, status: Status, words: string];

const TABLE: readonly Row[] = [
  ['boomi', 'started', 'STARTED'],
  ['boomi', 'running', 'INPROCESS, In Progress'],
  ['boomi', 'waiting', 'ENQUEUED, Queued, Waiting'],
  ['boomi', 'succeeded', 'COMPLETE, Completed, SUCCESS'],
  ['boomi', 'succeeded-with-warning', 'COMPLETE_WARN, Complete Warn, Completed with warnings'],
  ['boomi', 'failed', 'ERROR, Failed'],
  ['boomi', 'cancelled', 'ABORTED, ABORTED_RECOVERING'],
  ['boomi', 'discarded', 'DISCARDED'],
  ['mulesoft', 'started', 'START'],
  ['mulesoft', 'running', 'BEFORE_REQUEST, BEFORE_TRANSFORM, FLOW, AFTER_REQUEST, AFTER_TRANSFORM, EXECUTING'],
  ['mulesoft', 'succeeded', 'END, SUCCESSFUL'],
  ['mulesoft', 'failed', 'EXCEPTION, FAILED_INPUT, FAILED_LOADING, FAILED_PROCESS_RECORDS, FAILED_ON_COMPLETE'],
  ['mulesoft', 'cancelled', 'STOPPED, CANCELLED'],
  ['sap-cpi', 'running', 'PROCESSING'],
  ['sap-cpi', 'succeeded', 'COMPLETED'],
  ['sap-cpi', 'retried', 'RETRY'],
  ['sap-cpi', 'failed', 'ESCALATED, FAILED'],
  ['sap-cpi', 'cancelled', 'CANCELLED'],
  ['sap-cpi', 'discarded', 'DISCARDED'],
  ['sap-cpi', 'timed-out', 'ABANDONED, ABANDONDED'],
  ['logic-apps', 'unknown', 'NotSpecified'],
  ['logic-apps', 'running', 'Running'],
  ['logic-apps', 'waiting', 'Waiting, Paused, Suspended'],
  ['logic-apps', 'succeeded', 'Succeeded'],
  ['logic-apps', 'skipped', 'Skipped, Ignored'],
  ['logic-apps', 'cancelled', 'Cancelled, Aborted'],
  ['logic-apps', 'failed', 'Failed, Faulted'],
  ['logic-apps', 'timed-out', 'TimedOut'],
  ['step-functions', 'running', 'RUNNING, TaskStarted, TaskSubmitted, LambdaFunctionStarted'],
  ['step-functions', 'succeeded', 'SUCCEEDED, ExecutionSucceeded, TaskSucceeded, PassStateExited, ChoiceStateExited, SucceedStateExited'],
  ['step-functions', 'failed', 'FAILED, ExecutionFailed, TaskFailed, LambdaFunctionScheduleFailed, TaskStartFailed, TaskSubmitFailed'],
  ['step-functions', 'timed-out', 'TIMED_OUT, ExecutionTimedOut, TaskTimedOut, ActivityTimedOut'],
  ['step-functions', 'cancelled', 'ABORTED, ExecutionAborted, MapIterationAborted, TaskStateAborted'],
  ['step-functions', 'waiting', 'PENDING_REDRIVE, TaskScheduled, ActivityScheduled, WaitStateEntered'],
  ['step-functions', 'started', 'ExecutionStarted, TaskStateEntered, ChoiceStateEntered, ParallelStateEntered'],
  ['step-functions', 'retried', 'ExecutionRedriven, MapRunRedriven'],
  ['n8n', 'started', 'new'],
  ['n8n', 'running', 'running'],
  ['n8n', 'waiting', 'waiting'],
  ['n8n', 'succeeded', 'success'],
  ['n8n', 'failed', 'error, crashed'],
  ['n8n', 'cancelled', 'canceled'],
  ['n8n', 'unknown', 'unknown'],
  ['n8n', 'succeeded-with-warning', 'warning'],
  ['nifi', 'succeeded', 'SEND, UPLOAD, REMOTE_INVOCATION'],
  ['nifi', 'discarded', 'EXPIRE, DROP'],
  ['camel', 'running', 'ExchangeCreated, ExchangeSent'],
  ['camel', 'succeeded', 'ExchangeCompleted'],
  ['camel', 'failed', 'ExchangeFailed, Exhausted, Rollback'],
  ['temporal', 'running', 'RUNNING, WORKFLOW_EXECUTION_STATUS_RUNNING, ActivityTaskStarted, WorkflowExecutionSignaled'],
  ['temporal', 'succeeded', 'COMPLETED, CONTINUED_AS_NEW, ActivityTaskCompleted, EVENT_TYPE_ACTIVITY_TASK_COMPLETED'],
  ['temporal', 'failed', 'FAILED, ActivityTaskFailed, WorkflowExecutionFailed'],
  ['temporal', 'cancelled', 'CANCELED, TERMINATED, ActivityTaskCanceled, WORKFLOW_EXECUTION_STATUS_TERMINATED'],
  ['temporal', 'timed-out', 'TIMED_OUT, ActivityTaskTimedOut'],
  ['temporal', 'waiting', 'PAUSED, ActivityTaskScheduled, TimerStarted, EVENT_TYPE_TIMER_STARTED'],
  ['temporal', 'started', 'WorkflowExecutionStarted, EVENT_TYPE_WORKFLOW_EXECUTION_STARTED'],
  ['workato', 'succeeded', 'succeeded'],
  ['workato', 'failed', 'failed'],
  ['workato', 'waiting', 'pending'],
  ['workato', 'running', 'processing, running'],
  ['workato', 'cancelled', 'stopped, cancelled'],
  ['celigo', 'waiting', 'queued'],
  ['celigo', 'running', 'running, canceling'],
  ['celigo', 'retried', 'retrying'],
  ['celigo', 'succeeded', 'completed'],
  ['celigo', 'failed', 'failed'],
  ['celigo', 'cancelled', 'canceled'],
  ['kafka-connect', 'running', 'RUNNING'],
  ['kafka-connect', 'waiting', 'PAUSED, UNASSIGNED'],
  ['kafka-connect', 'cancelled', 'STOPPED'],
  ['kafka-connect', 'failed', 'FAILED'],
  ['kafka-connect', 'retried', 'RESTARTING'],
  ['debezium', 'succeeded', 'c, r, u, d, t, m'],
  ['xes', 'waiting', 'schedule, assign, reassign, suspend'],
  ['xes', 'started', 'start'],
  ['xes', 'running', 'resume'],
  ['xes', 'succeeded', 'complete'],
  ['xes', 'unknown', 'unknown'],
  ['xes', 'skipped', 'manualskip, autoskip'],
  ['xes', 'cancelled', 'withdraw, ate_abort, pi_abort'],
  ['', 'waiting', 'Open.NotRunning, Open.NotRunning.Reserved, Open.NotRunning.Suspended'],
  ['', 'running', 'Open.Running, Open.Running.InProgress'],
  ['', 'succeeded', 'Closed.Completed.Success'],
  ['', 'failed', 'Closed.Completed.Failed, Closed.Cancelled.Error'],
  ['', 'cancelled', 'Closed.Cancelled.Aborted, Closed.Cancelled.Terminated, Closed.Cancelled.Exited, Closed.Cancelled.Obsolete'],
  ['x12', 'succeeded', 'A'],
  ['x12', 'succeeded-with-warning', 'E, P'],
  ['x12', 'failed', 'R, M, W, X'],
  ['x12-587', 'succeeded', 'AD, AK, AT, NA'],
  ['x12-587', 'succeeded-with-warning', 'AC, AE, AP'],
  ['x12-587', 'waiting', 'AH'],
  ['x12-587', 'failed', 'RD, RF, RJ, RO'],
  ['edifact', 'succeeded', '1, 5, 7'],
  ['edifact', 'succeeded-with-warning', '2, 3'],
  ['edifact', 'running', '8'],
  ['edifact', 'failed', '4, 6'],
  ['edifact-1225', 'succeeded', '29'],
  ['edifact-1225', 'succeeded-with-warning', '4'],
  ['edifact-1225', 'failed', '27'],
  ['ubl', 'running', 'AB'],
  ['ubl', 'succeeded', 'AP, PD'],
  ['ubl', 'succeeded-with-warning', 'CA'],
  ['ubl', 'waiting', 'UQ'],
  ['ubl', 'failed', 'RE'],
  ['cxml', 'succeeded', 'accept, allDetail, detail'],
  ['cxml', 'succeeded-with-warning', 'except'],
  ['cxml', 'waiting', 'backordered'],
  ['cxml', 'failed', 'reject'],
  ['hl7-0008', 'succeeded', 'AA, CA'],
  ['hl7-0008', 'failed', 'AE, CE, AR, CR'],
  ['as2', 'succeeded', 'processed'],
  ['as2', 'succeeded-with-warning', 'processed/warning'],
  ['as2', 'failed', 'processed/error, failed'],
  ['fhir', 'waiting', 'draft, requested, received, accepted, ready, on-hold'],
  ['fhir', 'running', 'in-progress'],
  ['fhir', 'succeeded', 'completed'],
  ['fhir', 'failed', 'failed, rejected'],
  ['fhir', 'cancelled', 'cancelled, entered-in-error'],
  ['shopify', 'waiting', 'PENDING, unfulfilled'],
  ['shopify', 'running', 'AUTHORIZED, PARTIALLY_PAID, partial'],
  ['shopify', 'succeeded', 'PAID, fulfilled'],
  ['shopify', 'succeeded-with-warning', 'PARTIALLY_REFUNDED'],
  ['shopify', 'cancelled', 'REFUNDED, VOIDED, restocked'],
  ['shopify', 'timed-out', 'EXPIRED'],
  ['stripe', 'waiting', 'requires_payment_method, requires_confirmation, requires_action, requires_capture, draft, open'],
  ['stripe', 'running', 'processing'],
  ['stripe', 'succeeded', 'succeeded, paid'],
  ['stripe', 'failed', 'failed, uncollectible'],
  ['stripe', 'cancelled', 'canceled, void'],
  ['salesforce', 'started', 'Draft'],
  ['salesforce', 'succeeded', 'Activated'],
  ['salesforce', 'cancelled', 'Canceled'],
  ['salesforce', 'timed-out', 'Expired'],
  ['salesforce', 'discarded', 'Superseded'],
  ['salesforce-bulk', 'waiting', 'Open, UploadComplete'],
  ['salesforce-bulk', 'running', 'InProgress'],
  ['salesforce-bulk', 'succeeded', 'JobComplete'],
  ['salesforce-bulk', 'cancelled', 'Aborted'],
  ['salesforce-bulk', 'failed', 'Failed'],
  ['netsuite', 'waiting', 'A, pendingApproval'],
  ['netsuite', 'running', 'B, D, E, F, pendingFulfillment, partiallyFulfilled, pendingBillingPartFulfilled, pendingBilling'],
  ['netsuite', 'running', 'Pending Billing/Partially Fulfilled'],
  ['netsuite', 'succeeded', 'G, fullyBilled, Paid In Full'],
  ['netsuite', 'cancelled', 'C, H, cancelled, closed'],
  ['', 'started', 'received, consumed, started, begin'],
  ['', 'running', 'sending, processing, calling'],
  ['', 'waiting', 'queued, scheduled, sleeping, backoff'],
  ['', 'retried', 'retrying, redelivered'],
  ['', 'succeeded', 'completed, processed, posted, delivered, acknowledged'],
  ['', 'timed-out', 'timed out, timeout, deadline'],
  ['', 'cancelled', 'aborted, cancelled, killed'],
  ['', 'skipped', 'skipped, ignored, no change, filtered'],
  ['', 'discarded', 'duplicate, dropped, discarded'],
  ['', 'failed', 'DLQ, dead-letter'],
];

const WORDS = TABLE.flatMap(([platform, status, words]) => words.split(', ').map((word) => [platform, word, status] as const));

describe('every platform’s words', () => {
  it.each(WORDS)('%s: %s is %s', (platform, word, status) => {
    expect(normaliseStatus(word, platform === '' ? undefined : platform)).toBe(status);
  });

  it('mean the same for profiles below the platform, in any case and with any separator', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WORDS), fc.constantFrom('', ' ', '_', '-'), fc.boolean(), ([platform, word, status], glue, upper) => {
        const spelled = word.replace(/(?<=[a-z])(?=[A-Z])|[ _-]/g, glue);
        const id = platform === '' ? undefined : `${platform}-some-export`;
        expect(normaliseStatus(upper ? spelled.toUpperCase() : spelled.toLowerCase(), id)).toBe(status);
      }),
    );
  });

  it('are listed once for each platform', () => {
    for (const [platform, words] of Object.entries(PLATFORM_WORDS)) {
      const all = Object.values(words)
        .flatMap((list) => list.split(' '))
        .map(fold);
      expect([platform, all.filter((word, i) => all.indexOf(word) !== i)]).toEqual([platform, []]);
    }
  });

  it('never make a success of a word that nobody listed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(undefined, ...VOCABULARIES), (word, platform) => {
        const status = normaliseStatus(word, platform);
        expect(STATUSES).toContain(status);
        if (status === 'succeeded' && !/\d{3}|status|state|result|outcome|event/i.test(word))
          expect(isListedWord(word, platform ?? '')).toBe(true);
      }),
    );
  });
});

describe('codes', () => {
  it.each([
    ['started', '01 42 50 74'],
    ['waiting', '30 64 22 66 75'],
    ['running', '03 06 08 10 13 18 19 24 35 39 55 58 62'],
    ['succeeded', '12 14 16 41 53'],
    ['succeeded-with-warning', '25 52 61'],
    ['failed', '02 04 05 07 09 11 20 21 23 26 27 29 34 37 40 15 17 51 54 56 57 60 63 65'],
    ['timed-out', '36'],
    ['retried', '33 70'],
    ['discarded', '31 68'],
    ['unknown', '00 28 59 32 69 38 73'],
  ] as const)('IDoc %s', (status, codes) => {
    for (const code of codes.split(' ')) expect([code, idocStatus(code)]).toEqual([code, status]);
  });

  it('HTTP', () => {
    const codes: readonly (readonly [number, Status])[] = [
      [200, 'succeeded'],
      [204, 'succeeded'],
      [302, 'succeeded'],
      [202, 'running'],
      [408, 'timed-out'],
      [504, 'timed-out'],
      [409, 'failed'],
      [412, 'failed'],
      [429, 'failed'],
      [503, 'failed'],
      [499, 'cancelled'],
      [404, 'failed'],
      [500, 'failed'],
      [100, 'unknown'],
      [600, 'unknown'],
    ];
    for (const [code, status] of codes) expect([code, httpStatus(code)]).toEqual([code, status]);
    expect(['HTTP/1.1 503', 'http 200', '404 Not Found', 'HTTP/2 504'].map((word) => normaliseStatus(word))).toEqual([
      'failed',
      'succeeded',
      'failed',
      'timed-out',
    ]);
  });

  it('gRPC, as number and as name', () => {
    const names =
      'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'.split(
        ' ',
      );
    for (const [code, name] of names.entries()) expect([name, readStatus(name, 'grpc')]).toEqual([name, grpcStatus(code)]);
  });

  it('levels: only errors say something', () => {
    for (const level of 'TRACE DEBUG INFO NOTICE WARN WARNING'.split(' ')) expect(levelStatus(level)).toBe('unknown');
    for (const level of 'ERROR SEVERE FATAL CRITICAL ALERT EMERGENCY'.split(' ')) expect(levelStatus(level)).toBe('failed');
  });
});
