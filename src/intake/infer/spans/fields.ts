import { Cell, CellTable, type Scalar } from '../../cells.ts';
import type { FieldMapping, Mapping, Role, SourceContext } from '../../mapper.ts';
import { compileMeaning } from '../../profiles/said-words.ts';
import { compileTimeReader, type TimeReader } from '../../time/format.ts';
import { compileStatusWords } from '../compile-status.ts';
import { isDurationFormat, type DurationFormat } from '../duration.ts';
import { isListPath } from '../paths.ts';
import { cleanText } from '../scalar.ts';
import { podService } from '../system-name.ts';
import { attemptCell, attributeCell, levelCell, parentCell, plainCell, statusCell, TextCells } from './value-cells.ts';

/** A field with what is known of its values. */
export interface ValueField {
  readonly field: FieldMapping;
  readonly table: CellTable;
  /** The record type, or the attribute's name. */
  readonly type: Cell;
  readonly path: Cell;
}

export interface TimeField {
  readonly field: FieldMapping;
  readonly read: TimeReader;
}

/** The fields of a mapping, each with a table of what is known of its values. One for each source. */
export class SpanFields {
  readonly times: readonly TimeField[];
  readonly end: TimeField | undefined;
  readonly durationUnit: DurationFormat;
  readonly systems: CellTable;
  readonly flows = new CellTable(plainCell);
  readonly steps = new CellTable(plainCell);
  readonly statuses: CellTable;
  readonly levels: CellTable;
  readonly executions = new CellTable(plainCell);
  readonly parentExecutions = new CellTable(parentCell);
  readonly spans = new CellTable(plainCell);
  readonly parentSpans = new CellTable(parentCell);
  readonly attempts: CellTable;
  readonly messages: CellTable;
  readonly errors: CellTable;
  readonly identifiers: readonly ValueField[];
  readonly attributes: readonly ValueField[];
  readonly executionType: Cell;
  readonly texts: TextCells;
  /** The first field of each role. */
  readonly #first = new Map<Role, FieldMapping>();
  readonly #types = new Map<string, Cell>();

  constructor(source: SourceContext, mapping: Mapping) {
    const fields = mapping.fields.filter((field) => !isListPath(field.path));
    for (const field of fields) if (!this.#first.has(field.role)) this.#first.set(field.role, field);
    const timed = (role: Role): TimeField[] => fields.filter((one) => one.role === role).map((one) => timeField(one, source, mapping));
    this.times = timed('time');
    [this.end] = timed('end-time');
    const unit = this.first('duration')?.format;
    this.durationUnit = isDurationFormat(unit) ? unit : 'ms';
    // Pods lose the part of their name that changes with each deployment.
    const isPod = this.first('system')?.format === 'pod';
    this.systems = new CellTable(isPod ? (raw) => new Cell(podService(cleanText(raw)), raw) : plainCell);
    const vocabulary = mapping.reading?.vocabulary ?? mapping.base ?? mapping.profile;
    const status = this.first('status');
    const statusOf = status === undefined ? undefined : compileStatusWords(status, vocabulary, mapping.statuses);
    this.statuses = new CellTable((raw) => statusCell(raw, statusOf, vocabulary));
    const meaning = compileMeaning(mapping.statuses);
    this.levels = new CellTable((raw) => levelCell(raw, meaning, vocabulary));
    const firstAttempt = this.first('attempt')?.format === 'from-0' ? 1 : 0;
    this.attempts = new CellTable((raw) => attemptCell(raw, firstAttempt));
    const texts = new TextCells(source.textPatterns, (type) => this.typeCell(type));
    this.texts = texts;
    this.messages = new CellTable((raw) => texts.message(raw));
    this.errors = new CellTable((raw) => texts.error(raw));
    this.identifiers = mapping.fields
      .filter((field) => field.role === 'identifier')
      .map((field) => valueField(field, this.typeCell(field.type ?? 'record'), plainCell));
    this.attributes = fields
      .filter((field) => field.role === 'attribute')
      .map((field) => valueField(field, new Cell(field.type ?? field.path), (raw) => attributeCell(raw, field)));
    this.executionType = new Cell(this.first('execution')?.type ?? 'execution');
  }

  first(role: Role): FieldMapping | undefined {
    return this.#first.get(role);
  }

  /** The one cell of a type, so that types can be compared. */
  typeCell(type: string): Cell {
    let cell = this.#types.get(type);
    if (cell === undefined) this.#types.set(type, (cell = new Cell(type)));
    return cell;
  }
}

function timeField(field: FieldMapping, source: SourceContext, mapping: Mapping): TimeField {
  const newest = field.read?.newest === undefined ? undefined : Date.parse(`${field.read.newest}T23:59:59Z`) * 1000;
  const zone = field.read?.zone ?? (mapping.zone === '' ? source.zone : mapping.zone);
  return { field, read: compileTimeReader(field.format ?? 'iso', { zone, onAmbiguous: source.notices?.onAmbiguous, newest }) };
}

function valueField(field: FieldMapping, type: Cell, make: (raw: Scalar) => Cell): ValueField {
  return { field, table: new CellTable(make), type, path: new Cell(field.path) };
}
