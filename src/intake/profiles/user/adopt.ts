import { UserError } from '../../../model/errors.ts';
import type { FormatOptions, Head } from '../../format.ts';
import { formatById } from '../../formats/index.ts';
import { isXmlFormat, jsonRecordOptions, parseRecordPath, reachOf } from '../../infer/record-path.ts';
import type { UserProfile } from './profile.ts';
import { outlineXml, resolveRecordPath } from './xml-head.ts';

/** How a source is to be cut into entries. */
export interface FormatChoice {
  readonly format: string;
  readonly options: FormatOptions;
  /** Why: one sentence. */
  readonly reason: string;
}

/** Whether a profile says anything about how its sources are cut into entries. */
export function saysFormat(profile: UserProfile): boolean {
  const { format, options, records, lines, namespaces } = profile.reading ?? {};
  return format !== undefined || options !== undefined || records !== undefined || lines !== undefined || namespaces !== undefined;
}

/**
 * What a profile makes of the format that was recognised (undefined: none was). Throws `UserError` with code `profile-invalid` when what it says
 * does not fit the source: `records` where there are rows, or elements that do not occur.
 */
export function adoptProfile(profile: UserProfile, recognised: FormatChoice | undefined, head: Head): FormatChoice {
  const { format, options, records, lines, namespaces } = profile.reading ?? {};
  const because = (what: string): string => `the profile ${profile.profile} says ${what}`;
  if (lines !== undefined)
    return { format: 'text-pattern', options: { ...options, pattern: lines }, reason: because('what its lines look like') };
  const id = format ?? recognised?.format;
  if (id === undefined) throw invalid(profile, head, 'the content is in no known format, and the profile names none');
  const own = id === recognised?.format ? recognised.options : (formatById(id)?.sniff(head)?.options ?? {});
  const merged: FormatOptions = { ...own, ...options };
  const reason = format === undefined ? (recognised?.reason ?? '') : because(`it is ${id}`);
  if (isXmlFormat(id)) {
    const named = namespaces === undefined ? merged : { ...merged, namespaces: { ...namespaces } };
    if (records === undefined) return { format: id, options: named, reason };
    return { format: id, options: { ...named, ...xmlOptions(profile, records, head) }, reason: because(`its records are ${records}`) };
  }
  if (records === undefined) return { format: id, options: merged, reason };
  if (id !== 'json' && id !== 'ndjson') throw invalid(profile, head, `records is for JSON and XML, not for ${id}`);
  const { levels } = parseRecordPath(records, false);
  const { up } = reachOf(profile.fields);
  const { nested, level, root, whole } = jsonRecordOptions(id, levels, up);
  const where: FormatOptions = root === undefined || whole === undefined ? { nested, level } : { nested, level, root, whole };
  return { format: id, options: { ...merged, ...where }, reason: because(`its records are ${records}`) };
}

/** The entry is the record, or, where fields reach above it for more than attributes, the element that far above it. */
function xmlOptions(profile: UserProfile, records: string, head: Head): FormatOptions {
  const namespaces = profile.reading?.namespaces ?? {};
  const path = parseRecordPath(records, true);
  const { elements: above } = reachOf(profile.fields);
  if (above >= path.levels.length) {
    throw invalid(profile, head, `a field reaches ${above} levels above the record, but ${records} names only ${path.levels.length - 1}`);
  }
  const names = resolveRecordPath(outlineXml(head.text), path, namespaces);
  if (names === undefined) throw invalid(profile, head, `there is no element ${records} in the beginning of it`);
  const cut = names.slice(0, names.length - above);
  const levels = path.levels.slice(0, path.levels.length - above).map(({ name }) => (name.includes(':') ? name : ''));
  const elements = [...cut.slice(levels.length).map(() => ''), ...levels];
  return { path: [...cut], ...(elements.some((name) => name !== '') ? { elements } : {}) };
}

function invalid(profile: UserProfile, head: Head, why: string): UserError {
  return new UserError('profile-invalid', `the profile ${profile.profile} does not fit ${head.name}: ${why}`, head.name);
}
