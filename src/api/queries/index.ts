import { basename } from 'node:path';
import { sidecarText, type Carrier, type CarriedBy } from '../../model/carrier.ts';
import { clockText } from '../../model/clock-text.ts';
import type { SkewedClock } from '../../model/clock.ts';
import { SEVERITIES } from '../../model/finding.ts';
import type { IdentityWish } from '../../model/identity-decision.ts';
import type { JourneyStatus } from '../../model/journey.ts';
import { UserError } from '../../model/errors.ts';
import { oneLine } from '../../model/text.ts';
import { coverageOf } from '../../workspace/analysis-reader.ts';
import { changeSets } from '../../workspace/changes.ts';
import { skewedClocks } from '../../workspace/clocks.ts';
import { missingEventRows } from '../../workspace/event-rows.ts';
import { decisionCount } from '../../workspace/finding-decisions.ts';
import type { Db } from '../../workspace/open.ts';
import { EventReader } from '../../workspace/readers/events.ts';
import { findingCount, findingPage, findingSummary, type FindingQuery } from '../../workspace/readers/findings.ts';
import { recordTypes, workspaceCounts } from '../../workspace/readers/info.ts';
import { revision } from '../../workspace/readers/meta.ts';
import {
  aliasesOf,
  journeyCount,
  journeyPage,
  journeySummary,
  recordById,
  recordsByIdentifier,
  searchIdentifiers,
  type JourneyRow,
  type RecordSortKey,
} from '../../workspace/readers/records.ts';
import { learnedMappings } from '../../workspace/learned-mappings.ts';
import type { RejectionFilter } from '../../workspace/readers/rejections.ts';
import { knownContents, sourceRows } from '../../workspace/readers/sources.ts';
import type { KnownMapping } from '../../intake/memory.ts';
import { noticeTexts, type NoticeCounts } from '../../intake/notices.ts';
import type { KnownContent } from '../../intake/plan.ts';
import type { JourneyCursor } from '../../workspace/readers/in-order.ts';
import type {
  WireChange,
  WireChangeSet,
  WireComplaint,
  WireConflict,
  WireEventDetail,
  WireEventRow,
  WireFinding,
  WireIdentityDecision,
  WireIncident,
  WireIncidentDetail,
  WireJourney,
  WireLearnedMapping,
  WirePassport,
  WireRecord,
  WireRecordIdentity,
  WireRejectedText,
  WireRejection,
  WireRejectionGroup,
  WireSearchHit,
  WireSource,
  WireTaughtThreshold,
  WireUsualFlow,
  WireWorkspaceInfo,
} from '../wire.ts';
import { completenessCounts } from './completeness.ts';
import { recordQuery, type RecordFilterValues } from './record-filter.ts';
import { Backtest, type BacktestPart } from './backtest.ts';
import { changePage, taught, wireChangeSet } from './lifecycle.ts';
import { eventDetail } from './event-detail.ts';
import { FlowQueries } from './flows.ts';
import { IdentityQueries } from './identity.ts';
import { identityWish, type IdentityRequest } from './identity-wish.ts';
import { IncidentQueries } from './incidents.ts';
import { JourneyQueries } from './journeys.ts';
import { Rebuilder } from './rebuild.ts';
import { exportRejects, rejectedText, rejectGroups, rejects, type ExportFormat } from './rejects.ts';
import { isoOrNull, millis, severityWord, wireCarriedBy, wireClock, wireCoverage, wireFinding } from './to-wire.ts';
import { wireMapping } from './wire-mapping.ts';

/** All that can be asked of a workspace, as plain calls: the read threads and the command line run these. */
export type Queries = {
  info(version: string): WireWorkspaceInfo;
  sources(): WireSource[];
  rejects(filter: RejectionFilter, offset: number, limit: number): { rows: WireRejection[]; total: number };
  rejectGroups(source: number | undefined): WireRejectionGroup[];
  rejectedText(id: number): WireRejectedText;
  exportRejects(
    filter: RejectionFilter,
    format: ExportFormat,
    withBytes: boolean,
    offset: number,
  ): { text: string; next: number | null; total: number };
  records(
    filter: RecordFilterValues,
    sort: RecordSortKey,
    descending: boolean,
    offset: number,
    limit: number,
  ): { rows: WireRecord[]; total: number };
  search(text: string, limit: number): WireSearchHit[];
  journey(id: string, type: string | undefined): WireJourney;
  journeyEvents(id: string, type: string | undefined, offset: number, limit: number): { rows: WireEventRow[]; total: number };
  identity(id: string, type: string | undefined): WireRecordIdentity;
  identityDecisions(): WireIdentityDecision[];
  /** What somebody wants to say, checked and with the spellings that are kept. */
  identityWish(request: IdentityRequest): IdentityWish;
  conflicts(offset: number, limit: number): { rows: WireConflict[]; total: number };
  event(id: number): WireEventDetail;
  findings(filter: FindingFilterValues, offset: number, limit: number): { rows: WireFinding[]; total: number };
  finding(id: string): WireFinding;
  incidents(offset: number, limit: number): { rows: WireIncident[]; total: number };
  incident(id: string): WireIncidentDetail;
  incidentOf(finding: string): WireIncident | null;
  taught(): WireTaughtThreshold[];
  changeSets(): WireChangeSet[];
  changes(set: number, what: WireChange['what'], offset: number, limit: number): { rows: WireChange[]; total: number };
  findingSummary(
    status: FindingQuery['status'],
  ): { kind: WireFinding['kind']; subkind: string; severity: WireFinding['severity']; count: number }[];
  passports(): WirePassport[];
  passport(name: string): { readonly name: string; readonly yaml: string };
  checkPassport(
    yaml: string,
    inWorkspace: boolean,
  ): { readonly name: string | null; readonly record: string | null; readonly complaints: WireComplaint[] };
  learnPassport(type: string | undefined, flow: string | undefined): { readonly type: string; readonly yaml: string };
  usualFlows(): WireUsualFlow[];
  /** A part of a back-test, from a cursor on. */
  backtest(yaml: string, after: JourneyCursor): BacktestPart;
  known(): KnownContent[];
  /** Mappings that the user corrected, as they are stored. */
  learned(): KnownMapping[];
  mappings(): WireLearnedMapping[];
  /** Events that the user's own SQL cannot see yet, see `event-rows.ts`. */
  missingEventRows(): number;
};

