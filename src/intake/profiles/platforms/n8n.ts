import type { Draft } from '../../draft.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import { isTerminal } from '../../../model/status.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import type { NamedReader } from '../business.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asObject, asText } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { unflatten } from './n8n-flatted.ts';
import { errorText, itemValues, nodeRunsOf, readNodeRun } from './n8n-node-runs.ts';
import { isTrue, leavesOf, namedReader, namedSpecs, openJson, recordOf } from './records.ts';

/**
 * n8n executions: the public API with or without data, one downloaded execution, or rows of the tables `execution_entity` and `execution_data`,
 * whose data is flatted. An execution is a run, each run of a node a step of it. Sources: n8n's execution.yml (public API), `ITaskData` and
 * `IRunExecutionData` in n8n-workflow.
 */
export const n8n = defineProfile({
  id: 'n8n',
  title: 'n8n executions',
  matches: (entry, source) => executionOf(entry, source) !== undefined,
  shape: 'n8n executions: workflowId, mode, status and start of a run',
  system: platformSystem('n8n', 'the executions come from n8n'),
  zone: 'UTC',
  zoneReason: 'n8n writes UTC',
  kind: 'step',
  step: 'run',
  fields: (entries, source) => [
    ...SPECS.map((spec) => ({ ...spec, read: readMember(spec.path, source) })),
    ...namedSpecs(entries, 'customData.', (entry) => leavesOf(executionOf(entry, source)?.['customData']), true),
    ...namedSpecs(entries, 'item.', (entry) => itemValues(dataOf(executionOf(entry, source) ?? {})), false),
  ],

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    const readCustom = namedReader(mapping.fields, 'customData.', true);
    const readItem = namedReader(mapping.fields, 'item.', false);
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const execution = executionOf(entry, source);
      if (execution === undefined) return 'the entry is no n8n execution';
      const data = dataOf(execution);
      if (typeof execution['data'] === 'string' && data === undefined)
        return 'the data of the execution is not in the form that n8n stores';
      const id = asText(execution['id'] ?? execution['executionId']);
      const flow = flowOf(execution);
      const begin = (): void => {
        draft.reset();
        draft.system = mapping.system;
        draft.flow = flow;
        draft.executionType = 'execution';
        draft.execution = id;
      };
      if (!isDataRow(execution)) {
        begin();
        draft.step = mapping.step ?? 'run';
        const problem = readRun(execution, data, time, readCustom, draft);
        if (problem !== undefined) return problem;
        readText(draft.error, draft);
        emit();
      }
      for (const run of nodeRunsOf(data)) {
        begin();
        readNodeRun(run, readItem, readText, draft);
        emit();
      }
      return undefined;
    };
  },
});

const MODES: ReadonlySet<string> = new Set(
  'cli,error,integrated,internal,manual,retry,trigger,webhook,evaluation,chat,webhook-test'.split(','),
);

/** The execution in an entry, taken out of the `{data: …}` in which the editor's API wraps a single one. */
function executionOf(entry: Entry, source: SourceContext): JsonObject | undefined {
  const record = recordOf(entry, source);
  if (record === undefined) return undefined;
  const inner = asObject(record['data']);
  if (inner !== undefined && isExecution(inner)) return inner;
  return isExecution(record) || isDataRow(record) ? record : undefined;
}

function isExecution(record: JsonObject): boolean {
  return (
    MODES.has(asText(record['mode'])) && 'workflowId' in record && 'startedAt' in record && ('status' in record || 'finished' in record)
  );
}

/** A row of `execution_data`: the nodes of an execution whose times and status stand in another table. */
function isDataRow(record: JsonObject): boolean {
  return 'executionId' in record && 'workflowData' in record && typeof record['data'] === 'string' && !('mode' in record);
}

function dataOf(execution: JsonObject): Json | undefined {
  const data = execution['data'];
  return typeof data === 'string' ? unflatten(data) : data;
}

function flowOf(execution: JsonObject): string {
  const workflow = asObject(openJson(execution['workflowData']));
  return asText(workflow?.['name']) || asText(execution['workflowName']) || asText(execution['workflowId']);
}

