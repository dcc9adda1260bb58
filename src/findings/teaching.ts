import type { Finding, Measure } from '../model/finding.ts';

/** What a duration that is held to be usual may exceed what was seen by: an alarm that is just as bad is no news, a worse one is. */
const JUST_ABOVE = 1.05;

/** A threshold that a person raised by calling a finding a false alarm. */
export interface TaughtThreshold {
  /** Which claims it holds for: a kind and a subkind about one step of one record type. */
  readonly kind: Finding['kind'];
  readonly subkind: Finding['subkind'];
  readonly type: string;
  readonly system: string | undefined;
  readonly flow: string | undefined;
  readonly step: string | undefined;
  readonly facet: string | undefined;
  readonly parameter: Measure['parameter'];
  /** Up to this nothing is reported any more; in the unit of the measure. */
  readonly value: number;
  /** Id of the finding that taught it: the worst, where several did. */
  readonly finding: string;
}

/**
 * What false alarms teach: each raises the threshold for the same claim about the same step to just above what was seen, and no further, so that
 * clearly worse cases are still reported. Claims that no threshold decided (an error, an absence, a word) teach nothing.
 */
export function taughtBy(falseAlarms: readonly Finding[]): readonly TaughtThreshold[] {
  const taught = new Map<string, TaughtThreshold>();
  for (const finding of falseAlarms) {
    const { measured, record } = finding;
    if (measured === undefined || record === undefined) continue;
    const key = placeOf(finding, measured);
    const value = raised(measured);
    if (value <= (taught.get(key)?.value ?? 0)) continue;
    const { kind, subkind, system, flow, step, facet } = finding;
    taught.set(key, {
      kind,
      subkind,
      type: record.type,
      system: system ?? undefined,
      flow: flow ?? undefined,
      step: step ?? undefined,
      facet: facet ?? undefined,
      parameter: measured.parameter,
      value,
      finding: finding.id,
    });
  }
  return [...taught.values()];
}

/** Looks up which threshold, if any, silences a finding. */
export function taughtLookup(taught: readonly TaughtThreshold[]): (finding: Finding) => TaughtThreshold | undefined {
  const byPlace = new Map(taught.map((threshold) => [placeOf({ ...threshold, record: { type: threshold.type } }, threshold), threshold]));
  return (finding) => {
    if (finding.measured === undefined || byPlace.size === 0) return undefined;
    const threshold = byPlace.get(placeOf(finding, finding.measured));
    return threshold !== undefined && finding.measured.value <= threshold.value ? threshold : undefined;
  };
}

/** Attempts are counted: as many again are just as bad, one more is worse. */
function raised({ parameter, value }: Measure): number {
  return parameter === 'attempts' ? value : value * JUST_ABOVE;
}

type Place = Pick<Finding, 'kind' | 'subkind' | 'system' | 'flow' | 'step' | 'facet'> & {
  readonly record: { readonly type: string } | undefined;
};

function placeOf({ kind, subkind, record, system, flow, step, facet }: Place, { parameter }: Pick<Measure, 'parameter'>): string {
  return JSON.stringify([kind, subkind, record?.type, system ?? null, flow ?? null, step ?? null, facet ?? null, parameter]);
}
