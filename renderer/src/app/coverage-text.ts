import type { WireCoverage } from '../../../src/api/wire.ts';

/** A system whose log ends this share of the whole time before the end of the data is said to end early. */
const EARLY_SHARE = 0.02;

/**
 * One line about coverage: `Coverage: 5 systems to the end · crm until 2026-05-04 12:40:00`. A system ends early when its last
 * event lies more than a fiftieth of the whole time before the end of the data. Of more than `most` such systems those that end last
 * are named, the others counted.
 */
export function describeCoverage(
  coverage: readonly WireCoverage[],
  end: string | null,
  format: (at: string) => string,
  most = coverage.length,
): string {
  if (coverage.length === 0 || end === null) return '';
  const endMs = Date.parse(end);
  const startMs = Math.min(...coverage.map((one) => Date.parse(one.from)));
  const slack = (endMs - startMs) * EARLY_SHARE;
  const early = coverage
    .filter((one) => endMs - Date.parse(one.to) > slack)
    .toSorted((a, b) => Date.parse(b.to) - Date.parse(a.to) || a.system.localeCompare(b.system));
  const complete = coverage.length - early.length;
  const parts = complete > 0 ? [`${complete} ${complete === 1 ? 'system' : 'systems'} to the end`] : [];
  for (const one of early.slice(0, most)) parts.push(`${one.system} until ${format(one.to)}`);
  const rest = early.length - most;
  if (rest > 0) parts.push(`${rest} ${rest === 1 ? 'ends' : 'end'} before that`);
  return `Coverage: ${parts.join(' · ')}`;
}
