import { EVENT_KINDS } from '../../../model/event.ts';
import { statusCode } from '../../../model/status.ts';
import { PRECISIONS } from '../../../model/time.ts';
import type { BatchBuilder } from '../../batch.ts';
import { Cell, type CellTable, type FoundKey } from '../../cells.ts';
import type { Place } from '../../entry.ts';
import { hash52, mix52 } from '../../hash.ts';
import type { Mapping, SourceContext } from '../../mapper.ts';
import type { Notices } from '../../notices.ts';
import { describeTime, IMPLAUSIBLE, LONGEST } from '../../odd-times.ts';
import type { SpanChecks, SpanMapper } from '../../span-mapper.ts';
import { scalarAt, type Spans } from '../../spans.ts';
import { MAX_KEY } from '../compile-content.ts';
import { parseDuration } from '../duration.ts';
import { isOfRecord } from '../level-and-status.ts';
import { MAX_ERROR, SEQUENCE_RANGE } from '../limits.ts';
import { pathTokens } from '../name-tokens.ts';
import { isListPath } from '../paths.ts';
import { UNTYPED } from '../text-patterns.ts';
import { SpanFields } from './fields.ts';
import { Layouts, type Layout } from './layout.ts';
import { NO_SLOT } from './slots.ts';
import { EMPTY, numberOf, templateOf } from './value-cells.ts';

const UNKNOWN = statusCode('unknown');
const FAILED = statusCode('failed');
const TIMED_OUT = statusCode('timed-out');
const NOTE = EVENT_KINDS.indexOf('note');
const STEP = EVENT_KINDS.indexOf('step');
const DEFAULT_PRECISION = PRECISIONS.indexOf('second');
const KIND_HASHES = EVENT_KINDS.map((kind) => hash52(kind));
const IMPLAUSIBLE_NAME = new Cell(IMPLAUSIBLE);
const TEXT_PATH = new Cell('text');

/**
 * Compiles a mapping to a mapper of entries as spans: what `compileMapping` does, a field at a time, with every value looked at once and not once for
 * each entry that has it (`Cell`). Undefined where the mapping says something that this does not know; whatever it maps, it maps to the same events
 * (`compile-spans.property.test.ts`).
 */
export function compileSpans(source: SourceContext, mapping: Mapping, checks: SpanChecks): SpanMapper | undefined {
  if (!isOrdinary(source, mapping)) return undefined;
  const mapper = new SpanMapping(source, mapping, checks);
  return (spans, place, entry, into) => mapper.read(spans, place, entry, into);
}

/** Whether there is nothing in the mapping but fields at paths. */
function isOrdinary(source: SourceContext, mapping: Mapping): boolean {
  const { reading, fields } = mapping;
  if (mapping.added !== undefined || reading?.records !== undefined) return false;
  if (Object.keys(reading?.types ?? {}).length > 0) return false;
  if (fields.filter((field) => field.role === 'status' && !isListPath(field.path)).length > 1) return false;
  if (source.textPatterns.length > 0) {
    // Keys whose type their shape decides.
    if (fields.some((field) => field.role === 'identifier' && UNTYPED.has(field.type ?? 'record'))) return false;
    if (source.textPatterns.some((pattern) => UNTYPED.has(pattern.type))) return false;
  }
  return fields.every(({ read }) => {
    if (read === undefined) return true;
    return read.constant === undefined && read.template === undefined && read.extract === undefined && read.values === undefined;
  });
}

/** Fills in rows: field for field what `compile.ts` does with a draft. */
class SpanMapping {
  readonly #fields: SpanFields;
  readonly #layouts: Layouts;
  readonly #checks: SpanChecks;
  readonly #notices: Notices | undefined;
  readonly #defaultSystem: Cell;
  readonly #defaultFlow: Cell;
  readonly #defaultStep: Cell;
  readonly #defaultExecution: Cell;
  readonly #kind: number;
  /** Whether lines without a step are something else. */
  readonly #stepSaysKind: boolean;
  readonly #levelInText: boolean;
  readonly #usesTemplate: boolean;
  readonly #statusName: Cell;
  readonly #statesRecord: boolean;

  // The identifiers of the row that is being filled in, and the hash of what it says.
  readonly #rowTypes: Cell[] = [];
  readonly #rowValues: Cell[] = [];
  #rowCount = 0;
  #hash = 0;

