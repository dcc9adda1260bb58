import type { ClockOffset, SkewedClock } from './clock.ts';
import { formatDuration } from './time.ts';

const SECONDS_A_DAY = 86_400;

/** `2.3 s ahead`, `4 h behind`. */
export function clockSide({ offset }: Pick<ClockOffset, 'offset'>): string {
  return `${formatDuration(Math.abs(offset))} ${offset < 0 ? 'behind' : 'ahead'}`;
}

/** `2.3 s ahead`, or with a drift `2.3 s ahead, and gains 1.7 s a day`. */
export function clockShort(clock: ClockOffset): string {
  if (clock.drift === 0) return clockSide(clock);
  const aDay = formatDuration(Math.abs(clock.drift) * SECONDS_A_DAY * 1e6);
  return `${clockSide(clock)}, and ${clock.drift < 0 ? 'loses' : 'gains'} ${aDay} a day`;
}

/** What was done about a clock: `clock of wms corrected by −2.3 s`. */
export function clockLabel({ system, skew }: SkewedClock): string {
  if (skew.verdict === 'unclear') return `clock of ${system} not corrected`;
  const by = `${skew.offset < 0 ? '+' : '−'}${formatDuration(Math.abs(skew.offset))}`;
  return skew.verdict === 'zone' ? `times of ${system} corrected by ${by}` : `clock of ${system} corrected by ${by}`;
}

/** The same with the evidence. */
export function clockText(clock: SkewedClock): string {
  const { skew, alike } = clock;
  const backwards = skew.backwards.toLocaleString('en');
  if (skew.verdict === 'unclear') return `${clockLabel(clock)}: ${backwards} hops run backwards, which may have another reason`;
  const how = `${skew.verdict === 'zone' ? ', probably a zone that was read wrongly' : ''}${skew.drift === 0 ? '' : ', changing over time'}`;
  const why = alike ? 'as in its other files' : `${backwards} of ${skew.hops.toLocaleString('en')} hops would run backwards otherwise`;
  return `${clockLabel(clock)}${between(skew)}${how}: ${why}`;
}

/** What the correction lies between, where hops bound it on both sides. */
function between({ low, high, verdict }: SkewedClock['skew']): string {
  if (verdict === 'zone' || !Number.isFinite(low) || !Number.isFinite(high)) return '';
  const signed = (by: number): string => `${by < 0 ? '−' : '+'}${formatDuration(Math.abs(by))}`;
  return ` (between ${signed(-high)} and ${signed(-low)})`;
}
