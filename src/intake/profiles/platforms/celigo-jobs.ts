import type { Status } from '../../../model/status.ts';
import type { Entry, Json, JsonObject } from '../../entry.ts';
import type { SourceContext } from '../../mapper.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { asNumber, asText, firstOf } from '../tree.ts';
import { normaliseStatus } from '../vocabulary.ts';
import { recordOf, recordSpecs } from './records.ts';

/**
 * Celigo integrator.io jobs: a run of a flow, and the runs of its exports and imports, which name the flow's job. Records that failed are counted and
 * do not fail the job. Source: Celigo's API documentation (jobs) and its guide to troubleshooting flows.
 */
export const celigoJobs = defineProfile({
  id: 'celigo-jobs',
  title: 'Celigo jobs',
  matches: (entry, source) => jobOf(entry, source) !== undefined,
  shape: 'Celigo jobs: type, status and counts of records of a run',
  system: platformSystem('celigo', 'the jobs come from Celigo integrator.io'),
  zone: 'UTC',
  zoneReason: 'Celigo writes UTC',
  kind: 'step',
  step: 'run',
  fields: (_entries, source) => recordSpecs(source, SPECS),

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    return (entry, draft, emit) => {
      const job = jobOf(entry, source);
      if (job === undefined) return 'the entry is no Celigo job';
      draft.reset();
      const started = asText(firstOf(job, 'startedAt', 'createdAt'));
      draft.time = time(started);
      if (Number.isNaN(draft.time) && started !== '') return `startedAt is no time: ${started.slice(0, 40)}`;
      draft.precision = precisionOf(started, 'iso');
      draft.end = time(asText(job['endedAt']));
      draft.system = mapping.system;
      draft.flow = flowOf(job);
      draft.step = stepOf(job, mapping.step ?? 'run');
      draft.executionType = 'execution';
      draft.execution = asText(job['_id']);
      const parent = asText(firstOf(job, '_flowJobId', '_parentJobId'));
      if (parent !== draft.execution) draft.parentExecution = parent;
      const { status, raw } = outcomeOf(job);
      draft.status = status;
      draft.statusRaw = raw;
      emit();
      return undefined;
    };
  },
});

const TYPES: ReadonlySet<string> = new Set('flow,export,import,retry,bulk_retry,lookup,script'.split(','));

function jobOf(entry: Entry, source: SourceContext): JsonObject | undefined {
  const record = recordOf(entry, source);
  if (record === undefined || asText(record['_id']) === '' || asText(record['status']) === '') return undefined;
  const owned = '_flowId' in record || '_integrationId' in record || '_exportId' in record || '_importId' in record;
  const counted = 'numError' in record || 'numSuccess' in record || 'startedAt' in record;
  return owned && counted && TYPES.has(asText(record['type'])) ? record : undefined;
}

function flowOf(job: JsonObject): string {
  const flow = asText(job['_flowId']);
  return asText(firstOf(job, 'flowName', 'name')) || (flow === '' ? '' : `flow ${flow}`);
}

/** The job of a flow is the run itself, those of its exports and imports are steps of it. */
function stepOf(job: JsonObject, run: string): string {
  const type = asText(job['type']);
  if (type === 'flow') return run;
  const id = asText(firstOf(job, '_exportId', '_importId'));
  return id === '' ? type : `${type} ${id}`;
}

/** `completed` says that the job ran to its end; the counts say how its records fared. */
function outcomeOf(job: JsonObject): { readonly status: Status; readonly raw: string } {
  const word = asText(job['status']);
  const status = normaliseStatus(word, 'celigo');
  const failed = count(job['numError']);
  const succeeded = count(job['numSuccess']);
  const ignored = count(job['numIgnore']);
  if (status !== 'succeeded') return { status, raw: word };
  if (failed > 0)
    return { status: succeeded > 0 ? 'succeeded-with-warning' : 'failed', raw: `${word}, ${succeeded} succeeded, ${failed} failed` };
  if (succeeded === 0 && ignored > 0) return { status: 'skipped', raw: `${word}, ${ignored} ignored` };
  return { status, raw: word };
}

function count(value: Json | undefined): number {
  const number = asNumber(value);
  return number > 0 ? number : 0;
}

const SPECS: readonly FieldSpec[] = [
  { path: 'startedAt', role: 'time', format: 'iso', reason: 'start of the job' },
  { path: 'endedAt', role: 'end-time', format: 'iso', reason: 'its end' },
  { path: '_flowId', role: 'flow', reason: 'the flow, where its name is not told' },
  { path: 'type', role: 'step', reason: 'a flow is the run, an export or import a step of it' },
  { path: 'status', role: 'status', reason: 'completed, failed, canceled …' },
  { path: 'numError', role: 'status', reason: 'a completed job with failed records succeeded with a warning, or failed where none passed' },
  { path: 'numSuccess', role: 'status', reason: 'records that passed' },
  { path: 'numIgnore', role: 'status', reason: 'records that were left out' },
  { path: '_id', role: 'execution', type: 'execution', reason: 'the job' },
  { path: '_flowJobId', role: 'parent-execution', type: 'execution', reason: 'the job of the flow' },
];
