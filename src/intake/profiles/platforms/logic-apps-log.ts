import type { Draft } from '../../draft.ts';
import type { Entry, Place } from '../../entry.ts';
import type { Emit, Mapper, Mapping, SourceContext } from '../../mapper.ts';
import type { TimeShape } from '../../time/index.ts';
import { isTimeShape } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { beginPart, emitTries, errorText, readStatus, readTracked, readTracking, TRACKED, trackedOf, triesOf } from './logic-apps-run.ts';
import type { RunPart, RunReaders } from './logic-apps-run.ts';
import { createMomentReader } from './moments.ts';
import { namedReader, namedSpecs } from './records.ts';
import type { NamedValue } from './records.ts';

/**
 * Azure Logic Apps in Log Analytics, exported as a table: `AzureDiagnostics` (columns with type suffixes, wide and sparse) and
 * `LogicAppWorkflowRuntime`. Runs, triggers and actions have a row when they start and a row when they complete; the latter tells
 * both times. A start is an event of its own where its completion is not in the file.
 * Source: Azure Monitor table reference, AzureDiagnostics and LogicAppWorkflowRuntime.
 */
export const logicAppsLog = defineProfile({
  id: 'logic-apps-log',
  title: 'Azure Logic Apps in Log Analytics',
  formatId: 'csv',
  matches: (entry, source) => {
    const columns = columnsOf(source);
    return entry.kind === 'row' && columns !== undefined && OPERATION.test(entry.cells[columns.operation] ?? '');
  },
  shape: 'Log Analytics rows of Logic Apps: runs, triggers and actions that start and complete',
  system: platformSystem('logic-apps', 'the rows come from Azure Logic Apps'),
  zoneReason: (source) =>
    isLocal(source) ? 'the columns say that their times are local' : 'the columns say UTC, which is what Log Analytics keeps',
  kind: 'step',
  step: 'run',
  fields: (entries, source) => fieldsOf(entries, source),
  compile: (source, mapping) => compile(source, mapping),
});

const OPERATION = /workflow(Run|Trigger|Action)(Start|Complete)/i;

/** Names of the columns in either table, without type suffix and folded. */
const NAMES = {
  operation: ['operationname'],
  status: ['status'],
  code: ['code'],
  errorCode: ['errorcode'],
  error: ['errormessage', 'error'],
  start: ['starttime'],
  end: ['endtime'],
  generated: ['timegenerated'],
  run: ['resourcerunid', 'runid'],
  origin: ['resourceoriginrunid', 'originrunid'],
  workflow: ['resourceworkflowname', 'workflowname'],
  trigger: ['resourcetriggername', 'triggername'],
  action: ['resourceactionname', 'actionname'],
  tracking: ['correlationclienttrackingid', 'clienttrackingid'],
  actionTracking: ['correlationactiontrackingid', 'actiontrackingid'],
  retries: ['retryhistory'],
  tracked: ['trackedproperties'],
} as const;

type ColumnName = keyof typeof NAMES;

/** Indexes of the columns; -1 for those that are not there. */
type Columns = Readonly<Record<ColumnName, number>> & { readonly trackedNames: readonly (readonly [name: string, index: number])[] };

/** `startTime_t [UTC]` → `starttime`. */
function foldColumn(name: string): string {
  return bare(name)
    .replace(/_[sdtgb]$/, '')
    .replace(/[_ ]/g, '')
    .toLowerCase();
}

/** Portal exports say the zone in the header: ` [UTC]`, ` [Local Time]`. */
function bare(name: string): string {
  return name.replace(/ \[[A-Za-z ]{1,40}\]$/, '');
}

function isLocal(source: SourceContext): boolean {
  return (source.header ?? []).some((name) => /\[Local Time\]$/i.test(name));
}