  constructor(source: SourceContext, mapping: Mapping, checks: SpanChecks) {
    const fields = new SpanFields(source, mapping);
    this.#fields = fields;
    this.#layouts = new Layouts(fields, mapping, source.header);
    this.#checks = checks;
    this.#notices = source.notices;
    this.#defaultSystem = new Cell(mapping.system === '' ? source.system : mapping.system);
    this.#defaultFlow = new Cell(mapping.flow ?? '');
    this.#defaultStep = new Cell(mapping.step ?? '');
    this.#defaultExecution = new Cell(mapping.execution ?? '');
    this.#kind = EVENT_KINDS.indexOf(mapping.kind);
    this.#stepSaysKind = this.#kind === STEP && fields.first('step') !== undefined && this.#defaultStep.text === '';
    const status = fields.first('status');
    const hasMessage = fields.first('message') !== undefined;
    this.#levelInText = hasMessage && status === undefined && fields.first('level') === undefined;
    this.#usesTemplate = hasMessage && mapping.step === undefined;
    this.#statusName = new Cell(status?.type ?? 'status');
    // What a document says, or the state of a record that a step names, is more than how the step went.
    this.#statesRecord = mapping.kind === 'snapshot' || (status !== undefined && isOfRecord(pathTokens(status.path).flat()));
  }

