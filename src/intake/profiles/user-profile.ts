import { isMap, isNode, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { UserError } from '../../model/errors.ts';
import type { Status } from '../../model/status.ts';
import { STATUSES } from '../../model/status.ts';
import type { FieldMapping, Mapping } from '../mapper.ts';
import { ROLES } from '../mapper.ts';
import { isDurationFormat } from '../infer/duration.ts';
import { isTimeShape, isZone, TIME_SHAPES } from '../time/index.ts';

const field = z.strictObject({
  path: z.string().min(1),
  role: z.enum(ROLES),
  type: z.string().min(1).optional(),
  format: z.string().min(1).optional(),
  values: z.record(z.string(), z.enum(STATUSES)).optional(),
});

const schema = z.strictObject({
  profile: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens'),
  title: z.string().optional(),
  /** A platform profile to stand on; without it the fields are inferred and these override them. */
  base: z.string().optional(),
  system: z.string().min(1).optional(),
  zone: z.string().refine(isZone, 'is no time zone').optional(),
  kind: z.enum(['step', 'snapshot', 'note']).optional(),
  step: z.string().min(1).optional(),
  flow: z.string().min(1).optional(),
  fields: z.array(field).default([]),
});

/** What a user wrote down about a source: overrides what would be inferred. */
export interface UserProfile {
  readonly profile: string;
  readonly title?: string | undefined;
  readonly base?: string | undefined;
  readonly system?: string | undefined;
  readonly zone?: string | undefined;
  readonly kind?: Mapping['kind'] | undefined;
  readonly step?: string | undefined;
  readonly flow?: string | undefined;
  readonly fields: readonly UserField[];
}

export interface UserField {
  readonly path: string;
  readonly role: FieldMapping['role'];
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  /** For statuses: what the source's own words mean. */
  readonly values?: Readonly<Record<string, Status>> | undefined;
}

/**
 * Reads a profile. Throws `UserError` with code `profile-invalid`, one sentence, and the line in `place`. `name` is the file's name for messages.
 */
export function parseProfile(yaml: string, name = 'the profile'): UserProfile {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number | undefined): string => (offset === undefined ? name : `${name}, line ${lines.linePos(offset).line}`);
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new UserError('profile-invalid', `${at(broken.pos[0])} is not valid YAML: ${broken.message}`, at(broken.pos[0]));
  if (!isMap(document.contents))
    throw new UserError('profile-invalid', `${name} is no profile: it has no fields such as "profile:"`, at(0));
  const read = schema.safeParse(document.toJS({ maxAliasCount: 10 }));
  if (!read.success) {
    const issue = read.error.issues[0];
    const path = issue?.path ?? [];
    const place = at(offsetOf(document, path));
    throw new UserError(
      'profile-invalid',
      `${place}: ${path.length === 0 ? '' : `"${path.join('.')}" `}${issue?.message ?? 'is wrong'}`,
      place,
    );
  }
  for (const [index, one] of read.data.fields.entries()) {
    const wrong = wrongFormat(one);
    if (wrong === undefined) continue;
    const place = at(offsetOf(document, ['fields', index, 'format']));
    throw new UserError('profile-invalid', `${place}: ${wrong}`, place);
  }
  return read.data;
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function wrongFormat(one: UserField): string | undefined {
  if (one.format === undefined) return undefined;
  if ((one.role === 'time' || one.role === 'end-time') && !isTimeShape(one.format))
    return `"${one.format}" is no form of time; there are ${TIME_SHAPES.join(', ')}`;
  if (one.role === 'duration' && !isDurationFormat(one.format))
    return `"${one.format}" is no unit of duration; there are ns, us, ms, s, min, h, iso8601, go, clock`;
  return undefined;
}

/** A mapping as a profile file, so that it can be kept and shared. `parseProfile(toYaml(m))` gives the same fields. Ignored fields are kept too: they say what not to read. */
export function toYaml(mapping: Mapping, id = 'my-profile'): string {
  const profile: UserProfile = {
    profile: mapping.profile === 'inferred' ? id : mapping.profile,
    title: mapping.title,
    system: mapping.fields.some((one) => one.role === 'system') ? undefined : mapping.system,
    zone: mapping.zone === '' ? undefined : mapping.zone,
    kind: mapping.kind,
    step: mapping.step,
    flow: mapping.flow,
    fields: mapping.fields.map(({ path, role, type, format, values }) => ({ path, role, type, format, values })),
  };
  return stringify(profile, { keepUndefined: false, lineWidth: 0 });
}

/** A mapping with a profile laid over it: a field the profile names is as the profile says, roles that an entry has once pass to the profile's field. */
export function applyProfile(mapping: Mapping, profile: UserProfile): Mapping {
  const own = new Map(profile.fields.map((one) => [one.path, one]));
  const claimed: ReadonlySet<string> = new Set(
    profile.fields.map((one) => one.role).filter((role) => role !== 'identifier' && role !== 'attribute' && role !== 'ignored'),
  );
  const kept = mapping.fields.map((found): FieldMapping => {
    const said = own.get(found.path);
    if (said !== undefined) return fromUser(said, found);
    return claimed.has(found.role) ? { ...found, role: 'ignored', reason: `the profile takes another field for ${found.role}` } : found;
  });
  const known = new Set(mapping.fields.map((found) => found.path));
  const added = profile.fields.filter((one) => !known.has(one.path)).map((one) => fromUser(one, undefined));
  return {
    ...mapping,
    profile: profile.profile,
    title: profile.title ?? mapping.title,
    confidence: 1,
    reason: `the profile ${profile.profile} says so`,
    system: profile.system ?? mapping.system,
    systemReason: profile.system === undefined ? mapping.systemReason : 'the profile says it',
    zone: profile.zone ?? mapping.zone,
    zoneReason: profile.zone === undefined ? mapping.zoneReason : 'the profile says it',
    kind: profile.kind ?? mapping.kind,
    step: profile.step ?? (own.size > 0 && claimed.has('step') ? undefined : mapping.step),
    flow: profile.flow ?? mapping.flow,
    // A system that the profile states goes before a field that was only inferred to say one.
    fields: [...kept, ...added].map((one) =>
      profile.system !== undefined && one.role === 'system' && !own.has(one.path)
        ? { ...one, role: 'ignored', reason: 'the profile states the system' }
        : one,
    ),
  };
}

function fromUser(said: UserField, found: FieldMapping | undefined): FieldMapping {
  const same = found?.role === said.role;
  return {
    path: said.path,
    role: said.role,
    type: said.type ?? (same ? found.type : undefined),
    format: said.format ?? (same || (said.role === 'time' && isTimeShape(found?.format)) ? found?.format : undefined),
    values: said.values,
    confidence: 1,
    reason: 'the profile says so',
    samples: found?.samples ?? [],
  };
}
