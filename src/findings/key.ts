import { fnv1a } from '../flows/index.ts';
import type { Finding } from '../model/finding.ts';

/** What of a finding says which one it is. */
export type FindingKey = Pick<Finding, 'kind' | 'subkind' | 'record' | 'system' | 'flow' | 'step' | 'facet' | 'nth'>;

/**
 * The id of a finding: a hash of what is claimed of whom and where, and the how-manieth such claim it is. Not of its time, which a late entry may
 * move, nor of the place of its step in the journey, which a late entry may shift; so what a person said of a finding is found again after any import.
 */
export function findingId({ kind, subkind, record, system, flow, step, facet, nth }: FindingKey): string {
  const parts = [kind, subkind, record?.type ?? '', record?.key ?? '', system ?? '', flow ?? '', step ?? '', nth ?? 0];
  const name = (facet === undefined ? parts : [...parts, facet]).join('|');
  return hex(fnv1a(name)) + hex(fnv1a(name, 0x9747b28c));
}

/** Numbers those that have everything else in common, in their order. */
export function numbered(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const nth = counts.get(finding.id) ?? 0;
    counts.set(finding.id, nth + 1);
    return nth === 0 ? finding : { ...finding, nth, id: findingId({ ...finding, nth }) };
  });
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
