import { isTerminal } from '../../../model/status.ts';
import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import type { Mapping, SourceContext } from '../../mapper.ts';
import type { Notices } from '../../notices.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { createNamedReader, entityOfMapping, isKey, namedRole } from '../business.ts';
import { defineProfile, platformSystem } from '../define.ts';
import { keyOf } from '../edi/message.ts';
import { x12DocumentKey, x12GroupKey } from '../edi/x12-envelope.ts';
import type { FieldSpec } from '../field-spec.ts';
import { namedSpecs } from '../platforms/records.ts';
import { createTextReader } from '../text-keys.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { reportingTable } from './reporting-columns.ts';
import type { ReportingColumn, ReportingTable } from './reporting-columns.ts';
import { actionName, executionIdIn } from './values.ts';

/**
 * Boomi's Process Reporting, exported to CSV: runs, documents, or documents of trading partners. Times are those of the viewer's
 * browser, without a zone. Ids of runs are not on the screen; where somebody added them they are read.
 * Source: Boomi documentation, "Exporting Process Reporting results to a CSV file".
 */
export const boomiReporting = defineProfile({
  id: 'boomi-reporting',
  title: 'Boomi Process Reporting (CSV)',
  formatId: 'csv',
  matches: (entry, source) => isRow(entry, source),
  shape: 'rows of Boomi’s Process Reporting',
  system: platformSystem('boomi', 'the table comes from Boomi’s Process Reporting'),
  zoneReason: (source) => (source.zone === '' ? 'the table has the times of a browser without a zone: UTC is assumed' : 'given'),
  kind: 'step',
  step: 'run',
  fields: (entries, source) => specsOf(entries, source),
  compile: (source, mapping) => compile(source, mapping),
});

function isRow(entry: Entry, source: SourceContext): boolean {
  const table = reportingTable(source.header, source.name);
  return entry.kind === 'row' && table !== undefined && /\d{2}:\d{2}/.test(entry.cells[table.at.time] ?? '');
}

const TRACKED = 'tracked.';

function compile(source: SourceContext, mapping: Mapping): (entry: Entry, draft: Draft, emit: () => void) => string | undefined {
  const table = reportingTable(source.header, source.name);
  const time = createClock(mapping.zone === '' ? 'UTC' : mapping.zone, source.notices);
  const entity = entityOfMapping(mapping.fields);
  const readTracked = createNamedReader({ classify: (name) => namedRole(name, true, entity), fields: mapping.fields, prefix: TRACKED });
  const readText = createTextReader(source.textPatterns);
  return (entry, draft, emit) => {
    if (table === undefined || entry.kind !== 'row') return 'the entry is no row of Boomi’s Process Reporting';
    const { cells } = entry;
    const cell = (column: ReportingColumn): string => (cells[table.at[column]] ?? '').trim();
    draft.reset();
    const at = time(cell('time'));
    if (Number.isNaN(at.time)) return `the row has no time that can be read: ${cell('time').slice(0, 40)}`;
    draft.time = at.time;
    draft.precision = at.precision;
    draft.system = mapping.system;
    draft.flow = cell('process');
    readOutcome(cell, draft);
    if (table.holds === 'executions') readRun(cell, mapping.step ?? 'run', draft);
    else readDocument(cell, draft);
    draft.execution = executionIdIn(cell('execution')) || cell('execution');
    if (draft.execution !== '') draft.executionType = 'execution';
    readParents(cell, draft);
    for (const [name, index] of table.tracked) {
      const value = cells[index] ?? '';
      readTracked(name, value, draft);
      readText(value, draft);
    }
    readText(draft.error, draft);
    emit();
    return undefined;
  };
}

type Cell = (column: ReportingColumn) => string;

function readOutcome(cell: Cell, draft: Draft): void {
  draft.statusRaw = cell('status');
  draft.status = normaliseStatus(draft.statusRaw, 'boomi');
  draft.error = cell('error');
  if (draft.status === 'failed') return;
  const ack = cell('ack');
  const told = normaliseStatus(ack, 'boomi');
  const refused = normaliseStatus(cell('validation'), 'boomi') === 'failed';
  if (told === 'failed' || told === 'succeeded-with-warning' || (told === 'succeeded' && draft.status === 'unknown')) {
    draft.status = told;
    draft.statusRaw = ack;
    if (told === 'failed') draft.error ||= ack;
  } else if (refused && draft.status === 'succeeded') {
    draft.status = 'succeeded-with-warning';
    draft.statusRaw = cell('validation');
  }
}

function readRun(cell: Cell, step: string, draft: Draft): void {
  draft.step = step;
  const elapsed = elapsedMicros(cell('elapsed'));
  const over = draft.status === 'unknown' || isTerminal(draft.status);
  if (over && !Number.isNaN(elapsed)) draft.end = draft.time + elapsed;
}

