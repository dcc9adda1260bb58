const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Walks over the elements of the list that begins at `at`; another value is passed over. The bytes must be valid JSON from there, for it is only called on what `JSON.parse` has accepted.
 * @param element told the beginning of each; gives its end.
 * @returns the offset after the list.
 */
export function walkElements(bytes: Buffer, at: number, element: (from: number) => number): number {
  if (bytes[at] !== 91) return valueEnd(bytes, at);
  let i = skipBlank(bytes, at + 1);
  while (i < bytes.length && bytes[i] !== 93) {
    i = skipBlank(bytes, element(i));
    if (bytes[i] === 44) i = skipBlank(bytes, i + 1);
  }
  return i + 1;
}

/**
 * Walks over the members of the object that begins at `at`; another value is passed over.
 * @param member told the beginning of the value of each one of that name; gives its end.
 * @returns the offset after the object.
 */
export function walkMembers(bytes: Buffer, at: number, name: string, member: (from: number) => number): number {
  if (bytes[at] !== 123) return valueEnd(bytes, at);
  let i = skipBlank(bytes, at + 1);
  while (i < bytes.length && bytes[i] === QUOTE) {
    const keyEnd = stringEnd(bytes, i);
    const value = skipBlank(bytes, skipBlank(bytes, keyEnd) + 1);
    i = skipBlank(bytes, keyIs(bytes, i, keyEnd, name) ? member(value) : valueEnd(bytes, value));
    if (bytes[i] === 44) i = skipBlank(bytes, i + 1);
  }
  return i + 1;
}

function keyIs(bytes: Buffer, from: number, to: number, name: string): boolean {
  // Most keys differ in length or in their first character.
  if (to - from - 2 < name.length || (bytes[from + 1] !== name.charCodeAt(0) && bytes[from + 1] !== BACKSLASH)) return false;
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
