/** A shorter piece says nothing: a prompt, a separator. */
const MIN_LENGTH = 10;

/**
 * Whether a line is the beginning of the one after it, broken off: what a writer that was interrupted leaves before it writes the line again, or a shipper that
 * read a line before it was whole. It must break off in the middle of a word or an assignment, or with a bracket or a quote open, because a program may well say `retry`
 * and then `retry failed` in the same second.
 */
export function isTorn(line: string, next: string): boolean {
  if (line.length < MIN_LENGTH || next.length <= line.length || !next.startsWith(line)) return false;
  const last = line.charAt(line.length - 1);
  const more = next.charAt(line.length);
  return WANTS_MORE.test(last) || more === '=' || (WORD.test(last) && WORD.test(more)) || isOpen(line);
}

const WORD = /[\p{L}\p{N}_]/u;
/** What nobody ends a line with. */
const WANTS_MORE = /[=,/\s-]/;

const CLOSING: { readonly [opening: string]: string } = { '[': ']', '(': ')', '{': '}' };

function isOpen(line: string): boolean {
  const expected: string[] = [];
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (CLOSING[char] !== undefined) expected.push(CLOSING[char]);
    else if (char === expected.at(-1)) expected.pop();
  }
  return quoted || expected.length > 0;
}
