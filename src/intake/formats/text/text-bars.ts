import { isLevel } from './text-levels.ts';
import { addField, type Parts } from './text-parts.ts';

/** `orders.sync:post:42 - `: module, function and line, as Python's loguru writes them. */
const PLACE = /^([\w.<>]{1,200}):([\w.<>]{1,100}):(\d{1,7}) - /;

/**
 * Reads cells between bars: NLog's `|INFO|Name.Space.Class|message`, Karaf's `| INFO | thread | logger | bundle | message`. `columns` is how many cells
 * stand after the time in every line of the file: a bar in the message is then no separator.
 */
export function readBars(line: string, start: number, columns: number, parts: Parts): void {
  const cells: string[] = [];
  let at = line.indexOf('|', start) + 1;
  while (cells.length < columns - 1) {
    const bar = line.indexOf('|', at);
    if (bar < 0) break;
    cells.push(line.slice(at, bar).trim());
    at = bar + 1;
  }
  parts.message = line.slice(at).trim();
  const level = cells.findIndex(isLevel);
  if (level >= 0) parts.level ??= cells.splice(level, 1)[0];
  const named = cells.filter((cell) => cell !== '' && cell !== '-');
  const place = named.length === 0 ? PLACE.exec(parts.message) : null;
  if (place !== null) {
    parts.logger = place[1]!;
    addField(parts, 'function', place[2]!);
    addField(parts, 'line', place[3]!);
    parts.message = parts.message.slice(place[0].length);
  } else if (named.length === 1) parts.logger = named[0];
  else if (named.length > 1) {
    parts.thread = named[0];
    parts.logger = named[1];
    if (named.length > 2) addField(parts, 'scope', named.slice(2).join(' | '));
  }
}
