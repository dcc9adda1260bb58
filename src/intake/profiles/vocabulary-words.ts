import type { Status } from '../../model/status.ts';

/** Words in their folded form (`fold`): lower case, no spaces, underscores, hyphens or dots. */
type Words = Readonly<Partial<Record<Status, string>>>;

/**
 * What a status word means wherever it comes from. Words that mean different things on different platforms are not here (`closed`, `open`,
 * `archived`): an unknown word stays unknown, success is never guessed.
 */
export const GENERIC_WORDS: Words = {
  started:
    'started start begin begun began created create new initiated initialized initialised received receive consumed placed submitted draft opened workflowrunstarted executionstarted',
  running:
    'running inprocess inprogress processing executing active ongoing working authorized authorised partiallypaid partial partiallyfulfilled partiallyshipped partiallydelivered sending calling retrieving resumed resume transferring uploading downloading progress inbearbeitung openrunning openrunninginprogress openrunningsuspended',
  waiting:
    'waiting enqueued queued pending pend paused suspended suspend onhold hold held scheduled schedule delayed deferred sleeping backoff ready requirespaymentmethod requiresconfirmation requiresaction requirescapture pendingapproval awaitingpayment awaiting backordered unassigned assign assigned reassign pendingredrive unpaid unfulfilled todo blocked offen wartend ausstehend gesperrt opennotrunning opennotrunningready opennotrunningassigned opennotrunningreserved opennotrunningsuspended',
  succeeded:
    'succeeded success successful ok okay complete completed completion done finished finish ended end passed pass processed posted delivered acknowledged ack accepted accept approved confirmed captured paid settled fulfilled shipped dispatched invoiced billed fullybilled transmitted sent published committed bezahlt erledigt abgeschlossen erfolgreich versendet geliefert gebucht resolved sync synced synchronized synchronised allocated picked packed activated jobcomplete closedcompletedsuccess noerror noerrors',
  'succeeded-with-warning':
    'warning warn completewarn completedwithwarnings completewithwarnings completedwithwarning succeededwithwarning succeededwithwarnings successwithwarnings completedwitherrors completewitherrors partialsuccess partiallysucceeded partiallysuccessful acceptedwitherrors partiallyaccepted partiallyrefunded processedwarning',
  failed:
    'failed fail failure error errored err errors faulted fault exception crashed crash rejected reject declined decline denied refused severe fatal critical unsuccessful bounced undeliverable escalated notdelivered nack invalid aborterror closedcompletedfailed closedcancellederror processederror broken scheduledfailed internalerror systemerror dlq deadletter deadlettered ko nok nook fehler fehlgeschlagen fehlerhaft abgelehnt',
  retried:
    'retried retry retrying redelivered redelivery restarting reprocessing reprocessed redriven executionredriven replay replayed willretry',
  cancelled:
    'cancelled canceled cancel aborted abort abortedrecovering terminated killed stopped interrupted withdrawn withdraw voided void refunded revoked ateabort piabort reversed restocked storniert abgebrochen closedcancelled closedcancelledaborted closedcancelledterminated closedcancelledexited closedcancelledobsolete',
  'timed-out': 'timedout timeout timeouted expired deadlineexceeded deadline abandoned abandonded timelimitexceeded',
  skipped: 'skipped skip ignored ignore bypassed filtered nochange unchanged manualskip autoskip notapplicable noop',
  discarded: 'discarded discard dropped drop duplicate superseded deduplicated purged expunged',
};

