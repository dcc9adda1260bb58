import { EVENT_KINDS } from '../../model/event.ts';
import { statusCode } from '../../model/status.ts';
import { PRECISIONS } from '../../model/time.ts';
import type { BatchBuilder } from '../batch.ts';
import { Cell, CellTable, type FoundKey, type Scalar } from '../cells.ts';
import type { JsonObject, Place } from '../entry.ts';
import { hash52, mix52 } from '../hash.ts';
import type { FieldMapping, Mapping, Role, SourceContext } from '../mapper.ts';
import { describeTime, IMPLAUSIBLE, LONGEST } from '../odd-times.ts';
import { isListedWord, levelClass, levelStatus } from '../profiles/vocabulary.ts';
import type { SpanChecks, SpanMapper } from '../span-mapper.ts';
import { scalarAt, slotOf, type Spans, type SpanShape } from '../spans.ts';
import { compileTimeReader, type TimeReader } from '../time/format.ts';
import { attributeNumber, MAX_ATTRIBUTE, MAX_KEY } from './compile-content.ts';
import { compileStatusWords } from './compile-status.ts';
import { isDurationFormat, parseDuration, type DurationFormat } from './duration.ts';
import { isRootWord } from './execution-roles.ts';
import { lateLevels, looksLikeKey, tellsError } from './late-fields.ts';
import { isOfRecord } from './level-and-status.ts';
import { pathTokens } from './name-tokens.ts';
import { createOpener, isListPath, type PathScope } from './paths.ts';
import { cleanText } from './scalar.ts';
import { NO_SHAPE, NO_SLOT, slotOfField } from './span-slots.ts';
import { podService } from './system-name.ts';
import { compileFinder, UNTYPED } from './text-patterns.ts';
import { MAX_ERROR, SEQUENCE_RANGE } from './limits.ts';
import { messageTemplate, saysError } from './text-roles.ts';

const UNKNOWN = statusCode('unknown');
const FAILED = statusCode('failed');
const TIMED_OUT = statusCode('timed-out');
const NOTE = EVENT_KINDS.indexOf('note');
const STEP = EVENT_KINDS.indexOf('step');
const EMPTY = new Cell('');
const IMPLAUSIBLE_NAME = new Cell(IMPLAUSIBLE);
const TEXT_PATH = new Cell('text');

/** A field with what is known of its values. */
interface ValueField {
  readonly field: FieldMapping;
  readonly table: CellTable;
  /** The record type, or the attribute's name. */
  readonly type: Cell;
  readonly path: Cell;
}

interface TimeField {
  readonly field: FieldMapping;
  readonly read: TimeReader;
}

/** A field that a shape has and the mapping does not list. */
interface LateSlot {
  readonly slot: number;
  readonly table: CellTable;
  readonly type: Cell;
  readonly path: Cell;
}

/** Where a mapping's fields stand in entries of one shape. */
interface Layout {
  readonly times: Int32Array;
  readonly end: number;
  readonly duration: number;
  readonly system: number;
  readonly flow: number;
  readonly step: number;
  readonly status: number;
  readonly level: number;
  readonly execution: number;
  readonly parentExecution: number;
  readonly span: number;
  readonly parentSpan: number;
  readonly attempt: number;
  readonly sequence: number;
  readonly error: number;
  readonly message: number;
  readonly identifiers: Int32Array;
  readonly attributes: Int32Array;
  readonly lateErrors: readonly LateSlot[];
  readonly lateKeys: readonly LateSlot[];
}

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
  if (source.header !== undefined || mapping.added !== undefined || reading?.records !== undefined) return false;
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

class SpanMapping {
  readonly #source: SourceContext;
  readonly #mapping: Mapping;
  readonly #checks: SpanChecks;
  readonly #scope: PathScope;
  readonly #vocabulary: string;
  readonly #layouts: (Layout | null | undefined)[] = [];
  readonly #late: ReturnType<typeof lateLevels>;
  readonly #lateFields = new Map<string, Omit<LateSlot, 'slot'>>();
  readonly #types = new Map<string, Cell>();
  readonly #mapsError: boolean;

