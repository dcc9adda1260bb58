import { RECORD_NOUNS } from './record-nouns.ts';
import type { Claims } from './claims.ts';
import { best, claim, claimed, free, has } from './claims.ts';
import type { FieldProfile } from './field-profile.ts';
import { isStatusLike } from './level-and-status.ts';
import { podService } from './system-name.ts';

/** How strongly a name says "step". Matched against the words of the last path segment, joined. */
const STEP_NAMES: readonly (readonly [RegExp, number])[] = [
  [/^(?:process |workflow |flow |business )?(?:step|activity|milestone)(?: name| id| code| en| de)?$/, 1],
  [/^(?:event|activity|operation|action|task|step|stage)(?: name| type| code| key)$/, 0.97],
  [/^(?:event|span name|event id)$/, 0.92],
  [/^(?:operation|action|task|stage|vorgang|aktivität|aktivitaet|schritt|ereignis|phase)$/, 0.88],
  [/^(?:transaction type|movement type|message type|bewegungsart|transition|routing key)$/, 0.6],
  [/^(?:shape|procedure|command|function|func|job step|topic)(?: name| type)?$/, 0.55],
  [/^(?:type|kind|name|subject|title)$/, 0.5],
  [/^(?:endpoint|route|path|url|uri|request uri|target)$/, 0.4],
];

const FLOW_NAMES: readonly (readonly [RegExp, number])[] = [
  [
    /^(?:integration |business )?(?:flow|process|workflow|pipeline|integration|iflow|interface|dag|recipe|scenario|orchestration)(?: name| id| key| type)?$/,
    0.95,
  ],
  [/^(?:job|batch|program)(?: name)$/, 0.8],
];

const SYSTEM_NAMES: readonly (readonly [RegExp, number])[] = [
  [/^(?:source |origin(?:ating)? |src )?(?:system|service|application|app)(?: name| id)?$/, 1],
  [/^(?:service name|servicename|appname|app name)$/, 1],
  [/^(?:component|subsystem|backend|module|microservice|program|sender)(?: name)?$/, 0.75],
  [/^(?:pod|podname|pod name|kubernetes pod name)$/, 0.8],
  // IIS: the service that answered.
  [/^s sitename$/, 0.75],
  [/^(?:source|origin|emitter|producer)$/, 0.6],
  [/^(?:container|container name|deployment|deployment name)$/, 0.55],
];

function named(field: FieldProfile, names: readonly (readonly [RegExp, number])[]): number {
  const joined = field.name.join(' ');
  const whole = field.words.join(' ');
  for (const [pattern, weight] of names) if (pattern.test(joined) || pattern.test(whole)) return weight;
  return 0;
}

/** 0..1: a name for something that comes back again and again, not a key, measure or sentence. */
function labelness(field: FieldProfile): number {
  const { forms } = field;
  if (field.list || field.holdsJson || field.values.length === 0) return 0;
  const machine = forms.uuid + forms.hex + forms.digits + forms.decimal + forms.boolean + forms.email;
  if (machine > 0.2 || forms.text > 0.3 || field.meanLength > 80) return 0;
  const lettered = field.values.filter((value) => /\p{L}/u.test(value)).length;
  if (lettered < 0.7 * field.values.length) return 0;
  const count = field.values.length;
  const ratio = field.distinct.size / count;
  const repeats = count < 12 ? 0.8 : ratio <= 0.1 ? 1 : ratio <= 0.5 ? 0.85 : ratio <= 0.8 ? 0.4 : 0.1;
  const keys = field.distinct.size > 3 ? 0.7 * forms.prefixed : 0.3 * forms.prefixed;
  return repeats * (1 - keys) * (forms.urn > 0.8 ? 0.6 : 1);
}

/** Claims the step: what happened. Names that say so first; a constant says little. */
export function claimStep(claims: Claims, threshold = 0.35): void {
  const log = claimed(claims, 'level') !== undefined;
  const found = best(
    free(claims).filter((field) => field.presence >= 0.4),
    (field) => stepScore(field, log),
    threshold,
  );
  if (found === undefined) return;
  const { field } = found;
  claim(
    claims,
    field,
    'step',
    found.score,
    `${field.distinct.size} different labels in ${field.values.length} entries (${field.samples.join(', ')}), and the name says what happened`,
  );
}

