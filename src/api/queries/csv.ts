/** What spreadsheets take for a formula or act on (OWASP, "CSV Injection"). */
const RISKY = /^[=+\-@\t\r]/;

/** One line of CSV (RFC 4180). Cells of text that a spreadsheet would run get an apostrophe in front; numbers are left as they are. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = RISKY.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
