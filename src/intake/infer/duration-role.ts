import type { Claims } from './claims.ts';
import { claim, free } from './claims.ts';
import type { DurationFormat, DurationUnit } from './duration.ts';
import { DURATION_UNITS, durationShape } from './duration.ts';
import type { FieldProfile } from './field-profile.ts';
import { numberShare } from './field-profile.ts';
import { parseNumber } from './forms.ts';
import type { TimeChoice } from './time-roles.ts';
import { spans } from './time-roles.ts';

const WORDS: ReadonlySet<string> = new Set(
  'duration elapsed took latency responsetime dauer runtime timetaken durationms durationmillis elapsedms'.split(' '),
);
const UNIT_WORDS: Readonly<Record<string, DurationUnit>> = {
  ns: 'ns',
  nanos: 'ns',
  nanoseconds: 'ns',
  nano: 'ns',
  us: 'us',
  micros: 'us',
  microseconds: 'us',
  usec: 'us',
  ms: 'ms',
  millis: 'ms',
  milliseconds: 'ms',
  msec: 'ms',
  durationms: 'ms',
  elapsedms: 'ms',
  durationmillis: 'ms',
  s: 's',
  sec: 's',
  secs: 's',
  seconds: 's',
  min: 'min',
  mins: 'min',
  minutes: 'min',
  h: 'h',
  hours: 'h',
};

/** Claims the duration. Where start and end are known, the unit is measured; else the name or the way of writing says it, else it is assumed. */
export function claimDuration(claims: Claims, time: TimeChoice | undefined): void {
  for (const field of free(claims)) {
    if (field.list || field.presence < 0.2 || !isNamed(field)) continue;
    const found = formatOf(field, time);
    if (found === undefined) continue;
    claim(claims, field, 'duration', found.confidence, found.reason, { format: found.format });
    return;
  }
}

function isNamed(field: FieldProfile): boolean {
  if (field.name.some((word) => WORDS.has(word))) return true;
  const last = field.name.at(-1) ?? '';
  // `processing_ms`: a unit in the name makes a measured time of it, unless it is a setting.
  if (/^(?:ms|msec|millis|milliseconds|micros|nanos|secs|seconds)$/.test(last) && field.name.length > 1)
    return !/^(?:timeout|ttl|delay|backoff|interval|wait|max|min|limit)$/.test(field.name[0] ?? '');
  const joined = field.name.join(' ');
  return /\b(?:time taken|response time|processing time|execution time|run time|exec time)\b/.test(joined);
}

function formatOf(
  field: FieldProfile,
  time: TimeChoice | undefined,
): { format: DurationFormat; confidence: number; reason: string } | undefined {
  if (numberShare(field) < 0.9) {
    const shapes = new Set(field.values.map(durationShape));
    const [shape] = shapes;
    return shapes.size === 1 && shape !== undefined
      ? { format: shape, confidence: 0.95, reason: `every value is a duration written like ${field.samples[0] ?? ''}` }
      : undefined;
  }
  const measured = time?.end === undefined ? undefined : measure(field, spans(time.field, time.end));
  if (measured !== undefined)
    return {
      format: measured,
      confidence: 0.98,
      reason: `in ${measured} it is the time between "${time?.field.path}" and "${time?.end?.path}"`,
    };
  for (const word of field.name) {
    const unit = UNIT_WORDS[word];
    if (unit !== undefined) return { format: unit, confidence: 0.9, reason: `numbers, and the name says ${unit}` };
  }
  const fractions = field.forms.decimal > 0.3;
  return {
    format: fractions ? 's' : 'ms',
    confidence: 0.5,
    reason: `numbers without a unit; ${fractions ? 'fractions suggest seconds' : 'whole numbers suggest milliseconds'}`,
  };
}

function measure(field: FieldProfile, durations: readonly number[]): DurationUnit | undefined {
  for (const unit of Object.keys(DURATION_UNITS) as DurationUnit[]) {
    let fits = 0;
    let counted = 0;
    for (let i = 0; i < durations.length; i++) {
      const duration = durations[i] ?? Number.NaN;
      const text = field.column[i];
      if (Number.isNaN(duration) || text === undefined || duration < 1000) continue;
      counted++;
      const told = parseNumber(text, false) * DURATION_UNITS[unit];
      if (Math.abs(told - duration) <= Math.max(0.05 * duration, 1500)) fits++;
    }
    if (counted >= 3 && fits >= 0.9 * counted) return unit;
  }
  return undefined;
}
