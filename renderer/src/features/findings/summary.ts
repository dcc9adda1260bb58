import type { FindingKind, Severity } from '../../../../src/model/finding.ts';
import { FINDING_KINDS, SEVERITIES } from '../../../../src/model/finding.ts';

/** One line of the engine's summary. */
export interface SummaryRow {
  readonly kind: FindingKind;
  readonly subkind: string;
  readonly severity: Severity;
  readonly count: number;
}

export interface SubkindGroup {
  readonly subkind: string;
  /** Worst severity among them. */
  readonly severity: Severity;
  readonly count: number;
}

export interface KindGroup {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly count: number;
  readonly subkinds: readonly SubkindGroup[];
}

const badness = (severity: Severity): number => SEVERITIES.indexOf(severity);
const worse = (a: Severity, b: Severity): Severity => (badness(b) > badness(a) ? b : a);

/** Groups the summary by kind and subkind: the worst first, then the most frequent, then by the contract's order of kinds. */
export function groupSummary(rows: readonly SummaryRow[]): readonly KindGroup[] {
  const order = Object.keys(FINDING_KINDS);
  const groups = Map.groupBy(rows, (row) => row.kind);
  const kinds = [...groups].map(([kind, ofKind]): KindGroup => {
    const subkinds = [...Map.groupBy(ofKind, (row) => row.subkind)]
      .map(([subkind, list]): SubkindGroup => ({ subkind, ...total(list) }))
      .toSorted((a, b) => badness(b.severity) - badness(a.severity) || b.count - a.count || (a.subkind < b.subkind ? -1 : 1));
    return { kind, subkinds, ...total(ofKind) };
  });
  return kinds.toSorted(
    (a, b) => badness(b.severity) - badness(a.severity) || b.count - a.count || order.indexOf(a.kind) - order.indexOf(b.kind),
  );
}

function total(rows: readonly SummaryRow[]): { readonly severity: Severity; readonly count: number } {
  const nothing: { severity: Severity; count: number } = { severity: 'info', count: 0 };
  return rows.reduce((sum, row) => ({ severity: worse(sum.severity, row.severity), count: sum.count + row.count }), nothing);
}
