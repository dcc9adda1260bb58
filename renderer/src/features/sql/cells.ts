/** A value of a result as text: numbers as they are (never grouped, so that they can be copied), objects as JSON. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (typeof value === 'bigint') return value.toString();
  return JSON.stringify(value);
}

/** Whether a column holds numbers only (nulls aside, at least one number): it is then set right. */
export function isNumberColumn(rows: readonly (readonly unknown[])[], at: number): boolean {
  let seen = false;
  for (const row of rows) {
    const value = row[at];
    if (value === null || value === undefined) continue;
    if (typeof value !== 'number' && typeof value !== 'bigint') return false;
    seen = true;
  }
  return seen;
}