/** Where a platform means something else by a word, or has words of its own. Keyed by the beginning of a profile's id. */
export const PLATFORM_WORDS: Readonly<Record<string, Words>> = {
  boomi: {
    started: 'started',
    running: 'inprocess',
    waiting: 'enqueued',
    // Acknowledgements of trading partners: HL7, RosettaNet, AS2, and the validation of what is sent.
    succeeded: 'applicationaccept commitaccept acknowledged',
    'succeeded-with-warning': 'completewarn acknowledged/errors',
    failed:
      'applicationerror applicationreject commiterror commitreject errornoacknowledgementreturned errorinterchange errormessage errortransactionset',
    cancelled: 'aborted abortedrecovering',
    discarded: 'discarded',
  },
  mulesoft: {
    started: 'start',
    running: 'beforerequest beforetransform flow afterrequest aftertransform executing',
    succeeded: 'end successful',
    failed: 'exception failedinput failedloading failedprocessrecords failedoncomplete',
    cancelled: 'stopped cancelled',
  },
  'sap-cpi': {
    running: 'processing',
    succeeded: 'completed',
    retried: 'retry',
    failed: 'escalated failed',
    cancelled: 'cancelled',
    'timed-out': 'abandoned abandonded',
    discarded: 'discarded',
  },
  'logic-apps': {
    unknown: 'notspecified',
    waiting: 'waiting paused suspended',
    running: 'running',
    succeeded: 'succeeded',
    skipped: 'skipped ignored',
    failed: 'failed faulted',
    cancelled: 'cancelled aborted',
    'timed-out': 'timedout',
  },
  // The statuses of executions, and what the types of history events say of the state, the item or the execution they belong to.
  // The exits of Task, Map and Parallel states are not here: a caught failure leaves a state by the same event.
  'step-functions': {
    started:
      'executionstarted taskstateentered passstateentered choicestateentered succeedstateentered mapstateentered parallelstateentered mapiterationstarted',
    waiting: 'pendingredrive taskscheduled lambdafunctionscheduled activityscheduled waitstateentered',
    running: 'taskstarted tasksubmitted lambdafunctionstarted activitystarted mapstatestarted parallelstatestarted maprunstarted',
    succeeded:
      'executionsucceeded tasksucceeded lambdafunctionsucceeded activitysucceeded mapstatesucceeded parallelstatesucceeded mapiterationsucceeded maprunsucceeded passstateexited choicestateexited waitstateexited succeedstateexited',
    failed:
      'executionfailed taskfailed taskstartfailed tasksubmitfailed lambdafunctionfailed lambdafunctionschedulefailed lambdafunctionstartfailed activityfailed activityschedulefailed mapstatefailed parallelstatefailed mapiterationfailed maprunfailed failstateentered evaluationfailed',
    'timed-out': 'executiontimedout tasktimedout lambdafunctiontimedout activitytimedout',
    cancelled:
      'aborted executionaborted taskstateaborted mapstateaborted parallelstateaborted waitstateaborted mapiterationaborted maprunaborted',
    retried: 'executionredriven maprunredriven',
  },
  n8n: { started: 'new', failed: 'error crashed', 'succeeded-with-warning': 'warning', unknown: 'unknown' },
  // Most types say that something happened, not how it went.
  nifi: {
    succeeded: 'send upload remoteinvocation',
    unknown: 'create receive fetch download attributesmodified contentmodified route fork join clone addinfo replay unknown',
    discarded: 'expire drop',
  },
  // The statuses of workflows, and what the types of history events say of the workflow, activity, timer or child they belong to.
  temporal: {
    started: 'workflowexecutionstarted',
    waiting:
      'paused activitytaskscheduled timerstarted startchildworkflowexecutioninitiated nexusoperationscheduled workflowexecutionpaused',
    running: 'activitytaskstarted childworkflowexecutionstarted nexusoperationstarted workflowexecutionsignaled workflowexecutionunpaused',
    succeeded:
      'completed continuedasnew workflowexecutioncompleted workflowexecutioncontinuedasnew activitytaskcompleted timerfired childworkflowexecutioncompleted nexusoperationcompleted',
    failed:
      'workflowexecutionfailed workflowtaskfailed activitytaskfailed startchildworkflowexecutionfailed childworkflowexecutionfailed nexusoperationfailed',
    'timed-out':
      'workflowexecutiontimedout workflowtasktimedout activitytasktimedout childworkflowexecutiontimedout nexusoperationtimedout',
    cancelled:
      'canceled terminated workflowexecutioncanceled workflowexecutionterminated activitytaskcanceled timercanceled childworkflowexecutioncanceled childworkflowexecutionterminated nexusoperationcanceled',
  },
  workato: { waiting: 'pending', running: 'processing running', cancelled: 'stopped cancelled canceled' },
  celigo: { waiting: 'queued', retried: 'retrying', running: 'running canceling' },
  'kafka-connect': { waiting: 'paused unassigned', cancelled: 'stopped', retried: 'restarting' },
  airflow: {
    waiting: 'scheduled queued deferred upforreschedule sensing',
    succeeded: 'success',
    retried: 'upforretry restarting',
    cancelled: 'shutdown',
    skipped: 'skipped upstreamfailed',
    discarded: 'removed',
  },
  xes: {
    waiting:
      'schedule assign reassign suspend open.notrunning open.notrunning.ready open.notrunning.assigned open.notrunning.reserved ' +
      'open.notrunning.suspended open.notrunning.suspended.assigned open.notrunning.suspended.reserved open.running.suspended',
    started: 'start',
    running: 'resume open.running open.running.inprogress',
    succeeded: 'complete completed completed.success closed.completed closed.completed.success',
    failed: 'completed.failed closed.completed.failed closed.cancelled.error',
    skipped: 'manualskip autoskip',
    cancelled:
      'withdraw ateabort piabort closed.cancelled closed.cancelled.aborted closed.cancelled.exited closed.cancelled.obsolete closed.cancelled.terminated',
    // “Any transition not captured by the others”.
    unknown: 'unknown',
  },
  x12: { succeeded: 'a', 'succeeded-with-warning': 'e p', failed: 'r m w x' },
  // Data element 587: the answer to an order. A rejection is the seller's decision; the message itself arrived.
  'x12-587': { waiting: 'ah', succeeded: 'ad ak at na', 'succeeded-with-warning': 'ac ae ap', failed: 'rd rf rj ro' },
  // Code lists 0083 (CONTRL; 1, 2, 3, 5, 6 in older directories only), 1225 (function of a response) and 4343 (response type).
  edifact: { running: '8', succeeded: '1 5 7', 'succeeded-with-warning': '2 3', failed: '4 6' },
  'edifact-1225': { waiting: '12', succeeded: '29', 'succeeded-with-warning': '4', failed: '27', cancelled: '1' },
  'edifact-4343': { running: 'ab', waiting: 'uq', succeeded: 'ap', 'succeeded-with-warning': 'ac ca', failed: 're' },
  // Tables 0008 (acknowledgement), 0038 (order status) and 0123 (result status).
  'hl7-0008': { succeeded: 'aa ca', failed: 'ae ar ce cr' },
  'hl7-0038': { running: 'a ip', waiting: 'hd sc', succeeded: 'cm', failed: 'er', cancelled: 'ca dc', discarded: 'rp' },
  'hl7-0123': { running: 'a p r', waiting: 'i o s', succeeded: 'c f', failed: 'y z', cancelled: 'x' },
  // UNCL 4343 as Peppol uses it: acknowledged, in process, under query, conditionally accepted, accepted, paid, rejected.
  ubl: { running: 'ab ip', waiting: 'uq', succeeded: 'ap pd', 'succeeded-with-warning': 'ca', failed: 're' },
  // Types of a confirmation; Oracle also accepts the digits.
  cxml: { succeeded: 'accept detail alldetail 0', 'succeeded-with-warning': 'except change 1', waiting: 'backordered', failed: 'reject 2' },
  // Task and message responses; `entered-in-error` takes back what was said.
  fhir: {
    waiting: 'draft requested received accepted ready onhold',
    running: 'inprogress',
    succeeded: 'completed ok',
    failed: 'failed rejected transienterror fatalerror',
    cancelled: 'cancelled enteredinerror',
  },
  // How an exchange is told about by the event notifier and the tracer; a rollback undoes it.
  camel: {
    running: 'exchangecreated exchangesending exchangesent created sent',
    succeeded: 'exchangecompleted',
    failed: 'exchangefailed exhausted rollback',
    retried: 'exchangeredelivery',
  },
  // A change that was captured has happened.
  debezium: { succeeded: 'c r u d t m' },
  // Names of the codes; that something is unknown or aborted is an error there.
  grpc: {
    succeeded: 'ok',
    cancelled: 'cancelled canceled',
    'timed-out': 'deadlineexceeded',
    failed:
      'unknown invalidargument notfound alreadyexists permissiondenied resourceexhausted failedprecondition aborted outofrange unimplemented internal unavailable dataloss unauthenticated',
  },
  // States of a Bulk API job.
  'salesforce-bulk': {
    waiting: 'open uploadcomplete',
    running: 'inprogress',
    succeeded: 'jobcomplete',
    cancelled: 'aborted',
    failed: 'failed',
  },
  stripe: { waiting: 'draft open', failed: 'uncollectible', cancelled: 'void' },
  shopify: {
    waiting: 'pending unfulfilled',
    running: 'authorized partiallypaid partial',
    succeeded: 'paid fulfilled',
    'succeeded-with-warning': 'partiallyrefunded',
    cancelled: 'refunded voided restocked',
    'timed-out': 'expired',
  },
  salesforce: { started: 'draft', succeeded: 'activated', 'timed-out': 'expired', discarded: 'superseded' },
  netsuite: {
    waiting: 'a pendingapproval',
    running: 'b d e f pendingfulfillment partiallyfulfilled pendingbillingpartfulfilled pendingbillingpartiallyfulfilled pendingbilling',
    succeeded: 'g fullybilled paidinfull',
    cancelled: 'c h cancelled closed',
  },
};

/** SAP IDoc status codes, two digits. */
export const IDOC_CODES: Words = {
  started: '01 42 50 74',
  waiting: '22 30 64 66 75',
  running: '03 06 08 10 13 18 19 24 35 39 55 58 62',
  succeeded: '12 14 16 41 53',
  'succeeded-with-warning': '25 52 61',
  failed: '02 04 05 07 09 11 15 17 20 21 23 26 27 29 34 37 40 51 54 56 57 60 63 65',
  'timed-out': '36',
  retried: '33 70',
  discarded: '31 68',
};