  readonly #times: readonly TimeField[];
  readonly #ends: readonly TimeField[];
  readonly #identifiers: readonly ValueField[];
  readonly #attributes: readonly ValueField[];
  /** The first field of each of these roles. */
  readonly #single = new Map<Role, FieldMapping>();
  readonly #durationUnit: DurationFormat;
  readonly #systems: CellTable;
  readonly #flows = new CellTable(plainCell);
  readonly #steps = new CellTable(plainCell);
  readonly #statuses: CellTable;
  readonly #levels: CellTable;
  readonly #executions = new CellTable(plainCell);
  readonly #parentExecutions = new CellTable(withoutRoot);
  readonly #spans = new CellTable(plainCell);
  readonly #parentSpans = new CellTable(withoutRoot);
  readonly #attempts: CellTable;
  readonly #messages: CellTable;
  readonly #errors: CellTable;
  readonly #lateErrorCell: (raw: Scalar) => Cell;

  readonly #executionType: Cell;
  readonly #defaultSystem: Cell;
  readonly #defaultFlow: Cell;
  readonly #defaultStep: Cell;
  readonly #defaultExecution: Cell;
  readonly #kind: number;
  readonly #levelInText: boolean;
  readonly #usesTemplate: boolean;
  readonly #statusName: Cell;
  readonly #statesRecord: boolean;

  // The identifiers and attributes of the row that is being filled in.
  readonly #rowTypes: Cell[] = [];
  readonly #rowValues: Cell[] = [];
  #hash = 0;