export interface FindingFilterValues {
  readonly kind?: string | undefined;
  readonly subkind?: string | undefined;
  readonly severity?: string | undefined;
  readonly system?: string | undefined;
  readonly record?: string | undefined;
  readonly status?: FindingQuery['status'];
  readonly incident?: string | undefined;
}

/** Binds the queries to one read-only connection. */
export function createQueries(db: Db, path: string): Queries {
  const events = new EventReader(db);
  const rebuilder = new Rebuilder(db, events);
  const identity = new IdentityQueries(db, events);
  const journeys = new JourneyQueries(db, events, rebuilder, identity);
  const flows = new FlowQueries(db, rebuilder);
  const backtest = new Backtest(db, rebuilder);
  const incidents = new IncidentQueries(db);
  return {
    info: (version) => info(db, path, version),
    sources: () => {
      const clocks = skewedClocks(db);
      return sourceRows(db).map((row) => wireSource(row, clocks));
    },
    rejects: (filter, offset, limit) => rejects(db, filter, offset, limit),
    rejectGroups: (source) => rejectGroups(db, source),
    rejectedText: (id) => rejectedText(db, id),
    exportRejects: (filter, format, withBytes, offset) => exportRejects(db, filter, format, withBytes, offset),
    records: (filter, sort, descending, offset, limit) => {
      const query = recordQuery(filter);
      return {
        rows: journeyPage(db, query, sort, descending, offset, limit).map((row) => wireRecord(db, row)),
        total: journeyCount(db, query),
      };
    },
    search: (text, limit) => search(db, text, limit),
    journey: (id, type) => journeys.get(id, type),
    journeyEvents: (id, type, offset, limit) => journeys.events(id, type, offset, limit),
    identity: (id, type) => identity.get(id, type),
    identityDecisions: () => identity.decisions(),
    identityWish: (request) => identityWish(db, request),
    conflicts: (offset, limit) => identity.conflicts(offset, limit),
    event: (id) => eventDetail(db, events, id),
    findings: (filter, offset, limit) => {
      const query = findingQuery(db, filter, incidents);
      const page = findingPage(db, query, offset, limit);
      const index = events.evidence(page.flatMap(({ finding }) => finding.evidence));
      return { rows: page.map(({ finding, said }) => wireFinding(finding, index, said)), total: findingCount(db, query) };
    },
    finding: (id) => {
      const [found] = findingPage(db, { ...findingQuery(db, { status: 'all' }, incidents), ids: [id] }, 0, 1);
      if (found === undefined) throw new UserError('not-found', `no finding has the id ${id}`);
      return wireFinding(found.finding, events.evidence(found.finding.evidence), found.said);
    },
    incidents: (offset, limit) => incidents.page(offset, limit),
    incident: (id) => incidents.get(id),
    incidentOf: (finding) => incidents.ofFinding(finding),
    taught: () => taught(db),
    changeSets: () => changeSets(db).map(wireChangeSet),
    changes: (set, what, offset, limit) => changePage(db, set, what, offset, limit),
    findingSummary: (status) =>
      findingSummary(db, status).map((row) => ({
        kind: row.kind as WireFinding['kind'],
        subkind: row.subkind,
        severity: severityWord(row.severity) ?? 'info',
        count: row.count,
      })),
    passports: () => flows.list(),
    passport: (name) => flows.get(name),
    checkPassport: (yaml, inWorkspace) => flows.check(yaml, inWorkspace),
    learnPassport: (type, flow) => flows.learn(type, flow),
    usualFlows: () => flows.usual(),
    backtest: (yaml, after) => backtest.part(yaml, after),
    missingEventRows: () => missingEventRows(db),
    known: () =>
      knownContents(db).map(({ disk_bytes, carrier, ...content }) => ({
        ...content,
        diskBytes: disk_bytes ?? undefined,
        carrier: carrier === null ? undefined : (JSON.parse(carrier) as Carrier),
      })),
    learned: () => learnedMappings(db),
    mappings: () => learnedMappings(db).map(wireLearned),
  };
}

