import { aheadAt, isCorrected, type ClockOffset, type SkewedClock } from '../model/clock.ts';
import type { ColumnBatch } from './column-batch.ts';
import { meta } from './readers/meta.ts';
import type { Db } from './open.ts';

/** Source → name id of a system → by how much the clock that stamped it there is ahead. Clocks that are right are not in it. */
export type Corrections = ReadonlyMap<number, ReadonlyMap<number, ClockOffset>>;

/** A batch with the times that its clocks would show if they were right. The batch itself where nothing is to be corrected. */
export function withClocks(batch: ColumnBatch, corrections: Corrections): ColumnBatch {
  const own = corrections.get(batch.source);
  if (own === undefined) return batch;
  const corrected = (times: Float64Array): Float64Array =>
    times.map((time, i) => {
      const offset = own.get(batch.system[i]!);
      return offset === undefined ? time : time - aheadAt(offset, time);
    });
  return { ...batch, time: corrected(batch.time), end: corrected(batch.end) };
}

/** The clocks that the last analysis found not to go with the others. */
export function skewedClocks(db: Db): readonly SkewedClock[] {
  return (meta<readonly StoredClock[]>(db, CLOCKS) ?? []).map((clock) => ({
    ...clock,
    skew: { ...clock.skew, low: clock.skew.low ?? -Infinity, high: clock.skew.high ?? Infinity },
  }));
}

/** Under these names they are stored, and by how much the times of each system may be wrong. */
export const CLOCKS = 'clocks';
export const CLOCK_ERRORS = 'clock_errors';

/** System → by how much its times may be wrong, in microseconds; none for a workspace that was analysed before this was known. */
export function clockErrors(db: Db): Readonly<Record<string, number>> {
  return meta<Record<string, number>>(db, CLOCK_ERRORS) ?? {};
}

/** JSON has no infinity: a bound that is none is null. */
type StoredClock = Omit<SkewedClock, 'skew'> & {
  readonly skew: Omit<SkewedClock['skew'], 'low' | 'high'> & { readonly low: number | null; readonly high: number | null };
};

/** What is to be corrected of the times of each source. */
export function correctionsOf(db: Db, clocks: readonly SkewedClock[]): Corrections {
  const corrections = new Map<number, Map<number, ClockOffset>>();
  for (const { system, sources, skew } of clocks) {
    if (!isCorrected(skew.verdict)) continue;
    const id = db.prepare('SELECT id FROM name WHERE value = ?').pluck().get(system) as number | undefined;
    if (id === undefined) continue;
    for (const source of sources) {
      const own = corrections.get(source) ?? new Map<number, ClockOffset>();
      corrections.set(source, own.set(id, { offset: skew.offset, drift: skew.drift, at: skew.at }));
    }
  }
  return corrections;
}
