import type { Claims } from './claims.ts';
import { claim, free, has } from './claims.ts';
import type { FieldProfile } from './field-profile.ts';
import { recordTypeOf } from './record-type.ts';

/** Which technical id ties entries to one run best. */
const PRIORITY: readonly string[] = ['trace', 'execution', 'correlation'];

/** Values that say "no parent". */
const ROOT_WORDS: ReadonlySet<string> = new Set(['root', 'none', 'null', '0', '-1', '0000000000000000', '']);

/** Whether a parent id means that there is no parent. */
export function isRootWord(text: string): boolean {
  return text.length <= 16 && ROOT_WORDS.has(text.toLowerCase());
}

/** Claims the execution (or trace), its parent, and span and parent span. At most one of each. */
export function claimExecutions(claims: Claims): void {
  claimSpans(claims);
  const typed = free(claims)
    .filter((field) => !field.list && isKeyLike(field))
    .map((field) => ({ field, type: recordTypeOf(field.path) }))
    .filter((one) => one.type !== undefined && PRIORITY.includes(one.type.type));
  const rank = (one: (typeof typed)[number]): number =>
    PRIORITY.indexOf(one.type?.type ?? '') + (one.field.presence < 0.3 ? 3 : 0) + 0.1 * one.field.depth;
  const own = typed.filter((one) => !has(one.field, 'parent', 'original', 'root', 'top', 'toplevel')).sort((a, b) => rank(a) - rank(b))[0];
  if (own?.type === undefined) return;
  const shared = own.field.distinct.size < own.field.values.length;
  claim(
    claims,
    own.field,
    'execution',
    own.type.confidence * (0.7 + 0.3 * opacity(own.field)),
    `${own.field.distinct.size} ids${shared ? `, shared by ${own.field.values.length} entries` : ''}, and the name says ${own.type.type}`,
    { type: own.type.type },
  );
  const parent = typed.find((one) => one.field !== own.field && has(one.field, 'parent') && one.type?.type === own.type?.type);
  if (parent !== undefined)
    claim(claims, parent.field, 'parent-execution', 0.85, `the name says it is the parent of "${own.field.path}"`, { type: own.type.type });
}

/** Spans: by name, or the pair of an id and a parent id whose values are ids of other entries. */
function claimSpans(claims: Claims): void {
  const keys = free(claims).filter((field) => !field.list && isKeyLike(field));
  const named = (field: FieldProfile): boolean => has(field, 'span', 'spanid') || field.name.join('') === 'spanid';
  let span = keys.find((field) => named(field) && !has(field, 'parent') && opacity(field) > 0.5);
  const parentNamed = keys.filter(
    (field) => has(field, 'parent', 'parentid', 'parentspanid') && recordTypeOf(field.path)?.type !== 'order',
  );
  if (span === undefined) {
    const trace = keys.some((field) => recordTypeOf(field.path)?.type === 'trace');
    span = trace
      ? keys.find(
          (field) => field.name.join(' ') === 'id' && opacity(field) > 0.8 && parentNamed.some((parent) => contained(parent, field) >= 0.3),
        )
      : undefined;
  }
  if (span === undefined) return;
  const unique = span.distinct.size > 0.95 * span.values.length;
  claim(claims, span, 'span', 0.95, `opaque ids${unique ? ', one an entry' : ''}, and the name says span`);
  for (const parent of parentNamed) {
    const share = contained(parent, span);
    const byName = named(parent);
    if (!byName && share < 0.2) continue;
    claim(
      claims,
      parent,
      'parent-span',
      byName ? 0.95 : 0.5 + share / 2,
      `${Math.round(share * 100)} % of its values are in "${span.path}"`,
    );
    return;
  }
}

/** Share of the distinct values of `a` that also stand in `b`, without those that mean "no parent". */
function contained(a: FieldProfile, b: FieldProfile): number {
  let known = 0;
  let all = 0;
  for (const value of a.distinct.keys()) {
    if (isRootWord(value)) continue;
    all++;
    if (b.distinct.has(value)) known++;
  }
  return all === 0 ? 0 : known / all;
}

/** Ids, not words or measures: single tokens. */
export function isKeyLike(field: FieldProfile): boolean {
  const { forms } = field;
  return !field.holdsJson && forms.decimal + forms.boolean + forms.text + forms.label < 0.1 && field.maxLength <= 256;
}

/** How much the values look like machine-made ids. */
function opacity(field: FieldProfile): number {
  const { forms } = field;
  return forms.uuid + forms.hex + forms.urn + 0.8 * forms.code + 0.8 * forms.prefixed + (field.meanLength >= 8 ? 0.8 : 0.4) * forms.digits;
}
