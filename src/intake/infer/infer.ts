import { TECHNICAL_TYPES } from '../../model/record.ts';
import type { Entry } from '../entry.ts';
import type { FieldMapping, Mapping, Role, SourceContext } from '../mapper.ts';
import { claimAttempt } from './attempt-role.ts';
import { attributeName } from './attribute-name.ts';
import { claimAttributes } from './attribute-roles.ts';
import type { Claims } from './claims.ts';
import { claimed, createClaims } from './claims.ts';
import { claimDuration } from './duration-role.ts';
import { claimExecutions } from './execution-roles.ts';
import { profileFields } from './field-profile.ts';
import { claimIdentifiers } from './identifier-roles.ts';
import type { KnownField } from './known-fields.ts';
import { absentFields, claimBookkeeping, claimKnown, knownTime } from './known-fields.ts';
import { claimFlow, claimStep, claimStepByBehaviour, claimSystem } from './label-roles.ts';
import { claimLevel, claimStatus } from './level-and-status.ts';
import { guessByName } from './late-fields.ts';
import { columnNames } from './paths.ts';
import { entityType } from './record-type.ts';
import { systemFromName } from './system-name.ts';
import { claimError, claimMessage, messageTemplate } from './text-roles.ts';
import type { TimeChoice } from './time-roles.ts';
import { claimTimes } from './time-roles.ts';

/** How many entries are looked at. */
const SAMPLE = 400;

/** Types that stand beside many records and are not what the entries are about. */
const CONTEXT_TYPES: ReadonlySet<string> = new Set([
  'customer',
  'product',
  'user',
  'vendor',
  'store',
  'warehouse',
  'session',
  'batch',
  'file',
]);

/** A label in a line with a message must be at least so sure to be what happened. */
const STEP_BESIDE_MESSAGE = 0.7;

/**
 * Finds out what the fields of an unknown source mean, from its first entries (at most 400 are looked at): values first, then names.
 * Every field gets a role, a confidence and a reason. Never fails: what cannot be told is ignored, with the reason.
 * @param known fields of a dialect that is documented: they stand, and the others are inferred around them.
 */
export function inferMapping(entries: readonly Entry[], source: SourceContext, known: readonly KnownField[] = []): Mapping {
  const sample = entries.slice(0, SAMPLE);
  const claims = createClaims(profileFields(sample, source.header));
  const fixed = source.system === '' ? known : known.filter((field) => field.role !== 'system');
  claimKnown(claims, fixed);
  claimBookkeeping(claims);
  const open = (role: Role): boolean => claimed(claims, role) === undefined;
  const messages = fixed.some((field) => field.role === 'message');
  const time = knownTime(claims) ?? claimTimes(claims);
  if (open('level')) claimLevel(claims);
  if (open('execution') && open('span')) claimExecutions(claims);
  if (open('step')) claimStep(claims, messages ? STEP_BESIDE_MESSAGE : undefined);
  const documents = !messages && open('step') && open('level') && open('span');
  const entity = entityOf(source);
  claimIdentifiers(claims, documents ? entity : undefined);
  if (documents) claimStepByBehaviour(claims);
  if (open('attempt')) claimAttempt(claims);
  if (open('duration')) claimDuration(claims, time);
  if (open('status')) claimStatus(claims);
  if (open('flow')) claimFlow(claims);
  // A system that the caller named stands; the field that would say otherwise becomes an attribute or is ignored.
  if (source.system === '' && open('system')) claimSystem(claims);
  if (open('error')) claimError(claims);
  if (open('message')) claimMessage(claims);
  const subject = subjectOf(claims, entity);
  nameStatus(claims, subject);
  claimAttributes(claims, subject, source.options['decimal'] === ',');

  const kind = kindOf(claims, time, messages);
  const named = systemFromName(source.name);
  const systemField = claimed(claims, 'system');
  const fallback = source.system === '' ? named.system : source.system;
  const fields = [
    ...claims.fields.map((field) => claims.taken.get(field.path)).filter((field) => field !== undefined),
    ...absentFields(claims, fixed, sample.length),
    ...emptyColumns(claims, source.header, sample.length),
  ];
  return {
    profile: 'inferred',
    title: titleOf(kind.kind, subject, sample.length),
    confidence: overall(fields),
    reason: kind.reason,
    system: fallback,
    systemReason: systemField === undefined ? (source.system === '' ? named.reason : 'given') : `the field "${systemField.path}" says it`,
    zone: source.zone === '' || saysUtc(time) ? 'UTC' : source.zone,
    zoneReason: zoneReason(time, source.zone),
    kind: kind.kind,
    fields,
    step:
      kind.step ??
      (kind.kind === 'step' && claimed(claims, 'step') === undefined && claimed(claims, 'message') === undefined
        ? (subject ?? entity ?? named.system)
        : undefined),
    flow: undefined,
  };
}

