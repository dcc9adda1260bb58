import { setMember } from '../shared.ts';
import type { SecurityEvent } from './text-cef.ts';
import { harvestFields } from './text-fields.ts';

const HEADER = ['version', 'vendor', 'product', 'productVersion', 'id'] as const;
const MOST_FIELDS = 512;
/** `^`, `x5E` or `0x09`: one character, or its number. */
const DELIMITER = /^(?:0?[xX]([0-9A-Fa-f]{1,4})|[^A-Za-z0-9=])$/s;

/**
 * Reads `LEEF:1.0|vendor|product|version|event id|key=value<tab>key=value`, and LEEF 2.0, which may name another delimiter after the event's id; undefined when the
 * header has not all of its fields. Where the tabs of a file were lost, only pairs that are sure are read.
 * Source: IBM, "Log Event Extended Format (LEEF)", version 2.
 */
export function readLeef(text: string): SecurityEvent | undefined {
  const header: Record<string, string> = {};
  let at = 'LEEF:'.length;
  for (const name of HEADER) {
    const bar = text.indexOf('|', at);
    if (bar < 0) return undefined;
    const value = text.slice(at, bar).trim();
    if (value !== '') header[name] = value;
    at = bar + 1;
  }
  let delimiter = '\t';
  if (header['version']?.startsWith('2') === true) {
    const bar = text.indexOf('|', at);
    const named = bar < 0 || bar - at > 6 ? undefined : text.slice(at, bar);
    const match = named === undefined || named === '' ? null : DELIMITER.exec(named);
    if (match !== null) delimiter = match[1] === undefined ? named! : String.fromCharCode(Number.parseInt(match[1], 16));
    if (match !== null || named === '') at = bar + 1;
  }
  return { format: 'leef', header, fields: attributesOf(text.slice(at), delimiter) };
}

/** How many of the header's fields a damaged event has. */
export function leefFields(text: string): number {
  return Math.min(text.split('|', HEADER.length + 1).length - 1, HEADER.length);
}

function attributesOf(text: string, delimiter: string): Record<string, string> {
  const fields: Record<string, string> = {};
  if (delimiter === '\t' && !text.includes('\t')) {
    harvestFields(text, fields);
    return fields;
  }
  for (const pair of text.split(delimiter, MOST_FIELDS)) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, Math.max(0, equals)).trim();
    const value = pair.slice(equals + 1).trim();
    if (key !== '' && value !== '' && !Object.hasOwn(fields, key)) setMember(fields, key, value);
  }
  return fields;
}
