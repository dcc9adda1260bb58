/** What single values look like, by shape alone. */

export type Form = 'uuid' | 'hex' | 'urn' | 'email' | 'prefixed' | 'digits' | 'decimal' | 'boolean' | 'code' | 'word' | 'label' | 'text';

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const HEX = /^(?:0x)?(?:[0-9a-f]{16}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const URN = /^(?:urn:|gid:\/\/|arn:|[a-z][a-z0-9+.-]{1,20}:\/\/)\S{2,200}$/i;
const EMAIL = /^[^\s@]{1,80}@[^\s@]{1,80}\.[A-Za-z]{2,12}$/;
const PREFIXED = /^#?[A-Za-z]{1,8}(?:[-_/:#. ]?[A-Za-z]{1,4})?[-_/:#.]?\d{1,16}(?:[-_/.]\d{1,8}){0,2}$/;
const DECIMAL = /^[+-]?(?:\d{1,15}|\d{1,3}(?:[.,]\d{3}){1,4})[.,]\d{1,15}$|^[+-]\d{1,15}$|^-?\d(?:\.\d+)?[eE][+-]?\d{1,3}$/;

/** The form of one value. `code` is a token of letters and digits without spaces; `label` a few words; `text` more than that. */
export function formOf(value: string): Form {
  if (/^#?\d{1,40}$/.test(value)) return 'digits';
  if (value === 'true' || value === 'false' || value === 'True' || value === 'False' || value === 'TRUE' || value === 'FALSE')
    return 'boolean';
  if (UUID.test(value)) return 'uuid';
  if (HEX.test(value)) return 'hex';
  if (DECIMAL.test(value)) return 'decimal';
  if (URN.test(value)) return 'urn';
  if (EMAIL.test(value)) return 'email';
  if (PREFIXED.test(value)) return 'prefixed';
  if (!/\s/.test(value) && value.length <= 80) return /\d/.test(value) ? 'code' : 'word';
  return value.length <= 60 && !/[\n{}=]/.test(value) ? 'label' : 'text';
}

/**
 * A number as exporters write it; NaN when it is none. With `decimalComma`, `1.234,50` is 1234.5; without it, `1,234.50` is.
 */
export function parseNumber(text: string, decimalComma: boolean): number {
  let plain = text;
  if (decimalComma) {
    if (plain.includes(',')) plain = plain.replaceAll('.', '').replace(',', '.');
    else if (/^-?\d{1,3}(?:\.\d{3})+$/.test(plain)) plain = plain.replaceAll('.', '');
  } else if (plain.includes(',')) {
    if (!/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) return Number.NaN;
    plain = plain.replaceAll(',', '');
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** Whether numbers are written with a decimal comma: most that have a separator could only be read so. */
export function hasDecimalComma(values: readonly string[]): boolean {
  let comma = 0;
  let point = 0;
  for (const value of values) {
    if (/^-?(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})$/.test(value)) comma++;
    else if (/^-?(?:\d+|\d{1,3}(?:,\d{3})+)\.(?:\d{1,2}|\d{4,})$/.test(value)) point++;
  }
  return comma > point;
}
