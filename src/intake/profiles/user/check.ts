import type { Status } from '../../../model/status.ts';
import { STATUSES } from '../../../model/status.ts';
import { formatById, FORMATS } from '../../formats/index.ts';
import { templateParts } from '../../infer/compile-values.ts';
import { isStatusFormat } from '../../infer/compile-status.ts';
import { isDurationFormat } from '../../infer/duration.ts';
import { parsePath, PathError } from '../../infer/path-grammar.ts';
import { isXmlFormat, parseRecordPath } from '../../infer/record-path.ts';
import { wrongTimeFormat } from '../../time/format.ts';
import { compileUserRegex, RegexError } from '../../user-regex.ts';
import type { KeyPath, Places, YamlProblem } from '../../../yaml/problems.ts';
import { STATUS_FORMATS } from '../vocabulary.ts';
import type { WrittenField, WrittenMeaning, WrittenProfile } from './schema.ts';
import { ATTRIBUTE_FORMATS } from './schema.ts';

/** What is wrong with a profile whose parts have the right types: what they say about each other, patterns, paths and expressions. */
export function checkProfile(profile: WrittenProfile, places: Places, bases: readonly string[] | undefined): YamlProblem[] {
  const problems: YamlProblem[] = [];
  const report: Report = (path, message, inside) => {
    problems.push(places.at(path, message, inside));
  };
  if (profile.profile === 'inferred' || bases?.includes(profile.profile) === true)
    report(['profile'], `${profile.profile} is a profile of Waybill's own: choose another id, and stand on that one with "base"`);
  if (profile.base !== undefined && profile.lines !== undefined)
    report(['lines'], "with base, the platform's profile reads the entries: lines has no meaning");
  checkFormats(profile, report);
  const xml = couldBeXml(profile);
  checkMeaning(profile, xml, bases, report);
  checkPrefixes(profile, new Map((profile.match?.elements ?? []).map((name, i) => [name, ['match', 'elements', i]] as const)), report);
  for (const [index, other] of (profile.otherwise ?? []).entries())
    checkMeaning(other, xml, bases, (path, message, inside) => report(['otherwise', index, ...path], message, inside));
  return problems;
}

function checkMeaning(meaning: WrittenMeaning, xml: boolean, bases: readonly string[] | undefined, report: Report): void {
  if (meaning.base !== undefined && bases !== undefined && !bases.includes(meaning.base))
    report(['base'], `there is no profile ${meaning.base} to stand on; there are ${bases.join(', ')}`);
  if (meaning.base !== undefined && meaning.records !== undefined)
    report(['records'], "with base, the platform's profile reads the entries: records has no meaning");
  checkRecords(meaning, xml, report);
  for (const [type, rule] of Object.entries(meaning.types ?? {})) checkRegex(rule.capture, ['types', type, 'capture'], report);
  checkStatuses(meaning.statuses, ['statuses'], report);
  const seen = new Map<string, number>();
  for (const [index, field] of meaning.fields.entries()) {
    checkField(field, ['fields', index], xml, report);
    if (field.path === undefined || field.extract !== undefined) continue;
    const before = seen.get(field.path);
    if (before !== undefined) report(['fields', index, 'path'], `"${field.path}" is named twice, first as field ${before + 1}`);
    seen.set(field.path, index);
  }
}

type Report = (path: KeyPath, message: string, inside?: number) => void;

function checkFormats(profile: WrittenProfile, report: Report): void {
  const ids = FORMATS.map((format) => format.id);
  const wrong = (id: string): string => `there is no format ${id}; there are ${ids.join(', ')}`;
  if (profile.format !== undefined && formatById(profile.format) === undefined) report(['format'], wrong(profile.format));
  for (const id of profile.match?.format ?? []) if (formatById(id) === undefined) report(['match', 'format'], wrong(id));
  if (profile.lines === undefined) return;
  if (profile.format !== undefined && profile.format !== 'text' && profile.format !== 'text-pattern')
    report(['format'], `lines describes text, so the format cannot be ${profile.format}`);
  if (profile.records !== undefined) report(['records'], 'with lines, each line is a record: records has no meaning');
  const names = checkRegex(profile.lines, ['lines'], report);
  if (names !== undefined && names.length === 0) report(['lines'], 'the pattern for lines needs named groups such as (?<time>\\S+)');
}

function checkRegex(pattern: string | undefined, path: KeyPath, report: Report): readonly string[] | undefined {
  if (pattern === undefined) return undefined;
  try {
    return compileUserRegex(pattern).names;
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    report(path, error.message);
    return undefined;
  }
}

/** Whether paths may lead into XML: unless the profile says another format. */
function couldBeXml(profile: WrittenProfile): boolean {
  const formats = profile.format === undefined ? profile.match?.format : [profile.format];
  return formats === undefined || formats.some(isXmlFormat);
}

