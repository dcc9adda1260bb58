import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../../../test/golden/profiles/read-entries.ts';
import { runProfile, sourceOf, tree } from '../../../../test/golden/profiles/run-profile.ts';
import type { Entry } from '../../entry.ts';
import { airflowLog } from './airflow-log.ts';
import { NO_TASK, taskOfLine, taskOfPath } from './airflow-task.ts';

const DATA = resolve(import.meta.dirname, '../../../../../shared/data/platforms/airflow');
const HERE = existsSync(DATA);
if (!HERE) console.info('skipped: the real Airflow logs are not here');

function line(time: string, logger: string, message: string, level = 'INFO'): Entry {
  return tree({ time, level, logger, message });
}

describe('the task of a path', () => {
  it.each([
    ['logs/dag_id=etl/run_id=manual__1/task_id=load/attempt=2.log', { dag: 'etl', run: 'manual__1', task: 'load', map: -1, attempt: 2 }],
    ['dag_id=etl/run_id=r/task_id=load/map_index=3/attempt=1.log', { dag: 'etl', run: 'r', task: 'load', map: 3, attempt: 1 }],
    [
      'logs.zip › etl/load/2031-03-04T00:00:00+00:00/3.log',
      { dag: 'etl', run: '2031-03-04T00:00:00+00:00', task: 'load', map: -1, attempt: 3 },
    ],
    ['C:\\logs\\load__attempt2.log', { ...NO_TASK, attempt: 2 }],
    ['load.log', NO_TASK],
  ])('%s', (path, expected) => {
    expect(taskOfPath(path)).toEqual(expected);
  });
});

describe('the task of a line', () => {
  it('takes dag and task apart where both hold dots, once one of them is known', () => {
    const instance = 'Dependencies all met for dep_context=x ti=<TaskInstance: a.b.c.d manual__1 [queued]>';
    expect(taskOfLine(instance, NO_TASK)).toMatchObject({ dag: 'a', task: 'b.c.d', run: 'manual__1' });
    expect(taskOfLine(instance, { ...NO_TASK, task: 'c.d' })).toMatchObject({ dag: 'a.b', task: 'c.d' });
    expect(taskOfLine(instance, { ...NO_TASK, dag: 'a.b.c' })).toMatchObject({ task: 'd' });
  });

  it('reads the exported context, and the date of a run that has no id', () => {
    const context =
      "Exporting env vars: AIRFLOW_CTX_DAG_OWNER='me' AIRFLOW_CTX_DAG_ID='etl' AIRFLOW_CTX_TASK_ID='load' AIRFLOW_CTX_DAG_RUN_ID='r1'";
    expect(taskOfLine(context, NO_TASK)).toMatchObject({ dag: 'etl', task: 'load', run: 'r1' });
    const marking = 'Marking task as SUCCESS. dag_id=etl, task_id=load, execution_date=20310304T000000, start_date=1';
    expect(taskOfLine(marking, NO_TASK)).toMatchObject({ run: '20310304T000000' });
  });
});

describe('an Airflow log', () => {
  it('is known by its own lines, not by Python source lines alone', () => {
    const python = [line('2031-03-04 09:15:02', 'worker.py:12', 'Starting attempt 1 of 2')];
    expect(airflowLog.recognise(python, sourceOf('worker.log', 'text'))).toBeUndefined();
    expect(airflowLog.recognise(python, sourceOf('dag_id=a/run_id=b/task_id=c/attempt=1.log', 'text'))).toBeDefined();
  });

  it('reads the doubled braces of managed Airflow', () => {
    const entries = [tree({ time: '2031-03-04 09:15:02', message: '{{taskinstance.py:1}} INFO - Starting attempt 2 of 3' })];
    expect(airflowLog.recognise(entries, sourceOf('x.log', 'text'))).toBeDefined();
    expect(runProfile(airflowLog, entries, sourceOf('x.log', 'text')).events[0]).toMatchObject({ kind: 'step', attempt: 2 });
  });

  it('holds all lines under one execution, also where only the file tells them together', () => {
    const entries = [
      line('2031-03-04 09:15:02', 'taskinstance.py:1', 'Starting attempt 1 of 2'),
      line('2031-03-04 09:15:03', 'load.py:1', 'loading'),
    ];
    const [first, second] = ['run/load__attempt1.log', 'run/load__attempt2.log'].map(
      (name) => runProfile(airflowLog, entries, sourceOf(name, 'text')).events,
    );
    expect(new Set([...first!, ...second!].map((event) => event['execution']))).toEqual(new Set(['log run/load.log']));
  });

  it('takes the user’s system and zone', () => {
    const source = sourceOf('x.log', 'text', { system: 'airflow-eu', zone: 'Europe/Berlin' });
    const { events } = runProfile(airflowLog, [line('2031-03-04 09:15:02', 'taskinstance.py:1', 'Starting attempt 1 of 2')], source);
    expect(events[0]).toMatchObject({ system: 'airflow-eu', time: '2031-03-04T08:15:02Z' });
  });
});

describe.skipIf(!HERE)('the real logs', () => {
  it('put all 23 lines of both tries into one execution: the first failed, the second succeeded', async () => {
    const all = [];
    for (const name of ['extract_data__attempt1.log', 'extract_data__attempt2.log']) {
      const { source, entries, rejections } = await readEntries(join(DATA, name));
      expect(rejections).toEqual([]);
      expect(airflowLog.recognise(entries, source)?.confidence).toBe(0.99);
      const { events, refused } = runProfile(airflowLog, entries, source);
      expect(refused).toEqual([]);
      all.push(...events);
    }
    expect(all).toHaveLength(23);
    expect(new Set(all.map((event) => event['execution']))).toEqual(new Set(['etl_sales_daily/scheduled__2024-01-15T10:00:00+00:00']));
    expect(new Set(all.map((event) => event['flow']))).toEqual(new Set(['etl_sales_daily']));
    const steps = all.filter((event) => event['kind'] === 'step');
    expect(steps.map(({ step, attempt, status, statusRaw }) => [step, attempt, status, statusRaw])).toEqual([
      ['extract_data', 1, 'started', 'INFO'],
      ['extract_data', 1, 'failed', 'FAILED'],
      ['extract_data', 2, 'started', 'INFO'],
      ['extract_data', 2, 'succeeded', 'SUCCESS'],
    ]);
    expect(all.filter((event) => event['kind'] === 'note' && event['status'] === 'failed')).toHaveLength(2);
    expect(String(all.find((event) => String(event['error']).includes('Traceback'))?.['error'])).toContain('psycopg2.OperationalError');
  });
});
