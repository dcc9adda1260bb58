import type { DurationModel, RhythmParts } from './types.ts';

const MICROS_PER_HOUR = 3_600_000_000;
/** Hours of one part of the day: fewer would need more journeys than most hops have. */
const HOURS = 3;
const PARTS_OF_DAY = 24 / HOURS;
const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'] as const;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3;

export function partCount(parts: RhythmParts): number {
  return parts === 'hours' ? PARTS_OF_DAY : parts === 'weekdays' ? WEEKDAYS.length : PARTS_OF_DAY * WEEKDAYS.length;
}

/** The part in which a moment (µs) lies, in UTC. */
export function partOf(parts: RhythmParts, time: number): number {
  const hours = Math.floor(time / MICROS_PER_HOUR);
  const day = Math.floor(hours / 24);
  const block = Math.floor((hours - 24 * day) / HOURS);
  const weekday = (((day + FIRST_WEEKDAY) % 7) + 7) % 7;
  return parts === 'hours' ? block : parts === 'weekdays' ? weekday : weekday * PARTS_OF_DAY + block;
}

/** `06–09 UTC`, `Mondays`, `Mondays 06–09 UTC`. */
function partName(parts: RhythmParts, part: number): string {
  const block = part % PARTS_OF_DAY;
  const two = (hour: number): string => String(hour).padStart(2, '0');
  const hours = `${two(block * HOURS)}–${two((block + 1) * HOURS)} UTC`;
  if (parts === 'hours') return hours;
  const weekday = WEEKDAYS[parts === 'weekdays' ? part : Math.floor(part / PARTS_OF_DAY)]!;
  return parts === 'weekdays' ? weekday : `${weekday} ${hours}`;
}

/** What is usual for what begins at a moment (µs): that of its part of the day or week, where the data shows a rhythm. */
export function modelAt(model: DurationModel, time: number): DurationModel {
  const { rhythm } = model;
  return rhythm === undefined ? model : (rhythm.models[partOf(rhythm.parts, time)] ?? model);
}

/** When that baseline holds: `Mondays 06–09 UTC`; undefined where it holds always. */
export function whenAt(model: DurationModel, time: number): string | undefined {
  const { rhythm } = model;
  if (rhythm === undefined) return undefined;
  const part = partOf(rhythm.parts, time);
  return rhythm.models[part] === null ? undefined : partName(rhythm.parts, part);
}
