import type { Draft } from '../../draft.ts';
import type { Entry, JsonObject } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import { MICROS_PER_SECOND } from '../../../model/time.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asNumber, asText } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { airflowExecution, airflowStep } from './airflow-task.ts';
import type { AirflowTask } from './airflow-task.ts';
import { leavesOf, namedReader, namedSpecs, openJson, recordOf, recordSpecs } from './records.ts';

/**
 * DAG runs and task instances of Airflow: answers of the REST API (v1 and v2), `airflow … -o json`, or rows of the tables `dag_run`,
 * `task_instance` and `task_instance_history`. A DAG run is the execution, a task a step of it; only the last try of a task has a record, older ones are in the
 * history. Sources: Airflow's OpenAPI documents (DAGRun, TaskInstance), the models DagRun and TaskInstance.
 */
export const airflowRuns = defineProfile({
  id: 'airflow-runs',
  title: 'Airflow DAG runs and task instances',
  matches: (entry, source) => runOf(entry, source) !== undefined,
  shape: 'Airflow DAG runs or task instances: dag_id, run and state',
  system: platformSystem('airflow', 'the records come from Airflow'),
  zone: 'UTC',
  zoneReason: 'Airflow keeps its times in UTC',
  kind: 'step',
  step: 'run',
  fields: (entries, source) => [
    ...recordSpecs(source, SPECS),
    ...namedSpecs(entries, 'conf.', (entry) => leavesOf(openJson(recordOf(entry, source)?.['conf'])), true),
  ],

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    const readConf = namedReader(mapping.fields, 'conf.', true);
    return (entry, draft, emit) => {
      const record = runOf(entry, source);
      if (record === undefined) return 'the entry is no Airflow DAG run or task instance';
      draft.reset();
      draft.system = mapping.system;
      const problem = readTimes(record, time, draft);
      if (problem !== undefined) return problem;
      const task = taskOf(record);
      draft.flow = task.dag;
      draft.step = airflowStep(task) || (mapping.step ?? 'run');
      draft.executionType = 'execution';
      draft.execution = airflowExecution(task);
      draft.span = task.task === '' ? 'run' : draft.step;
      draft.statusRaw = asText(record['state']);
      draft.status = normaliseStatus(draft.statusRaw, 'airflow');
      // A task that has not begun counts the tries before this one.
      if (!Number.isNaN(draft.time) && asText(record['start_date']) !== '') draft.attempt = task.attempt;
      // Nothing has happened yet that could be a step.
      if (Number.isNaN(draft.time)) draft.kind = 'note';
      for (const [name, value] of leavesOf(openJson(record['conf']))) readConf(name, value, draft);
      emit();
      return undefined;
    };
  },
});

const DATES = ['dag_run_id', 'run_id', 'logical_date', 'execution_date'] as const;

function runOf(entry: Entry, source: SourceContext): JsonObject | undefined {
  const record = recordOf(entry, source);
  if (record === undefined || asText(record['dag_id']) === '') return undefined;
  // An empty cell of a table is left out of its record: a task that has no state yet.
  const stated = 'state' in record || source.header?.includes('state') === true;
  return stated && DATES.some((name) => asText(record[name]) !== '') ? record : undefined;
}

function taskOf(record: JsonObject): AirflowTask {
  const map = asNumber(record['map_index']);
  const attempt = asNumber(record['try_number']);
  return {
    dag: asText(record['dag_id']),
    task: asText(record['task_id']),
    run: DATES.map((name) => asText(record[name])).find((text) => text !== '') ?? '',
    map: map >= 0 ? map : -1,
    attempt: attempt > 0 && attempt < 10_000 ? Math.floor(attempt) : 0,
  };
}

/** The start, and before it the time since when it waits; the end, or the duration in seconds. */
function readTimes(record: JsonObject, time: TimeParser, draft: Draft): string | undefined {
  const start = asText(record['start_date']);
  const at = start || asText(record['queued_when']) || asText(record['queued_dttm']) || asText(record['queued_at']);
  draft.time = time(at);
  if (Number.isNaN(draft.time) && at !== '') return `start_date is no time: ${at.slice(0, 40)}`;
  draft.precision = precisionOf(at, 'iso');
  if (start === '') return undefined;
  draft.end = time(asText(record['end_date']));
  const seconds = asNumber(record['duration']);
  if (Number.isNaN(draft.end) && seconds > 0) draft.end = draft.time + Math.round(seconds * MICROS_PER_SECOND);
  return undefined;
}

const SPECS: readonly FieldSpec[] = [
  { path: 'start_date', role: 'time', format: 'iso', reason: 'start of the run or of the last try of the task' },
  { path: 'end_date', role: 'end-time', format: 'iso', reason: 'its end' },
  { path: 'duration', role: 'duration', format: 's', reason: 'seconds, where no end is told' },
  { path: 'dag_id', role: 'flow', reason: 'the DAG is the flow' },
  { path: 'task_id', role: 'step', reason: 'the task; records without one are whole runs' },
  { path: 'map_index', role: 'step', reason: 'tells mapped instances of a task apart; -1 when it is not mapped' },
  { path: 'state', role: 'status', reason: 'success, failed, up_for_retry, upstream_failed …' },
  { path: 'dag_run_id', role: 'execution', type: 'execution', reason: 'the DAG run' },
  { path: 'run_id', role: 'execution', type: 'execution', reason: 'the DAG run' },
  { path: 'try_number', role: 'attempt', reason: 'the try that ran last' },
];
