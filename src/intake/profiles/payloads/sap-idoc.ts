import type { Status } from '../../../model/status.ts';
import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { Notices } from '../../notices.ts';
import { compileTime } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { asObject, objectOf } from '../tree.ts';
import { idocStatus } from '../vocabulary.ts';
import { complain, fieldsRead, identify, tellEvent, tellText } from './put.ts';
import type { FieldNote } from './put.ts';
import { readIdocRecords } from './sap-idoc-records.ts';
import { firstText, objectsAt, textAt } from './tree-path.ts';

/**
 * SAP IDocs, in XML or as flat files: one step for each IDoc, named after its message and direction (`ORDERS inbound`), with the status of its control record;
 * then one for each status record that came with it, that a status IDoc reports (`E1STATS`), or that stands in a file of its own. The IDoc is a record of its
 * own, and the documents it carries are told beside it. Sources: SAP structures EDI_DC40 and EDI_DS40, basic types ORDERS05, DELVRY03, INVOIC02, SYSTAT01.
 */
export const sapIdoc = defineProfile({
  id: 'sap-idoc',
  title: 'SAP IDocs',
  matches: (entry) => controlOf(entry) !== undefined || reportOf(entry) !== undefined,
  shape: 'in the shape of an IDoc, with a control or a status record',
  system: platformSystem('sap', 'IDocs are written by SAP'),
  zoneReason: 'dates in IDocs are local to the SAP system and carry no zone',
  kind: 'step',
  fields: (entries) => fieldsRead(entries, createReader('sap', 'UTC'), NOTES),
  compile: (source, mapping) => createReader(mapping.system, mapping.zone, source.notices),
});

/** The control record: `EDI_DC40`, before release 4.0 `EDI_DC`. */
function controlOf(entry: Entry): JsonObject | undefined {
  const idoc = objectOf(entry);
  const control = asObject(idoc?.['EDI_DC40'] ?? idoc?.['EDI_DC']);
  return control !== undefined && firstText(textAt(control, 'MESTYP'), textAt(control, 'IDOCTYP'), textAt(control, 'DOCNUM')) !== ''
    ? control
    : undefined;
}

/** A status record without its IDoc, as the file of an EDI subsystem holds them. */
function reportOf(entry: Entry): JsonObject | undefined {
  const idoc = objectOf(entry);
  const [status] = objectsAt(idoc, 'EDI_DS40');
  return status !== undefined && idoc?.['EDI_DC40'] === undefined && textAt(status, 'DOCNUM') !== '' ? status : undefined;
}

function createReader(system: string, zone: string, notices?: Notices) {
  const time = compileTime('compact', zone, notices?.onAmbiguous);
  return (entry: Entry, draft: Draft, emit: () => void): string | undefined => {
    const idoc = objectOf(entry);
    const report = reportOf(entry);
    const control = report ?? controlOf(entry);
    if (idoc === undefined || control === undefined) return 'the entry is no SAP IDoc with a control record';
    const begin = (date: string, clock: string): string | undefined => {
      draft.reset();
      draft.system = system;
      draft.step = stepOf(control);
      readMessage(control, draft);
      return readTime(time, date, clock, draft);
    };
    const segment = report === undefined ? 'E1STATS' : 'EDI_DS40';
    const reported = report === undefined ? objectsAt(idoc, 'E1STATS') : [report];
    for (const status of reported) {
      const problem = begin(textAt(status, 'LOGDAT'), textAt(status, 'LOGTIM'));
      if (problem !== undefined) return problem;
      draft.step = 'IDoc status';
      readStatus(status, segment, draft);
      identify(draft, 'idoc', textAt(status, 'DOCNUM'), `${segment}.DOCNUM`);
      tellEvent(draft, emit);
    }
    if (reported.length > 0) return undefined;
    const problem = begin(textAt(control, 'CREDAT'), textAt(control, 'CRETIM'));
    if (problem !== undefined) return problem;
    const [first, ...later] = objectsAt(idoc, 'EDI_DS40');
    // The control record has the last status only: with status records beside it, the IDoc begins with the first of them.
    readStatus(first ?? control, first === undefined ? 'EDI_DC40' : 'EDI_DS40', draft);
    readControl(control, draft);
    readIdocRecords(textAt(control, 'MESTYP'), idoc, draft);
    let last: Status = draft.status;
    tellEvent(draft, emit);
    for (const status of later) {
      const late = begin(textAt(status, 'LOGDAT'), textAt(status, 'LOGTIM'));
      if (late !== undefined) return late;
      readStatus(status, 'EDI_DS40', draft);
      identify(draft, 'idoc', textAt(control, 'DOCNUM'), 'EDI_DC40.DOCNUM');
      // Several codes are one state (ready, queued, waiting for a predecessor): only what changes it goes on with the step.
      if (draft.status === last || draft.status === 'unknown') draft.kind = 'note';
      else last = draft.status;
      tellEvent(draft, emit);
    }
    return undefined;
  };
}

