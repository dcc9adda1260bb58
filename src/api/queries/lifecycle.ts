import { taughtThresholds } from '../../analysis/lifecycle/standings.ts';
import type { JourneyStatus } from '../../model/journey.ts';
import { changesOf, changeSets, type Change, type ChangeReason, type ChangeSet } from '../../workspace/changes.ts';
import { decisions } from '../../workspace/finding-decisions.ts';
import type { Db } from '../../workspace/open.ts';
import { silencedCounts } from '../../workspace/readers/findings.ts';
import type { WireChange, WireChangeSet, WireTaughtThreshold } from '../wire.ts';
import { millis } from './to-wire.ts';

/** The thresholds that false alarms raised, each with the false alarm that did. */
export function taught(db: Db): WireTaughtThreshold[] {
  const said = new Map(decisions(db).map((decision) => [decision.finding, decision]));
  const silenced = silencedCounts(db);
  return taughtThresholds(db).map((threshold) => {
    const decision = said.get(threshold.finding);
    const timed = threshold.parameter === 'duration' || threshold.parameter === 'lag';
    return {
      kind: threshold.kind,
      subkind: threshold.subkind,
      type: threshold.type,
      system: threshold.system ?? null,
      flow: threshold.flow ?? null,
      step: threshold.step ?? null,
      facet: threshold.facet ?? null,
      parameter: threshold.parameter,
      value: timed ? millis(threshold.value) : threshold.value,
      finding: threshold.finding,
      title: decision?.body.title ?? '',
      note: decision?.note ?? '',
      decidedAt: decision?.at ?? '',
      silences: silenced.get(threshold.finding) ?? 0,
    };
  });
}

export function wireChangeSet({ id, at, sources, removed, decided, counts }: ChangeSet): WireChangeSet {
  const flipped = Object.entries(counts.flipped).map(([pair, count]) => {
    const [from, to] = pair.split('>') as [JourneyStatus, JourneyStatus];
    return { from, to, count };
  });
  return {
    id,
    at,
    sources: [...sources],
    removed: [...removed],
    decided: [...decided],
    new: counts.new,
    gone: counts.gone,
    late: counts.late,
    flipped: flipped.toSorted((a, b) => b.count - a.count),
  };
}

/** A page of the listed changes of one analysis; the total is that of all. */
export function changePage(
  db: Db,
  set: number,
  what: WireChange['what'],
  offset: number,
  limit: number,
): { rows: WireChange[]; total: number } {
  const counts = changeSets(db).find(({ id }) => id === set)?.counts;
  const rows = changesOf(db, set, what, offset, limit).map(wireChange);
  if (counts === undefined) return { rows, total: 0 };
  const numbers = what === 'flipped' ? Object.values(counts.flipped) : Object.values(counts[what]);
  return { rows, total: numbers.reduce((sum, count) => sum + count, 0) };
}

function wireChange(change: Change): WireChange {
  const { why, sources } = change.reason;
  const common = { why, reason: sentence(change.reason), sources: [...sources] };
  if (change.what === 'flipped')
    return { ...common, what: change.what, record: change.record, finding: null, from: change.from, to: change.to };
  const { id, kind, subkind, severity, title, before, record } = change.finding;
  return {
    ...common,
    what: change.what,
    record: record ?? null,
    finding: { id, kind, subkind, severity, title, before: before ?? null },
    from: null,
    to: null,
  };
}

/** As many sources as a sentence names. */
const NAMED = 3;

function sentence({ why, sources }: ChangeReason): string {
  if (why === 'gone') return 'Entries of this journey are gone, or are told by another source now.';
  if (why === 'decided') return 'It was decided by hand who is who, so other entries belong to this journey.';
  if (why === 'usual') return 'No entry of this journey came; what is usual changed, or how far the data goes.';
  const more = sources.length - NAMED;
  const names = sources.slice(0, NAMED).join(', ');
  return sources.length === 0
    ? 'Entries of this journey arrived.'
    : `Entries of this journey arrived with ${names}${more > 0 ? ` and ${more} more` : ''}.`;
}