/** A document's status is also an attribute: which one (`status`, `financial_status`) stands in the type. */
function nameStatus(claims: Claims, subject: string | undefined): void {
  const field = claimed(claims, 'status');
  const mapping = field && claims.taken.get(field.path);
  if (field !== undefined && mapping !== undefined) claims.taken.set(field.path, { ...mapping, type: attributeName(field.path, subject) });
}

/** Columns without a value so far: the name is all there is to go by, and the values are checked when they come. */
function emptyColumns(claims: Claims, header: readonly string[] | undefined, entries: number): FieldMapping[] {
  if (header === undefined) return [];
  const seen = new Set(claims.fields.map((field) => field.path.split('.')[0]?.replace('[]', '')));
  let error = claimed(claims, 'error') !== undefined;
  let attempt = claimed(claims, 'attempt') !== undefined;
  return columnNames(header).flatMap((name): FieldMapping[] => {
    if (claims.taken.has(name) || seen.has(name)) return [];
    const guess = guessByName(name);
    const isKnown = (guess?.role === 'error' && error) || (guess?.role === 'attempt' && attempt);
    const role = guess === undefined || isKnown ? 'ignored' : guess.role;
    if (role === 'error') error = true;
    if (role === 'attempt') attempt = true;
    const reason = `no value in the first ${entries} entries${role === 'ignored' ? '' : `; the name says ${guess?.type ?? role}`}`;
    return [
      {
        path: name,
        role,
        type: role === 'ignored' ? undefined : guess?.type,
        format: role === 'attempt' && guess?.role === 'attempt' ? guess.format : undefined,
        confidence: role === 'ignored' ? 0.5 : 0.4,
        reason,
        samples: [],
      },
    ];
  });
}

/** What the file, or the list within it, is called after: `orders`. */
function entityOf(source: SourceContext): string | undefined {
  const list = ['path', 'root', 'items', 'array', 'element', 'record']
    .map((key) => source.options[key])
    .find((value) => typeof value === 'string' || Array.isArray(value));
  const path = Array.isArray(list) ? list.filter((key) => typeof key === 'string').join('.') : list;
  if (typeof path === 'string') {
    const last = path
      .replaceAll('[]', '')
      .split('.')
      .filter((part) => part !== '' && part !== 'edges')
      .at(-1);
    const found = last === undefined ? undefined : entityType(last);
    if (found !== undefined) return found.type;
  }
  const file = source.name.split(/[/\\]/).at(-1) ?? source.name;
  return entityType(file)?.type;
}

/** The record type the entries are mostly about. */
function subjectOf(claims: Claims, entity: string | undefined): string | undefined {
  const typed = claims.fields.flatMap((field) => {
    const mapping = claims.taken.get(field.path);
    return mapping?.role === 'identifier' && mapping.type !== undefined && !field.list && !TECHNICAL_TYPES.has(mapping.type)
      ? [{ field, type: mapping.type, confidence: mapping.confidence }]
      : [];
  });
  if (entity !== undefined && typed.some((one) => one.type === entity)) return entity;
  const own = typed.filter((one) => !CONTEXT_TYPES.has(one.type));
  return own.toSorted((a, b) => b.field.presence * b.confidence - a.field.presence * a.confidence)[0]?.type;
}

