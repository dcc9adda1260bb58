const QUOTE = 34;
const BACKSLASH = 92;

/** A range of bytes. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the elements of a list stand. The bytes from `at` must be valid JSON, for it is only called on what `JSON.parse` has accepted.
 */
export function elementRanges(bytes: Buffer, at: number): Range[] {
  const ranges: Range[] = [];
  let i = skipBlank(bytes, skipBlank(bytes, at) + 1);
  while (i < bytes.length && bytes[i] !== 93) {
    const to = valueEnd(bytes, i);
    ranges.push({ from: i, to });
    i = skipBlank(bytes, to);
    if (bytes[i] === 44) i = skipBlank(bytes, i + 1);
  }
  return ranges;
}

/** Where the value of a member begins; of a repeated key the last one, as in `JSON.parse`. -1 when there is no such member. */
export function memberAt(bytes: Buffer, at: number, name: string): number {
  let found = -1;
  let i = skipBlank(bytes, skipBlank(bytes, at) + 1);
  while (i < bytes.length && bytes[i] === QUOTE) {
    const keyEnd = stringEnd(bytes, i);
    const value = skipBlank(bytes, skipBlank(bytes, keyEnd) + 1);
    if (keyIs(bytes, i, keyEnd, name)) found = value;
    i = skipBlank(bytes, valueEnd(bytes, value));
    if (bytes[i] === 44) i = skipBlank(bytes, i + 1);
  }
  return found;
}

function keyIs(bytes: Buffer, from: number, to: number, name: string): boolean {
  const text = bytes.toString('utf8', from + 1, to - 1);
  return text === name || (text.includes('\\') && JSON.parse(`"${text}"`) === name);
}

function skipBlank(bytes: Buffer, at: number): number {
  let i = at;
  while (i < bytes.length && bytes[i]! <= 32) i++;
  return i;
}

function stringEnd(bytes: Buffer, open: number): number {
  for (let i = open + 1; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === BACKSLASH) i++;
    else if (byte === QUOTE) return i + 1;
  }
  return bytes.length;
}

/** The offset after the value that begins at `at`. */
export function valueEnd(bytes: Buffer, at: number): number {
  let depth = 0;
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === QUOTE) {
      i = stringEnd(bytes, i) - 1;
      if (depth === 0) return i + 1;
    } else if (byte === 123 || byte === 91) {
      depth++;
    } else if (byte === 125 || byte === 93) {
      if (depth === 0) return i;
      if (--depth === 0) return i + 1;
    } else if (depth === 0 && (byte === 44 || byte <= 32)) {
      return i;
    }
  }
  return bytes.length;
}