  read(spans: Spans, place: Place, entry: number, into: BatchBuilder): boolean {
    const layout = this.#layouts.of(spans.shape);
    if (layout === null) return false;
    const fields = this.#fields;

    let time = Number.NaN;
    let precision = DEFAULT_PRECISION;
    for (let k = 0; k < fields.times.length; k++) {
      const slot = layout.times[k]!;
      if (slot === NO_SLOT) continue;
      const raw = scalarAt(spans, slot);
      if (typeof raw !== 'string' && typeof raw !== 'number') continue;
      const { read } = fields.times[k]!;
      time = read.parse(raw);
      if (Number.isNaN(time)) continue;
      precision = PRECISIONS.indexOf(read.precision(raw));
      break;
    }
    if (fields.times.length > 0 && Number.isNaN(time)) return false;
    let end = Number.NaN;
    if (layout.end !== NO_SLOT) {
      const raw = scalarAt(spans, layout.end);
      const read = typeof raw === 'string' || typeof raw === 'number' ? fields.end!.read.parse(raw) : Number.NaN;
      if (read >= time) end = read;
    }
    if (layout.duration !== NO_SLOT && Number.isNaN(end)) {
      const raw = scalarAt(spans, layout.duration);
      const number = typeof raw === 'string' || typeof raw === 'number' ? Math.round(parseDuration(raw, fields.durationUnit)) : Number.NaN;
      if (number >= 0) end = time + number;
    }
    const isImplausible = !Number.isNaN(time) && !this.#checks.accepts(time);
    const oddTime = time;
    if (isImplausible) {
      time = Number.NaN;
      end = Number.NaN;
      this.#notices?.implausibleTime();
    } else if (end - time > LONGEST) end = Number.NaN;

    const number = layout.sequence === NO_SLOT ? Number.NaN : numberOf(scalarAt(spans, layout.sequence)) % SEQUENCE_RANGE;
    const ordinal = this.#checks.ordinal();
    const sequence = Number.isNaN(number) ? ordinal : number;
    const row = into.begin(place, sequence !== undefined && sequence >= 0 && sequence <= SEQUENCE_RANGE - 1 ? sequence : entry);
    const { columns } = into;
    columns.time[row] = time;
    columns.end[row] = end;
    columns.precision[row] = precision;

    const system = cellAt(fields.systems, spans, layout.system);
    columns.system[row] = into.internCell(system.text === '' ? this.#defaultSystem : system);
    const flow = cellAt(fields.flows, spans, layout.flow);
    columns.flow[row] = into.internCell(flow.text === '' ? this.#defaultFlow : flow);

    let status = UNKNOWN;
    let word = cellAt(fields.statuses, spans, layout.status);
    if (word.text !== '') status = word.status;
    if (status === UNKNOWN && layout.level !== NO_SLOT) {
      const level = fields.levels.at(spans, layout.level);
      if (!level.marked) {
        status = level.status;
        if (word.text === '') word = level;
      }
    }
    columns.statusRaw[row] = into.internCell(word);

    let execution = cellAt(fields.executions, spans, layout.execution);
    if (execution.text === '') execution = this.#defaultExecution;
    columns.execution[row] = execution.text === '' ? 0 : into.pairCell(fields.executionType, execution);
    const parent = cellAt(fields.parentExecutions, spans, layout.parentExecution);
    columns.parentExecution[row] = parent.text === '' ? 0 : into.pairCell(fields.executionType, parent);
    columns.span[row] = cellAt(fields.spans, spans, layout.span).hash;
    columns.parentSpan[row] = cellAt(fields.parentSpans, spans, layout.parentSpan).hash;
    columns.attempt[row] = layout.attempt === NO_SLOT ? lateAttemptAt(layout, spans) : fields.attempts.at(spans, layout.attempt).number;

    this.#rowCount = 0;
    for (let k = 0; k < fields.identifiers.length; k++) {
      const slot = layout.identifiers[k]!;
      if (slot === NO_SLOT) continue;
      const { table, type, path } = fields.identifiers[k]!;
      const value = table.at(spans, slot);
      if (value.text !== '' && value.text.length <= MAX_KEY) this.#mention(type, value, path, into);
    }

    const said = cellAt(fields.messages, spans, layout.message);
    let wrong = cellAt(fields.errors, spans, layout.error);
    for (let k = 0; k < layout.lateErrors.length && wrong.text === ''; k++) {
      const { slot, table } = layout.lateErrors[k]!;
      const late = table.at(spans, slot);
      if (late.text !== '' && late.marked) wrong = late;
    }
    // The keys that late fields and texts name come before the attributes: the two are lists of their own.
    for (let k = 0; k < layout.lateKeys.length; k++) {
      const { slot, table, type, path } = layout.lateKeys[k]!;
      const value = table.at(spans, slot);
      if (value.text !== '' && value.marked) this.#mention(type!, value, path, into);
    }
    if (said.found !== undefined) this.#mentionAll(said.found, into);
    if (wrong.found !== undefined) this.#mentionAll(wrong.found, into);

    let kind = this.#kind;
    if (this.#levelInText && status === UNKNOWN && said.marked) status = FAILED;
    if (wrong.text !== '' && status === UNKNOWN && word.text === '') status = FAILED;
    columns.status[row] = status;
    if (status === UNKNOWN && word.unlisted) this.#notices?.unknownStatus(word.text);
    const error = wrong.text !== '' ? wrong.text : status === FAILED || status === TIMED_OUT ? said.text : '';
    columns.error[row] = error === '' ? 0 : into.intern(error.length > MAX_ERROR ? error.slice(0, MAX_ERROR) : error);
    let step = cellAt(fields.steps, spans, layout.step);
    if (step.text === '') {
      // A line that names no step among lines that do tells about something else.
      if (this.#stepSaysKind) kind = NOTE;
      step = this.#defaultStep.text !== '' || !this.#usesTemplate || said.text === '' ? this.#defaultStep : templateOf(said);
    }
    columns.step[row] = into.internCell(step);
    columns.kind[row] = kind;

    this.#hash = KIND_HASHES[kind]!;
    for (let k = 0; k < this.#rowCount; k++) this.#hash = mix52(this.#hash, this.#rowValues[k]!.hash);
    let told = this.#rowCount > 0;
    let statusTold = false;
    for (let k = 0; k < fields.attributes.length; k++) {
      const slot = layout.attributes[k]!;
      if (slot === NO_SLOT) continue;
      const { table, type } = fields.attributes[k]!;
      const value = table.at(spans, slot);
      if (value.text === '') continue;
      this.#attribute(type, value, into);
      told = true;
      if (type.text === this.#statusName.text) statusTold = true;
    }
    if (this.#statesRecord && word.text !== '' && !statusTold) {
      this.#attribute(this.#statusName, word, into);
      told = true;
    }
    if (isImplausible) {
      this.#attribute(IMPLAUSIBLE_NAME, new Cell(describeTime(oddTime)), into);
      told = true;
    }
    columns.fingerprint[row] = told ? this.#hash || 1 : 0;
    return true;
  }

  /** Adds an identifier to the row unless it is there. */
  #mention(type: Cell, value: Cell, path: Cell, into: BatchBuilder): void {
    const types = this.#rowTypes;
    const values = this.#rowValues;
    for (let i = 0; i < this.#rowCount; i++) if (types[i] === type && values[i]!.text === value.text) return;
    const count = this.#rowCount++;
    // The lists keep their room: emptied, they would be made anew for every row.
    types[count] = type;
    values[count] = value;
    into.columns.mention(into.pairCell(type, value), into.internCell(path));
  }

  #mentionAll(found: readonly FoundKey[], into: BatchBuilder): void {
    for (const { type, value } of found) this.#mention(type, value, TEXT_PATH, into);
  }

  #attribute(name: Cell, value: Cell, into: BatchBuilder): void {
    const { number } = value;
    into.columns.attribute(into.internCell(name), Number.isNaN(number) ? into.internCell(value) : 0, number);
    this.#hash = mix52(mix52(this.#hash, name.hash), value.hash);
  }
}

function cellAt(table: CellTable, spans: Spans, slot: number): Cell {
  return slot === NO_SLOT ? EMPTY : table.at(spans, slot);
}

function lateAttemptAt({ lateAttempts }: Layout, spans: Spans): number {
  for (const { slot, table } of lateAttempts) {
    const { number } = table.at(spans, slot);
    if (number > 0) return number;
  }
  return 0;
}
