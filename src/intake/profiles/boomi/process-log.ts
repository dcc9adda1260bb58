import type { Draft } from '../../draft.ts';
import type { Entry } from '../../entry.ts';
import { MICROS_PER_MS, MICROS_PER_SECOND } from '../../../model/time.ts';
import { compileTime, precisionOf } from '../../time/index.ts';
import { isLevel, isPseudoShape, logLineOf, meaningOf, stepOf } from './log-line.ts';
import type { LogLine, LogMeaning } from './log-line.ts';
import { executionIdIn } from './values.ts';
import { defineProfile, platformSystem } from '../define.ts';
import type { FieldSpec } from '../field-spec.ts';
import { createTextReader } from '../text-keys.ts';

/**
 * Boomi process logs: five tab-separated columns without a header (Save Logs, ProcessLog API), or the `LogEvent` elements that the
 * runtime keeps on disk. A line is a note on its run; a shape that finished, or failed, is a step. The log does not name
 * its execution: the file or folder does. Source: Boomi documentation "Viewing a process log" and real captures.
 */
export const boomiProcessLog = defineProfile({
  id: 'boomi-process-log',
  title: 'Boomi process log',
  matches: isLine,
  shape: 'lines of a Boomi process log: time, Java log level, shape, message',
  remark: ({ name }) => {
    const execution = executionIdIn(name);
    return execution === '' ? 'no execution id in the file name' : `execution ${execution} from the file name`;
  },
  system: platformSystem('boomi', 'the log is written by a Boomi runtime'),
  zone: 'UTC',
  zoneReason: 'Boomi process logs are written in UTC',
  kind: 'note',
  fields: () => SPECS,

  compile(source, mapping) {
    const time = compileTime('iso', 'UTC');
    const execution = executionIdIn(source.name);
    const readText = createTextReader(source.textPatterns);
    const follow = createRunFollower();
    return (entry, draft, emit) => {
      const line = logLineOf(entry);
      if (line === undefined) return 'the entry is no line of a Boomi process log';
      draft.reset();
      draft.time = time(line.time);
      if (Number.isNaN(draft.time)) return `the line does not begin with a time: ${line.time.slice(0, 40)}`;
      draft.precision = precisionOf(line.time, 'iso');
      draft.system = mapping.system;
      if (execution !== '') {
        draft.executionType = 'execution';
        draft.execution = execution;
      }
      follow(line, draft);
      readText(line.message, draft);
      readText(line.info, draft);
      emit();
      return undefined;
    };
  },
});

function isLine(entry: Entry): boolean {
  const line = logLineOf(entry);
  return line !== undefined && isLevel(line.level) && line.time !== '' && line.shape !== '';
}

/** Follows a run through its lines: which process it is, and which shape has already been reported as failed. */
function createRunFollower(): (line: LogLine, draft: Draft) => void {
  let flow = '';
  let failing = '';
  /** The shape that was last said to begin, and when (seconds are all the log has). */
  let begun = '';
  let begunAt = Number.NaN;
  return (line, draft) => {
    const meaning = meaningOf(line);
    if (meaning.is === 'run-start') flow = meaning.process;
    draft.flow = flow;
    draft.step = stepOf(line);
    draft.kind = 'note';
    draft.statusRaw = line.level;
    const shape = line.shapeId || draft.step;
    const started = shape === begun ? begunAt : Number.NaN;
    if (meaning.is === 'shape-start') {
      begun = shape;
      begunAt = draft.time;
    }
    readMeaning(meaning, started, draft);
    if (line.level !== 'SEVERE') {
      if (meaning.is === 'shape-start' || meaning.is === 'shape-done') failing = '';
      return;
    }
    draft.status = 'failed';
    draft.error = line.message;
    // One failure is told by several lines (the connector's answer, the shape, the exception): the first is the step, the others are notes on it.
    if (!isPseudoShape(line) && shape !== failing) {
      draft.kind = 'step';
      if (!Number.isNaN(started)) {
        draft.end = draft.time;
        draft.time = started;
      }
    }
    failing = shape;
  };
}

/**
 * `started` is when the shape was said to begin, NaN when it was not. A finished shape says how long it worked, in milliseconds, at a time
 * in whole seconds: the span is laid so that it begins no earlier than the log allows, and never ends before its line.
 */
function readMeaning(meaning: LogMeaning, started: number, draft: Draft): void {
  switch (meaning.is) {
    case 'shape-done': {
      draft.kind = 'step';
      draft.status = 'succeeded';
      const worked = meaning.milliseconds * MICROS_PER_MS;
      const at = draft.time;
      draft.time = Number.isNaN(started) ? at - Math.floor(worked / MICROS_PER_SECOND) * MICROS_PER_SECOND : started;
      draft.end = Math.max(draft.time + worked, at);
      return;
    }
    case 'run-start':
      draft.status = 'started';
      return;
    case 'run-end':
      draft.status = 'succeeded';
      return;
    case 'shape-start':
      draft.status = 'running';
      return;
    case 'call':
    case 'text':
      return;
  }
}

const SPECS: readonly FieldSpec[] = [
  {
    path: 'time',
    role: 'time',
    format: 'iso',
    reason: 'whole seconds in UTC; shapes last as long as the log says they worked',
    read: (entry) => logLineOf(entry)?.time,
  },
  { path: 'level', role: 'level', reason: 'SEVERE is a failure', read: (entry) => logLineOf(entry)?.level },
  { path: 'shape', role: 'step', reason: 'the shape, with its label or operation', read: (entry) => stepFor(entry) },
  {
    path: 'message',
    role: 'message',
    reason: 'finished shapes and errors are steps, the rest notes; keys are looked for in it',
    read: (entry) => logLineOf(entry)?.message,
  },
];

function stepFor(entry: Entry): string | undefined {
  const line = logLineOf(entry);
  return line === undefined ? undefined : stepOf(line);
}
