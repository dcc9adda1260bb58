import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import type { Notices } from '../../notices.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import type { TextReader } from '../text-keys.ts';
import { asList, asObject, asText } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { isTrue, leavesOf, namedReader, namedSpecs, recordOf } from './records.ts';
import type { NamedValue } from './records.ts';

/**
 * Workato jobs: the jobs API (a list or one job with its lines) or a job report as a table, whose further columns the maker of the recipe chose. A
 * repeated job is a job of its own that names the first one. Sources: Workato's documentation "Jobs" (developer API) and "Recipe jobs"; the headers of
 * the table are not documented, so they are known by their words.
 */
export const workatoJobs = defineProfile({
  id: 'workato-jobs',
  title: 'Workato jobs',
  matches: (entry, source) => jobOf(entry, source) !== undefined,
  shape: 'Workato jobs: job id, status and start',
  system: platformSystem('workato', 'the jobs come from Workato'),
  zoneReason: ({ zone }) =>
    zone === '' ? 'the API writes UTC; tables may use the zone of the workspace: UTC is assumed' : 'the given zone, for times without one',
  kind: 'step',
  step: 'run',
  fields: (entries, source) => [
    ...SPECS.map((spec) => ({ ...spec, read: (entry: Entry) => jobOf(entry, source)?.[spec.path] })),
    ...namedSpecs(entries, 'report.', (entry) => reportOf(jobOf(entry, source)), true),
    ...namedSpecs(entries, 'lines.', (entry) => linesOf(jobOf(entry, source)).flatMap(valuesOfLine), false),
  ],

  compile(source, mapping) {
    const readEntry = compileJob(source);
    const time = compileJobTime(mapping.zone === '' ? 'UTC' : mapping.zone, source.notices);
    const readReport = namedReader(mapping.fields, 'report.', true);
    const readLineValue = namedReader(mapping.fields, 'lines.', false);
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const job = readEntry(entry);
      if (job === undefined) return 'the entry is no Workato job';
      draft.reset();
      const problem = readJob(job, time, draft);
      if (problem !== undefined) return problem;
      draft.system = mapping.system;
      draft.step = mapping.step ?? 'run';
      for (const [name, value] of reportOf(job)) {
        readReport(name, value, draft);
        readText(value, draft);
      }
      readText(asText(job['title']), draft);
      readText(draft.error, draft);
      emit();
      const { flow, execution, attempt } = draft;
      for (const line of linesOf(job)) {
        draft.reset();
        draft.kind = 'note';
        draft.system = mapping.system;
        draft.flow = flow;
        draft.executionType = 'execution';
        draft.execution = execution;
        draft.attempt = attempt;
        readLine(line, readText, draft);
        for (const [name, value] of valuesOfLine(line)) readLineValue(name, value, draft);
        emit();
      }
      return undefined;
    };
  },
});

/** The words of a table's headers for what the API calls otherwise; folded: lower case, letters and digits only. */
const HEADERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    id: 'job id,jobid,job handle',
    status: 'status,job status',
    started_at: 'started at,started,start time,date started',
    completed_at: 'completed at,completed,end time,date completed',
    title: 'title,job title,trigger event',
    error: 'error,error message',
    recipe_id: 'recipe id',
    recipe_name: 'recipe name,recipe',
    master_job_id: 'master job id,original job id',
    calling_job_id: 'calling job id,parent job id',
    is_repeat: 'is repeat,repeat,rerun,is rerun',
  }).flatMap(([name, words]) => words.split(',').map((word) => [folded(word), name] as const)),
);

