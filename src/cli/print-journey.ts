import { isStateField } from '../model/journey.ts';
import { formatDuration, MICROS_PER_MS } from '../model/time.ts';
import type { WireFinding, WireJourney, WireStep } from '../api/wire.ts';
import { printCompleteness } from './print-completeness.ts';
import { printConflict } from './commands/identity.ts';
import { cut, paint, safe, type Output, type Style } from './print.ts';

const MARKS: Record<WireFinding['severity'], { readonly mark: string; readonly style: Style }> = {
  critical: { mark: '◆', style: 'red' },
  warning: { mark: '▲', style: 'yellow' },
  info: { mark: '●', style: 'blue' },
};

const duration = (ms: number): string => formatDuration(ms * MICROS_PER_MS);

/** `2026-05-04T09:12:04.123Z` → `09:12:04.123`, with the date where it changes. */
function clock(iso: string | null, before: string | undefined): string {
  if (iso === null) return '—';
  const [day, time] = iso.replace('Z', '').split('T') as [string, string];
  const short = time.length > 12 ? time.slice(0, 12) : time;
  return before?.startsWith(day) ? short : `${day} ${short}`;
}

/** A journey for a terminal: head, steps in causal order with the hop that led to each, disagreements, findings with evidence. */
export function printJourney(output: Output, journey: WireJourney): void {
  const { out } = output;
  const aliases = journey.record.aliases.length === 0 ? '' : paint(output, 'dim', `  also ${journey.record.aliases.map(safe).join(', ')}`);
  out(`${paint(output, 'bold', `${journey.record.type} ${safe(journey.record.key)}`)}${aliases}\n`);
  const bad = journey.status === 'failed' || journey.status === 'incomplete';
  out(
    `${paint(output, bad ? 'red' : journey.status === 'completed' ? 'green' : 'yellow', journey.status)}: ${safe(journey.statusReason)}\n`,
  );
  const length = journey.durationMs === null ? '' : ` · ${duration(journey.durationMs)}`;
  out(
    paint(
      output,
      'dim',
      `${journey.startedAt ?? 'no times'} → ${journey.endedAt ?? ''}${length} · ${journey.systems.length} systems · ${journey.events} events`,
    ) + '\n',
  );
  const related = journey.related.filter((record) => record.relation !== 'context');
  if (related.length > 0)
    out(paint(output, 'dim', `with ${related.map((record) => `${record.type} ${safe(record.key)}`).join(', ')}`) + '\n');
  for (const conflict of journey.conflicts) printConflict(output, conflict);
  for (const clock of journey.clocks) out(`${paint(output, 'yellow', 'note')}  ${safe(clock.text)}\n`);
  out('\n');
  printSteps(output, journey);
  printState(output, journey);
  out('\n');
  printCompleteness(output, journey.completeness);
  out('\n');
  printFindings(output, journey.findings);
}

function printSteps(output: Output, journey: WireJourney): void {
  const width = Math.max(6, ...journey.systems.map((system) => system.length));
  let before: string | undefined;
  for (const step of journey.steps) {
    const hop = journey.hops.find((candidate) => candidate.to === step.id);
    const wait = hop?.latencyMs === null || hop?.latencyMs === undefined ? '' : `+${duration(hop.latencyMs)}`;
    const at = clock(step.startedAt, before);
    before = step.startedAt ?? before;
    const marks = journey.findings
      .filter((finding) => finding.steps.includes(step.id))
      .map((finding) => paint(output, MARKS[finding.severity].style, MARKS[finding.severity].mark));
    const name = cut(safe([step.flow, step.step].filter(Boolean).join(' · ')), 60);
    output.out(
      `${at.padStart(23)}  ${wait.padStart(10)}  ${paint(output, 'cyan', safe(step.system).padEnd(width))}  ${name}  ${describe(output, step)} ${marks.join('')}`.trimEnd() +
        '\n',
    );
  }
}

function describe(output: Output, step: WireStep): string {
  if (step.absent) {
    const word =
      step.absence === 'confirmed' ? 'never came' : step.absence === 'still-open' ? 'not yet' : 'cannot be known: not logged then';
    return paint(output, step.absence === 'confirmed' ? 'red' : 'dim', `┄ ${word}`);
  }
  const good = step.status === 'succeeded';
  const word = paint(output, good ? 'green' : step.status === 'failed' || step.status === 'timed-out' ? 'red' : 'yellow', step.status);
  const took = step.durationMs === null || step.durationMs === 0 ? '' : ` ${duration(step.durationMs)}`;
  const attempts = step.attempts.length > 1 ? paint(output, 'yellow', ` ${step.attempts.length} attempts`) : '';
  const raw =
    step.raw?.startedAt === undefined || step.raw.startedAt === null
      ? ''
      : paint(output, 'dim', ` (in the log ${clock(step.raw.startedAt, step.startedAt ?? undefined)})`);
  return `${word}${took}${attempts}${raw}`;
}

function printState(output: Output, journey: WireJourney): void {
  // Systems have words of their own for a state: where two do not go together, a finding says so.
  const different = journey.state.filter((field) => !field.agree && !isStateField(field.field));
  if (different.length === 0) return;
  output.out('\n');
  for (const field of different) {
    const values = field.values.map((value) => `${paint(output, 'cyan', safe(value.system))} ${safe(value.value)}`).join(', ');
    output.out(`${field.field} differs: ${values}\n`);
  }
}

function printFindings(output: Output, findings: readonly WireFinding[]): void {
  if (findings.length === 0) {
    output.out('no findings\n');
    return;
  }
  for (const finding of findings) {
    const { mark, style } = MARKS[finding.severity];
    output.out(
      `${paint(output, style, `${mark} ${finding.severity} · ${finding.kind} · ${finding.subkind}`)}  ${paint(output, 'bold', safe(finding.title))}\n`,
    );
    output.out(`  ${safe(finding.explanation)}\n`);
    output.out(
      paint(
        output,
        'dim',
        `  expected: ${safe(finding.expected)}; seen: ${safe(finding.actual)}; confidence ${finding.confidence.toFixed(2)}`,
      ) + '\n',
    );
    for (const evidence of finding.evidence.slice(0, 4)) {
      output.out(
        paint(
          output,
          'dim',
          `  ${evidence.at ?? '—'}  ${safe(evidence.system)} ${safe(evidence.step)}  ${safe(evidence.source)}, line ${evidence.line}`,
        ) + '\n',
      );
    }
  }
}