function columnsOf(source: SourceContext): Columns | undefined {
  const { header } = source;
  if (header === undefined) return undefined;
  const folded = header.map(foldColumn);
  const indexes = Object.fromEntries(
    Object.entries(NAMES).map(([name, spellings]) => [name, folded.findIndex((one) => (spellings as readonly string[]).includes(one))]),
  ) as Record<ColumnName, number>;
  if (indexes.operation < 0 || indexes.run < 0) return undefined;
  const trackedNames = header.flatMap((name, i) => {
    const tracked = /^trackedProperties_(.{1,100})_[sdtgb]$/.exec(bare(name))?.[1];
    return tracked === undefined ? [] : [[tracked, i] as const];
  });
  return { ...indexes, trackedNames };
}

/** Starts that wait for their completion, and completions that wait for their start (newest first). */
const MOST_WAITING = 50_000;

function compile(source: SourceContext, mapping: Mapping): Mapper {
  const columns = columnsOf(source);
  const readers = readersFor(source, mapping);
  const starts = new Map<string, { readonly cells: readonly string[]; readonly place: Place }>();
  const completed = new Set<string>();

  const tell = (columns: Columns, cells: readonly string[], draft: Draft, emit: Emit, place: Place): void => {
    const cell = (name: ColumnName): string => cells[columns[name]] ?? '';
    emitTries(
      triesOf(cell('retries')),
      readers,
      draft,
      (last) => fill(partOf(cell, mapping.system), cell, columns, cells, last, readers, draft),
      () => emit(place),
    );
  };

  const mapper = (entry: Entry, draft: Draft, emit: Emit): string | undefined => {
    if (columns === undefined || entry.kind !== 'row') return 'the entry is no row of a Logic Apps log';
    const operation = OPERATION.exec(entry.cells[columns.operation] ?? '');
    if (operation === null)
      return `the entry is no row about a run, trigger or action: ${(entry.cells[columns.operation] ?? '').slice(0, 60)}`;
    const key = keyOf(operation[1]!, entry.cells, columns);
    if (operation[2]!.toLowerCase() === 'complete') {
      if (!starts.delete(key) && completed.size < MOST_WAITING) completed.add(key);
      tell(columns, entry.cells, draft, emit, entry.place);
      return undefined;
    }
    if (completed.delete(key)) return undefined;
    if (starts.size < MOST_WAITING) starts.set(key, { cells: entry.cells, place: entry.place });
    else tell(columns, entry.cells, draft, emit, entry.place);
    return undefined;
  };
  return Object.assign(mapper, {
    end(draft: Draft, emit: Emit): void {
      for (const { cells, place } of starts.values()) {
        if (columns !== undefined) tell(columns, cells, draft, emit, place);
      }
      starts.clear();
    },
  });
}

function readersFor(source: SourceContext, mapping: Mapping): RunReaders {
  const shape = mapping.fields.find((field) => field.role === 'time')?.format;
  const shapes: TimeShape[] = ['iso', isTimeShape(shape) && shape !== 'iso' ? shape : 'month-first'];
  const text = createTextReader(source.textPatterns);
  return {
    moment: createMomentReader(isLocal(source) ? mapping.zone : 'UTC', shapes, source.notices),
    tracked: namedReader(mapping.fields, TRACKED, true),
    inputs: () => undefined,
    outputs: () => undefined,
    text,
  };
}

/** A loop runs an action several times; each pass has its own tracking id. */
function keyOf(what: string, cells: readonly string[], columns: Columns): string {
  return [what.toLowerCase(), cells[columns.run], cells[columns.action] || cells[columns.trigger], cells[columns.actionTracking]].join(
    '\n',
  );
}

function partOf(cell: (name: ColumnName) => string, system: string): RunPart {
  const what = OPERATION.exec(cell('operation'))?.[1]?.toLowerCase();
  const flow = cell('workflow');
  const run = cell('run');
  if (what === 'action') {
    return { system, flow, run, step: cell('action') || 'action', span: cell('actionTracking') || cell('action'), item: '' };
  }
  return what === 'trigger'
    ? { system, flow, run, step: cell('trigger') || 'trigger', span: 'trigger', item: '' }
    : { system, flow, run, step: 'run', span: 'run', item: '' };
}

