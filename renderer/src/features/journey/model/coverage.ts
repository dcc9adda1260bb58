import type { WireJourney } from '../../../../../src/api/wire.ts';
import { formatTime, plural, type Zone } from '../../../ui/format.ts';

const MAX_HINTS = 2;

/** Systems whose log ends before this journey does, or before what was expected of them: their silence after that proves nothing. */
export function coverageHints(journey: WireJourney, zone: Zone): readonly string[] {
  const end = journey.dataEndsAt;
  if (end === null) return [];
  const involved = new Set(journey.steps.map((step) => step.system));
  const unseen = new Set(journey.steps.filter((step) => step.absence === 'outside-coverage').map((step) => step.system));
  const last = journey.endedAt ?? end;
  const early = journey.coverage
    .filter((one) => unseen.has(one.system) || (involved.has(one.system) && Date.parse(last) - Date.parse(one.to) > 60_000))
    .toSorted((a, b) => a.to.localeCompare(b.to) || a.system.localeCompare(b.system));
  const hints = early.slice(0, MAX_HINTS).map((one) => {
    const sameDay = formatTime(one.to, zone, 'date') === formatTime(end, zone, 'date');
    return `${one.system} logged until ${formatTime(one.to, zone, sameDay ? 'time' : 'seconds').slice(0, sameDay ? 5 : 16)}`;
  });
  return early.length > MAX_HINTS ? [...hints, `${plural(early.length - MAX_HINTS, 'more log ends', 'more logs end')} early`] : hints;
}