function kindOf(
  claims: Claims,
  time: TimeChoice | undefined,
  messages: boolean,
): { kind: Mapping['kind']; reason: string; step: string | undefined } {
  const step = claimed(claims, 'step');
  if (step !== undefined) return { kind: 'step', reason: `each entry says what happened ("${step.path}")`, step: undefined };
  const keys = claims.fields.filter((field) => {
    const mapping = claims.taken.get(field.path);
    return mapping?.role === 'identifier' && !TECHNICAL_TYPES.has(mapping.type ?? '');
  });
  const message = claimed(claims, 'message');
  const isLog = messages || claimed(claims, 'level') !== undefined || claimed(claims, 'span') !== undefined;
  if (message !== undefined && (isLog || keys.length === 0)) {
    const templates = new Set(message.values.map(messageTemplate));
    const repeated = templates.size <= Math.max(8, 0.5 * message.values.length);
    // Lines that belong to spans tell about the spans' steps; where few do, the lines are all there is.
    if (keys.length > 0 && repeated && (claimed(claims, 'span')?.presence ?? 0) < 0.5) {
      return {
        kind: 'step',
        reason: `lines about records, in ${templates.size} kinds of messages: the message says what happened`,
        step: undefined,
      };
    }
    return { kind: 'note', reason: 'lines with messages, which tell about steps but are none themselves', step: undefined };
  }
  const attributes = claims.fields.filter((field) => claims.taken.get(field.path)?.role === 'attribute');
  const state = claimed(claims, 'status') !== undefined || attributes.some((field) => claims.taken.get(field.path)?.type === 'amount');
  const nested = claims.fields.some((field) => field.list || field.depth > 0);
  const kept =
    time === undefined || time.meaning === 'updated' || time.meaning === 'created' || time.meaning === 'ingest' || time.meaning === 'dated';
  if (keys.length > 0 && (state || attributes.length >= 2) && (kept || nested)) {
    return {
      kind: 'snapshot',
      reason: `documents: keys and a state, ${time === undefined ? 'no time' : `the time of ${time.meaning === 'updated' ? 'the last change' : time.meaning}`}, and nothing that says what happened`,
      step: undefined,
    };
  }
  return { kind: 'step', reason: 'each entry is taken for one thing that happened, although no field says what', step: undefined };
}

/** `TimeGenerated [UTC]`: Azure's portal writes the zone into the column's name, and leaves it out of the times. */
function saysUtc(time: TimeChoice | undefined): boolean {
  return time !== undefined && time.zoneless && / \[UTC\]$/i.test(time.field.path);
}

function zoneReason(time: TimeChoice | undefined, zone: string): string {
  if (time === undefined) return 'there are no times';
  if (!time.zoneless) return 'the times carry their zone or count from the epoch';
  if (saysUtc(time)) return `the column "${time.field.path}" says UTC`;
  return zone === '' ? 'the times carry no zone: UTC is assumed' : `the times carry no zone: ${zone} was given`;
}

function titleOf(kind: Mapping['kind'], subject: string | undefined, count: number): string {
  const what = kind === 'snapshot' ? `${subject ?? 'record'} documents` : kind === 'note' ? 'log lines' : `${subject ?? 'event'} steps`;
  return `${what}, inferred from ${count} ${count === 1 ? 'entry' : 'entries'}`;
}

/** Time, step and keys carry the mapping; the weakest of them limits it. */
function overall(fields: readonly FieldMapping[]): number {
  const top = (roles: readonly string[]): number =>
    Math.max(0, ...fields.filter((field) => roles.includes(field.role)).map((field) => field.confidence));
  const time = top(['time']);
  const keys = top(['identifier', 'execution']);
  const what = Math.max(0.5, top(['step', 'status', 'message']));
  return Math.round((0.4 * time + 0.35 * keys + 0.25 * what) * 100) / 100;
}
