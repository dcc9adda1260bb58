import { stripVTControlCharacters, styleText } from 'node:util';

/** What a command writes to: data to `out`, everything said about it to `log`. */
export interface Output {
  readonly out: (text: string) => void;
  readonly log: (text: string) => void;
  /** Whether `out` is a terminal that shows colour. */
  readonly colour: boolean;
  /** Whether `log` is a terminal: progress is drawn over itself there. */
  readonly interactive: boolean;
  readonly width: number;
}

/** Control characters in imported data must not reach the terminal (cursor moves, title changes): they are shown as `·`. */
export function safe(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'blue';

export function paint(output: Output, style: Style, text: string): string {
  return output.colour ? styleText(style, text, { validateStream: false }) : text;
}

/** One JSON value a line. */
export function jsonLine(output: Output, value: unknown): void {
  output.out(`${JSON.stringify(value)}\n`);
}

export interface Column<Row> {
  readonly title: string;
  readonly right?: boolean;
  /** Longest cell; the rest is cut with an ellipsis. */
  readonly max?: number;
  readonly value: (row: Row) => string;
  readonly style?: (row: Row) => Style | undefined;
}

/** A plain aligned table. */
export function table<Row>(output: Output, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const cells = rows.map((row) => columns.map((column) => cut(safe(column.value(row)), column.max ?? 60)));
  const widths = columns.map((column, i) => Math.max(column.title.length, ...cells.map((line) => line[i]!.length)));
  const line = (texts: readonly string[], style: (i: number) => Style | undefined): string =>
    texts
      .map((text, i) => {
        const padded = columns[i]!.right ? text.padStart(widths[i]!) : i === texts.length - 1 ? text : text.padEnd(widths[i]!);
        const chosen = style(i);
        return chosen === undefined ? padded : paint(output, chosen, padded);
      })
      .join('  ')
      .trimEnd();
  output.out(
    `${line(
      columns.map((column) => column.title),
      () => 'dim',
    )}\n`,
  );
  rows.forEach((row, r) => output.out(`${line(cells[r]!, (i) => columns[i]!.style?.(row))}\n`));
}

export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? noun : plural}`;
}
