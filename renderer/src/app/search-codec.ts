/**
 * Search parameters are plain text in the address (`?status=failed&event=17`), never JSON, so that links can be read and
 * typed. Numbers are made of them by each route's schema.
 */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text.startsWith('?') ? text.slice(1) : text));
}

/** The way back: leaves out what is undefined or empty, keeps the order of the keys. */
export function stringifySearch(search: Record<string, unknown>): string {
  const fields = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue;
    fields.set(
      key,
      typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value),
    );
  }
  const text = fields.toString();
  return text === '' ? '' : `?${text}`;
}
