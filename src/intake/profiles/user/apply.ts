import type { FieldMapping, Mapping } from '../../mapper.ts';
import { isTimeShape } from '../../time/index.ts';
import type { UserField, UserProfile } from './profile.ts';
import { claimsPath } from './profile.ts';

/** The reason for what a profile says. */
export const SAID = 'the profile says so';

/** Roles that a field can have beside any others. */
const FREE_ROLES: ReadonlySet<FieldMapping['role']> = new Set<FieldMapping['role']>(['identifier', 'attribute', 'ignored']);

/** A mapping with a profile laid over it: a field the profile names is as the profile says, roles that an entry has once pass to the profile's field. */
export function applyProfile(mapping: Mapping, profile: UserProfile): Mapping {
  const own = new Map(profile.fields.filter(claimsValue).map((one) => [valueOf(one), one]));
  const claimed: ReadonlySet<string> = new Set(profile.fields.map((one) => one.role).filter((role) => !FREE_ROLES.has(role)));
  const inferred = profile.reading?.others === 'ignore' ? [] : mapping.fields;
  const samples = new Map(mapping.fields.map((found) => [found.path, found]));
  const kept = inferred.map((found): FieldMapping => {
    const said = own.get(valueOf(found));
    if (said !== undefined) return fromUser(said, found);
    return claimed.has(found.role) ? { ...found, role: 'ignored', reason: `the profile takes another field for ${found.role}` } : found;
  });
  const known = new Set(inferred.map(valueOf));
  const added = profile.fields
    .filter((one) => !(claimsValue(one) && known.has(valueOf(one))))
    .map((one) => fromUser(one, samples.get(one.path)));
  // A system, step or flow that the profile states goes before a field that was only inferred to say one.
  const stated: ReadonlySet<string> = new Set(
    (['system', 'step', 'flow', 'execution'] as const).filter((role) => profile[role] !== undefined),
  );
  return {
    ...common(mapping, profile),
    fields: inFileOrder([...kept, ...added], profile).map((one) =>
      stated.has(one.role) && one.reason !== SAID ? { ...one, role: 'ignored', reason: `the profile states the ${one.role}` } : one,
    ),
    step: profile.step ?? (claimed.has('step') ? undefined : mapping.step),
    flow: profile.flow ?? (claimed.has('flow') ? undefined : mapping.flow),
  };
}

/** Whether a field says what a value is taken for that inference may have found too: one at a path, or a time in two fields. */
function claimsValue(field: UserField): boolean {
  return claimsPath(field) || (field.read?.template !== undefined && field.read.extract === undefined);
}

function valueOf({ path, read }: Pick<UserField, 'path' | 'read'>): string {
  return JSON.stringify([path, read?.template]);
}

/** A platform's mapping with a profile laid over it: the platform reads the entries, fields that it does not list are read beside it. */
export function applyToBase(mapping: Mapping, profile: UserProfile, base: string): Mapping {
  const known = new Set(mapping.fields.map((found) => found.path));
  const own = new Map(profile.fields.filter((one) => claimsPath(one) && known.has(one.path)).map((one) => [one.path, one]));
  const added = profile.fields.filter((one) => own.get(one.path) !== one).map((one) => fromUser(one, undefined));
  return {
    ...common(mapping, profile),
    base,
    fields: mapping.fields.map((found) => {
      const said = own.get(found.path);
      return said === undefined ? found : fromUser(said, found);
    }),
    added: added.length === 0 ? undefined : added,
    step: profile.step ?? mapping.step,
    flow: profile.flow ?? mapping.flow,
  };
}

function common(mapping: Mapping, profile: UserProfile): Mapping {
  return {
    ...mapping,
    profile: profile.profile,
    title: profile.title ?? mapping.title,
    confidence: 1,
    reason: `the profile ${profile.profile} says so${profile.origin === undefined ? '' : `, which stands in ${profile.origin}`}`,
    system: profile.system ?? mapping.system,
    systemReason: profile.system === undefined ? mapping.systemReason : SAID,
    zone: profile.zone ?? mapping.zone,
    zoneReason: profile.zone === undefined ? mapping.zoneReason : SAID,
    kind: profile.kind ?? (saysStep(profile) ? 'step' : mapping.kind),
    execution: profile.execution ?? mapping.execution,
    statuses: profile.statuses,
    reading: profile.reading,
  };
}

/** Who says which step an entry is, takes it for one. */
function saysStep(profile: UserProfile): boolean {
  return profile.step !== undefined || profile.fields.some((field) => field.role === 'step');
}

/**
 * Several fields of one role are tried in the order in which the profile names them. What was inferred keeps its place, for the eye; the profile's
 * fields fill the places they had, in their own order.
 */
function inFileOrder(fields: readonly FieldMapping[], profile: UserProfile): readonly FieldMapping[] {
  const order = new Map(profile.fields.map((field, i) => [keyOf(field), i]));
  const said = fields.filter((field) => field.reason === SAID).toSorted((a, b) => (order.get(keyOf(a)) ?? 0) - (order.get(keyOf(b)) ?? 0));
  let next = 0;
  return fields.map((field) => (field.reason === SAID ? said[next++]! : field));
}

/** Tells fields of one profile apart: several may be extracted from one path. */
function keyOf({ path, role, read }: UserField): string {
  return JSON.stringify([path, role, read?.extract, read?.constant, read?.template]);
}

function fromUser(said: UserField, found: FieldMapping | undefined): FieldMapping {
  const same = found?.role === said.role;
  const timed = said.role === 'time' || said.role === 'end-time';
  const plain = claimsPath(said);
  return {
    path: said.path,
    role: said.role,
    type: said.type ?? (same && plain ? found.type : undefined),
    format: said.format ?? (plain && (same || (timed && isTimeShape(found?.format))) ? found?.format : undefined),
    ...(said.values === undefined ? {} : { values: said.values }),
    ...(said.read === undefined ? {} : { read: said.read }),
    confidence: 1,
    reason: SAID,
    samples: found?.samples ?? [],
  };
}
