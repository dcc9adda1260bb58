import type { Json } from '../entry.ts';
import { isEmptyText } from './flatten.ts';

/** A value as text: trimmed, empty for nothing, for words that mean nothing (`null`, `-`, `N/A`), and for what is no scalar. */
export function cleanText(value: Json | undefined): string {
  if (typeof value === 'string') {
    const length = value.length;
    if (length === 0) return '';
    const text = value.charCodeAt(0) <= 32 || value.charCodeAt(length - 1) <= 32 ? value.trim() : value;
    return isEmptyText(text) ? '' : text;
  }
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  // XML elements with attributes keep their text under `#text`.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const inner = value['#text'];
    return typeof inner === 'string' ? inner.trim() : '';
  }
  return '';
}
