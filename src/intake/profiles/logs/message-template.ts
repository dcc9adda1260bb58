import type { Json, JsonObject } from '../../entry.ts';
import { messageTemplate } from '../../infer/text-roles.ts';

interface Piece {
  readonly text: string;
  /** The property that fills a hole; undefined for plain text. */
  readonly name: string | undefined;
  /** Whether the hole says how its value is to be written. */
  readonly formatted: boolean;
}

/**
 * Renders a message template: `Posted {OrderId} in {Elapsed:0.0} ms`. `{{` and `}}` are braces; a hole without a value stays as it is written.
 * `renderings` are the texts of the holes that have a format, in their order. Source: messagetemplates.org.
 */
export function renderTemplate(template: string, values: JsonObject, renderings: readonly Json[]): string {
  let next = 0;
  let message = '';
  for (const piece of piecesOf(template)) {
    if (piece.name === undefined) {
      message += piece.text;
      continue;
    }
    const rendered = piece.formatted ? renderings[next++] : undefined;
    const value = typeof rendered === 'string' ? rendered : values[piece.name];
    message += value === undefined ? piece.text : typeof value === 'string' ? value : JSON.stringify(value);
  }
  return message;
}

/** What all messages of a template have in common: `Posted … in … ms`. Empty when that is nothing. */
export function templateStep(template: string): string {
  let plain = '';
  // A digit marks the hole: words with digits are what changes.
  for (const piece of piecesOf(template)) plain += piece.name === undefined ? piece.text : '0';
  const step = messageTemplate(plain).replace(/[,;:.-]{1,3}$/, '');
  return step === '…' ? '' : step;
}

function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  for (let i = 0; i < template.length; i++) {
    const character = template[i]!;
    if ((character === '{' || character === '}') && template[i + 1] === character) {
      text += character;
      i++;
      continue;
    }
    const end = character === '{' ? template.indexOf('}', i) : -1;
    const hole = end < 0 ? undefined : holeOf(template.slice(i, end + 1));
    if (hole === undefined) {
      text += character;
      continue;
    }
    if (text !== '') pieces.push({ text, name: undefined, formatted: false });
    text = '';
    pieces.push(hole);
    i = end;
  }
  if (text !== '') pieces.push({ text, name: undefined, formatted: false });
  return pieces;
}

/** `{Name}`, `{@Name}`, `{$Name}`, `{Name,10}`, `{Name:format}`. */
const HOLE = /^\{[@$]?([A-Za-z0-9_.]{1,100})(?:,-?\d{1,4})?(:[^{}]{1,100})?\}$/;

function holeOf(text: string): Piece | undefined {
  const match = text.length > 256 ? null : HOLE.exec(text);
  return match === null ? undefined : { text, name: match[1]!, formatted: match[2] !== undefined };
}
