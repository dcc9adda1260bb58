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
    'running inprocess inprogress processing executing active ongoing working authorized authorised partiallypaid partial partiallyfulfilled partiallyshipped partiallydelivered sending calling retrieving resumed resume transferring uploading downloading progress inbearbeitung',
  waiting:
    'waiting enqueued queued pending pend paused suspended suspend onhold hold held scheduled schedule delayed deferred sleeping backoff ready requirespaymentmethod requiresconfirmation requiresaction requirescapture pendingapproval awaitingpayment awaiting backordered unassigned assign assigned reassign pendingredrive unpaid unfulfilled todo blocked offen wartend ausstehend gesperrt',
  succeeded:
    'succeeded success successful ok okay complete completed completion done finished finish ended end passed pass processed posted delivered acknowledged ack accepted accept approved confirmed captured paid settled fulfilled shipped dispatched invoiced billed fullybilled transmitted sent published committed bezahlt erledigt abgeschlossen erfolgreich versendet geliefert gebucht resolved sync synced synchronized synchronised allocated picked packed activated jobcomplete closedcompletedsuccess noerror noerrors',
  'succeeded-with-warning':
    'warning warn completewarn completedwithwarnings completewithwarnings completedwithwarning succeededwithwarning succeededwithwarnings successwithwarnings completedwitherrors completewitherrors partialsuccess partiallysucceeded partiallysuccessful acceptedwitherrors partiallyaccepted partiallyrefunded processedwarning',
  failed:
    'failed fail failure error errored err errors faulted fault exception crashed crash rejected reject declined decline denied refused severe fatal critical unsuccessful bounced undeliverable escalated notdelivered nack invalid aborterror closedcompletedfailed processederror broken scheduledfailed internalerror systemerror dlq deadletter deadlettered ko nok nook fehler fehlgeschlagen fehlerhaft abgelehnt',
  retried:
    'retried retry retrying redelivered redelivery restarting reprocessing reprocessed redriven executionredriven replay replayed willretry',
  cancelled:
    'cancelled canceled cancel aborted abort abortedrecovering terminated killed stopped interrupted withdrawn withdraw voided void refunded revoked ateabort piabort reversed restocked storniert abgebrochen closedcancelledaborted',
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
    'succeeded-with-warning': 'completewarn',
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
    retried: 'retry',
    failed: 'escalated failed',
    'timed-out': 'abandoned abandonded',
    discarded: 'discarded',
  },
  'azure-logic-apps': {
    unknown: 'notspecified',
    waiting: 'waiting paused suspended',
    skipped: 'skipped ignored',
    failed: 'failed faulted',
  },
  'step-functions': { cancelled: 'aborted', waiting: 'pendingredrive' },
  n8n: { started: 'new', failed: 'error crashed', 'succeeded-with-warning': 'warning', unknown: 'unknown' },
  nifi: {
    started: 'create receive fetch download',
    succeeded: 'send upload remoteinvocation',
    running: 'attributesmodified contentmodified route fork join clone addinfo unknown',
    retried: 'replay',
    discarded: 'expire drop',
  },
  temporal: { cancelled: 'canceled terminated', succeeded: 'completed continuedasnew', waiting: 'paused' },
  celigo: { waiting: 'queued', retried: 'retrying', running: 'running canceling' },
  'kafka-connect': { waiting: 'paused unassigned', cancelled: 'stopped', retried: 'restarting' },
  xes: {
    waiting: 'schedule assign reassign suspend',
    started: 'start',
    running: 'resume',
    succeeded: 'complete unknown',
    skipped: 'manualskip autoskip',
    cancelled: 'withdraw ateabort piabort',
  },
  x12: { succeeded: 'a', 'succeeded-with-warning': 'e p', failed: 'r m w x' },
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
    running: 'b d e f pendingfulfillment partiallyfulfilled pendingbillingpartfulfilled pendingbilling',
    succeeded: 'g fullybilled',
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
