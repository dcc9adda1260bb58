import type { EntrySink, Json, JsonObject } from '../../entry.ts';
import type { Detection, Format, FormatOptions, Head } from '../../format.ts';
import { type LineSink, readLines } from '../lines.ts';
import { excerpt, listOption, rejection, setMember, textOption } from '../shared.ts';
import { operationOf } from '../text/text-access.ts';
import { harvestFields } from '../text/text-fields.ts';

/** Longest line: URLs and cookies are bounded by servers at a few dozen kilobytes. */
const MAX_LINE_BYTES = 1024 * 1024;
const MOST_COLUMNS = 200;

/**
 * W3C extended log files, as IIS and others write them: `#Fields` names the columns and may come again with others, values are separated by blanks, `-` is
 * empty, `+` stands for a blank. Date and time are one, in UTC. Source: W3C working draft WD-logfile-960323; Microsoft, "W3C Extended Log
 * File Format (IIS 6.0)".
 *
 * Options: `layouts`, the lists of columns that the beginning of the file names, each as one text; `date` of the first `#Date`, for lines that have only a time.
 */
export const w3c: Format = {
  id: 'w3c',
  title: 'W3C extended log (IIS)',
  extensions: ['log'],

  sniff(head: Head): Detection | undefined {
    if (head.text.charCodeAt(0) !== 35 || !/^#(?:Fields|Version|Software|Date|Start-Date|Remark):/.test(head.text)) return undefined;
    const layouts = [
      ...new Set([...head.text.matchAll(/^#Fields:[ \t]{0,8}(\S.{0,8191})$/gm)].map((match) => columnsOf(match[1]!).join(' '))),
    ];
    if (layouts.length === 0) return undefined;
    const date = /^#(?:Start-)?Date:[ \t]{0,8}(\d{4}-\d{2}-\d{2})/m.exec(head.text)?.[1];
    const count = columnsOf(layouts[0]!).length;
    return {
      confidence: 0.99,
      reason: `#Fields names ${count} columns${layouts.length > 1 ? `, and later others` : ''}`,
      options: { layouts: layouts.slice(0, 20), ...(date === undefined ? {} : { date }) },
    };
  },

  async read(chunks, options, sink) {
    await readLines(chunks, new W3cLines(options, sink), MAX_LINE_BYTES);
  },

  header() {
    return undefined;
  },

  /** A line does not say which columns it has: where exactly one `#Fields` of the file's beginning has as many, these; else the columns have numbers only. */
  parse(bytes, options): Json {
    const cells = cellsOf(new TextDecoder().decode(bytes).trimEnd());
    const [columns, another] = layoutsOf(options).filter((layout) => layout.length === cells.length);
    if (columns === undefined || another !== undefined) return Object.fromEntries(cells.map((cell, i) => [`column ${i + 1}`, cell]));
    return toEntry(columns, cells, '');
  },
};

function layoutsOf(options: FormatOptions): readonly (readonly string[])[] {
  return listOption(options, 'layouts').map(columnsOf);
}

function columnsOf(text: string): string[] {
  return text
    .trim()
    .split(/[ \t]{1,16}/, MOST_COLUMNS)
    .filter((name) => name !== '');
}

/** Cells between blanks or tabs; quoted ones, which the draft allows for texts, may hold blanks. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.trim().split(/[ \t]{1,16}/, MOST_COLUMNS + 1);
  const cells: string[] = [];
  let at = 0;
  while (at < line.length && cells.length <= MOST_COLUMNS) {
    const code = line.charCodeAt(at);
    if (code === 32 || code === 9) {
      at++;
      continue;
    }
    let end = at;
    // A quote in a quoted text is doubled.
    if (code === 34) for (end = at + 1; end < line.length && (line.charCodeAt(end) !== 34 || line.charCodeAt(++end) === 34);) end++;
    else while (end < line.length && line.charCodeAt(end) !== 32 && line.charCodeAt(end) !== 9) end++;
    const raw = line.slice(at, end);
    cells.push(code === 34 && raw.length > 1 && raw.endsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    at = end;
  }
  return cells;
}

/** Columns whose `+` is a blank: free text. In a query it is part of the URL, and decoded there. */
const TEXTS = /^(?:cs|sc|s|c|x)\(|^x-|username$/;

/** `{ time, <columns>, operation, params }`; empty cells are left out. `date` stands in where the columns have none. */
function toEntry(columns: readonly string[], cells: readonly string[], date: string): JsonObject {
  const value: JsonObject = {};
  let day = date;
  let clock = '';
  let method = '';
  let path = '';
  let query = '';
  for (const [i, name] of columns.entries()) {
    const cell = cells[i];
    if (cell === undefined || cell === '-' || cell === '') continue;
    if (name === 'date') day = cell;
    else if (name === 'time') clock = cell;
    else {
      if (name === 'cs-method') method = cell;
      else if (name === 'cs-uri-stem') path = cell;
      else if (name === 'cs-uri-query') query = cell;
      else if (name === 'cs-uri') [path = '', query = ''] = cell.split('?', 2);
      setMember(value, name, TEXTS.test(name) ? cell.replaceAll('+', ' ') : cell);
    }
  }
  const params: JsonObject = {};
  if (method !== '' && path !== '')
    setMember(
      value,
      'operation',
      operationOf(method, path, (name, key) => setMember(params, name, key)),
    );
  if (query !== '') readQuery(query, params);
  for (const _name in params) {
    value['params'] = params;
    break;
  }
  // The draft and IIS both write Coordinated Universal Time.
  const time = clock === '' ? day : `${day === '' ? '' : `${day}T`}${clock}${day === '' ? '' : 'Z'}`;
  return time === '' ? value : { time, ...value };
}

function readQuery(query: string, params: JsonObject): void {
  const found: JsonObject = {};
  harvestFields(`?${query.replaceAll(' ', '+')}`, found);
  for (const [name, value] of Object.entries(found)) {
    if (!Object.hasOwn(params, name)) setMember(params, name, typeof value === 'string' ? decoded(value) : value);
  }
}

/** A query value without its escapes; as it is when they are damaged. */
function decoded(text: string): string {
  const plain = text.replaceAll('+', ' ');
  if (!plain.includes('%')) return plain;
  try {
    return decodeURIComponent(plain);
  } catch (error) {
    if (error instanceof URIError) return plain;
    throw error;
  }
}

class W3cLines implements LineSink {
  readonly #sink: EntrySink;
  #columns: readonly string[];
  #date: string;

  constructor(options: FormatOptions, sink: EntrySink) {
    this.#sink = sink;
    this.#columns = layoutsOf(options)[0] ?? [];
    this.#date = textOption(options, 'date') ?? '';
  }

  line(bytes: Buffer, start: number, end: number, offset: number, line: number, ascii: boolean, terminated: boolean): void {
    const content = ascii ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
    if (content.charCodeAt(0) === 35) {
      this.#directive(content);
      return;
    }
    if (content.trim() === '' || /^\0+$/.test(content)) return;
    const place = { offset, length: end - start, line };
    const cells = cellsOf(content);
    const count = this.#columns.length;
    if (cells.length !== count) {
      const cut = !terminated && cells.length < count;
      const code = cut ? 'truncated' : cells.length < count ? 'too-few-cells' : 'too-many-cells';
      const reason = cut ? 'the file ends inside this line' : `the line has ${cells.length} cells, #Fields names ${count}`;
      this.#sink.reject({ place, code, reason, excerpt: excerpt(bytes.subarray(start, end)) });
      return;
    }
    this.#sink.entry({ kind: 'tree', place, value: toEntry(this.#columns, cells, this.#date), context: undefined });
  }

  tooLong(beginning: Buffer, offset: number, length: number, line: number): void {
    this.#sink.reject(rejection({ offset, length, line }, 'too-long', 'the line is longer than 1 MB', beginning));
  }

  /** `#Fields` and `#Date` hold for the lines after them; the others say nothing about the lines. */
  #directive(content: string): void {
    const match = /^#(Fields|Date|Start-Date):[ \t]{0,8}(\S.{0,8191})$/.exec(content);
    if (match === null) return;
    if (match[1] === 'Fields') this.#columns = columnsOf(match[2]!);
    else this.#date = /^\d{4}-\d{2}-\d{2}/.exec(match[2]!)?.[0] ?? this.#date;
  }
}
