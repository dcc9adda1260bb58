import type { DataScope } from '../journey/types.ts';

/** When a system was logged. */
export interface SystemCoverage {
  /** Latest moment (µs) at which the system is known to have been logged; undefined when it never was. */
  endOf(system: string): number | undefined;
  /** Earliest moment (µs) at which the system is known to have been logged; undefined when it never was. */
  startOf(system: string): number | undefined;
  /** Whether the system was logged from `from` to `to` (µs) without a break. */
  covers(system: string, from: number, to: number): boolean;
  /** End of all data. */
  readonly dataEnd: number;
}

/** Prepares the scope for many look-ups. Overlapping and touching intervals of a system become one. */
export function prepareCoverage(scope: DataScope): SystemCoverage {
  const bySystem = new Map<string, { from: number; to: number }[]>();
  let dataEnd = Number.NEGATIVE_INFINITY;
  for (const { system, from, to } of scope.coverage.toSorted((a, b) => a.from - b.from)) {
    dataEnd = Math.max(dataEnd, to);
    const list = bySystem.get(system);
    const last = list?.at(-1);
    if (list === undefined) bySystem.set(system, [{ from, to }]);
    else if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else list.push({ from, to });
  }
  return {
    dataEnd,
    endOf: (system) => bySystem.get(system)?.at(-1)?.to,
    startOf: (system) => bySystem.get(system)?.[0]?.from,
    covers: (system, from, to) => bySystem.get(system)?.some((interval) => interval.from <= from && interval.to >= to) ?? false,
  };
}
