import { Cell, CellTable, type Scalar } from '../../cells.ts';
import type { JsonObject } from '../../entry.ts';
import type { FieldMapping, Mapping, Role } from '../../mapper.ts';
import { slotOf, type SpanShape } from '../../spans.ts';
import { lateLevels } from '../late-fields.ts';
import type { Guess } from '../late-fields.ts';
import { createOpener, type PathScope } from '../paths.ts';
import type { SpanFields } from './fields.ts';
import { NO_SHAPE, NO_SLOT, slotOfField } from './slots.ts';
import { lateAttemptCell, lateKeyCell } from './value-cells.ts';

/** Where a mapping's fields stand in entries of one shape: slots, or `NO_SLOT`. */
export interface Layout {
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
  readonly lateAttempts: readonly LateSlot[];
  readonly lateErrors: readonly LateSlot[];
  readonly lateKeys: readonly LateSlot[];
}

/** A field that a shape has and the mapping does not list, but whose name says what it is. */
export interface LateSlot {
  readonly slot: number;
  readonly table: CellTable;
  readonly role: Guess['role'];
  /** The record type of an identifier. */
  readonly type: Cell | undefined;
  readonly path: Cell;
}

/** Finds out where the fields of a mapping stand, once for each shape. */
export class Layouts {
  readonly #fields: SpanFields;
  readonly #late: ReturnType<typeof lateLevels>;
  readonly #mapsError: boolean;
  readonly #mapsAttempt: boolean;
  readonly #known: (Layout | null | undefined)[] = [];
  readonly #lateFields = new Map<string, Omit<LateSlot, 'slot'>>();
  readonly #scope: PathScope;

  /** @param header of rows */
  constructor(fields: SpanFields, mapping: Mapping, header: readonly string[] | undefined) {
    this.#fields = fields;
    this.#scope = { header, open: createOpener(), xml: false };
    // The columns of a table do not come late.
    this.#late = mapping.reading?.others === 'ignore' || header !== undefined ? [] : lateLevels(mapping.fields);
    this.#mapsAttempt = mapping.fields.some((field) => field.role === 'attempt');
    this.#mapsError = mapping.fields.some((field) => field.role === 'error');
  }

  /** Null where more than the shape decides where a value stands. */
  of(shape: SpanShape): Layout | null {
    const known = this.#known[shape.index];
    if (known !== undefined) return known;
    return (this.#known[shape.index] = this.#layOut(shape));
  }

  #layOut(shape: SpanShape): Layout | null {
    let fits = true;
    const slot = (field: FieldMapping | undefined): number => {
      const found = field === undefined ? NO_SLOT : slotOfField(field, shape, this.#scope);
      if (found === NO_SHAPE) fits = false;
      return found;
    };
    const of = (role: Role): number => slot(this.#fields.first(role));
    const all = (fields: readonly { readonly field: FieldMapping }[]): Int32Array => Int32Array.from(fields, ({ field }) => slot(field));
    const late = this.#lateSlots(shape);
    const layout: Layout = {
      times: all(this.#fields.times),
      end: of('end-time'),
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
      identifiers: all(this.#fields.identifiers),
      attributes: all(this.#fields.attributes),
      lateAttempts: this.#mapsAttempt ? [] : late.filter(({ role }) => role === 'attempt'),
      lateErrors: this.#mapsError ? [] : late.filter(({ role }) => role === 'error'),
      lateKeys: late.filter(({ role }) => role === 'identifier'),
    };
    return fits ? layout : null;
  }

  /** In the order in which a tree's keys are gone through. */
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
        slots.push({ slot, ...this.#lateField(container === '' ? key : `${container}.${key}`, means) });
      }
    }
    return slots;
  }

  #lateField(path: string, means: Guess): Omit<LateSlot, 'slot'> {
    let field = this.#lateFields.get(path);
    if (field === undefined) {
      const type = means.role === 'identifier' ? this.#fields.typeCell(means.type) : undefined;
      field = { table: new CellTable(this.#reader(means)), role: means.role, type, path: new Cell(path) };
      this.#lateFields.set(path, field);
    }
    return field;
  }

  #reader(means: Guess): (raw: Scalar) => Cell {
    const { texts } = this.#fields;
    switch (means.role) {
      case 'attempt':
        return (raw) => lateAttemptCell(raw, means.format);
      case 'error':
        return (raw) => texts.lateError(raw);
      case 'identifier':
        return lateKeyCell;
    }
  }
}
