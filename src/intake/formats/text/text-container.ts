import { parseObject } from './text-json.ts';

/** A line without what the container runtime put before it. */
export interface Unwrapped {
  readonly time: string;
  readonly stream: string;
  readonly text: string;
  /** The line was too long for the runtime: the next one of this stream goes on with it. */
  readonly partial: boolean;
}

export type Wrapper = 'docker' | 'cri';

/** `2031-03-04T09:15:02.431000000Z stdout F text`: the log format of the Kubernetes container runtime interface; `P` marks a part of a line. */
const CRI = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})) (stdout|stderr) ([FP])(?::\S{1,100})?(?: |$)/;

export function unwrap(line: string, wrapper: Wrapper): Unwrapped | undefined {
  return wrapper === 'cri' ? unwrapCri(line) : unwrapDocker(line);
}

function unwrapCri(line: string): Unwrapped | undefined {
  const match = CRI.exec(line);
  if (match === null) return undefined;
  return { time: match[1]!, stream: match[2]!, text: line.slice(match[0].length), partial: match[3] === 'P' };
}

/** `{"log":"text\n","stream":"stdout","time":"…"}`: Docker's json-file driver. A text without a line feed at its end is a part of a line. */
function unwrapDocker(line: string): Unwrapped | undefined {
  if (!line.startsWith('{"log":"')) return undefined;
  const value = parseObject(line);
  const text = value?.['log'];
  const time = value?.['time'];
  const stream = value?.['stream'];
  if (value === undefined || typeof text !== 'string' || typeof time !== 'string') return undefined;
  // With more members (pod, labels) a collector wrote the line: as JSON lines none of them is lost.
  if (Object.keys(value).length > (stream === undefined ? 2 : 3)) return undefined;
  const partial = !text.endsWith('\n');
  // Whatever line ends the text has inside are the program's: one docker line is one line of output.
  const bare = text.replace(/\r?\n$/, '').replace(/\r\n?/g, '\n');
  return { time, stream: typeof stream === 'string' ? stream : '', text: bare, partial };
}

/** Lines that go on with the entry before them, where nothing else tells: indented ones, and those of stack traces. */
const CONTINUATION = /^(?:\s|at |Caused by:|Suppressed:|\.\.\. \d{1,9} |Traceback|During handling of|The above exception|[}\])])/;
/** `java.lang.IllegalStateException: no route`, the line under the one that was logged. */
const EXCEPTION = /^[A-Za-z_][\w$]{0,80}(?:\.[\w$]{1,80}){1,12}(?:Exception|Error|Throwable)(?::|$)/;

export function looksLikeContinuation(line: string): boolean {
  return CONTINUATION.test(line) || EXCEPTION.test(line);
}

/** The text of an entry whose lines are wrapped, and what stood around its first line. Throws when a line is not wrapped so. */
export function unwrapAll(text: string, wrapper: Wrapper): { readonly text: string; readonly outer: Unwrapped } {
  let whole = '';
  let first: Unwrapped | undefined;
  let open = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const inner = line.trim() === '' ? undefined : unwrap(line, wrapper);
    if (inner === undefined) {
      if (line.trim() === '') continue;
      throw new SyntaxError('a line is not written as the container runtime writes it');
    }
    whole += first === undefined || open ? inner.text : `\n${inner.text}`;
    first ??= inner;
    open = inner.partial;
  }
  if (first === undefined) throw new SyntaxError('there is no line');
  return { text: whole, outer: first };
}
