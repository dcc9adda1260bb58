/** What ends a line, as logs write it: with the Unicode separators, and NEL from mainframes. */
const LINE_BREAK = /\r\n?|[\n\u0085\u2028\u2029]/;
const BREAKS = /\s*[\r\n\u0085\u2028\u2029]\s*/g;
/** A stack trace that was put into one line: the break is written out as `\n` before its first `at`. */
const WRITTEN_BREAK = /(?:\\r)?\\n(?:\\t|\s)*at /;

/** The text in one line: a line break, with the space around it, becomes one space. */
export function oneLine(text: string): string {
  return LINE_BREAK.test(text) ? text.replace(BREAKS, ' ').trim() : text;
}

/** The first line that says something. */
export function firstLine(text: string): string {
  const [line = ''] = text.trim().split(LINE_BREAK, 1);
  return line.split(WRITTEN_BREAK, 1)[0]!.trimEnd();
}
