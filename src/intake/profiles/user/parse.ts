import { UserError } from '../../../model/errors.ts';
import type { Status } from '../../../model/status.ts';
import { inOrder, schemaProblems, type KeyPath, type YamlProblem } from '../../../yaml/problems.ts';
import { readYaml } from '../../../yaml/read.ts';
import type { FormatOptions } from '../../format.ts';
import type { FieldReading, KeyRule, SourceReading } from '../../reading.ts';
import { checkProfile } from './check.ts';
import type { UserField, UserProfile } from './profile.ts';
import type { WrittenField, WrittenMeaning, WrittenProfile } from './schema.ts';
import { meaningSchema, profileSchema } from './schema.ts';

export interface ReadProfile {
  readonly profile: UserProfile | undefined;
  /** In the order of the file; empty when the profile can be used. */
  readonly problems: readonly YamlProblem[];
}

/** Reads a profile and says everything that is wrong with it. `bases` are the ids that `base` may name; without it any is taken. */
export function readProfile(yaml: string, bases?: readonly string[]): ReadProfile {
  const { value, places, problems: unread } = readYaml(yaml, 'profile');
  if (unread.length > 0) return refused(unread);
  const read = profileSchema.safeParse(value);
  if (!read.success) return refused(schemaProblems(read.error.issues, places, WORDING));
  const problems = checkProfile(read.data, places, bases);
  return problems.length > 0 ? refused(problems) : { profile: toProfile(read.data), problems: [] };
}

/**
 * Reads a profile. Throws `UserError` with code `profile-invalid`, one sentence for the first problem, and its line and column in `place`. `name` is
 * the file's name for messages.
 */
export function parseProfile(yaml: string, name = 'the profile', bases?: readonly string[]): UserProfile {
  const { profile, problems } = readProfile(yaml, bases);
  if (profile !== undefined) return profile;
  const [first] = problems;
  const place = first === undefined ? name : `${name}, line ${first.line}, column ${first.column}`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  throw new UserError('profile-invalid', `${place}: ${first?.message ?? 'is no profile'}${more}`, place);
}

function refused(problems: readonly YamlProblem[]): ReadProfile {
  return { profile: undefined, problems: inOrder(problems) };
}

const WORDING = {
  keysOf: knownKeys,
  nameOf(path: KeyPath): string {
    if (path.length === 0) return 'the profile';
    const [first, index, ...rest] = path;
    if (first !== 'fields' || typeof index !== 'number') return `"${path.join('.')}"`;
    return rest.length === 0 ? `field ${index + 1}` : `"${rest.join('.')}" of field ${index + 1}`;
  },
  formsOf: (path: KeyPath): string =>
    path.includes('constant') || path.includes('values') ? 'a text, a number, true or false' : 'a text or a list of texts',
};

/** The keys that the schema knows at a path. */
function knownKeys(path: KeyPath): readonly string[] {
  const shape = profileSchema.shape;
  if (path.length === 0) return Object.keys(shape);
  if (path[0] === 'otherwise') return path.length <= 2 ? Object.keys(meaningSchema.shape) : knownKeys(path.slice(2));
  if (path[0] === 'fields') return Object.keys(shape.fields.unwrap().element.shape);
  if (path[0] === 'match') return Object.keys(shape.match.unwrap().shape);
  return path[0] === 'types' ? ['capture', 'strip-prefix', 'strip-zeros', 'case'] : [];
}

function toProfile(written: WrittenProfile): UserProfile {
  const { profile, title, match, format, options, lines, otherwise } = written;
  const reading: SourceReading = { match, format, options: options as FormatOptions | undefined, lines };
  return {
    ...toMeaning(profile, written, reading),
    title,
    ...(otherwise === undefined ? {} : { otherwise: otherwise.map((one) => toMeaning(profile, one, {})) }),
  };
}

function toMeaning(profile: string, written: WrittenMeaning, more: SourceReading): UserProfile {
  const { base, system, zone, kind, step, flow, execution, namespaces, records, vocabulary, statuses, others, types } = written;
  const reading: SourceReading = {
    ...more,
    namespaces,
    records,
    vocabulary,
    others,
    types: types === undefined ? undefined : Object.fromEntries(Object.entries(types).map(([type, rule]) => [type, toRule(rule)])),
  };
  return {
    profile,
    base,
    system,
    zone,
    kind,
    step,
    flow,
    execution,
    ...(statuses === undefined ? {} : { statuses: statuses as Readonly<Record<string, Status>> }),
    reading: Object.values(reading).every((value) => value === undefined) ? undefined : definedOnly(reading),
    fields: written.fields.map(toField),
  };
}

function toRule(rule: NonNullable<WrittenProfile['types']>[string]): KeyRule {
  return definedOnly({ capture: rule.capture, stripPrefix: rule['strip-prefix'], stripZeros: rule['strip-zeros'], case: rule.case });
}

function toField(field: WrittenField): UserField {
  const { path, constant, template, role, type, format, zone, newest, extract, values } = field;
  const status = role === 'status';
  const read: FieldReading = { constant, template, extract, zone, newest, values: status ? undefined : values };
  return definedOnly({
    path: path ?? template ?? `"${constant ?? ''}"`,
    role,
    type,
    format,
    values: status ? (values as Readonly<Record<string, Status>> | undefined) : undefined,
    read: Object.values(read).every((value) => value === undefined) ? undefined : definedOnly(read),
  });
}

/** Without the members that are undefined: what is kept with a source is plain data. */
function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
