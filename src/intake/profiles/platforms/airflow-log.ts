import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import { MICROS_PER_SECOND } from '../../../model/time.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { levelStatus, normaliseStatus } from '../vocabulary.ts';
import { airflowLineOf, isAirflowsOwn, isOutcome, plainLineOf } from './airflow-line.ts';
import type { AirflowLine } from './airflow-line.ts';
import { airflowExecution, airflowStep, NO_TASK, taskOfLine, taskOfPath } from './airflow-task.ts';
import type { AirflowTask } from './airflow-task.ts';

/**
 * The log of one try of one Airflow task. The file is about one task in one DAG run: what its path or any of its first lines says of them holds
 * for all its lines. The lines that begin and end the try are a step, the others notes on it. Sources: Airflow's `log_filename_template`
 * and `log_format`, the wording of `taskinstance.py`, and real logs.
 */
export const airflowLog = defineProfile({
  id: 'airflow-log',
  title: 'Airflow task log',
  matches: (entry) => airflowLineOf(entry) !== undefined,
  signed: (entries, source) => taskOfPath(source.name).dag !== '' || entries.some((entry) => isAirflowsOwn(airflowLineOf(entry))),
  shape: 'lines of an Airflow task log: time, source line, level, message',
  remark: (source) => (taskOfPath(source.name).dag === '' ? 'DAG and task from its lines' : 'DAG, run and task from its path'),
  system: platformSystem('airflow', 'the log is written by Airflow'),
  zoneReason: 'Airflow logs in UTC unless it is set up otherwise',
  kind: 'note',
  fields: () => SPECS,
  about: (entries, source) => {
    const task = taskOf(entries, source);
    return {
      flow: task.dag || undefined,
      step: airflowStep(task) || undefined,
      execution: airflowExecution(task) || ownExecution(source.name),
    };
  },

  compile(source, mapping) {
    const time = compileTime('iso', mapping.zone === '' ? 'UTC' : mapping.zone, source.notices?.onAmbiguous);
    const compact = compileTime('compact', 'UTC');
    const readText = createTextReader(source.textPatterns);
    const execution = mapping.execution ?? ownExecution(source.name);
    const step = mapping.step ?? 'task';
    let task: AirflowTask = { ...NO_TASK, attempt: taskOfPath(source.name).attempt };
    let begun = false;
    return (entry, draft, emit) => {
      const line = airflowLineOf(entry) ?? plainLineOf(entry);
      if (line === undefined) return 'the entry is no line of a log';
      draft.reset();
      draft.time = time(line.time);
      // A zone that is written as a word nobody knows: the time is that of the source's zone.
      if (Number.isNaN(draft.time)) draft.time = time(line.time.replace(/ [A-Z]{2,5}$/, ''));
      if (Number.isNaN(draft.time)) return `the line does not begin with a time: ${line.time.slice(0, 40)}`;
      draft.precision = precisionOf(line.time, 'iso');
      task = follow(line, task);
      draft.kind = 'note';
      draft.system = mapping.system;
      draft.flow = mapping.flow ?? task.dag;
      draft.step = step;
      draft.executionType = 'execution';
      draft.execution = execution;
      draft.span = step;
      draft.attempt = task.attempt;
      draft.statusRaw = line.level;
      if (line.own && line.message.startsWith('Starting attempt ')) {
        begun = true;
        draft.kind = 'step';
        draft.status = 'started';
      } else if (isOutcome(line)) {
        readOutcome(line, begun, compact, draft);
        begun = false;
      } else {
        draft.status = levelStatus(line.level);
        if (draft.status === 'failed') draft.error = line.message;
      }
      readText(line.message, draft);
      emit();
      return undefined;
    };
  },
});

/** Only Airflow's own lines name the task: what its code prints may speak of others. */
function follow(line: AirflowLine, task: AirflowTask): AirflowTask {
  const told = line.task === undefined ? task : { ...task, ...line.task };
  return line.own ? taskOfLine(line.message, told) : told;
}

/** The path goes before the lines, and of the lines the one that tells the outcome before those that have to be taken apart. */
function taskOf(entries: readonly Entry[], source: SourceContext): AirflowTask {
  const path = taskOfPath(source.name);
  let task = path;
  // Twice: `dag.task` can be taken apart once another line has named the task.
  for (const entry of [...entries, ...entries]) {
    const line = airflowLineOf(entry);
    if (line !== undefined) task = follow(line, task);
  }
  if (path.dag === '') return task;
  // Older paths hold the date of the run, and the lines may tell its id.
  return /^\d{4}-/.test(path.run) ? { ...path, run: task.run } : path;
}

/** The file itself, without the try in its name: what stands for the run when neither path nor lines name it. */
function ownExecution(name: string): string {
  const parts = name.split(/[/\\]| › /).slice(-2);
  return `log ${parts.join('/').replace(/[_ -]{0,3}attempt[=_ -]?\d{1,4}/i, '')}`;
}

/** `Marking task as FAILED. …, start_date=20310304T091502, end_date=…`: the whole try where its beginning is not in the file. */
function readOutcome({ message, state, seconds }: AirflowLine, begun: boolean, compact: TimeParser, draft: Draft): void {
  draft.kind = 'step';
  draft.statusRaw = state || (/^\w{7,8} task as ([A-Z_]{1,40})/.exec(message)?.[1] ?? '');
  draft.status = normaliseStatus(draft.statusRaw, 'airflow');
  if (begun) return;
  const told = compact(/\bstart_date=(\d{8}T\d{6})/.exec(message)?.[1] ?? '');
  const start = seconds >= 0 ? draft.time - Math.round(seconds * MICROS_PER_SECOND) : told;
  if (Number.isNaN(start) || start > draft.time) return;
  draft.end = draft.time;
  draft.time = start;
}

const SPECS: readonly FieldSpec[] = [
  { path: 'time', role: 'time', format: 'iso', reason: 'when the line was written', read: (entry) => airflowLineOf(entry)?.time },
  { path: 'level', role: 'level', reason: 'ERROR and CRITICAL are failures of the try', read: (entry) => airflowLineOf(entry)?.level },
  {
    path: 'message',
    role: 'message',
    reason: '“Starting attempt” and “Marking task as” are the step, the rest notes; keys are looked for in it',
    read: (entry) => airflowLineOf(entry)?.message,
  },
];