/** `ORDERS inbound`, as SAP sees it. */
function stepOf(control: JsonObject): string {
  const message = firstText(textAt(control, 'MESTYP'), textAt(control, 'IDOCTYP'), 'IDoc');
  const direction = textAt(control, 'DIRECT');
  return direction === '1' ? `${message} outbound` : direction === '2' ? `${message} inbound` : message;
}

/** The key of the middleware's own message, where it left one in the control record. */
function readMessage(control: JsonObject, draft: Draft): void {
  draft.execution = textAt(control, 'ARCKEY');
  if (draft.execution !== '') draft.executionType = 'message';
}

/** Dates of zeros mean that there is none. */
function readTime(time: TimeParser, date: string, clock: string, draft: Draft): string | undefined {
  if (date === '' || /^0+$/.test(date)) return undefined;
  draft.time = time(`${date} ${clock === '' ? '000000' : clock}`);
  draft.precision = clock === '' ? 'day' : 'second';
  return Number.isNaN(draft.time) ? `the date and time of the IDoc are none: ${date} ${clock}`.slice(0, 80) : undefined;
}

function readControl(control: JsonObject, draft: Draft): void {
  identify(draft, 'idoc', textAt(control, 'DOCNUM'), 'EDI_DC40.DOCNUM');
  tellText(draft, 'sender', textAt(control, 'SNDPRN'), 'EDI_DC40.SNDPRN');
  tellText(draft, 'receiver', textAt(control, 'RCVPRN'), 'EDI_DC40.RCVPRN');
  const interchange = textAt(control, 'REFINT');
  if (!/^0*$/.test(interchange)) tellText(draft, 'interchange', interchange, 'EDI_DC40.REFINT');
}

function readStatus(status: JsonObject, segment: string, draft: Draft): void {
  const code = textAt(status, 'STATUS');
  if (code === '') return;
  draft.statusRaw = code;
  draft.status = idocStatus(code);
  tellText(draft, 'idoc_status', code, `${segment}.STATUS`);
  if (draft.status !== 'failed' && draft.status !== 'timed-out') return;
  const values = ['STAPA1', 'STAPA2', 'STAPA3', 'STAPA4'].map((name) => textAt(status, name)).filter((value) => value !== '');
  const text = textAt(status, 'STATXT');
  complain(draft, values.length === 0 ? text : [text, `(${values.join(', ')})`].join(' ').trim());
}

const NOTES: readonly FieldNote[] = [
  { path: 'EDI_DC40.CREDAT', role: 'time', format: 'compact', reason: 'the day the IDoc was made' },
  { path: 'EDI_DC40.CRETIM', role: 'time', format: 'compact', reason: 'the time of that day' },
  { path: 'EDI_DC40.MESTYP', role: 'step', reason: 'the message' },
  { path: 'EDI_DC40.DIRECT', role: 'step', reason: '1 leaves SAP, 2 enters it' },
  { path: 'EDI_DC40.STATUS', role: 'status', format: 'idoc', reason: 'the last status code; 51 is an error, 53 is posted' },
  { path: 'EDI_DC40.ARCKEY', role: 'execution', type: 'message', reason: 'the message of the EDI subsystem or middleware' },
];
