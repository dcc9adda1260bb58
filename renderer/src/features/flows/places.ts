/** Where a line and column (1-based) stand in a text: from there to the end of the line. A place behind the end is the end. */
export function placeInText(text: string, line: number, column: number): { readonly from: number; readonly to: number } {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return { from: text.length, to: text.length };
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  const to = end < 0 ? text.length : end;
  return { from: Math.min(start + column - 1, to), to };
}
