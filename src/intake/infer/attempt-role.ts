import type { Claims } from './claims.ts';
import { claim, free } from './claims.ts';
import type { FieldProfile } from './field-profile.ts';

const NAMES: readonly (readonly [RegExp, 'from-0' | 'from-1'])[] = [
  [
    /^(?:attempt|try|attempt no|attempt nr|attempt number|attempt count|delivery attempt|delivery attempts|delivery count|try count|try number|receive count|approximate receive count|attempts|tries|run attempt|versuch|versuche|versuch nr|versuch nummer|versuchsnummer)$/,
    'from-1',
  ],
  [
    /^(?:retry|retries|retry no|retry number|retry count|retries count|num retries|redelivery count|redelivery counter|redeliveries|redelivered count|retry attempt|attempt index)$/,
    'from-0',
  ],
];

/** How an attempt field counts, kept in the mapping as its format. `from-0`: the first try is 0 (retry counters). */
export type AttemptFormat = 'from-0' | 'from-1';

/** Claims the attempt: small whole numbers under a name that says attempt or retry. */
export function claimAttempt(claims: Claims): void {
  for (const field of free(claims)) {
    const format = formatOf(field);
    if (format === undefined) continue;
    claim(
      claims,
      field,
      'attempt',
      0.9,
      `small whole numbers, and the name says ${format === 'from-0' ? 'retry (the first try is 0)' : 'attempt (the first try is 1)'}`,
      { format },
    );
    return;
  }
}

function formatOf(field: FieldProfile): AttemptFormat | undefined {
  if (field.list || field.forms.digits < 0.99 || field.maxLength > 3) return undefined;
  const format = attemptByName(field.name);
  return format !== undefined && field.distinct.has('0') ? 'from-0' : format;
}

/** How a field of this name counts attempts; undefined where the name does not say so. */
export function attemptByName(name: readonly string[]): AttemptFormat | undefined {
  const words = name.join(' ');
  return NAMES.find(([pattern]) => pattern.test(words))?.[1];
}
