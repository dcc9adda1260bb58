import type { Json } from '../../entry.ts';
import type { Detection, Format, Head } from '../../format.ts';
import { readLines } from '../lines.ts';
import { asBuffer } from '../shared.ts';
import { unwrapAll } from './text-container.ts';
import { parseTextEntry, readEntry, startFinder } from './text-line.ts';
import { MAX_TEXT_ENTRY_BYTES, TextReader } from './text-reader.ts';
import { shapeOf } from './text-shape.ts';
import { sniffTextLog } from './text-sniff.ts';

/**
 * Text logs: an entry begins with a line that has a time at its beginning, or is logfmt, a JSON object, an event in CEF or LEEF, or leads with a level; lines that do
 * none of this (stack traces) belong to the entry before them.
 *
 * Options: `starts` what begins an entry (kinds of time; `json`, `logfmt`, `event`, `level`, `clock`), `wrapper` what a container runtime wrote around the lines (`docker`,
 * `cri`), `layout` `syslog` where host and app follow the time, `columns` the cells between bars, `until` the last day that a time without
 * a year may mean, `day` the day of the first line where lines tell the time of day only (counted on at midnight), `lineEnd` `cr` for files without line feeds, `common` what is said
 * once for all lines (Grafana's `Common labels`).
 */
export const text: Format = {
  id: 'text',
  title: 'Text log',
  extensions: ['log', 'txt', 'out'],

  sniff(head: Head): Detection | undefined {
    // W3C logs have their times in columns that only their header explains.
    if (/^#(?:Fields|Version|Software|Date):/m.test(head.text.slice(0, 2048))) return undefined;
    return sniffTextLog(head);
  },

  async read(chunks, options, sink) {
    const reader = new TextReader(options, sink);
    await readLines(shapeOf(options).carriageReturns ? asLineFeeds(chunks) : chunks, reader, MAX_TEXT_ENTRY_BYTES);
    reader.end();
  },

  header() {
    return undefined;
  },

  parse(bytes, options): Json {
    const shape = shapeOf(options);
    const content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    if (shape.wrapper === undefined) return parseTextEntry(content, shape);
    const { text: inner, outer } = unwrapAll(content, shape.wrapper);
    const feed = inner.indexOf('\n');
    return readEntry(inner, startFinder(shape)(feed < 0 ? inner : inner.slice(0, feed)), shape, outer);
  },
};

/** Line ends of one byte for line ends of one byte: places stay what they are. */
async function* asLineFeeds(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    // A copy: the bytes are kept elsewhere as they are.
    const bytes = Buffer.from(asBuffer(chunk));
    for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) bytes[at] = 10;
    yield bytes;
  }
}