function fill(
  part: RunPart,
  cell: (name: ColumnName) => string,
  columns: Columns,
  cells: readonly string[],
  last: boolean,
  readers: RunReaders,
  draft: Draft,
): void {
  beginPart(part, draft);
  const started = readers.moment(cell('start'));
  const start = Number.isNaN(started.time) ? readers.moment(cell('generated')) : started;
  draft.time = start.time;
  draft.precision = start.precision;
  const complete = OPERATION.exec(cell('operation'))?.[2]?.toLowerCase() === 'complete';
  if (complete) draft.end = readers.moment(cell('end')).time;
  const error = [cell('errorCode'), errorText(cell('error'))].filter((word) => word !== '').join(': ');
  if (last) readStatus(cell('status') || (complete ? '' : 'Running'), cell('code'), error, draft);
  const origin = cell('origin');
  if (origin !== part.run) draft.parentExecution = origin;
  readTracking(cell('tracking'), part.run, draft, readers.text);
  readTracked(trackedIn(columns, cells), readers, draft);
}

function trackedIn(columns: Columns, cells: readonly string[]): readonly NamedValue[] {
  const named = columns.trackedNames.flatMap(([name, index]) => {
    const value = cells[index] ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return [...named, ...trackedOf(cells[columns.tracked])];
}

function fieldsOf(entries: readonly Entry[], source: SourceContext): FieldSpec[] {
  const columns = columnsOf(source);
  if (columns === undefined) return [];
  const header = source.header ?? [];
  const at = (index: number) => (entry: Entry) => (entry.kind === 'row' ? entry.cells[index] : undefined);
  const specs = SPECS.flatMap(([name, role, reason, type]): FieldSpec[] => {
    const index = columns[name];
    return index < 0 ? [] : [{ path: header[index]!, role, type, reason, read: at(index) }];
  });
  const time = columns.start < 0 ? columns.generated : columns.start;
  const samples = entries.map((entry) => at(time)(entry) ?? '');
  return [
    ...(time < 0
      ? []
      : [
          {
            path: header[time]!,
            role: 'time',
            format: shapeOf(samples),
            reason: 'start of the run, trigger or action',
            read: at(time),
          } as const,
        ]),
    ...specs,
    ...namedSpecs(entries, TRACKED, (entry) => (entry.kind === 'row' ? trackedIn(columns, entry.cells) : []), true),
  ];
}

/** Portal exports print times as the browser does: `3/4/2031, 9:15:02.123 AM`, elsewhere the day first. */
function shapeOf(samples: readonly string[]): TimeShape {
  const numeric = samples.map((text) => /^(\d{1,2})[/.](\d{1,2})[/.]/.exec(text)).filter((match) => match !== null);
  if (numeric.length === 0) return 'iso';
  return numeric.some((match) => Number(match[1]) > 12 || match[0].includes('.')) ? 'day-first' : 'month-first';
}

const SPECS: readonly (readonly [name: ColumnName, role: FieldSpec['role'], reason: string, type?: string])[] = [
  ['end', 'end-time', 'end, on the row of the completion'],
  ['operation', 'status', 'whether it starts or completes, and whether it is a run, trigger or action'],
  ['status', 'status', 'Running, Succeeded, Failed, Skipped …'],
  ['workflow', 'flow', 'the workflow'],
  ['action', 'step', 'the action'],
  ['trigger', 'step', 'the trigger'],
  ['run', 'execution', 'the run', 'execution'],
  ['origin', 'parent-execution', 'the run that was submitted again', 'execution'],
  ['actionTracking', 'span', 'one start of an action'],
  ['tracking', 'identifier', 'the run, unless the caller gave an id', 'correlation'],
  ['retries', 'attempt', 'the tries before the last'],
  ['error', 'error', 'why it failed'],
];
