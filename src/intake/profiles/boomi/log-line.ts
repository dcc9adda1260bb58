import type { Entry } from '../../entry.ts';
import { asObject, asText, member } from '../tree.ts';

/** One line of a Boomi process log, from the text form or the on-disk XML form. */
export interface LogLine {
  readonly time: string;
  readonly level: string;
  /** The kind of shape: `Connector`, `Map`; in the text form the user's label stands here where there is one. */
  readonly shape: string;
  /** `shape3`; only the XML form has it. */
  readonly shapeId: string;
  /** The user's label; only the XML form keeps it apart from the kind. */
  readonly label: string;
  /** `ERP API: http Connector; Create Order`. */
  readonly info: string;
  readonly message: string;
}

/** The line of an entry; undefined when it has neither form. Text lines come as parts or as five cells. */
export function logLineOf(entry: Entry): LogLine | undefined {
  if (entry.kind === 'row') return fromCells(entry.cells);
  const value = asObject(entry.value);
  if (value === undefined) return undefined;
  const text = (name: string): string => asText(member(value, name)).trim();
  if (member(value, 'shapename') !== undefined && member(value, 'time') !== undefined) {
    return {
      time: text('time'),
      level: text('level'),
      shape: text('shapetype') || text('shapename'),
      shapeId: text('shapename'),
      label: text('shapelabel'),
      info: text('shapeextendedinfo'),
      message: text('Message'),
    };
  }
  const fields = asObject(value['fields']);
  const shape = fields === undefined ? '' : asText(fields['shape']);
  // The text reader puts the third column under `logger` as well: a stray `shape=…` in some other log does not.
  if (fields === undefined || shape === '' || shape !== asText(value['logger'])) return undefined;
  return {
    time: text('time'),
    level: text('level'),
    shape: shape.trim(),
    shapeId: '',
    label: '',
    info: asText(fields['info']).trim(),
    message: text('message'),
  };
}

function fromCells(cells: readonly string[]): LogLine | undefined {
  if (cells.length !== 5 || !isLevel(cells[1]!) || !/^\d{4}-\d{2}-\d{2}T/.test(cells[0]!)) return undefined;
  return { time: cells[0]!, level: cells[1]!, shape: cells[2]!, shapeId: '', label: '', info: cells[3]!, message: cells[4]! };
}

/** The levels of java.util.logging, which Boomi uses. */
export function isLevel(word: string): boolean {
  return /^(SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST)$/.test(word.trim());
}

/** What a message tells. Boomi's wording as seen in real logs; anything else is plain text. */
export type LogMeaning =
  | { readonly is: 'run-start'; readonly process: string }
  | { readonly is: 'run-end' }
  | { readonly is: 'shape-start' }
  /** `milliseconds` is how long the shape worked. */
  | { readonly is: 'shape-done'; readonly milliseconds: number }
  | { readonly is: 'call'; readonly process: string }
  | { readonly is: 'text' };

/** Reads the meaning from the message and, for the start of a run, from the pseudo shape it stands in. */
export function meaningOf(line: LogLine): LogMeaning {
  const done = /^Shape executed successfully in (\d{1,12}) ?ms\b/.exec(line.message);
  if (done !== null) return { is: 'shape-done', milliseconds: Number(done[1]) };
  const called = /^Executing process (?:'([^']{1,200})'?|\[([^\]]{1,200})\])/.exec(line.message);
  if (called !== null) return { is: 'call', process: (called[1] ?? called[2] ?? '').trim() };
  if (line.message.startsWith('Executing Process ')) {
    const process = line.message.slice('Executing Process '.length).split('\n', 1)[0]!;
    return { is: 'run-start', process: process.replace(/\s*(\.{3}|…|\[continued\]|\(continued\))$/i, '').trim() };
  }
  if (/^Executing .{1,100} Shape with \d+ document/.test(line.message)) return { is: 'shape-start' };
  if (line.message.startsWith('Process execution completed')) return { is: 'run-end' };
  return { is: 'text' };
}

/** `initializing...` and `cleanup...` are the run itself, no shapes of it. */
export function isPseudoShape(line: LogLine): boolean {
  return /^(initializing|cleanup)/i.test(line.shape) || line.shape === '';
}

/** The step a line speaks of: the user's label, else the kind of shape with the operation it calls: `Connector Create Order`. */
export function stepOf(line: LogLine): string {
  if (isPseudoShape(line)) return 'run';
  if (line.label !== '') return line.label;
  const semicolon = line.info.lastIndexOf(';');
  const operation = semicolon < 0 ? '' : line.info.slice(semicolon + 1).trim();
  if (operation !== '' && line.info.includes('Connector')) return `${line.shape} ${operation}`;
  return line.shape;
}
