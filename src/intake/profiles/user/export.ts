import { stringify } from 'yaml';
import type { FieldMapping, Mapping } from '../../mapper.ts';
import type { KeyRule } from '../../reading.ts';
import { platformProfileById } from '../index.ts';
import { SAID } from './apply.ts';

/** The reason that the interface gives to what the user changed in a mapping. */
const CHOSEN = 'chosen by you';

/**
 * A mapping as a profile file, so that it can be kept and shared: `parseProfile(toYaml(m))` reads the same events from the same source. Ignored fields are
 * kept too: they say what not to read. Of a platform's mapping only what the user said is written, beside the platform it stands on.
 */
export function toYaml(mapping: Mapping, id = 'my-profile'): string {
  const { match, format, options, lines } = mapping.reading ?? {};
  const base = baseOf(mapping);
  const own = mapping.profile === 'inferred' || mapping.profile === base ? id : mapping.profile;
  const profile = {
    profile: own,
    title: mapping.title === '' ? undefined : mapping.title,
    match,
    format,
    options,
    lines,
    ...writtenMeaning(mapping),
    otherwise: mapping.otherwise?.map(writtenMeaning),
  };
  return stringify(profile, { keepUndefined: false, lineWidth: 0 });
}

function baseOf(mapping: Mapping): string | undefined {
  return mapping.base ?? (platformProfileById(mapping.profile) === undefined ? undefined : mapping.profile);
}

function writtenMeaning(mapping: Mapping) {
  const base = baseOf(mapping);
  const { namespaces, records, vocabulary, others, types } = mapping.reading ?? {};
  const said = (reason: string): boolean => base === undefined || reason === SAID || reason === CHOSEN || reason === 'given';
  const fields = base === undefined ? mapping.fields : [...mapping.fields.filter((field) => said(field.reason)), ...(mapping.added ?? [])];
  return {
    base,
    namespaces,
    records,
    system: mapping.system === '' || !said(mapping.systemReason) || (base === undefined && hasSystem(mapping)) ? undefined : mapping.system,
    zone: mapping.zone === '' || !said(mapping.zoneReason) ? undefined : mapping.zone,
    kind: base === undefined ? mapping.kind : undefined,
    step: base === undefined ? mapping.step : undefined,
    flow: base === undefined ? mapping.flow : undefined,
    execution: base === undefined ? mapping.execution : undefined,
    vocabulary,
    statuses: mapping.statuses,
    others,
    types: types === undefined ? undefined : Object.fromEntries(Object.entries(types).map(([type, rule]) => [type, writtenRule(rule)])),
    fields: fields.map(writtenField),
  };
}

function hasSystem(mapping: Mapping): boolean {
  return mapping.fields.some((field) => field.role === 'system');
}

function writtenField({ path, role, type, format, values, read }: FieldMapping) {
  const { constant, template, extract, zone, newest } = read ?? {};
  const source = constant !== undefined ? { constant } : template !== undefined ? { template } : { path };
  return { ...source, role, type, format: writtenFormat(role, format), zone, newest, extract, values: values ?? read?.values };
}

/** Inference notes a form of time on fields that it then ignores: there it has no meaning. */
function writtenFormat(role: FieldMapping['role'], format: string | undefined): string | undefined {
  return role === 'ignored' ? undefined : format;
}

function writtenRule(rule: KeyRule) {
  return { capture: rule.capture, 'strip-prefix': rule.stripPrefix, 'strip-zeros': rule.stripZeros, case: rule.case };
}
