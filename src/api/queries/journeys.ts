import { completenessOf, judge, withLearnedHops } from '../../findings/index.ts';
import { UserError } from '../../model/errors.ts';
import { EVENT_KINDS } from '../../model/event.ts';
import { statusOf } from '../../model/status.ts';
import type { Db } from '../../workspace/open.ts';
import { journeyEventCount, type EventListRow, type EventReader } from '../../workspace/readers/events.ts';
import { saidOfJourney } from '../../workspace/readers/findings.ts';
import { recordById, recordsByIdentifier, searchIdentifiers, type RecordRow } from '../../workspace/readers/records.ts';
import type { WireEventRow, WireJourney } from '../wire.ts';
import type { IdentityQueries } from './identity.ts';
import { clocksIn, RawTimes } from './raw-times.ts';
import type { Rebuilder } from './rebuild.ts';
import { isoOrNull, wireCarriedBy, wireJourney } from './to-wire.ts';

const MOST_DOCUMENTS = 1_000;

/** Rebuilds single journeys from their events, with the same pure stages that analysis uses for all. */
export class JourneyQueries {
  readonly #db: Db;
  readonly #events: EventReader;
  readonly #rebuilder: Rebuilder;
  readonly #identity: IdentityQueries;

  constructor(db: Db, events: EventReader, rebuilder: Rebuilder, identity: IdentityQueries) {
    this.#db = db;
    this.#events = events;
    this.#rebuilder = rebuilder;
    this.#identity = identity;
  }

  /**
   * The record that an identifier names and whose journey answers for it.
   * Throws `UserError` `not-found` with the nearest identifiers.
   */
  resolve(id: string, type: string | undefined): { readonly record: RecordRow; readonly root: RecordRow } {
    const [record] = recordsByIdentifier(this.#db, id.trim(), type);
    if (record === undefined) throw new UserError('not-found', this.#notFound(id, type));
    const root = record.journey_id === 0 ? undefined : recordById(this.#db, record.journey_id);
    if (root === undefined) {
      throw new UserError(
        'not-found',
        `${record.type} ${record.key} is only context of other records: it has no journey of its own (search for one of its orders)`,
      );
    }
    return { record, root };
  }

  get(id: string, type: string | undefined): WireJourney {
    const { root } = this.resolve(id, type);
    const { context, clocks } = this.#rebuilder.shared();
    const { journey: built, told } = this.#rebuilder.build(root, true);
    // Parallel branches are drawn from what usually causes them; ids stay the same, so findings stay valid.
    const journey = withLearnedHops(built, context);
    const verdict = judge(journey, context);
    const cited = [...verdict.findings.flatMap((finding) => finding.evidence), ...journey.related.flatMap((related) => related.events)];
    return wireJourney(journey, verdict, {
      context,
      completeness: completenessOf(journey, context),
      events: told.length,
      clocks: clocksIn(told, clocks),
      raw: new RawTimes(told),
      evidence: this.#events.evidence(cited),
      documents: this.#events.documents(root.id, MOST_DOCUMENTS),
      conflicts: this.#identity.conflictsOf(root.id),
      said: saidOfJourney(this.#db, root.id),
    });
  }

  events(id: string, type: string | undefined, offset: number, limit: number): { rows: WireEventRow[]; total: number } {
    const { root } = this.resolve(id, type);
    return { rows: this.#events.page(root.id, offset, limit).map(wireEventRow), total: journeyEventCount(this.#db, root.id) };
  }

  #notFound(id: string, type: string | undefined): string {
    const near = searchIdentifiers(this.#db, id.trim(), 3).map((row) => row.matched);
    const what = type === undefined ? `no record is called ${id}` : `no ${type} is called ${id}`;
    return near.length === 0 ? what : `${what}; near it: ${near.join(', ')}`;
  }
}

export function wireEventRow(row: EventListRow): WireEventRow {
  return {
    id: row.id,
    at: isoOrNull(row.time),
    endedAt: isoOrNull(row.end),
    system: row.system,
    flow: row.flow ?? null,
    step: row.step,
    kind: EVENT_KINDS[row.kind] ?? 'step',
    status: statusOf(row.status),
    statusRaw: row.statusRaw ?? null,
    error: row.error ?? null,
    source: row.source,
    line: row.line,
    carriedBy: wireCarriedBy(row.carriedBy),
  };
}