function readRun(
  execution: JsonObject,
  data: Json | undefined,
  time: TimeParser,
  readCustom: NamedReader,
  draft: Draft,
): string | undefined {
  const started = asText(execution['startedAt']) || asText(execution['createdAt']);
  draft.time = time(started);
  if (Number.isNaN(draft.time) && started !== '') return `startedAt is no time: ${started.slice(0, 40)}`;
  draft.precision = precisionOf(started, 'iso');
  draft.end = time(asText(execution['stoppedAt']));
  draft.span = 'run';
  draft.error = errorText(asObject(asObject(data)?.['resultData'])?.['error']);
  readStatus(execution, data, draft);
  const retried = asText(execution['retryOf']);
  // Which of several retries it is stands nowhere: at least the second try.
  if (retried !== '' || asText(execution['mode']) === 'retry') draft.attempt = 2;
  draft.parentExecution = retried || parentOf(data);
  for (const [name, value] of leavesOf(execution['customData'])) readCustom(name, value, draft);
  return undefined;
}

/** The execution that called this one as a sub-workflow: told by the first node that ran. */
function parentOf(data: Json | undefined): string {
  for (const { run } of nodeRunsOf(data).slice(0, 3)) {
    const parent = asObject(asObject(run['metadata'])?.['parentExecution']);
    if (parent !== undefined) return asText(parent['executionId']);
  }
  return '';
}

/**
 * `status` is the word for it; executions of older versions have none, and are judged as n8n itself migrated them. Where a status that is still
 * open stands beside `finished: true`, the run data decides: an error, or a stop without one. Both are kept in the original word.
 */
function readStatus(execution: JsonObject, data: Json | undefined, draft: Draft): void {
  const word = asText(execution['status']);
  const finished = isTrue(execution['finished']);
  const stopped = !Number.isNaN(draft.end);
  if (word === '') {
    draft.statusRaw = finished ? 'finished' : '';
    if (asText(execution['waitTill']) !== '') draft.status = 'waiting';
    else if (!stopped) draft.status = 'running';
    else draft.status = finished ? 'succeeded' : 'failed';
    return;
  }
  draft.statusRaw = word;
  draft.status = normaliseStatus(word, 'n8n');
  if (!finished) {
    if (draft.status === 'succeeded') draft.statusRaw = `${word}, finished: false`;
    return;
  }
  if (isTerminal(draft.status) && draft.status !== 'failed') return;
  draft.statusRaw = `${word}, finished: true`;
  if (draft.status === 'failed') return;
  const last = nodeRunsOf(data).at(-1)?.run;
  if (draft.error !== '' || errorText(last?.['error']) !== '') draft.status = 'failed';
  else if (stopped || asText(last?.['executionStatus']) === 'success') draft.status = 'succeeded';
}

function readMember(path: string, source: SourceContext): (entry: Entry) => Json | undefined {
  return (entry) => {
    const execution = executionOf(entry, source);
    return path === 'workflowId' && execution !== undefined ? flowOf(execution) : execution?.[path];
  };
}

const SPECS: readonly FieldSpec[] = [
  { path: 'startedAt', role: 'time', format: 'iso', reason: 'start of the run' },
  { path: 'stoppedAt', role: 'end-time', format: 'iso', reason: 'end of the run' },
  { path: 'workflowId', role: 'flow', reason: 'the name of the workflow, its id where it has none' },
  { path: 'status', role: 'status', reason: 'success, error, crashed, waiting …' },
  { path: 'finished', role: 'status', reason: 'true after success; decides where the status is missing or still open' },
  { path: 'id', role: 'execution', type: 'execution', reason: 'the run itself' },
  { path: 'executionId', role: 'execution', type: 'execution', reason: 'the run that the data belongs to' },
  { path: 'retryOf', role: 'parent-execution', type: 'execution', reason: 'the run that it repeats: at least the second attempt' },
  { path: 'mode', role: 'attempt', reason: 'how it was started; retry is a further attempt' },
];
