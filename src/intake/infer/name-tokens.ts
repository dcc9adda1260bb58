/**
 * Field names as words: `orderRef`, `ORDER_REF`, `order.ref`, `Order Ref`, `lines[].orderRef` all speak of the same thing.
 */

/** Splits one path segment into lower-case words: `SAPOrderNo` is `sap order no`, `TraceID` is `trace id`. */
export function nameTokens(segment: string): string[] {
  const spaced = segment
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
  const tokens: string[] = [];
  for (const token of spaced.split(/[^\p{L}\p{N}#]+/u)) {
    if (token === '') continue;
    if (token === '#' || token === 'nº' || token === 'n°') tokens.push('no');
    else if (token.length > 1 && token.endsWith('#')) tokens.push(token.slice(0, -1), 'no');
    else tokens.push(token);
  }
  return joinAcronyms(tokens);
}

/**
 * The segments of a path or a column name, outermost first, each as words. Dots, slashes, colons and array marks
 * separate segments: `order.lines[].sku`, `case:concept:name`, `/Order/Header/Id`.
 */
export function pathTokens(path: string): string[][] {
  const segments: string[][] = [];
  for (const segment of path.replace(/(^|[^A-Za-z])([A-Za-z])\.([A-Za-z])\./g, '$1$2$3 ').split(/[.:/\\]|\[[^\]]*\]|__/)) {
    // The text of an XML element that has attributes as well is the element's own value.
    if (segment === '#text' && segments.length > 0) continue;
    const tokens = nameTokens(segment);
    if (tokens.length > 0) segments.push(tokens);
  }
  return segments;
}

/** `orders` → `order`, `deliveries` → `delivery`, `batches` → `batch`; words that only look plural stay. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (/(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|sses|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** `i d` (from `orderI_D`) and `p o` (from `P.O. number`) are one word each. */
function joinAcronyms(tokens: string[]): string[] {
  const joined: string[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if ((last === 'i' && token === 'd') || (last === 'p' && token === 'o')) joined[joined.length - 1] = last + token;
    else joined.push(token);
  }
  return joined;
}
