import type { ByteSource } from '../byte-source.ts';
import { numberText, unescapeText } from './cell-text.ts';
import { columnOf, type Merge } from './merges.ts';
import type { NumberFormat } from './number-format.ts';
import { readXml, type XmlHandler } from './read-xml.ts';

/** What cells are read with. */
export interface SheetContext {
  /** A shared text by its number. */
  readonly textAt: (index: number) => string;
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
  readonly merges: ReadonlyMap<number, readonly Merge[]>;
}

const MAX_COLUMNS = 16_384;
const PLAIN: NumberFormat = { kind: 'number' };

/**
 * The rows of a sheet that have a cell with a value, some at a time, as texts up to the last of them (ECMA-376 part 1, 18.3.1). Formulas give the value
 * that was saved with them and are never computed. A cell merged over several rows is the value of each of them; one merged over columns
 * stands in its first column.
 */
export async function* sheetRows(source: ByteSource, context: SheetContext, onDisk: (bytes: number) => void): AsyncGenerator<string[][]> {
  const reader = new SheetReader(context);
  for await (const _progress of readXml(source, reader, onDisk)) yield reader.take();
}

class SheetReader implements XmlHandler {
  readonly #context: SheetContext;
  #rows: string[][] = [];
  #cells: string[] = [];
  #row = -1;
  #column = -1;
  #type = '';
  #style = 0;
  #value = '';
  #reads = false;
  #guides = 0;
  /** Merged cells that reach the present row, with their values. */
  #open: { readonly merge: Merge; readonly value: string }[] = [];

  constructor(context: SheetContext) {
    this.#context = context;
  }

  take(): string[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row': {
        const number = Number(attributes['r'] ?? Number.NaN);
        this.#row = Number.isInteger(number) && number > 0 ? number - 1 : this.#row + 1;
        this.#cells = [];
        this.#column = -1;
        return;
      }
      case 'c': {
        const letters = /^([A-Z]{1,3})\d/.exec(attributes['r'] ?? '')?.[1];
        this.#column = letters === undefined ? this.#column + 1 : columnOf(letters);
        this.#type = attributes['t'] ?? 'n';
        this.#style = Number(attributes['s'] ?? 0);
        this.#value = '';
        return;
      }
      case 'rPh':
        this.#guides++;
        return;
      case 'v':
      case 't':
        this.#reads = this.#guides === 0 && this.#column >= 0;
        return;
      default:
    }
  }

  text(text: string): void {
    if (this.#reads) this.#value += text;
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#reads = false;
        return;
      case 'rPh':
        this.#guides--;
        return;
      case 'c':
        this.#endCell();
        return;
      case 'row':
        this.#endRow();
        return;
      default:
    }
  }

  #endCell(): void {
    if (this.#value === '' || this.#column < 0 || this.#column >= MAX_COLUMNS) return;
    const text = this.#textOf();
    if (text === '') return;
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
  }

  #textOf(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.#context.textAt(Number(value));
      case 'b':
        return value.trim() === '1' || value === 'true' ? 'true' : 'false';
      case 'str':
      case 'inlineStr':
        return unescapeText(value);
      case 'e':
        return value;
      case 'd':
        // ISO 8601 already; midnight says that there is no time.
        return value.trim().replace(/T00:00:00(?:\.0+)?$/, '');
      default:
        return numberText(value, this.#context.formats[this.#style] ?? PLAIN, this.#context.from1904);
    }
  }

  #endRow(): void {
    const cells = this.#cells;
    this.#cells = [];
    // A row that has nothing of its own is empty, whatever is merged into it.
    if (!cells.some((cell) => cell !== '')) return;
    this.#open = this.#open.filter(({ merge }) => merge.last >= this.#row);
    for (const { merge, value } of this.#open) {
      while (cells.length <= merge.column) cells.push('');
      if (cells[merge.column] === '') cells[merge.column] = value;
    }
    for (const merge of this.#context.merges.get(this.#row) ?? []) {
      const value = cells[merge.column] ?? '';
      if (value !== '') this.#open.push({ merge, value });
    }
    this.#rows.push(cells);
  }
}
