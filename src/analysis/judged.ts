import type { Verdict } from '../findings/types.ts';
import { SEVERITIES, type Finding } from '../model/finding.ts';
import type { Journey } from '../model/journey.ts';
import { FINDING_CELLS, JOURNEY_CELLS, type JudgedRows } from '../workspace/derived-writer.ts';

/**
 * A judged journey and its findings as the cells of their rows: what crosses between threads in one flat list.
 * `id` is the id of the journey's row, `events` the ids of all its events, ascending.
 */
export function addRows(rows: JudgedRows, id: number, journey: Journey, verdict: Verdict, events: Uint32Array): void {
  let attempts = 0;
  for (const step of journey.steps) attempts += step.attempts.length;
  let severity = 0;
  for (const finding of verdict.findings) severity = Math.max(severity, severityOf(finding));
  const from = journey.startedAt ?? null;
  const to = journey.endedAt ?? null;
  rows.journeys.push(
    id,
    journey.record.type,
    journey.record.key,
    verdict.status,
    verdict.statusReason,
    from,
    to,
    from === null || to === null ? null : to - from,
    JSON.stringify([...journey.systems].sort()),
    journey.steps.length,
    attempts,
    events.length,
    verdict.findings.length,
    severity,
    `[${events.join(',')}]`,
  );
  for (const finding of verdict.findings) {
    rows.findings.push(
      finding.id,
      id,
      finding.kind,
      finding.subkind,
      severityOf(finding),
      finding.confidence,
      finding.system ?? null,
      finding.step ?? null,
      finding.at ?? null,
      JSON.stringify(finding),
    );
  }
}

function severityOf(finding: Finding): number {
  return SEVERITIES.indexOf(finding.severity) + 1;
}

/** How many journeys and findings there are in rows. */
export function countRows(rows: JudgedRows): { readonly journeys: number; readonly findings: number } {
  return { journeys: rows.journeys.length / JOURNEY_CELLS, findings: rows.findings.length / FINDING_CELLS };
}
