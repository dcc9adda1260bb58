import { findingId } from '../../findings/key.ts';
import { taughtBy, taughtLookup, type TaughtThreshold } from '../../findings/teaching.ts';
import type { Finding } from '../../model/finding.ts';
import {
  decisions,
  findingById,
  findingsAt,
  recordNamed,
  putStandings,
  type Decision,
  type Standing,
} from '../../workspace/finding-decisions.ts';
import type { Db } from '../../workspace/open.ts';

/**
 * Says of every finding how it stands, by what people said: of itself, of the record that has become part of its record, or of another finding
 * whose false alarm raised a threshold. To be called after an analysis and after every decision, within their transaction.
 */
export function settle(db: Db): void {
  const said = decisions(db);
  // Also when nothing was said: something may have been, and was taken back.
  const standings = new Map<string, Standing>();
  // The latest wins where two records became one.
  for (const decision of said) {
    const id = presentId(db, decision);
    if (id !== undefined) standings.set(id, { finding: id, status: decision.status, decision: decision.finding, taught: false });
  }
  const taught = taughtBy(falseAlarms(said));
  const silencing = taughtLookup(taught);
  for (const { kind, subkind, step } of places(taught)) {
    for (const finding of findingsAt(db, kind, subkind, step)) {
      const threshold = standings.has(finding.id) ? undefined : silencing(finding);
      if (threshold !== undefined)
        standings.set(finding.id, { finding: finding.id, status: 'false-alarm', decision: threshold.finding, taught: true });
    }
  }
  putStandings(db, [...standings.values()]);
}

/** The thresholds that false alarms have raised. */
export function taughtThresholds(db: Db): readonly TaughtThreshold[] {
  return taughtBy(falseAlarms(decisions(db)));
}

function falseAlarms(said: readonly Decision[]): Finding[] {
  return said.filter(({ status }) => status === 'false-alarm').map(({ body }) => body);
}

/** Several thresholds may stand at one step (of several record types); its findings are read once. */
function places(taught: readonly TaughtThreshold[]): TaughtThreshold[] {
  return [...new Map(taught.map((threshold) => [JSON.stringify([threshold.kind, threshold.subkind, threshold.step]), threshold])).values()];
}

/** The id that the finding of a decision has now: another one where its record goes by another key since two became one. */
export function presentId(db: Db, { finding, body }: Pick<Decision, 'finding' | 'body'>): string | undefined {
  if (findingById(db, finding) !== undefined) return finding;
  const record = body.record === undefined ? undefined : recordNamed(db, body.record);
  if (record === undefined) return undefined;
  const id = findingId({ ...body, record });
  return findingById(db, id) === undefined ? undefined : id;
}
