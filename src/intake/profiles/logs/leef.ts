import { leefFields } from '../../formats/text/text-leef.ts';
import { asObject, asText } from '../tree.ts';
import { defineLogDialect } from './define-log.ts';

/**
 * Events in IBM's Log Event Extended Format, version 1.0 or 2.0, bare or behind a header of syslog: what happened is the event's id, the system the product that tells
 * it. `sev` is how grave such events are, not how this one went. Source: IBM, "Log Event Extended Format (LEEF)", version 2.
 */
export const leef = defineLogDialect({
  id: 'log-leef',
  title: 'LEEF events (IBM QRadar)',
  shape: 'events in LEEF',
  matches: (record) => asObject(asObject(record['fields'])?.['leef']) !== undefined,
  refuse: (record) => {
    const message = asText(record['message']);
    return message.startsWith('LEEF:') ? `the header of the LEEF event has ${leefFields(message)} of its 5 fields` : undefined;
  },
  known: [
    { paths: ['time'], role: 'time', reason: 'when the product saw the event, else the time of the line' },
    { paths: ['message'], role: 'message', reason: 'the message, else the id of the event; keys are looked for in it' },
    { paths: ['fields.leef.product'], role: 'system', reason: 'the product that tells the event' },
    {
      paths: (
        'level fields.leef.* fields.facility fields.host fields.app fields.pid fields.syslogTime fields.devTime fields.devTimeFormat fields.sev fields.proto ' +
        'fields.src fields.dst fields.srcPort fields.dstPort fields.srcPreNAT fields.dstPreNAT fields.srcPostNAT fields.dstPostNAT fields.srcMAC fields.dstMAC ' +
        'fields.srcBytes fields.dstBytes fields.srcPackets fields.dstPackets fields.totalPackets fields.vSrc fields.identSrc fields.identHostName'
      ).split(' '),
      role: 'ignored',
      reason: 'it tells about the machinery',
    },
  ],
  step: (record) => asText(asObject(asObject(record['fields'])?.['leef'])?.['id']),
});
