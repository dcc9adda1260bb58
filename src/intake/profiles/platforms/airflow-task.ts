/** What is known of the task that a log or record is about. Empty texts and 0 mean "not said". */
export interface AirflowTask {
  readonly dag: string;
  readonly task: string;
  /** The id of the DAG run; its logical date where no id is told. */
  readonly run: string;
  /** -1 when the task is not mapped. */
  readonly map: number;
  readonly attempt: number;
}

export const NO_TASK: AirflowTask = { dag: '', task: '', run: '', map: -1, attempt: 0 };

/** The execution that everything of one DAG run belongs to; empty when DAG or run are not known. */
export function airflowExecution({ dag, run }: AirflowTask): string {
  return dag === '' || run === '' ? '' : `${dag}/${run}`;
}

/** The step: the task, with its index where it is one of several that were mapped. */
export function airflowStep({ task, map }: AirflowTask): string {
  return map >= 0 && task !== '' ? `${task} [${map}]` : task;
}

/**
 * What a log's path says. Since Airflow 2.3 `dag_id=…/run_id=…/task_id=…[/map_index=…]/attempt=1.log`, before
 * `<dag>/<task>/<logical date>/1.log` (`log_filename_template`); copies often keep the attempt in their name: `load__attempt2.log`.
 */
export function taskOfPath(path: string): AirflowTask {
  const parts = path.split(/[/\\]| › /);
  const named = (key: string): string => parts.findLast((part) => part.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';
  const file = parts.at(-1) ?? '';
  const map = named('map_index');
  const attempt = Number(/attempt[=_ -]?(\d{1,4})/i.exec(file)?.[1] ?? 0);
  const task = {
    dag: named('dag_id'),
    task: named('task_id'),
    run: named('run_id'),
    map: /^\d{1,6}$/.test(map) ? Number(map) : -1,
    attempt,
  };
  if (task.dag !== '' || parts.length < 4) return task;
  const old = /^(\d{1,4})\.log$/.exec(file);
  const date = parts.at(-2)!;
  if (old === null || !/^\d{4}-\d{2}-\d{2}T/.test(date)) return task;
  return { dag: parts.at(-4)!, task: parts.at(-3)!, run: date, map: -1, attempt: Number(old[1]) };
}

/**
 * What a line of a task's log adds to what is known. The wording is that of Airflow's `taskinstance.py` and `standard_task_runner.py`; lines that
 * tell nothing give back what was known.
 */
export function taskOfLine(message: string, known: AirflowTask): AirflowTask {
  const attempt = /^Starting attempt (\d{1,4}) of \d/.exec(message);
  if (attempt !== null) return { ...known, attempt: Number(attempt[1]) };
  if (/^(?:Marking|Pausing) task as /.test(message)) return fromPairs(message, known);
  const executing = /^Executing <\w{1,60}\([^)\n]{0,200}\): ([^>\s]{1,250})>/.exec(message);
  if (executing !== null) return { ...known, task: executing[1]! };
  const instance = /<TaskInstance: (\S{1,500}) (\S{1,250})(?: map_index=(-?\d{1,6}))? \[/.exec(message);
  if (instance !== null) return fromInstance(instance[1]!, instance[2]!, instance[3], known);
  const command = /^Running: \['airflow', 'tasks', 'run', '([^']{1,250})', '([^']{1,250})', '([^']{1,250})'/.exec(message);
  if (command !== null) return { ...known, dag: command[1]!, task: command[2]!, run: command[3]! };
  return message.includes('AIRFLOW_CTX_') ? fromContext(message, known) : known;
}

/** `dag_id=…, task_id=…, run_id=…` of the line that tells the outcome; before Airflow 2.9 it told the date of the run only. */
function fromPairs(message: string, known: AirflowTask): AirflowTask {
  const pair = (key: string): string => PAIRS.get(key)?.exec(message)?.[1] ?? '';
  const map = pair('map_index');
  return {
    ...known,
    dag: pair('dag_id') || known.dag,
    task: pair('task_id') || known.task,
    run: pair('run_id') || known.run || pair('execution_date') || pair('logical_date'),
    map: /^\d/.test(map) ? Number(map) : known.map,
  };
}

const PAIRS: ReadonlyMap<string, RegExp> = new Map(
  ['dag_id', 'task_id', 'run_id', 'map_index', 'execution_date', 'logical_date'].map((key) => [
    key,
    new RegExp(`\\b${key}=([^,\\s]{1,250})`),
  ]),
);

/** `dag.task` of a task instance: both may hold dots, so what is known of one of them cuts off the other. */
function fromInstance(name: string, run: string, map: string | undefined, known: AirflowTask): AirflowTask {
  const told = { ...known, run, map: map !== undefined && Number(map) >= 0 ? Number(map) : known.map };
  if (known.task !== '' && name.endsWith(`.${known.task}`)) return { ...told, dag: name.slice(0, -known.task.length - 1) };
  if (known.dag !== '' && name.startsWith(`${known.dag}.`)) return { ...told, task: name.slice(known.dag.length + 1) };
  const dot = name.indexOf('.');
  return dot <= 0 || known.dag !== '' ? told : { ...told, dag: name.slice(0, dot), task: name.slice(dot + 1) };
}

function fromContext(message: string, known: AirflowTask): AirflowTask {
  const values = new Map([...message.matchAll(/AIRFLOW_CTX_([A-Z_]{1,40})='?([^'\s]{1,250})/g)].map((match) => [match[1]!, match[2]!]));
  return {
    ...known,
    dag: values.get('DAG_ID') ?? known.dag,
    task: values.get('TASK_ID') ?? known.task,
    run: values.get('DAG_RUN_ID') ?? (known.run || (values.get('EXECUTION_DATE') ?? '')),
  };
}
