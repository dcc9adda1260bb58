import type { Draft } from '../draft.ts';
import type { Entry, JsonObject } from '../entry.ts';
import type { Mapper, Mapping, PlatformProfile, SourceContext } from '../mapper.ts';
import { compileTime, precisionOf } from '../time/index.ts';
import type { TimeParser } from '../time/index.ts';
import { boomiRecords, boomiText, isEmptyPage } from './boomi-values.ts';
import { describeAs, platformSystem, recogniseShare } from './describe.ts';
import type { FieldSpec } from './describe.ts';
import { createTextReader } from './text-keys.ts';
import { asNumber, member } from './tree.ts';
import { normaliseStatus } from './vocabulary.ts';

const TYPE = 'ExecutionRecord';
const KEYS = ['executionId', 'executionTime', 'processName'];

/**
 * Boomi's ExecutionRecord: one run of a process. A retry is a run of its own that names the original run; the original stays
 * ERROR even when the retry succeeds. Source: Boomi OpenAPI document, "Execution Record object".
 */
export const boomiExecutionRecord: PlatformProfile = {
  id: 'boomi-execution-record',
  title: 'Boomi execution records',

  recognise(entries) {
    return recogniseShare(entries, isRecord, 'Boomi ExecutionRecords: executionId, executionTime and status of a process run');
  },

  describe(entries, source) {
    return describeAs(
      {
        profile: this.id,
        title: this.title,
        confidence: 0.99,
        reason: this.recognise(entries, source)?.reason ?? 'chosen by hand',
        ...platformSystem(source, 'boomi', 'the records come from the Boomi platform'),
        zone: 'UTC',
        zoneReason: 'the Platform API writes UTC',
        kind: 'step',
        step: 'run',
      },
      entries,
      SPECS,
      source,
    );
  },

  compile(source: SourceContext, mapping: Mapping): Mapper {
    const time = compileTime('iso', 'UTC');
    const readText = createTextReader(source.textPatterns);
    return (entry, draft, emit) => {
      const records = boomiRecords(entry, TYPE, KEYS);
      if (records.length === 0) return isEmptyPage(entry) ? undefined : 'the entry is no Boomi ExecutionRecord';
      for (const record of records) {
        const started = boomiText(record, 'executionTime');
        draft.reset();
        draft.time = time(started);
        if (Number.isNaN(draft.time) && started !== '') return `executionTime is no time: ${started.slice(0, 40)}`;
        draft.precision = precisionOf(started, 'iso');
        draft.system = mapping.system;
        draft.step = mapping.step ?? 'run';
        readRecord(record, time, draft);
        readText(draft.error, draft);
        emit();
      }
      return undefined;
    };
  },
};

function isRecord(entry: Entry): boolean {
  return boomiRecords(entry, TYPE, KEYS).length > 0 || isEmptyPage(entry);
}

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