function info(db: Db, path: string, version: string): WireWorkspaceInfo {
  const counts = workspaceCounts(db);
  return {
    path,
    name: basename(path).replace(/\.waybill$/, ''),
    events: counts.events,
    records: counts.records,
    journeys: counts.journeys,
    findings: { info: counts.info, warning: counts.warning, critical: counts.critical },
    sources: counts.sources,
    rejected: counts.rejected,
    from: isoOrNull(counts.from_us),
    to: isoOrNull(counts.to_us),
    coverage: wireCoverage(coverageOf(db)),
    recordTypes: recordTypes(db),
    version,
    revision: revision(db) + decisionCount(db),
  };
}

function wireLearned({ id, name, shape, correctedAt, corrections, mapping }: KnownMapping): WireLearnedMapping {
  return {
    id,
    name,
    stem: shape.stem,
    format: shape.format,
    correctedAt,
    corrections: corrections.map(({ text }) => text),
    mapping: wireMapping(mapping),
  };
}

function wireSource(row: ReturnType<typeof sourceRows>[number], clocks: readonly SkewedClock[]): WireSource {
  const notices = row.notices === null ? undefined : (JSON.parse(row.notices) as NoticeCounts);
  return {
    id: row.id,
    name: row.name,
    path: row.path,
    format: row.format,
    profile: row.profile,
    system: row.system,
    zone: row.zone,
    events: row.events,
    rejected: row.rejected,
    duplicates: row.duplicates,
    updated: row.updated,
    bytes: row.bytes,
    sha256: row.sha256,
    importedAt: row.imported_at,
    coverage: row.from_us === null || row.to_us === null ? null : { from: isoOrNull(row.from_us)!, to: isoOrNull(row.to_us)! },
    systems: (JSON.parse(row.systems) as string[]).sort(),
    encoding: row.encoding,
    notices: [
      ...(notices === undefined ? [] : noticeTexts(notices)),
      ...sidecarNotice(row),
      ...clocksOf(row, clocks).map((clock) => oneLine(clockText(clock))),
    ],
    clocks: clocksOf(row, clocks).map(wireClock),
    sidecarOf: row.sidecar_of,
    carriedBy: wireCarriedBy(row.carried === null ? undefined : (JSON.parse(row.carried) as CarriedBy)),
    copies: (JSON.parse(row.copies) as string[]).sort(),
    unknownStatuses: [...(notices?.unknownStatuses ?? [])],
  };
}

function clocksOf({ id }: { readonly id: number }, clocks: readonly SkewedClock[]): readonly SkewedClock[] {
  return clocks.filter(({ sources }) => sources.includes(id));
}

function sidecarNotice({ sidecar_of: document, carrier }: ReturnType<typeof sourceRows>[number]): readonly string[] {
  if (carrier === null || (JSON.parse(carrier) as Carrier).sidecarOf.length === 0) return [];
  return [sidecarText(document === null ? [] : [document])];
}

function wireRecord(db: Db, row: JourneyRow): WireRecord {
  return {
    type: row.type,
    key: row.key,
    aliases: aliasesOf(db, row.id, row.key),
    status: row.status as JourneyStatus,
    startedAt: isoOrNull(row.from_us),
    endedAt: isoOrNull(row.to_us),
    durationMs: row.duration_us === null ? null : millis(row.duration_us),
    systems: JSON.parse(row.systems) as string[],
    steps: row.steps,
    attempts: row.attempts,
    events: row.events,
    findings: row.findings,
    completeness: completenessCounts(row.completeness_counts),
    severity: severityWord(row.severity),
    worst: row.worst,
  };
}

function search(db: Db, text: string, limit: number): WireSearchHit[] {
  const wanted = text.trim();
  if (wanted === '') return [];
  return searchIdentifiers(db, wanted, limit).map((row) => {
    const root = row.journey_id === 0 ? undefined : recordById(db, row.journey_id);
    const summary = root === undefined ? undefined : journeySummary(db, root.id);
    return {
      type: row.type,
      key: row.key,
      matched: row.matched,
      journey: root === undefined ? null : { type: root.type, key: root.key },
      status: (summary?.status as JourneyStatus | undefined) ?? null,
      severity: summary === undefined ? null : severityWord(summary.severity),
    };
  });
}

function findingQuery(db: Db, filter: FindingFilterValues, incidents: IncidentQueries): FindingQuery {
  return {
    kind: filter.kind,
    subkind: filter.subkind,
    severity: filter.severity === undefined ? undefined : SEVERITIES.indexOf(filter.severity as (typeof SEVERITIES)[number]) + 1,
    system: filter.system,
    status: filter.status,
    ids: filter.incident === undefined ? undefined : incidents.findings(filter.incident),
    journeys:
      filter.record === undefined ? undefined : recordsByIdentifier(db, filter.record, undefined).map((record) => record.journey_id),
  };
}