function stepScore(field: FieldProfile, log: boolean): number {
  const name = named(field, STEP_NAMES);
  // In log lines a bare name or type is the logger's or the application's.
  if (name === 0 || isStatusLike(field) || (name <= 0.6 && log)) return 0;
  // `order.name`, `payment.type`, `customer_type`: about the record, not about what happened. `event.type` is fine.
  const owner = field.words.slice(0, -1).some((word) => RECORD_NOUNS.has(word) && word !== 'case' && word !== 'execution');
  if (name <= 0.6 && owner) return 0;
  const constant = field.distinct.size === 1 && field.values.length >= 20 ? 0.55 : 1;
  return name * labelness(field) * constant * (0.6 + 0.4 * field.presence) - 0.05 * field.depth;
}

/**
 * Where no name says "step": the label that changes most within a case or order. Of two entries about one record, the
 * next step has another label; a country or a channel has the same.
 */
export function claimStepByBehaviour(claims: Claims): void {
  const keys = claims.fields.filter((field) => {
    const mapping = claims.taken.get(field.path);
    return (
      (mapping?.role === 'identifier' || mapping?.role === 'execution') &&
      !field.list &&
      field.distinct.size < 0.6 * field.values.length &&
      field.distinct.size > 1
    );
  });
  const key = keys.sort((a, b) => b.distinct.size - a.distinct.size)[0];
  if (key === undefined) return;
  const found = best(
    free(claims).filter(
      (field) =>
        field.presence >= 0.9 &&
        !isStatusLike(field) &&
        labelness(field) >= 0.8 &&
        field.distinct.size >= 3 &&
        field.distinct.size <= 80 &&
        !has(field, 'resource', 'user', 'host', 'thread', 'logger', 'level'),
    ),
    (field) => variety(field, key),
    0.75,
  );
  if (found === undefined) return;
  claim(claims, found.field, 'step', 0.5 * found.score, `its ${found.field.distinct.size} labels rarely repeat within one "${key.path}"`);
}

/** Mean share of different values among the entries of one key (keys with at least two entries). */
function variety(field: FieldProfile, key: FieldProfile): number {
  const groups = new Map<string, { count: number; labels: Set<string> }>();
  for (let i = 0; i < key.column.length; i++) {
    const [id, label] = [key.column[i], field.column[i]];
    if (id === undefined || label === undefined) continue;
    const group = groups.get(id) ?? { count: 0, labels: new Set<string>() };
    group.count++;
    group.labels.add(label);
    groups.set(id, group);
  }
  const several = [...groups.values()].filter((group) => group.count > 1);
  return several.length === 0 ? 0 : several.reduce((sum, group) => sum + group.labels.size / group.count, 0) / several.length;
}

export function claimFlow(claims: Claims): void {
  const found = best(
    free(claims).filter((field) => field.presence >= 0.3),
    (field) => named(field, FLOW_NAMES) * labelness(field) - 0.05 * field.depth,
    0.45,
  );
  if (found !== undefined)
    claim(claims, found.field, 'flow', found.score, `${found.field.distinct.size} different labels, and the name says which process`);
}

export function claimSystem(claims: Claims): void {
  // bunyan and pino: `name` beside `pid` and `hostname` is the application.
  const paths = new Set(claims.fields.map((field) => field.path));
  const application = claimed(claims, 'level') !== undefined && paths.has('pid') && paths.has('hostname');
  const found = best(
    free(claims).filter((field) => field.presence >= 0.5),
    (field) => (application && field.path === 'name' ? 0.8 * labelness(field) : systemScore(field)),
    0.4,
  );
  if (found === undefined) return;
  const { field } = found;
  const pods = field.values.filter((value) => podService(value) !== value).length;
  if (pods > 0.5 * field.values.length) {
    claim(
      claims,
      field,
      'system',
      found.score,
      `${new Set(field.values.map(podService)).size} services: names of pods without the part that changes with each deployment`,
      { format: 'pod' },
    );
  } else
    claim(
      claims,
      field,
      'system',
      found.score,
      `${field.distinct.size} different names (${field.samples.join(', ')}), and the name says which system`,
    );
}

function systemScore(field: FieldProfile): number {
  const name = named(field, SYSTEM_NAMES);
  // `fulfillment.service`, `order.source`: about the record.
  if (field.words.slice(0, -1).some((word) => RECORD_NOUNS.has(word))) return 0;
  if (name === 0 || has(field, 'target', 'destination', 'dest', 'peer', 'remote', 'receiver')) return 0;
  if (field.values.some((value) => value.includes('/') || value.includes('\\')) && name < 0.9) return 0;
  const pods = field.values.filter((value) => podService(value) !== value).length > 0.5 * field.values.length;
  if (!pods && field.distinct.size > Math.max(8, 0.3 * field.values.length)) return 0;
  const constant = field.distinct.size === 1 && name < 0.6 ? 0.5 : 1;
  return name * (pods ? 1 : labelness(field)) * constant * (0.6 + 0.4 * field.presence) - 0.04 * field.depth;
}
