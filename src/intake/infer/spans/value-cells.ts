import { statusCode, type Status } from '../../../model/status.ts';
import { Cell, type Scalar } from '../../cells.ts';
import type { FieldMapping, TextPattern } from '../../mapper.ts';
import type { Meaning } from '../../profiles/said-words.ts';
import { isListedWord, levelClass, levelStatus } from '../../profiles/vocabulary.ts';
import { attributeNumber, MAX_ATTRIBUTE } from '../compile-content.ts';
import { isRootWord } from '../execution-roles.ts';
import type { AttemptFormat } from '../attempt-role.ts';
import { lateAttempt, looksLikeKey, tellsError } from '../late-fields.ts';
import { MAX_ERROR } from '../limits.ts';
import { cleanText } from '../scalar.ts';
import { compileFinder } from '../text-patterns.ts';
import { messageTemplate, saysError } from '../text-roles.ts';

/** What the fields of each role find out about a value. */

/** No value. */
export const EMPTY = new Cell('');

export function plainCell(raw: Scalar): Cell {
  return new Cell(cleanText(raw), raw);
}

/** A parent's id, unless it says that there is none. */
export function parentCell(raw: Scalar): Cell {
  const text = cleanText(raw);
  return new Cell(isRootWord(text) ? '' : text, raw);
}

/** @param statusOf what the words of the field mean; undefined: there is no such field */
export function statusCell(raw: Scalar, statusOf: ((word: string) => Status) | undefined, vocabulary: string): Cell {
  const cell = plainCell(raw);
  if (cell.text !== '' && statusOf !== undefined) cell.status = statusCode(statusOf(cell.text));
  cell.unlisted = isUnlisted(cell.text, vocabulary);
  return cell;
}

/**
 * Marked where the level says nothing.
 * @param meaning what the user said of words
 */
export function levelCell(raw: Scalar, meaning: Meaning | undefined, vocabulary: string): Cell {
  const cell = plainCell(raw);
  cell.marked = cell.text === '' || levelClass(cell.text) === 'info';
  cell.status = statusCode(meaning?.(cell.text) ?? levelStatus(cell.text));
  cell.unlisted = isUnlisted(cell.text, vocabulary);
  return cell;
}

function isUnlisted(word: string, vocabulary: string): boolean {
  return word !== '' && levelClass(word) === undefined && !isListedWord(word, vocabulary);
}

/** Its number is the attempt's; 0 for none. */
export function attemptCell(raw: Scalar, base: number): Cell {
  const cell = plainCell(raw);
  const number = numberOf(raw) + base;
  cell.number = number >= 1 && number <= 65_535 ? Math.floor(number) : 0;
  return cell;
}

/** An attribute's text is canonical: that of its number, where it is one. */
export function attributeCell(raw: Scalar, field: FieldMapping): Cell {
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

/** The same of a field of which no value had been seen. */
export function lateAttemptCell(raw: Scalar, format: AttemptFormat): Cell {
  const cell = plainCell(raw);
  cell.number = lateAttempt(cell.text, format);
  return cell;
}

/** Marked where the value is written like a key. */
export function lateKeyCell(raw: Scalar): Cell {
  const cell = plainCell(raw);
  cell.marked = looksLikeKey(cell.text);
  return cell;
}

/** Makes the cells of free texts: the keys that they name are found in them. */
export class TextCells {
  readonly #find: ReturnType<typeof compileFinder> | undefined;
  readonly #typeCell: (type: string) => Cell;

  /** @param typeCell the one cell of a type */
  constructor(patterns: readonly TextPattern[], typeCell: (type: string) => Cell) {
    this.#find = patterns.length === 0 ? undefined : compileFinder(patterns);
    this.#typeCell = typeCell;
  }

  /** Marked where the text says that it is an error. */
  message(raw: Scalar): Cell {
    const cell = this.#withKeys(plainCell(raw));
    cell.marked = saysError(cell.text);
    return cell;
  }

  error(raw: Scalar): Cell {
    return this.#withKeys(plainCell(raw));
  }

  /** The text of a field whose name says error; marked where it tells of one. */
  lateError(raw: Scalar): Cell {
    const cell = this.#withKeys(new Cell(cleanText(raw).slice(0, MAX_ERROR), raw));
    cell.marked = tellsError(cell.text);
    return cell;
  }

  #withKeys(cell: Cell): Cell {
    if (this.#find === undefined || cell.text === '') return cell;
    const found: { type: Cell; value: Cell }[] = [];
    this.#find(cell.text, (type, value) => found.push({ type: this.#typeCell(type), value: new Cell(value) }));
    if (found.length > 0) cell.found = found;
    return cell;
  }
}

/** The template of a message. */
export function templateOf(said: Cell): Cell {
  return (said.derived ??= new Cell(messageTemplate(said.text)));
}

export function numberOf(value: Scalar): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}
