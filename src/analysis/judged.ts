import { completenessShare, type CompletenessCounts } from '../model/completeness.ts';
import { SEVERITIES, type Finding } from '../model/finding.ts';
import type { Journey, JourneyStatus } from '../model/journey.ts';
import type { RecordRef } from '../model/record.ts';
import { FINDING_CELLS, JOURNEY_CELLS, type JudgedRows } from '../workspace/derived-writer.ts';

/** Of a journey what its row tells beside its findings. Times in microseconds. */
export interface JudgedJourney {
  /** Id of its row. */
  readonly id: number;
  readonly record: RecordRef;
  readonly status: JourneyStatus;
  readonly statusReason: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly extent: Extent;
  readonly completeness: CompletenessCell;
  /** Ids of all its events, ascending. */
  readonly events: Uint32Array;
}

/** How large a journey is: the same for all of a shape. */
export interface Extent {
  /** JSON array of their names, sorted. */
  readonly systems: string;
  readonly steps: number;
  readonly attempts: number;
}

/** How complete a journey is, as it is stored: the same for most of a shape. */
export interface CompletenessCell {
  readonly share: number | null;
  /** JSON array: of systems, fields and times the ones that are as they should be, and how many there are. */
  readonly counts: string;
}

export function completenessCell(counts: CompletenessCounts): CompletenessCell {
  const { systems, fields, times } = counts;
  return {
    share: completenessShare(counts) ?? null,
    counts: `[${systems.met},${systems.of},${fields.met},${fields.of},${times.met},${times.of}]`,
  };
}

export function extentOf(journey: Journey): Extent {
  let attempts = 0;
  for (const step of journey.steps) attempts += step.attempts.length;
  return { systems: JSON.stringify(journey.systems.toSorted()), steps: journey.steps.length, attempts };
}

/** A judged journey and its findings as the cells of their rows: what crosses between threads in one flat list. */
export function addRows(
  rows: JudgedRows,
  { id, record, status, statusReason, from, to, extent, completeness, events }: JudgedJourney,
  findings: readonly Finding[],
): void {
  let severity = 0;
  for (const finding of findings) severity = Math.max(severity, severityOf(finding));
  rows.journeys.push(
    id,
    record.type,
    record.key,
    status,
    statusReason,
    from ?? null,
    to ?? null,
    from === undefined || to === undefined ? null : to - from,
    extent.systems,
    extent.steps,
    extent.attempts,
    events.length,
    findings.length,
    severity,
    `[${events.join(',')}]`,
    completeness.share,
    completeness.counts,
  );
  for (const finding of findings) addFinding(rows, finding, id);
}

/** Findings that are about no journey. */
export function findingRows(findings: readonly Finding[]): JudgedRows {
  const rows: JudgedRows = { journeys: [], findings: [] };
  for (const finding of findings) addFinding(rows, finding, null);
  return rows;
}

function addFinding(rows: JudgedRows, finding: Finding, journey: number | null): void {
  rows.findings.push(
    finding.id,
    journey,
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

function severityOf(finding: Finding): number {
  return SEVERITIES.indexOf(finding.severity) + 1;
}

/** How many journeys and findings there are in rows. */
export function countRows(rows: JudgedRows): { readonly journeys: number; readonly findings: number } {
  return { journeys: rows.journeys.length / JOURNEY_CELLS, findings: rows.findings.length / FINDING_CELLS };
}
