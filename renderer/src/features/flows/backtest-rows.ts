import type { WireBacktest } from '../../../../src/api/wire.ts';

type Row = WireBacktest['weeks'][number];

/** The sums of all weeks by kind, of the kinds that differ anywhere. */
export function totalRows(weeks: readonly Row[]): Row[] {
  const totals = new Map<string, Row>();
  for (const { kind, before, after } of weeks) {
    const sum = totals.get(kind) ?? { week: '', kind, before: 0, after: 0 };
    totals.set(kind, { ...sum, before: sum.before + before, after: sum.after + after });
  }
  const differs = new Set(weeks.filter(({ before, after }) => before !== after).map(({ kind }) => kind));
  return [...totals.values()].filter(({ kind }) => differs.has(kind)).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}
