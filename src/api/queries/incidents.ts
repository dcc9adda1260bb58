import { commonFields } from '../../analysis/incidents/common-fields.ts';
import { explanationOf, incidentsOf, titleOf, type Incident, type IncidentFinding } from '../../incidents/index.ts';
import { UserError } from '../../model/errors.ts';
import type { Micros } from '../../model/time.ts';
import { coverageOf } from '../../workspace/analysis-reader.ts';
import { decisionCount, SETTLED } from '../../workspace/finding-decisions.ts';
import type { Db } from '../../workspace/open.ts';
import { hubsOf, incidentRows, journeyRecords, journeyStarts } from '../../workspace/readers/incidents.ts';
import { meta, revision } from '../../workspace/readers/meta.ts';
import type { WireIncident, WireIncidentDetail } from '../wire.ts';
import { isoOrNull, millis } from './to-wire.ts';

const EXAMPLES = 10;
const CUSTOMERS = 10;
/** Bars of the timeline. */
const BINS = 60;

interface Found {
  /** What it was made from: another analysis or another word of a person makes it anew. */
  readonly key: string;
  readonly incidents: readonly Incident[];
  readonly byFinding: ReadonlyMap<string, Incident>;
  /** Findings that are settled. */
  readonly settled: ReadonlySet<string>;
  readonly details: Map<string, WireIncidentDetail>;
}

/** Incidents, made when they are first asked for and kept until the data or what is said of it changes. */
export class IncidentQueries {
  readonly #db: Db;
  #found: Found | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  page(offset: number, limit: number): { rows: WireIncident[]; total: number } {
    const { incidents, settled } = this.#now();
    const standing = incidents.filter((incident) => incident.findings.some(({ id }) => !settled.has(id)));
    return { rows: standing.slice(offset, offset + limit).map((incident) => this.#wire(incident, settled)), total: standing.length };
  }

  /** Throws `UserError` `not-found`. */
  get(id: string): WireIncidentDetail {
    const found = this.#now();
    const incident = this.#find(found, id);
    let detail = found.details.get(incident.id);
    if (detail === undefined) found.details.set(incident.id, (detail = this.#detail(incident, found.settled)));
    return detail;
  }

  /** The incident that a finding is part of; null when it stands alone. */
  ofFinding(finding: string): WireIncident | null {
    const { byFinding, settled } = this.#now();
    const incident = byFinding.get(finding);
    return incident === undefined ? null : this.#wire(incident, settled);
  }

  /** Ids of the findings of an incident. */
  findings(id: string): readonly string[] {
    return this.#find(this.#now(), id).findings.map((finding) => finding.id);
  }

  /** An incident whose first finding is another one since is found by its cause: the largest of it. */
  #find({ incidents }: Found, id: string): Incident {
    const exact = incidents.find((incident) => incident.id === id);
    if (exact !== undefined) return exact;
    const same = incidents.filter((incident) => incident.id.slice(0, 8) === id.slice(0, 8));
    const [largest] = same.toSorted((a, b) => b.journeys.length - a.journeys.length);
    if (largest === undefined) throw new UserError('not-found', `no incident has the id ${id}`);
    return largest;
  }

  #now(): Found {
    const key = `${revision(this.#db)} ${decisionCount(this.#db)}`;
    if (this.#found?.key !== key) this.#found = this.#make(key);
    return this.#found;
  }

  #make(key: string): Found {
    const rows = incidentRows(this.#db);
    const settled = new Set(rows.filter(({ status }) => status >= SETTLED).map(({ finding }) => finding.id));
    const findings = rows.map(({ finding, journey }): IncidentFinding => ({ ...finding, journey }));
    const dataEnd = (meta<number | null>(this.#db, 'data_end') ?? undefined) as Micros | undefined;
    const incidents = incidentsOf(findings, { coverage: coverageOf(this.#db), dataEnd, starts: journeyStarts(this.#db) });
    const byFinding = new Map(incidents.flatMap((incident) => incident.findings.map(({ id }) => [id, incident] as const)));
    return { key, incidents, byFinding, settled, details: new Map() };
  }

  #wire(incident: Incident, settled: ReadonlySet<string>): WireIncident {
    const { cause, findings, journeys } = incident;
    const kinds = Map.groupBy(findings, ({ kind, subkind }) => `${kind} ${subkind}`);
    return {
      id: incident.id,
      severity: incident.severity,
      title: titleOf(cause),
      explanation: explanationOf(incident),
      kind: cause.kind,
      kinds: [...kinds.values()].map((same) => ({ kind: same[0]!.kind, subkind: same[0]!.subkind, count: same.length })),
      system: cause.system ?? null,
      flow: cause.flow ?? null,
      step: cause.step ?? null,
      signature: cause.signature ?? null,
      records: journeys.length,
      findings: findings.length,
      settled: findings.filter(({ id }) => settled.has(id)).length,
      from: isoOrNull(incident.from),
      to: isoOrNull(incident.to),
      burst: incident.burst,
      usualGapMs: incident.usualGap === undefined ? null : millis(incident.usualGap),
      state: incident.state,
      examples: journeyRecords(this.#db, journeys.slice(0, EXAMPLES)),
    };
  }

  #detail(incident: Incident, settled: ReadonlySet<string>): WireIncidentDetail {
    const { cause, journeys, findings } = incident;
    const at = new Map(findings.map((finding) => [finding.journey, finding.at as number | undefined]));
    const { common, others } = commonFields(this.#db, { journeys: at, system: cause.system, step: cause.step, facet: cause.facet });
    const hubs = hubsOf(this.#db, journeys);
    return {
      ...this.#wire(incident, settled),
      customers: hubs.slice(0, CUSTOMERS),
      customerTotal: hubs.length,
      common: common.map(({ field, value, affected, affectedOf, others: having, othersOf, lift, byChance }) => ({
        field,
        value,
        affected,
        affectedOf,
        others: having,
        othersOf,
        lift,
        byChance,
      })),
      comparedWith: others,
      timeline: this.#timeline(incident),
    };
  }

  /** How many of the same cause came when, over the time in which its system was logged. */
  #timeline(incident: Incident): WireIncidentDetail['timeline'] {
    const same = this.#now().incidents.filter(({ cause }) => cause.key === incident.cause.key);
    const times = same.flatMap(({ findings }) => findings.flatMap(({ at }) => at ?? []));
    const lanes = coverageOf(this.#db).filter(({ system }) => incident.cause.system === undefined || system === incident.cause.system);
    if (times.length === 0) return null;
    const from = Math.min(
      ...lanes.map((lane) => lane.from),
      times.reduce((a, b) => Math.min(a, b), Infinity),
    );
    const to = Math.max(
      ...lanes.map((lane) => lane.to),
      times.reduce((a, b) => Math.max(a, b), -Infinity),
    );
    const width = Math.max(1, (to - from) / BINS);
    const binOf = (time: number): number => Math.min(BINS - 1, Math.floor((time - from) / width));
    const counts = Array.from({ length: BINS }, () => 0);
    const others = Array.from({ length: BINS }, () => 0);
    for (const { at } of incident.findings) if (at !== undefined) counts[binOf(at)]!++;
    for (const time of times) others[binOf(time)]!++;
    return { from: isoOrNull(from)!, to: isoOrNull(to)!, counts, others: others.map((all, i) => all - counts[i]!) };
  }
}