  constructor(source: SourceContext, mapping: Mapping, checks: SpanChecks) {
    this.#source = source;
    this.#mapping = mapping;
    this.#checks = checks;
    this.#scope = { header: undefined, open: createOpener(), xml: false };
    const vocabulary = mapping.reading?.vocabulary ?? mapping.base ?? mapping.profile;
    this.#vocabulary = vocabulary;
    const fields = mapping.fields.filter((field) => !isListPath(field.path));
    for (const field of fields) if (!this.#single.has(field.role)) this.#single.set(field.role, field);
    const first = (role: Role): FieldMapping | undefined => this.#single.get(role);
    this.#late = mapping.reading?.others === 'ignore' ? [] : lateLevels(mapping.fields);
    this.#mapsError = mapping.fields.some((field) => field.role === 'error');

    const zone = mapping.zone === '' ? source.zone : mapping.zone;
    const timeField = (field: FieldMapping): TimeField => {
      const newest = field.read?.newest === undefined ? undefined : Date.parse(`${field.read.newest}T23:59:59Z`) * 1000;
      const options = { zone: field.read?.zone ?? zone, onAmbiguous: source.notices?.onAmbiguous, newest };
      return { field, read: compileTimeReader(field.format ?? 'iso', options) };
    };
    this.#times = fields.filter((field) => field.role === 'time').map(timeField);
    this.#ends = fields
      .filter((field) => field.role === 'end-time')
      .map(timeField)
      .slice(0, 1);

    const durationFormat = first('duration')?.format;
    this.#durationUnit = isDurationFormat(durationFormat) ? durationFormat : 'ms';
    const isPod = first('system')?.format === 'pod';
    this.#systems = new CellTable(isPod ? (raw) => new Cell(podService(cleanText(raw)), raw) : plainCell);
    const statusField = first('status');
    const statusOf = statusField === undefined ? undefined : compileStatusWords(statusField, vocabulary);
    this.#statuses = new CellTable((raw) => {
      const cell = plainCell(raw);
      if (cell.text !== '' && statusOf !== undefined) cell.status = statusCode(statusOf(cell.text));
      cell.unlisted = this.#isUnlisted(cell.text);
      return cell;
    });
    this.#levels = new CellTable((raw) => {
      const cell = plainCell(raw);
      cell.marked = cell.text === '' || levelClass(cell.text) === 'info';
      cell.status = statusCode(levelStatus(cell.text));
      cell.unlisted = this.#isUnlisted(cell.text);
      return cell;
    });
    const attemptBase = first('attempt')?.format === 'from-0' ? 1 : 0;
    this.#attempts = new CellTable((raw) => {
      const cell = plainCell(raw);
      const number = numberOf(raw) + attemptBase;
      cell.number = number >= 1 && number <= 65_535 ? Math.floor(number) : 0;
      return cell;
    });
    const findKeys = this.#keyFinder();
    this.#usesTemplate = mapping.step === undefined && first('message') !== undefined;
    this.#messages = new CellTable((raw) => {
      const cell = plainCell(raw);
      cell.marked = saysError(cell.text);
      findKeys?.(cell);
      return cell;
    });
    this.#errors = new CellTable((raw) => {
      const cell = plainCell(raw);
      findKeys?.(cell);
      return cell;
    });
    this.#lateErrorCell = (raw) => {
      const cell = new Cell(cleanText(raw).slice(0, MAX_ERROR), raw);
      cell.marked = tellsError(cell.text);
      findKeys?.(cell);
      return cell;
    };

    const ofValue = (field: FieldMapping, type: string, make: (raw: Scalar) => Cell): ValueField => ({
      field,
      table: new CellTable(make),
      type: new Cell(type),
      path: new Cell(field.path),
    });
    this.#identifiers = mapping.fields
      .filter((field) => field.role === 'identifier')
      .map((field) => {
        const name = field.type ?? 'record';
        return { ...ofValue(field, name, plainCell), type: this.#typeCell(name) };
      });
    this.#attributes = fields
      .filter((field) => field.role === 'attribute')
      .map((field) => ofValue(field, field.type ?? field.path, (raw) => attributeCell(raw, field)));

    const execution = first('execution');
    this.#executionType = new Cell(execution?.type ?? 'execution');
    this.#defaultSystem = new Cell(mapping.system === '' ? source.system : mapping.system);
    this.#defaultFlow = new Cell(mapping.flow ?? '');
    this.#defaultStep = new Cell(mapping.step ?? '');
    this.#defaultExecution = new Cell(mapping.execution ?? '');
    this.#kind = EVENT_KINDS.indexOf(mapping.kind);
    this.#levelInText = first('message') !== undefined && first('level') === undefined && statusField === undefined;
    this.#statusName = new Cell(statusField?.type ?? 'status');
    this.#statesRecord = mapping.kind === 'snapshot' || (statusField !== undefined && isOfRecord(pathTokens(statusField.path).flat()));
  }

  read(spans: Spans, place: Place, entry: number, into: BatchBuilder): boolean {
    const layout = this.#layoutOf(spans.shape);
    if (layout === null) return false;

    let time = Number.NaN;
    let precision = DEFAULT_PRECISION;
    for (let k = 0; k < this.#times.length; k++) {
      const slot = layout.times[k]!;
      if (slot === NO_SLOT) continue;
      const raw = scalarAt(spans, slot);
      if (typeof raw !== 'string' && typeof raw !== 'number') continue;
      const { read } = this.#times[k]!;
      time = read.parse(raw);
      if (Number.isNaN(time)) continue;
      precision = PRECISIONS.indexOf(read.precision(raw));
      break;
    }
    if (this.#times.length > 0 && Number.isNaN(time)) return false;
    let end = Number.NaN;
    if (layout.end !== NO_SLOT) {
      const raw = scalarAt(spans, layout.end);
      const read = typeof raw === 'string' || typeof raw === 'number' ? this.#ends[0]!.read.parse(raw) : Number.NaN;
      if (read >= time) end = read;
    }
    if (layout.duration !== NO_SLOT && Number.isNaN(end)) {
      const raw = scalarAt(spans, layout.duration);
      const number = typeof raw === 'string' || typeof raw === 'number' ? Math.round(parseDuration(raw, this.#durationUnit)) : Number.NaN;
      if (number >= 0) end = time + number;
    }
    const isImplausible = !Number.isNaN(time) && !this.#checks.accepts(time);
    const oddTime = time;
    if (isImplausible) {
      time = Number.NaN;
      end = Number.NaN;
      this.#source.notices?.implausibleTime();
    } else if (end - time > LONGEST) end = Number.NaN;

    const number = layout.sequence === NO_SLOT ? Number.NaN : numberOf(scalarAt(spans, layout.sequence)) % SEQUENCE_RANGE;
    const ordinal = this.#checks.ordinal();
    const sequence = Number.isNaN(number) ? ordinal : number;
    const row = into.begin(place, sequence !== undefined && sequence >= 0 && sequence <= SEQUENCE_RANGE - 1 ? sequence : entry);
    const { columns } = into;
    columns.time[row] = time;
    columns.end[row] = end;
    columns.precision[row] = precision;

    const system = cellAt(this.#systems, spans, layout.system);
    columns.system[row] = into.internCell(system.text === '' ? this.#defaultSystem : system);
    const flow = cellAt(this.#flows, spans, layout.flow);
    columns.flow[row] = into.internCell(flow.text === '' ? this.#defaultFlow : flow);

    let status = UNKNOWN;
    let word = cellAt(this.#statuses, spans, layout.status);
    if (word.text !== '') status = word.status;
    if (status === UNKNOWN && layout.level !== NO_SLOT) {
      const level = this.#levels.at(spans, layout.level);
      if (!level.marked) {
        status = level.status;
        if (word.text === '') word = level;
      }
    }
    columns.statusRaw[row] = into.internCell(word);

    let execution = cellAt(this.#executions, spans, layout.execution);
    if (execution.text === '') execution = this.#defaultExecution;
    columns.execution[row] = execution.text === '' ? 0 : into.pairCell(this.#executionType, execution);
    const parent = cellAt(this.#parentExecutions, spans, layout.parentExecution);
    columns.parentExecution[row] = parent.text === '' ? 0 : into.pairCell(this.#executionType, parent);
    columns.span[row] = cellAt(this.#spans, spans, layout.span).hash;
    columns.parentSpan[row] = cellAt(this.#parentSpans, spans, layout.parentSpan).hash;
    columns.attempt[row] = layout.attempt === NO_SLOT ? 0 : this.#attempts.at(spans, layout.attempt).number;

    this.#rowTypes.length = 0;
    this.#rowValues.length = 0;
    for (let k = 0; k < this.#identifiers.length; k++) {
      const slot = layout.identifiers[k]!;
      if (slot === NO_SLOT) continue;
      const { table, type, path } = this.#identifiers[k]!;
      const value = table.at(spans, slot);
      if (value.text !== '' && value.text.length <= MAX_KEY) this.#mention(type, value, path, into);
    }

    const said = cellAt(this.#messages, spans, layout.message);
    let wrong = cellAt(this.#errors, spans, layout.error);
    for (let k = 0; k < layout.lateErrors.length && wrong.text === ''; k++) {
      const { slot, table } = layout.lateErrors[k]!;
      const late = table.at(spans, slot);
      if (late.text !== '' && late.marked) wrong = late;
    }
    // The keys that late fields and texts name come before the attributes: the two are lists of their own.
    for (let k = 0; k < layout.lateKeys.length; k++) {
      const { slot, table, type, path } = layout.lateKeys[k]!;
      const value = table.at(spans, slot);
      if (value.text !== '' && value.marked) this.#mention(type, value, path, into);
    }
    if (said.found !== undefined) this.#mentionAll(said.found, into);
    if (wrong.found !== undefined) this.#mentionAll(wrong.found, into);

    let kind = this.#kind;
    if (this.#levelInText && status === UNKNOWN && said.marked) status = FAILED;
    if (wrong.text !== '' && status === UNKNOWN && word.text === '') status = FAILED;
    columns.status[row] = status;
    if (status === UNKNOWN && word.unlisted) this.#source.notices?.unknownStatus(word.text);
    const error = wrong.text !== '' ? wrong.text : status === FAILED || status === TIMED_OUT ? said.text : '';
    columns.error[row] = error === '' ? 0 : into.intern(error.length > MAX_ERROR ? error.slice(0, MAX_ERROR) : error);
    let step = cellAt(this.#steps, spans, layout.step);
    if (step.text === '') {
      // A line that names no step among lines that do tells about something else.
      if (this.#single.has('step') && this.#defaultStep.text === '' && kind === STEP) kind = NOTE;
      step = this.#defaultStep.text !== '' || !this.#usesTemplate || said.text === '' ? this.#defaultStep : templateOf(said);
    }
    columns.step[row] = into.internCell(step);
    columns.kind[row] = kind;

    this.#hash = KIND_HASHES[kind]!;
    for (let k = 0; k < this.#rowValues.length; k++) this.#hash = mix52(this.#hash, this.#rowValues[k]!.hash);
    let told = this.#rowValues.length > 0;
    let statusTold = false;
    for (let k = 0; k < this.#attributes.length; k++) {
      const slot = layout.attributes[k]!;
      if (slot === NO_SLOT) continue;
      const { table, type } = this.#attributes[k]!;
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
    for (let i = 0; i < values.length; i++) if (types[i] === type && values[i]!.text === value.text) return;
    types.push(type);
    values.push(value);
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

  #isUnlisted(word: string): boolean {
    return word !== '' && levelClass(word) === undefined && !isListedWord(word, this.#vocabulary);
  }

  /** Fills in what keys a text names. */
  #keyFinder(): ((cell: Cell) => void) | undefined {
    const { textPatterns } = this.#source;
    if (textPatterns.length === 0) return undefined;
    const find = compileFinder(textPatterns);
    return (cell) => {
      if (cell.text === '') return;
      const found: { type: Cell; value: Cell }[] = [];
      find(cell.text, (type, value) => found.push({ type: this.#typeCell(type), value: new Cell(value) }));
      if (found.length > 0) cell.found = found;
    };
  }

  /** The one cell of a type, so that types can be compared. */
  #typeCell(type: string): Cell {
    let cell = this.#types.get(type);
    if (cell === undefined) this.#types.set(type, (cell = new Cell(type)));
    return cell;
  }

  #layoutOf(shape: SpanShape): Layout | null {
    const known = this.#layouts[shape.index];
    if (known !== undefined) return known;
    return (this.#layouts[shape.index] = this.#layOut(shape));
  }

  #layOut(shape: SpanShape): Layout | null {
    let fits = true;
    const slot = (field: FieldMapping | undefined): number => {
      const found = field === undefined ? NO_SLOT : slotOfField(field, shape, this.#scope);
      if (found === NO_SHAPE) fits = false;
      return found;
    };
    const of = (role: Role): number => slot(this.#single.get(role));
    const all = (fields: readonly { readonly field: FieldMapping }[]): Int32Array => Int32Array.from(fields, ({ field }) => slot(field));
    const late = this.#lateSlots(shape);
    const layout: Layout = {
      times: all(this.#times),
      end: this.#ends.length === 0 ? NO_SLOT : slot(this.#ends[0]!.field),
      duration: of('duration'),
      system: of('system'),
      flow: of('flow'),
      step: of('step'),
      status: of('status'),
      level: of('level'),
      execution: of('execution'),
      parentExecution: of('parent-execution'),
      span: of('span'),
      parentSpan: of('parent-span'),
      attempt: of('attempt'),
      sequence: of('sequence'),
      error: of('error'),
      message: of('message'),
      identifiers: all(this.#identifiers),
      attributes: all(this.#attributes),
      lateErrors: this.#mapsError ? [] : late.filter((one) => one.type === EMPTY),
      lateKeys: late.filter((one) => one.type !== EMPTY),
    };
    return fits ? layout : null;
  }

  /** The slots of fields that the mapping does not list and whose names say what they are. */
  #lateSlots(shape: SpanShape): LateSlot[] {
    const slots: LateSlot[] = [];
    const root = shape.probe as JsonObject;
    for (const { container, guess } of this.#late) {
      const level = container === '' ? root : root[container];
      if (typeof level !== 'object' || level === null || Array.isArray(level)) continue;
      for (const key in level) {
        const means = guess(key);
        const slot = slotOf(level[key]);
        if (means === undefined || slot === undefined) continue;
        const path = container === '' ? key : `${container}.${key}`;
        slots.push({ slot, ...this.#lateField(path, means.role === 'error' ? undefined : means.type) });
      }
    }
    return slots;
  }

  /** @param type undefined: the field tells of an error */
  #lateField(path: string, type: string | undefined): Omit<LateSlot, 'slot'> {
    let field = this.#lateFields.get(path);
    if (field === undefined) {
      const table = new CellTable(
        type === undefined
          ? this.#lateErrorCell
          : (raw) => {
              const cell = plainCell(raw);
              cell.marked = looksLikeKey(cell.text);
              return cell;
            },
      );
      field = { table, type: type === undefined ? EMPTY : this.#typeCell(type), path: new Cell(path) };
      this.#lateFields.set(path, field);
    }
    return field;
  }
}

const DEFAULT_PRECISION = PRECISIONS.indexOf('second');
const KIND_HASHES = EVENT_KINDS.map((kind) => hash52(kind));

function cellAt(table: CellTable, spans: Spans, slot: number): Cell {
  return slot === NO_SLOT ? EMPTY : table.at(spans, slot);
}

function plainCell(raw: Scalar): Cell {
  return new Cell(cleanText(raw), raw);
}

function withoutRoot(raw: Scalar): Cell {
  const text = cleanText(raw);
  return new Cell(isRootWord(text) ? '' : text, raw);
}

/** An attribute's text is canonical: that of its number, where it is one. */
function attributeCell(raw: Scalar, field: FieldMapping): Cell {
  if (typeof raw === 'number') return numberCell(raw, raw);
  const text = cleanText(raw);
  if (text === '' || text.length > MAX_ATTRIBUTE) return EMPTY;
  const number = field.format === 'text' ? Number.NaN : attributeNumber(text, field.format === 'decimal-comma');
  return Number.isNaN(number) ? new Cell(text, raw) : numberCell(number, raw);
}

function numberCell(number: number, raw: Scalar): Cell {
  const cell = new Cell(String(number), raw);
  cell.number = number;
  return cell;
}

function templateOf(said: Cell): Cell {
  return (said.derived ??= new Cell(messageTemplate(said.text)));
}

function numberOf(value: Scalar): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}