function folded(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A job id: `j-AHLxqhGe-ty4GNJ`, optionally with a suffix. */
const JOB_ID = /^j-[A-Za-z0-9]{4,20}-[A-Za-z0-9-]{2,30}$/;

function jobOf(entry: Entry, source: SourceContext): JsonObject | undefined {
  return compileJob(source)(entry);
}

/** Finds the job in an entry. A table's header is looked at once: its columns under the API's names, those that a person chose under `report`. */
function compileJob(source: SourceContext): (entry: Entry) => JsonObject | undefined {
  const names = new Map<string, string>();
  for (const header of source.header ?? []) {
    const name = HEADERS.get(folded(header));
    if (name !== undefined && ![...names.values()].includes(name)) names.set(header, name);
  }
  return (entry) => {
    const record = recordOf(entry, source);
    if (record === undefined) return undefined;
    return entry.kind === 'row' ? rowJob(record, names) : treeJob(asObject(record['result']) ?? record);
  };
}

function treeJob(job: JsonObject): JsonObject | undefined {
  const known = 'recipe_id' in job || 'flow_run_id' in job || 'recipe_job_id' in job;
  const id = asText(job['id'] ?? job['handle']);
  return known && id !== '' && 'started_at' in job && ('is_error' in job || 'status' in job || JOB_ID.test(id)) ? job : undefined;
}

function rowJob(row: JsonObject, names: ReadonlyMap<string, string>): JsonObject | undefined {
  const job: JsonObject = {};
  const report: JsonObject = {};
  for (const header of Object.keys(row)) {
    const name = names.get(header);
    if (name === undefined) report[header] = row[header]!;
    else job[name] = row[header]!;
  }
  job['report'] = report;
  return JOB_ID.test(asText(job['id'])) && 'started_at' in job ? job : undefined;
}

function reportOf(job: JsonObject | undefined): NamedValue[] {
  return leavesOf(job?.['report']);
}

function linesOf(job: JsonObject | undefined): JsonObject[] {
  return asList(job?.['lines'])
    .map(asObject)
    .filter((line) => line !== undefined);
}

/** What went into a line and came out of it. */
function valuesOfLine(line: JsonObject): NamedValue[] {
  return [...leavesOf(line['input']), ...leavesOf(line['output'])];
}

/** Tables write times as people read them. */
function compileJobTime(zone: string, notices?: Notices): TimeParser {
  const parsers = (['iso', 'month-first', 'month-name'] as const).map((shape) => compileTime(shape, zone, notices?.onAmbiguous));
  return (value) => {
    for (const parse of parsers) {
      const time = parse(value);
      if (!Number.isNaN(time)) return time;
    }
    return Number.NaN;
  };
}

function readJob(job: JsonObject, time: TimeParser, draft: Draft): string | undefined {
  const started = asText(job['started_at']);
  draft.time = time(started);
  if (Number.isNaN(draft.time) && started !== '') return `started_at is no time: ${started.slice(0, 40)}`;
  draft.precision = precisionOf(started, 'iso');
  draft.end = time(asText(job['completed_at']));
  const recipe = asText(job['recipe_id']);
  draft.flow = asText(job['recipe_name']) || (recipe === '' ? '' : `recipe ${recipe}`);
  draft.executionType = 'execution';
  draft.execution = handleOf(job, '');
  const original = handleOf(job, 'master_job_');
  const caller = handleOf(job, 'calling_job_');
  // Which of several repeats it is stands nowhere: at least the second try.
  if (isTrue(job['is_repeat']) || (original !== '' && original !== draft.execution)) draft.attempt = 2;
  const cause = caller || original;
  if (cause !== draft.execution) draft.parentExecution = cause;
  draft.error = errorOf(job['error']);
  readStatus(job, draft);
  return undefined;
}

/** Jobs are known by their handle, in answers of the list under `id`; only very old ones had a number there. */
function handleOf(job: JsonObject, prefix: '' | 'master_job_' | 'calling_job_'): string {
  return asText(job[`${prefix}handle`]) || asText(job[`${prefix}id`]);
}

/** Older answers have no status: `is_error` says how it ended, once it has. */
function readStatus(job: JsonObject, draft: Draft): void {
  draft.statusRaw = asText(job['status']);
  if (draft.statusRaw !== '') {
    draft.status = normaliseStatus(draft.statusRaw, 'workato');
    return;
  }
  if (!('is_error' in job)) return;
  const failed = isTrue(job['is_error']) || isTrue(job['is_poll_error']);
  draft.statusRaw = failed ? 'is_error: true' : 'is_error: false';
  if (failed) draft.status = 'failed';
  else draft.status = Number.isNaN(draft.end) ? 'running' : 'succeeded';
}

/** A text, or in answers for the interface an object. */
function errorOf(error: Json | undefined): string {
  const object = asObject(error);
  return object === undefined ? asText(error) : asText(object['message']) || asText(object['error_type']);
}

/** One line of the recipe as it ran. It has no time of its own: a note on the job. An error that the recipe caught stands here only. */
function readLine(line: JsonObject, readText: TextReader, draft: Draft): void {
  const number = asText(line['recipe_line_number']);
  const name = [asText(line['adapter_name']), asText(line['adapter_operation'])].filter((word) => word !== '').join(' ');
  draft.step = name === '' ? `line ${number}` : name;
  draft.error = errorOf(line['error']);
  if (draft.error !== '') draft.status = 'failed';
  readText(draft.error, draft);
}

const SPECS: readonly FieldSpec[] = [
  { path: 'started_at', role: 'time', format: 'iso', reason: 'start of the job' },
  { path: 'completed_at', role: 'end-time', format: 'iso', reason: 'its end' },
  { path: 'recipe_name', role: 'flow', reason: 'the recipe is the flow' },
  { path: 'recipe_id', role: 'flow', reason: 'the recipe, where its name is not told' },
  { path: 'status', role: 'status', reason: 'succeeded, failed, pending …' },
  { path: 'is_error', role: 'status', reason: 'decides where there is no status' },
  { path: 'id', role: 'execution', type: 'execution', reason: 'the job' },
  { path: 'handle', role: 'execution', type: 'execution', reason: 'the job' },
  { path: 'calling_job_id', role: 'parent-execution', type: 'execution', reason: 'the job that called it' },
  { path: 'master_job_id', role: 'parent-execution', type: 'execution', reason: 'the job that it repeats: at least the second attempt' },
  { path: 'is_repeat', role: 'attempt', reason: 'true is a further attempt' },
  { path: 'title', role: 'message', reason: 'what started it; keys are looked for in it' },
  { path: 'error', role: 'error', reason: 'why it failed' },
];
