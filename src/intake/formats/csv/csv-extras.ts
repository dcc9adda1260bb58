/** Lines of a table file that are no records, and no damage either. */

/** `(1000 rows affected)`, `12 rows selected.`, `3 rows in set (0.01 sec)`, `(1000 Zeilen betroffen)`: how clients of databases end a result. */
const COUNT_LINE =
  /^\(?\s{0,4}(?:\d{1,12}|no) (?:rows?|records?|results?|zeilen?|datensätze) ?(?:affected|selected|returned|fetched|exported|found|in set|betroffen|ausgewählt)?(?: ?\([\d.,]{1,12} (?:sec|s|ms)\))?\)?\.?$/i;
const TOTAL_LINE = /^(?:total |number of )?(?:rows?|records?|row count|record count)\s?[:=]\s?\d{1,12}\.?$/i;
/** `-----+------`, `=====`: drawn under a header or around a table. */
const RULING = /^[-+=|\s,;]{3,}$/;
const SUM_WORD = /^(?:grand[ -]?|sub[ -]?)?total:?$|^(?:gesamt)?summe:?$|^gesamt:?$|^sum:?$/i;

/** Whether a line is a row count or a drawn line. Only asked of lines that are no rows. */
export function isDecoration(line: string): boolean {
  if (line.length > 4096) return false;
  const text = line.trim();
  if (RULING.test(text) && /--|==/.test(text)) return true;
  return text.length <= 120 && (COUNT_LINE.test(text) || TOTAL_LINE.test(text));
}

/** Whether every cell of a row is a drawn line: `----,-----`. */
export function isRuling(cells: readonly string[]): boolean {
  return cells.every((cell) => /^\s{0,64}[-=]{2,}\s{0,64}$/.test(cell));
}

/** Whether a row sums up the rows above: it begins with a word for it and leaves a third of the cells or more empty. */
export function isSumRow(cells: readonly string[]): boolean {
  const first = cells[0] === '' ? (cells[1] ?? '') : cells[0]!;
  if (!isSumWord(first)) return false;
  let empty = 0;
  for (const cell of cells) if (cell === '') empty++;
  return empty * 3 >= cells.length;
}

/** Whether a cell is a word for a sum: `Total`, `Summe:`. */
export function isSumWord(cell: string): boolean {
  return cell.length >= 3 && cell.length <= 16 && SUM_WORD.test(cell.trim());
}
