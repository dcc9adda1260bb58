import type { Json, JsonObject } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { extensionOf, rejection, setMember } from '../shared.ts';

/** What only metadata has that many bytes of. Beyond it the file is no such list. */
const MOST_BYTES = 1024 * 1024;
const EXTENSIONS = ['properties', 'props', 'headers', 'header', 'metadata', 'meta', 'attributes', 'attrs'];
const LINE = /^([^\s=:#!][^=:]{0,255}?)\s*[=:]\s*(.*)$/;
/** The first line of a dump of HTTP headers (RFC 9112, sections 3 and 4). */
const START = /^(?:HTTP\/\d(?:\.\d)? \d{3}\b|[A-Z]{3,10} \S+ HTTP\/\d)/;

/**
 * A list of names and values, one a line, which is one entry: Java's properties (`name=value`) and dumps of HTTP headers (`Name: value`). Both are
 * written beside documents to say where they come from. Known by the file's ending: elsewhere such lines are a log or settings.
 */
export const properties: Format = {
  id: 'properties',
  title: 'Properties and header dumps',
  extensions: EXTENSIONS,

  sniff(head: Head): Detection | undefined {
    if (!head.complete || !EXTENSIONS.includes(extensionOf(head.name))) return undefined;
    const lines = linesOf(head.text);
    if (lines.length === 0 || !lines.every((line, i) => LINE.test(line) || (i === 0 && START.test(line)))) return undefined;
    return { confidence: 0.8, reason: `every line is a name and a value, and the name ends in .${extensionOf(head.name)}`, options: {} };
  },

  async read(chunks, _options, sink) {
    const kept: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      // A copy: the stream may use the memory again.
      if (length <= MOST_BYTES) kept.push(chunk.slice());
      length += chunk.length;
    }
    const bytes = Buffer.concat(kept);
    const place = { offset: 0, length, line: 1 };
    if (length > MOST_BYTES) sink.reject(rejection(place, 'too-long', `the list has ${length} bytes, more than ${MOST_BYTES}`, bytes));
    else if (length > 0) sink.entry({ kind: 'tree', place, value: treeOf(bytes.toString('utf8')), context: undefined });
  },

  header() {
    return undefined;
  },

  parse(bytes): Json {
    return treeOf(new TextDecoder().decode(bytes));
  },
};

/** Lines without comments and blank ones; one that begins with a blank goes on with the line before. */
function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === '' || /^\s*[#!]/.test(line)) continue;
    if (/^\s/.test(line) && lines.length > 0) lines[lines.length - 1] += ` ${line.trim()}`;
    else lines.push(line.trim());
  }
  return lines;
}

/** A name that comes again (`Set-Cookie`) keeps its first value. */
function treeOf(text: string): JsonObject {
  const tree: JsonObject = {};
  for (const [i, line] of linesOf(text).entries()) {
    if (i === 0 && START.test(line)) {
      setMember(tree, 'start-line', line);
      continue;
    }
    const match = LINE.exec(line);
    if (match !== null && !Object.hasOwn(tree, match[1]!)) setMember(tree, match[1]!, match[2]!);
  }
  return tree;
}
