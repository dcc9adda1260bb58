import type { Draft } from '../../draft.ts';
import type { JsonObject } from '../../entry.ts';
import { compileTime } from '../../time/index.ts';
import type { TimeParser } from '../../time/index.ts';
import { boomiRecords, isEmptyPage, mapBoomiRecords, PLATFORM_API, readBoomiTime } from './platform.ts';
import type { BoomiType } from './platform.ts';
import { boomiText } from './values.ts';
import { defineProfile } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';
import { asNumber, member } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';

const TYPE: BoomiType = { name: 'ExecutionRecord', keys: ['executionId', 'executionTime', 'processName'] };

/**
 * Boomi's ExecutionRecord: one run of a process. A retry is a run of its own that names the original run; the original stays
 * ERROR even when the retry succeeds. Source: Boomi OpenAPI document, "Execution Record object".
 */
export const boomiExecutionRecord = defineProfile({
  id: 'boomi-execution-record',
  title: 'Boomi execution records',
  // A page without records is most often the answer to a question for runs.
  matches: (entry) => boomiRecords(entry, TYPE).length > 0 || isEmptyPage(entry),
  shape: 'Boomi ExecutionRecords: executionId, executionTime and status of a process run',
  ...PLATFORM_API,
  kind: 'step',
  step: 'run',
  fields: () => SPECS,

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    const readText = createTextReader(source.textPatterns);
    return mapBoomiRecords(TYPE, (record, draft) => {
      const problem = readBoomiTime(record, 'executionTime', time, draft);
      if (problem !== undefined) return problem;
      draft.system = mapping.system;
      draft.step = mapping.step ?? 'run';
      readRecord(record, time, draft);
      readText(draft.error, draft);
      return undefined;
    });
  },
});

function readRecord(record: JsonObject, time: TimeParser, draft: Draft): void {
  draft.flow = boomiText(record, 'processName') || boomiText(record, 'processId');
  draft.end = endOf(record, time, draft.time);
  draft.statusRaw = boomiText(record, 'status');
  draft.status = normaliseStatus(draft.statusRaw, 'boomi');
  draft.error = boomiText(record, 'message');
  draft.executionType = 'execution';
  draft.execution = boomiText(record, 'executionId');
  readParents(record, draft);
  // No attributes: document counts, runtime and launch type are about the run, not about a record, and would make unrelated runs look like repeats.
}

/** The recorded end, or the start and the duration. A run that is still going has neither. */
function endOf(record: JsonObject, time: TimeParser, start: number): number {
  const recorded = time(boomiText(record, 'recordedDate'));
  const duration = asNumber(member(record, 'executionDuration'));
  // The duration has milliseconds, the recorded end whole seconds only: the finer one wins where they agree to the second.
  if (duration >= 0) {
    const end = start + Math.round(duration * 1_000);
    if (Number.isNaN(recorded) || Math.abs(end - recorded) <= 1_000_000) return end;
  }
  return recorded;
}

/**
 * A first-level subprocess may name the top of its call tree only. A retry is at least the second attempt; which of several
 * retries it is stands nowhere in the record, so the times decide. Without a caller of its own it follows from the original run.
 */
function readParents(record: JsonObject, draft: Draft): void {
  const original = boomiText(record, 'originalExecutionId');
  const parent = boomiText(record, 'parentExecutionId') || boomiText(record, 'topLevelExecutionId');
  const isRetry = (original !== '' && original !== draft.execution) || boomiText(record, 'executionType').toLowerCase().startsWith('retry');
  if (isRetry) draft.attempt = 2;
  const cause = parent === '' || parent === draft.execution ? original : parent;
  if (cause !== draft.execution) draft.parentExecution = cause;
}

const SPECS: readonly FieldSpec[] = [
  { path: 'executionTime', role: 'time', format: 'iso', reason: 'start of the run' },
  { path: 'recordedDate', role: 'end-time', format: 'iso', reason: 'end of the run' },
  { path: 'executionDuration', role: 'duration', format: 'ms', reason: 'milliseconds; makes the end exact' },
  { path: 'processName', role: 'flow', reason: 'the process is the flow' },
  { path: 'status', role: 'status', reason: 'COMPLETE, COMPLETE_WARN, ERROR, ABORTED …' },
  { path: 'executionId', role: 'execution', type: 'execution', reason: 'the run itself' },
  { path: 'parentExecutionId', role: 'parent-execution', type: 'execution', reason: 'the run that called it' },
  {
    path: 'topLevelExecutionId',
    role: 'parent-execution',
    type: 'execution',
    reason: 'the top of the call tree, where no nearer caller is named',
  },
  {
    path: 'originalExecutionId',
    role: 'attempt',
    type: 'execution',
    reason: 'this run is a retry of that one: at least the second attempt',
  },
  { path: 'executionType', role: 'attempt', reason: 'how it was started; retry_… is a further attempt' },
  { path: 'message', role: 'error', reason: 'the error of the run; keys are looked for in it' },
  { path: 'atomName', role: 'ignored', reason: 'the runtime it ran on; shown with the entry' },
];
