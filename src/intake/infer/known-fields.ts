import type { FieldMapping, Role } from '../mapper.ts';
import type { Claims } from './claims.ts';
import { claim, claimed, free } from './claims.ts';
import type { TimeChoice } from './time-roles.ts';

/** A field whose meaning is documented, so that nothing has to be inferred. */
export interface KnownField {
  /** Spellings of its path, the best one first; `a.*` is everything below `a`. */
  readonly paths: readonly string[];
  readonly role: Role;
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  /** One sentence. */
  readonly reason: string;
}

/** Claims what is known. Of several spellings the first that has values is taken; an ignored one takes them all. */
export function claimKnown(claims: Claims, known: readonly KnownField[]): void {
  for (const { paths, role, type, format, reason } of known) {
    for (const field of free(claims)) {
      if (role === 'ignored' && paths.some((path) => matches(path, field.path))) claim(claims, field, 'ignored', 1, reason);
    }
    if (role === 'ignored') continue;
    const path = paths.find((one) => claims.fields.some((field) => field.path === one));
    const field = path === undefined ? undefined : claims.fields.find((one) => one.path === path);
    if (field === undefined || claims.taken.has(field.path)) continue;
    const timed = role === 'time' || role === 'end-time';
    const shape = timed ? field.time?.shape : undefined;
    // Times that are not written alike cannot be read by one shape.
    if (timed && format === undefined && shape === undefined) continue;
    claim(claims, field, role, 1, reason, { type, format: format ?? shape });
  }
}

/** The time that is known, as inference would have found it. */
export function knownTime(claims: Claims): TimeChoice | undefined {
  const field = claimed(claims, 'time');
  return field === undefined
    ? undefined
    : { field, meaning: 'event', end: claimed(claims, 'end-time'), zoneless: field.time?.zoneless ?? false };
}

/** Fields without a value so far, of roles that nothing else was found for: the error of the first failure, the id of the first trace. */
export function absentFields(claims: Claims, known: readonly KnownField[], entries: number): FieldMapping[] {
  // A step that no entry names is none: the message says what happened then.
  const given = new Set<Role>(['identifier', 'attribute', 'ignored', 'step']);
  const absent: FieldMapping[] = [];
  for (const { paths, role, type, format, reason } of known) {
    const [path] = paths;
    if (given.has(role) || path === undefined || claimed(claims, role) !== undefined) continue;
    given.add(role);
    const said = `${reason}; no value in the first ${entries} ${entries === 1 ? 'entry' : 'entries'}`;
    absent.push({ path, role, type, format, confidence: 0.9, reason: said, samples: [] });
  }
  return absent;
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith('.*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern || path.startsWith(`${pattern}[]`);
}

/**
 * What protocols put beside the data: OData's `__metadata` and annotations, the scores of Elasticsearch, Splunk's counters and
 * companion columns, GraphQL's type names. They say nothing about records.
 */
export function claimBookkeeping(claims: Claims): void {
  for (const field of free(claims)) {
    const why = BOOKKEEPING.find(([pattern]) => pattern.test(field.path))?.[1];
    if (why !== undefined) claim(claims, field, 'ignored', 0.9, `bookkeeping of ${why}`);
  }
}

const BOOKKEEPING: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)(?:__metadata|__deferred)(?:\.|$)|@odata\./, 'OData'],
  [/(?:^|\.)__typename$/, 'GraphQL'],
  [/^(?:\^hit\.|\^bulk\.)(?!_id$)|^(?:_score|_shard|_ignored|sort\[\]|highlight\..*)$/, 'Elasticsearch'],
  [
    /^__mv_|^(?:_bkt|_cd|_si|_serial|_subsecond|_indextime|linecount|punct|splunk_server|splunk_server_group|timestartpos|timeendpos|_eventtype_color)$/,
    'Splunk',
  ],
  [/^date_(?:hour|mday|minute|month|second|wday|year|zone)$/, 'Splunk'],
  [/^\^splunk\./, 'Splunk'],
  [/^fields\.clock$/, 'a console: a time of day whose date nothing tells'],
];
