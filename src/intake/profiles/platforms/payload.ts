import type { Draft } from '../../draft.ts';
import type { Json } from '../../entry.ts';
import type { FieldMapping } from '../../mapper.ts';
import type { TextReader } from '../text-keys.ts';
import { asText } from '../tree.ts';
import { leavesOf, namedReader, openJson } from './records.ts';

/** Longer texts are not opened: a payload of this size is a file in transit, and its keys stand in what names it. */
const MOST_CHARACTERS = 262_144;

/** Puts the keys and the state of a payload into the draft: `value` is JSON, or JSON in a text. */
export type PayloadReader = (value: Json | undefined, draft: Draft) => void;

/** Reads payloads: values under names that say a record type, and keys of known shapes anywhere. One per source. `prefix` makes their paths: `input.`. */
export function createPayloadReader(fields: readonly FieldMapping[], prefix: string, readText: TextReader): PayloadReader {
  const read = namedReader(fields, prefix, false);
  return (value, draft) => {
    const opened = openPayload(value);
    if (opened === undefined) return;
    if (typeof opened !== 'object') readText(asText(opened), draft);
    for (const [name, text] of leavesOf(opened)) {
      read(name, text, draft);
      readText(text, draft);
    }
  };
}

/** A payload as JSON; a text that is none, or too long to look at, as it is or not at all. */
export function openPayload(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length > MOST_CHARACTERS) return undefined;
  return openJson(value);
}

/** What a draft says of the business, kept apart from the entry that said it. */
export interface Said {
  readonly ids: readonly (readonly [type: string, value: string, path: string])[];
  readonly attributes: readonly (readonly [name: string, text: string, number: number])[];
}

/** The identifiers and attributes of a draft. */
export function saidIn(draft: Draft): Said {
  return {
    ids: draft.idTypes.map((type, i) => [type, draft.idValues[i]!, draft.idPaths[i]!]),
    attributes: draft.attrNames.map((name, i) => [name, draft.attrTexts[i]!, draft.attrNumbers[i]!]),
  };
}

export function say(said: Said, draft: Draft): void {
  for (const [type, value, path] of said.ids) draft.identifier(type, value, path);
  for (const [name, text, number] of said.attributes) draft.attribute(name, text, number);
}

/** A file's name without its folders and endings, for what has no other name. */
export function stemOf(name: string): string {
  const member = name.slice(name.lastIndexOf('›') + 1).trim();
  const file = member.slice(Math.max(member.lastIndexOf('/'), member.lastIndexOf('\\')) + 1);
  return file.replace(/(?:\.[A-Za-z0-9]{1,8}){1,2}$/, '');
}