function readDocument(cell: Cell, draft: Draft): void {
  draft.step = [actionName(cell('action'), cell('connector')), cell('kind')].filter((word) => word !== '').join(' ') || 'document';
  const sender = cell('sender');
  const receiver = cell('receiver');
  const isa = cell('isa');
  const put = (type: string, value: string, column: string): void => {
    if (isKey(value)) draft.identifier(type, value, column);
  };
  put('interchange', keyOf(sender, receiver, isa), 'isaControl');
  if (cell('gs') !== '') {
    const within = cell('functional') || isa;
    put('edi-group', x12GroupKey(sender, receiver, within, cell('gs')), 'gsControl');
    put('edi-document', x12DocumentKey(sender, receiver, within, cell('gs'), cell('st')), 'stControl');
  } else put('edi-document', keyOf(sender, receiver, isa, cell('st')), 'messageReferenceNumber');
  put('message', keyOf(sender, '', cell('control')), 'messageControlId');
}

/** As for execution records: a retry is at least the second attempt, and follows from the run it repeats. */
function readParents(cell: Cell, draft: Draft): void {
  const original = cell('original');
  if ((original !== '' && original !== draft.execution) || /^retry/i.test(cell('executionType'))) draft.attempt = 2;
  const parent = cell('parent') || cell('top');
  const cause = parent === '' || parent === draft.execution ? original : parent;
  if (cause !== draft.execution) draft.parentExecution = cause;
}

/** `12`, `12.5 s`, `350 ms`, `33:14`, `1:26:26` in microseconds; NaN for everything else. Plain numbers are seconds. */
export function elapsedMicros(text: string): number {
  const clock = /^(?:(\d{1,5}):)?(\d{1,2}):(\d{2})(?:\.(\d{1,3}))?$/.exec(text);
  if (clock !== null) {
    const seconds = Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
    return (seconds * 1_000 + Number((clock[4] ?? '').padEnd(3, '0'))) * 1_000;
  }
  const plain = /^(\d{1,9})(?:\.(\d{1,6}))? ?(s|sec|seconds|ms)?$/i.exec(text);
  if (plain === null) return Number.NaN;
  const value = Number(`${plain[1]}.${plain[2] ?? '0'}`);
  return Math.round(value * (plain[3]?.toLowerCase() === 'ms' ? 1_000 : 1_000_000));
}

/** `2031-03-04 09:15:02 AM`, `04 Mar 2031 09:15:02`, ISO. Screens show twelve hours with the half of the day behind the date in ISO order, which no other shape has. */
function createClock(
  zone: string,
  notices?: Notices,
): (text: string) => { readonly time: number; readonly precision: 'second' | 'millisecond' | 'minute' } {
  const iso = compileTime('iso', zone, notices?.onAmbiguous);
  const others = (['rfc2822', 'month-first'] as const).map((shape) => compileTime(shape, zone, notices?.onAmbiguous));
  return (text) => {
    const plain = inFullHours(text);
    let time = iso(plain);
    for (const parse of others) if (Number.isNaN(time)) time = parse(text);
    const precision = precisionOf(plain, 'iso');
    return { time, precision: precision === 'millisecond' || precision === 'minute' ? precision : 'second' };
  };
}

function inFullHours(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{1,2})(:\d{2}(?::\d{2})?) ?([AaPp])\.?[Mm]\.?$/.exec(text.trim());
  if (match === null) return text;
  const hour = (Number(match[2]) % 12) + (match[4]!.toLowerCase() === 'p' ? 12 : 0);
  return Number(match[2]) > 12 ? '' : `${match[1]} ${String(hour).padStart(2, '0')}${match[3]}`;
}

const SPECS: readonly (readonly [ReportingColumn, FieldSpec['role'], string, string?])[] = [
  ['time', 'time', 'when the run began or the document was processed'],
  ['process', 'flow', 'the process is the flow'],
  ['status', 'status', 'the icon of the table as a word'],
  ['ack', 'status', 'what the partner acknowledged'],
  ['elapsed', 'duration', 'how long the run took'],
  ['connector', 'step', 'the connector or document type'],
  ['kind', 'step', 'the kind of document'],
  ['error', 'error', 'why it failed; keys are looked for in it'],
  ['execution', 'execution', 'the run', 'execution'],
  ['parent', 'parent-execution', 'the run that called it', 'execution'],
  ['original', 'attempt', 'this run is a retry of that one', 'execution'],
  ['isa', 'identifier', 'the interchange, with its sender and receiver', 'interchange'],
  ['st', 'identifier', 'the document within its group or interchange', 'edi-document'],
  ['control', 'identifier', 'the message, with its sender', 'message'],
];

function specsOf(entries: readonly Entry[], source: SourceContext): FieldSpec[] {
  const table = reportingTable(source.header, source.name);
  if (table === undefined) return [];
  const at = (index: number) => (entry: Entry) => (entry.kind === 'row' ? entry.cells[index] : undefined);
  const own = SPECS.flatMap(([column, role, reason, type]): FieldSpec[] => {
    const index = table.at[column];
    return index < 0 ? [] : [{ path: source.header![index]!, role, type, reason, read: at(index) }];
  });
  return [...own, ...namedSpecs(entries, TRACKED, (entry) => trackedIn(table, entry), true)];
}

function trackedIn(table: ReportingTable, entry: Entry): readonly (readonly [string, string])[] {
  if (entry.kind !== 'row') return [];
  return table.tracked.flatMap(([name, index]) => {
    const value = entry.cells[index] ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
}
