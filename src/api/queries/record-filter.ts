import { SEVERITIES } from '../../model/finding.ts';
import { COMPLETENESS_STATES } from '../../model/completeness.ts';
import type { RecordQuery } from '../../workspace/readers/records.ts';

export interface RecordFilterValues {
  readonly text?: string | undefined;
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  readonly system?: string | undefined;
  readonly finding?: string | undefined;
  readonly severity?: string | undefined;
  readonly completeness?: string | undefined;
  readonly conflict?: string | undefined;
}

const FIELDS = ['type', 'status', 'system', 'finding', 'severity', 'completeness', 'conflict'] as const;

/**
 * The filter of a records query. Terms of the form `status:failed` or `system:"SAP ERP"` in the text set the field of that
 * name; the rest is looked for in the identifiers.
 */
export function recordQuery(filter: RecordFilterValues): RecordQuery {
  const { text, terms } = splitTerms(filter.text ?? '');
  const value = (field: (typeof FIELDS)[number]): string | undefined => filter[field] ?? terms.get(field);
  const severity = value('severity');
  const rank = severity === undefined ? -1 : SEVERITIES.indexOf(severity as (typeof SEVERITIES)[number]);
  return {
    text,
    type: value('type'),
    status: value('status'),
    system: value('system'),
    finding: value('finding'),
    severity: rank < 0 ? undefined : rank + 1,
    completeness: COMPLETENESS_STATES.find((state) => state === value('completeness')),
    conflict: value('conflict'),
  };
}

function splitTerms(text: string): { readonly text: string; readonly terms: ReadonlyMap<string, string> } {
  const terms = new Map<string, string>();
  const rest: string[] = [];
  for (const word of text.match(/[a-z]+:"[^"]*"|\S+/gi) ?? []) {
    const colon = word.indexOf(':');
    const field = word.slice(0, Math.max(0, colon)).toLowerCase();
    if (colon > 0 && (FIELDS as readonly string[]).includes(field)) terms.set(field, word.slice(colon + 1).replace(/^"|"$/g, ''));
    else rest.push(word);
  }
  return { text: rest.join(' '), terms };
}