function checkRecords(meaning: WrittenMeaning, xml: boolean, report: Report): void {
  if (meaning.records === undefined) return;
  const names = new Map<string, KeyPath>();
  try {
    const { levels } = parseRecordPath(meaning.records, meaning.records.includes('/') && xml);
    if (meaning.records.includes('/')) for (const { name } of levels) names.set(name, ['records']);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    report(['records'], `"${meaning.records}" is no path: ${error.message}`, error.at);
  }
  checkPrefixes(meaning, names, report);
}

/** Names of elements may have prefixes that the profile explains. */
function checkPrefixes(meaning: WrittenMeaning, names: ReadonlyMap<string, KeyPath>, report: Report): void {
  const prefixes = Object.keys(meaning.namespaces ?? {});
  for (const [name, path] of names) {
    const colon = name.indexOf(':');
    if (colon > 0 && !prefixes.includes(name.slice(0, colon)))
      report(path, `the prefix ${name.slice(0, colon)} has no namespace under "namespaces"`);
  }
}

function checkField(field: WrittenField, at: KeyPath, xml: boolean, report: Report): void {
  const sources = (['path', 'constant', 'template'] as const).filter((key) => field[key] !== undefined);
  if (sources.length === 0) report(at, 'a field needs a path, a constant or a template');
  if (sources.length > 1) report([...at, sources[1]!], `a field has either a ${sources[0]} or a ${sources[1]}`);
  if (field.path !== undefined) checkPath(field.path, [...at, 'path'], xml, report);
  if (field.template !== undefined) checkTemplate(field.template, [...at, 'template'], xml, report);
  if (field.extract !== undefined && field.constant !== undefined) report([...at, 'extract'], 'nothing can be extracted from a constant');
  checkRegex(field.extract, [...at, 'extract'], report);
  checkFieldFormat(field, at, report);
  if (field.role === 'status') checkStatuses(field.values, [...at, 'values'], report);
  const timed = field.role === 'time' || field.role === 'end-time';
  for (const key of ['zone', 'newest'] as const) {
    if (field[key] !== undefined && !timed) report([...at, key], `"${key}" is only for times`);
  }
}

function checkStatuses(words: Readonly<Record<string, string>> | undefined, at: KeyPath, report: Report): void {
  for (const [word, status] of Object.entries(words ?? {})) {
    if (!STATUSES.includes(status as Status)) report([...at, word], `"${status}" is no status; there are ${STATUSES.join(', ')}`);
  }
}

function checkFieldFormat(field: WrittenField, at: KeyPath, report: Report): void {
  const format = field.format;
  if (format === undefined) return;
  const path = [...at, 'format'];
  switch (field.role) {
    case 'time':
    case 'end-time': {
      const wrong = wrongTimeFormat(format);
      if (wrong !== undefined) report(path, wrong.reason, wrong.at);
      return;
    }
    case 'duration':
      if (!isDurationFormat(format))
        report(path, `"${format}" is no unit of duration; there are ns, us, ms, s, min, h, d, iso8601, go, clock`);
      return;
    case 'status':
      if (!isStatusFormat(format)) report(path, `"${format}" is no way to write a status; there are ${STATUS_FORMATS.join(', ')}`);
      return;
    case 'attempt':
      if (format !== 'from-0' && format !== 'from-1') report(path, `"${format}" is no way to count attempts; there are from-0, from-1`);
      return;
    case 'attribute':
      if (!ATTRIBUTE_FORMATS.includes(format))
        report(path, `"${format}" is no way to write a value; there are ${ATTRIBUTE_FORMATS.join(', ')}`);
      return;
    case 'system':
      if (format !== 'pod') report(path, `"${format}" is no form of a system's name; there is pod`);
      return;
    case 'flow':
    case 'step':
    case 'level':
    case 'execution':
    case 'parent-execution':
    case 'span':
    case 'parent-span':
    case 'sequence':
    case 'error':
    case 'message':
    case 'identifier':
    case 'ignored':
      // What inference noted here has no effect.
      return;
  }
}

function checkPath(path: string, at: KeyPath, xml: boolean, report: Report): void {
  if (path.startsWith('^')) return;
  try {
    parsePath(path, xml);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    // `Amount [EUR]` and `Order / No.` are names of columns and keys.
    if (/^[^[\]]*\s\[[^[\]='"@*]*\]$/.test(path) || (xml && isDotPath(path))) return;
    report(at, `"${path}" is no path: ${error.message}`, error.at);
  }
}

/** Whether a path that is none into XML is one into anything else, where `/` is part of a name. */
function isDotPath(path: string): boolean {
  try {
    parsePath(path, false);
    return path.includes('/');
  } catch (error) {
    if (error instanceof PathError) return false;
    throw error;
  }
}

function checkTemplate(template: string, at: KeyPath, xml: boolean, report: Report): void {
  let paths: readonly string[];
  try {
    paths = templateParts(template).flatMap((part) => part.path ?? []);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(at, `the template cannot be read: ${error.message}`);
    return;
  }
  if (paths.length === 0) report(at, 'a template needs a path in braces; what is always the same is a constant');
  for (const path of paths) {
    if (path === '') report(at, 'the braces of a template are empty');
    else checkPath(path, at, xml, report);
  }
}
