import type { WireJourney, WireStep } from '../../../../../src/api/wire.ts';
import { percentText } from '../../../../../src/model/completeness.ts';
import { formatMs, formatSpan, humanise, plural, zoneLabel, type Zone } from '../../../ui/format.ts';
import { absenceText } from './graph-model.ts';
import { compareFindings } from './finding-order.ts';

const MAX_STEPS = 24;

function stepText(step: WireStep, zone: Zone): string {
  const name = `${step.system} ${step.step}`;
  if (step.absent) return `[${name}: ${absenceText(step, zone)}]`;
  const tries = step.attempts.length > 1 ? ` (${step.attempts.length} attempts)` : '';
  const status = step.status === 'succeeded' || step.status === 'unknown' ? '' : ` (${humanise(step.status).toLowerCase()})`;
  return `${name}${status}${tries}`;
}

/** Steps and attempts that really happened. */
export function journeyCounts(journey: WireJourney): { readonly steps: number; readonly attempts: number; readonly absent: number } {
  const real = journey.steps.filter((step) => !step.absent);
  return {
    steps: real.length,
    attempts: real.reduce((sum, step) => sum + Math.max(1, step.attempts.length), 0),
    absent: journey.steps.length - real.length,
  };
}

/** `Completeness 64 %: 4 of 5 other systems reached, 16 of 20 on time.`; undefined where nothing is known. */
function completenessText({ completeness: { share, systems, fields, times } }: WireJourney): string | undefined {
  if (share === null) return undefined;
  const parts = [
    { ...systems, what: 'other systems reached' },
    { ...fields, what: 'fields in agreement' },
    { ...times, what: 'on time' },
  ].filter(({ of }) => of > 0);
  return `Completeness ${percentText(share)}: ${parts.map(({ met, of, what }) => `${met} of ${of} ${what}`).join(', ')}.`;
}

/** The journey in plain sentences, for a ticket or a chat: what it is, when, where, and what is wrong with it. */
export function summaryText(journey: WireJourney, zone: Zone): string {
  const { type, key, aliases } = journey.record;
  const counts = journeyCounts(journey);
  const also =
    aliases.length === 0 ? '' : ` (also ${aliases.slice(0, 3).join(', ')}${aliases.length > 3 ? ` and ${aliases.length - 3} more` : ''})`;
  const reason = journey.statusReason === '' ? '' : `: ${journey.statusReason.replace(/\.$/, '')}`;
  const lines = [`${humanise(type)} ${key}${also}, ${journey.status}${reason}.`];
  const when =
    journey.startedAt === null
      ? 'The sources tell no times.'
      : `${formatSpan(journey.startedAt, journey.endedAt, zone)} ${zoneLabel(zone, new Date(journey.startedAt))}, ${formatMs(journey.durationMs)}.`;
  lines.push(
    `${when} ${plural(journey.systems.length, 'system')}, ${plural(counts.steps, 'step')}, ${plural(counts.attempts, 'attempt')}${counts.absent === 0 ? '' : `, ${counts.absent} absent`}.`,
  );
  const complete = completenessText(journey);
  if (complete !== undefined) lines.push(complete);
  for (const { text } of journey.clocks) lines.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
  const shown = journey.steps.slice(0, MAX_STEPS).map((step) => stepText(step, zone));
  if (journey.steps.length > MAX_STEPS) shown.push(`${journey.steps.length - MAX_STEPS} more steps`);
  lines.push(shown.join(' → '));
  for (const finding of journey.findings.toSorted(compareFindings)) {
    lines.push(`- ${finding.severity}: ${finding.title}. ${finding.explanation}`);
  }
  return lines.join('\n');
}
