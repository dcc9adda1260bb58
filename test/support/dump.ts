import { MAX_PAGE } from '../../src/api/contract.ts';
import type { Client } from '../../src/api/client.ts';
import type { WireEvidence, WireFinding, WireJourney, WireRecord } from '../../src/api/wire.ts';

/** What a workspace says, without the numbers that depend on the order of imports. */
export interface Dump {
  readonly records: readonly WireRecord[];
  readonly journeys: readonly unknown[];
  readonly findings: readonly unknown[];
}

/** All journeys and findings of a workspace, in a fixed order and with event ids replaced by what they stand for. */
export async function dump(client: Client): Promise<Dump> {
  const records: WireRecord[] = [];
  for (let offset = 0; ; offset = records.length) {
    const page = await client.records.page({ sort: 'key', descending: false, offset, limit: MAX_PAGE });
    records.push(...page.rows);
    if (page.rows.length === 0 || records.length >= page.total) break;
  }
  const findings: WireFinding[] = [];
  for (let offset = 0; ; offset = findings.length) {
    const page = await client.findings.page({ offset, limit: MAX_PAGE });
    findings.push(...page.rows);
    if (page.rows.length === 0 || findings.length >= page.total) break;
  }
  records.sort(byText((record) => `${record.type}\u0000${record.key}`));
  const journeys: unknown[] = [];
  for (const record of records) journeys.push(canonicalJourney(await client.journeys.get({ id: record.key, type: record.type })));
  return { records, journeys, findings: findings.map(canonicalFinding).sort(byText((finding) => JSON.stringify(finding))) };
}

const byText =
  <T>(text: (value: T) => string) =>
  (left: T, right: T): number => {
    const a = text(left);
    const b = text(right);
    return a < b ? -1 : a > b ? 1 : 0;
  };

const place = ({ source, line, at, system, step }: WireEvidence): string => [source, line, at, system, step].join(' ');

function canonicalFinding(finding: WireFinding): unknown {
  return { ...finding, evidence: finding.evidence.map(place).sort() };
}

/** Of the entries that show a link one is cited, whichever was imported first: that one is cited at all is what counts here. */
function canonicalJourney(journey: WireJourney): unknown {
  return {
    ...journey,
    related: journey.related.map((related) => ({ ...related, evidence: related.evidence.length })),
    steps: journey.steps.map((step) => ({
      ...step,
      attempts: step.attempts.map((attempt) => ({ ...attempt, event: 0, events: attempt.events.length })),
    })),
    state: journey.state.map((field) => ({ ...field, values: field.values.map((value) => ({ ...value, event: 0 })) })),
    documents: journey.documents.map((document) => ({ ...document, event: 0 })),
    findings: journey.findings.map(canonicalFinding),
  };
}

/**
 * The same without what depends on how events are dealt to files: where they stand, and whether one hop is known from the order of a file or
 * from the times alone.
 */
export function withoutPlaces({ records, journeys, findings }: Dump): Dump {
  const strip = <T>(value: T): T => JSON.parse(JSON.stringify(value, (key, part: unknown) => (PLACES.has(key) ? undefined : part))) as T;
  return { records, journeys: strip(journeys), findings: strip(findings).toSorted(byText((finding) => JSON.stringify(finding))) };
}

const PLACES: ReadonlySet<string> = new Set(['evidence', 'reason', 'why']);
