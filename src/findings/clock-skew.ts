import { MIN_BACKWARDS } from '../journey/clock/index.ts';
import { clockShort, clockSide } from '../model/clock-text.ts';
import type { SkewedClock } from '../model/clock.ts';
import type { Finding, Severity } from '../model/finding.ts';
import { oneLine } from '../model/text.ts';
import { formatDuration, MICROS_PER_SECOND } from '../model/time.ts';
import { findingId } from './key.ts';
import type { DetectorInfo } from './types.ts';

/** A clock that is off by less changes the order of steps, and hardly anything else. */
const WORTH_A_WARNING = MICROS_PER_SECOND;

/** About a clock, and so about no journey. */
export const clockSkew: DetectorInfo = {
  id: 'clock-skew',
  version: 1,
  kind: 'clock',
  subkinds: ['skew'],
  title: 'A clock is off',
  doc: {
    what: 'The times of one system do not go with those of the others: effects stand before their causes, and go right again if all its times are moved by the same.',
    why: 'Steps stand in the wrong order, latencies are too long or negative, and what waits for whom cannot be told. Times are corrected wherever order, latencies and delays are judged, and everything that shows a corrected time says so.',
    how: 'From hops between two clocks whose order is known without time: a span within its parent (and its end, where the caller waits), an execution after the one that called it, and hops that the tree of causes orders because their latency varies least, and because latencies have their tail on the far side. Drifts are taken off before. Each bounds how far two clocks may be apart (difference constraints); the smallest offsets that meet the bounds are taken, measured against the clocks that most others agree with. A drift shows in the lower hull of the differences over time. An offset of whole quarters of an hour is called a zone that was read wrongly.',
    silent:
      'With fewer hops that run backwards than the parameter says; where the bounds leave room for no offset; where times are too coarse; where only one kind of hops says so and nothing bounds the other side (a timer could do that); where a step that writes its line when the work is done would explain it (then the clock is reported as unclear, and not corrected). Of two clocks only the difference can be measured.',
  },
  parameters: [
    {
      name: 'hops backwards',
      value: MIN_BACKWARDS,
      meaning: 'so many must run backwards, of at most 4,000 journeys of a type that are looked at',
    },
  ],
};

/** A finding about each clock that is off. */
export function clockFindings(clocks: readonly SkewedClock[]): readonly Finding[] {
  return clocks.filter(({ alike }) => !alike).map(findingOf);
}

function findingOf(clock: SkewedClock): Finding {
  const { system, teller, skew } = clock;
  const about = { kind: 'clock', subkind: 'skew', record: undefined, system, flow: undefined, step: undefined, facet: teller } as const;
  return {
    ...about,
    id: findingId(about),
    severity: severityOf(clock),
    confidence: skew.verdict === 'unclear' ? 0.5 : skew.declared >= MIN_BACKWARDS ? 0.99 : 0.9,
    steps: [],
    at: undefined,
    title: oneLine(titleOf(clock)),
    explanation: oneLine(`${evidenceText(clock)} ${consequence(clock)}`),
    expected: 'no effect before its cause',
    actual: `${skew.backwards.toLocaleString('en')} of ${skew.hops.toLocaleString('en')} hops run backwards`,
    absence: undefined,
    evidence: skew.evidence,
    baseline: undefined,
    offset: skew.offset,
  };
}

function severityOf({ skew }: SkewedClock): Severity {
  return skew.verdict !== 'unclear' && Math.abs(skew.offset) >= WORTH_A_WARNING ? 'warning' : 'info';
}

function titleOf({ system, skew }: SkewedClock): string {
  if (skew.verdict === 'unclear') return `Steps of ${system} seem to come before their causes`;
  if (skew.verdict === 'zone') return `Times of ${system} are ${clockSide(skew)}: probably a zone that was read wrongly`;
  return `The clock of ${system} is ${skew.drift === 0 ? clockSide(skew) : clockShort(skew)}`;
}

function evidenceText({ system, skew, against }: SkewedClock): string {
  const { hops, backwards, declared, low, high } = skew;
  const how =
    declared === backwards
      ? 'their order is declared by spans and executions'
      : declared === 0
        ? 'their order is the one that the latencies of all journeys show'
        : `of ${declared.toLocaleString('en')} of them the order is declared`;
  const bounds =
    Number.isFinite(low) && Number.isFinite(high)
      ? `the offset lies between ${formatDuration(low)} and ${formatDuration(high)}`
      : Number.isFinite(low)
        ? `it is at least ${formatDuration(low)} ahead`
        : `it is at least ${formatDuration(-high)} behind`;
  const counts = `${backwards.toLocaleString('en')} of ${hops.toLocaleString('en')} hops between ${system} and ${against.join(', ')} would run backwards (${how})`;
  return skew.verdict === 'unclear' ? `${counts}.` : `${counts}; ${bounds}.`;
}

function consequence({ system, skew, against }: SkewedClock): string {
  switch (skew.verdict) {
    case 'unclear':
      return 'A clock that is off would do that, and so would lines that are written when the work is done: nothing was corrected.';
    case 'zone':
      return `Zones are whole quarters of an hour apart: read the files again with the right one. Until then the times of ${system} are corrected.`;
    case 'clock': {
      const which = against.length === 1 ? ` Whether it is ${system} that is off, or ${against[0]}, cannot be told from two.` : '';
      return `The times of ${system} are corrected by it.${which}`;
    }
  }
}
