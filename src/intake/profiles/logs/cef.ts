import { cefFields } from '../../formats/text/text-cef.ts';
import { asObject, asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * Events in ArcSight's Common Event Format, bare or behind a header of syslog: what happened is the event's name, the system the product that tells it, the outcome the
 * field of that name. The severity is how grave such events are, not how this one went. Custom fields are called by their labels.
 * Source: ArcSight, "Implementing Common Event Format", extension dictionary.
 */
export const cef = defineLogDialect({
  id: 'log-cef',
  title: 'CEF events (ArcSight Common Event Format)',
  shape: 'events in CEF',
  matches: (record) => asObject(asObject(record['fields'])?.['cef']) !== undefined,
  refuse: (record) => {
    const message = asText(record['message']);
    return message.startsWith('CEF:') ? `the header of the CEF event has ${cefFields(message)} of its 7 fields` : undefined;
  },
  known: [
    { paths: ['time'], role: 'time', reason: 'when the event began, else when it was received, else the time of the line' },
    { paths: ['fields.end', 'fields.endTime'], role: 'end-time', format: 'iso', reason: 'when the activity ended' },
    { paths: ['fields.outcome', 'fields.eventOutcome'], role: 'status', reason: 'how the action went' },
    { paths: ['message'], role: 'message', reason: 'the message, else the name of the event; keys are looked for in it' },
    { paths: ['fields.reason'], role: 'error', reason: 'why the event was told' },
    { paths: ['fields.cef.product'], role: 'system', reason: 'the product that tells the event' },
    {
      paths: (
        'level fields.cef.* fields.facility fields.host fields.app fields.pid fields.syslogTime fields.start fields.startTime fields.rt fields.deviceReceiptTime ' +
        'fields.src fields.dst fields.spt fields.dpt fields.smac fields.dmac fields.proto fields.shost fields.dhost fields.dvc fields.dvchost fields.dvcmac ' +
        'fields.sourceTranslatedAddress fields.deviceExternalId fields.deviceFacility fields.deviceProcessName fields.dpid fields.spid fields.dproc fields.sproc ' +
        'fields.in fields.out fields.cnt fields.requestClientApplication fields.requestContext fields.dtz fields.type'
      ).split(' '),
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  step: (record) => asText(asObject(asObject(record['fields'])?.['cef'])?.['name']),
});
