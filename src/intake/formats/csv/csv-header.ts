const NUMBER = /^[-+]?\d[\d.,]*(?:[eE][-+]?\d{1,3})?%?$/;
const DATE = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}/;
const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-/;
/** `SO-1042`: letters of a series and its number. */
const SERIES = /^([A-Za-z]{1,8})[-_#/]?\d{2,16}$/;

/**
 * Whether a first row names columns: words that differ, no values, nothing that comes again below. Its first cell may be empty (an index
 * without a name), and so may any cells at its end (a spreadsheet's unused columns).
 * @param below the rows under it.
 */
export function looksLikeHeader(row: readonly string[], below: readonly (readonly string[])[]): boolean {
  const seen = new Set<string>();
  const width = row.findLastIndex((cell) => cell.trim() !== '') + 1;
  let empty = 0;
  for (let i = 0; i < width; i++) {
    const name = row[i]!.trim();
    if (name === '') {
      empty++;
      continue;
    }
    if (name.length > 100 || NUMBER.test(name) || DATE.test(name) || UUID.test(name) || !/\p{L}/u.test(name)) return false;
    if (/[{}=<>]/.test(name)) return false;
    seen.add(name.toLowerCase());
  }
  if (width === 0 || empty > Math.max(1, width / 4)) return false;
  if (isLikeBelow(row, below)) return false;
  return seen.size >= width - empty - 1 || seen.size >= 0.6 * (width - empty);
}

/** Whether the row holds values of the columns that it would name: the same long text, a key of the same series, words that come again. */
function isLikeBelow(row: readonly string[], below: readonly (readonly string[])[]): boolean {
  const others = below.filter((other) => other.length === row.length && !other.every((cell, i) => cell === row[i]));
  if (others.length === 0) return false;
  let again = 0;
  for (const [i, cell] of row.entries()) {
    if (cell === '') continue;
    if (cell.length > 12 && others[0]![i] === cell) return true;
    const series = SERIES.exec(cell)?.[1];
    if (series !== undefined) {
      const alike = others.filter((other) => SERIES.exec(other[i]!)?.[1] === series).length;
      if (alike * 10 >= others.length * 8) return true;
    }
    if (others.filter((other) => other[i] === cell).length >= 2) again++;
  }
  return again * 3 >= row.length;
}

/** Names that are unique and never empty: an unnamed column becomes `column1`, a repeated name gets a number. */
export function headerNames(cells: readonly string[]): string[] {
  const used = new Set<string>();
  return cells.map((cell, i) => {
    const base = cell.trim() === '' ? `column${i + 1}` : cell.trim();
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base}_${n}`;
    used.add(name);
    return name;
  });
}
