import { completenessShare, type Completeness, type CompletenessCounts, type FactorDetail, type Lack } from '../../model/completeness.ts';
import { oneLine } from '../../model/text.ts';
import type { WireCompleteness, WireCompletenessCounts, WireCompletenessFactor } from '../wire.ts';

/** The counts of a journey's row; nothing is known where no analysis told any. */
export function completenessCounts(cell: string | null): WireCompletenessCounts {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = cell === null ? [] : (JSON.parse(cell) as number[]);
  const counts: CompletenessCounts = { systems: { met: a, of: b }, fields: { met: c, of: d }, times: { met: e, of: f } };
  return { share: shareOf(counts), systems: counts.systems, fields: counts.fields, times: counts.times };
}

export function wireCompleteness(completeness: Completeness): WireCompleteness {
  const { systems, fields, times } = completeness;
  return { share: shareOf(completeness), systems: wireFactor(systems), fields: wireFactor(fields), times: wireFactor(times) };
}

function wireFactor({ met, of, unknown, lacks, undecided }: FactorDetail): WireCompletenessFactor {
  return { met, of, unknown: unknown ?? null, lacks: lacks.map(wireLack), undecided: undecided.map(wireLack) };
}

function wireLack({ name, why, step }: Lack): WireCompletenessFactor['lacks'][number] {
  return { name: oneLine(name), why: oneLine(why), step: step ?? null };
}

/** To four digits. */
function shareOf(counts: CompletenessCounts): number | null {
  const share = completenessShare(counts);
  return share === undefined ? null : Math.round(share * 1e4) / 1e4;
}
