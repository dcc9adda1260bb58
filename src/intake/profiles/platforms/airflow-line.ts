import type { Entry, JsonObject } from '../../entry.ts';
import { asList, asNumber, asObject, asText, objectOf } from '../tree.ts';
import type { AirflowTask } from './airflow-task.ts';

/** One line of a task's log, in whichever layout. */
export interface AirflowLine {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  /** Whether Airflow wrote it, not the task's code. */
  readonly own: boolean;
  /** The state in which the try ended, where a member of the line tells it; the sentence of Airflow 2 is in the message. */
  readonly state: string;
  /** How long the try took; NaN when not told. */
  readonly seconds: number;
  /** What members of the line say of the task. */
  readonly task: Partial<AirflowTask> | undefined;
}

/**
 * Reads a line: `{taskinstance.py:1327} INFO - …` behind its time (Airflow 1 and 2), or a JSON object with `timestamp`, `level`, `event` and
 * `logger` (Airflow 3). Undefined for other lines.
 */
export function airflowLineOf(entry: Entry): AirflowLine | undefined {
  const value = objectOf(entry);
  if (value === undefined) return undefined;
  if (typeof value['event'] === 'string') return structured(value);
  const time = asText(value['time']);
  if (time === '') return undefined;
  const message = asText(value['message']);
  const from = asText(value['logger']);
  if (SOURCE_LINE.test(from)) return line(time, asText(value['level']), from, message);
  const layout = LAYOUT.exec(message);
  if (layout === null) return undefined;
  return line(layout[1] === undefined ? time : `${time} ${layout[1]}`, layout[3]!, layout[2]!, message.slice(layout[0].length));
}

const SOURCE_LINE = /^[\w./-]{1,200}\.py:\d{1,7}$/;
/** What readers of lines leave in the message: a zone they do not know, and the doubled braces of managed Airflow. */
const LAYOUT = /^(?:([A-Z]{2,5})\] )?\{{1,2}([\w./-]{1,200}\.py:\d{1,7})\}{1,2} ([A-Z]{4,8}) - /;
const OWN_FILES =
  /(?:^|\/)(?:taskinstance|models|__init__|local_task_job|local_task_job_runner|standard_task_runner|base_task_runner|scheduler_job_runner)\.py:/;

function line(time: string, level: string, from: string, message: string): AirflowLine {
  return { time, level, message, own: OWN_FILES.test(from), state: '', seconds: Number.NaN, task: undefined };
}

function structured(value: JsonObject): AirflowLine | undefined {
  const time = asText(value['timestamp']);
  const logger = asText(value['logger']);
  if (time === '' || logger === '') return undefined;
  const state = value['event'] === 'Task finished' ? asText(value['final_state']) : '';
  const fault = asObject(asList(value['error_detail'])[0]);
  const type = asText(fault?.['exc_type']);
  return {
    time,
    level: asText(value['level']),
    message: type === '' ? asText(value['event']) : `${asText(value['event'])}\n${type}: ${asText(fault?.['exc_value'])}`,
    own: /^(?:airflow\.|supervisor$|task$)/.test(logger),
    state,
    seconds: state === '' ? Number.NaN : asNumber(value['duration']),
    task: asText(value['dag_id']) === '' ? undefined : taskOf(value),
  };
}

function taskOf(value: JsonObject): Partial<AirflowTask> {
  const map = asNumber(value['map_index']);
  const attempt = asNumber(value['try_number']);
  return {
    dag: asText(value['dag_id']),
    ...(value['task_id'] === undefined ? {} : { task: asText(value['task_id']) }),
    ...(value['run_id'] === undefined ? {} : { run: asText(value['run_id']) }),
    ...(map >= 0 ? { map } : {}),
    ...(attempt > 0 && attempt < 10_000 ? { attempt } : {}),
  };
}

/** What the task's code printed past Airflow's own layout. */
export function plainLineOf(entry: Entry): AirflowLine | undefined {
  const value = objectOf(entry);
  const time = asText(value?.['time'] ?? value?.['timestamp']);
  if (value === undefined || time === '') return undefined;
  return { ...line(time, asText(value['level']), '', asText(value['message'] ?? value['event'])), own: false };
}

/** A line that only Airflow writes: the mark of its logs. */
export function isAirflowsOwn(of: AirflowLine | undefined): boolean {
  if (of === undefined || !of.own) return false;
  return (
    of.task?.run !== undefined ||
    /^(?:Starting attempt|Dependencies|Executing <|Running|Marking task|DAG bundles loaded|Filling up the DagBag)/.test(of.message)
  );
}

/** Whether the line tells how the try ended. */
export function isOutcome({ own, state, message }: AirflowLine): boolean {
  return own && (state !== '' || /^(?:Marking|Pausing) task as /.test(message));
}
