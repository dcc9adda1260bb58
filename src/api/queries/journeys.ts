import { buildJourney } from '../../journey/index.ts';
import { judge, withLearnedHops } from '../../findings/index.ts';
import type { DetectorContext } from '../../findings/types.ts';
import type { Expectations } from '../../flows/types.ts';
import type { SkewedClock } from '../../model/clock.ts';
import { UserError } from '../../model/errors.ts';
import { EVENT_KINDS } from '../../model/event.ts';
import { statusOf } from '../../model/status.ts';
import { micros } from '../../model/time.ts';
import { coverageOf, sourceRanks } from '../../workspace/analysis-reader.ts';
import { clockErrors, correctionsOf, skewedClocks, type Corrections } from '../../workspace/clocks.ts';
import type { Db } from '../../workspace/open.ts';
import { journeyEventCount, type EventListRow, type EventReader } from '../../workspace/readers/events.ts';
import { meta, revision } from '../../workspace/readers/meta.ts';
import {
  aliasesOf,
  recordById,
  recordsByIdentifier,
  relatedRecords,
  searchIdentifiers,
  type RecordRow,
} from '../../workspace/readers/records.ts';
import type { WireEventRow, WireJourney } from '../wire.ts';
import { clocksIn, RawTimes } from './raw-times.ts';
import { isoOrNull, wireCarriedBy, wireJourney } from './to-wire.ts';

const MOST_RELATED = 50;
const MOST_DOCUMENTS = 1_000;
const NOTHING_LEARNED: Expectations = { version: 0, byType: {} };

/** What one revision of a workspace has in common for all journeys: read once, not per question. */
interface Shared {
  readonly revision: number;
  readonly expectations: Expectations;
  readonly coverage: ReturnType<typeof coverageOf>;
  readonly dataEnd: number | undefined;
  readonly ranks: ReadonlyMap<number, number>;
  readonly clocks: readonly SkewedClock[];
  readonly corrections: Corrections;
  readonly clockErrors: Readonly<Record<string, number>>;
}

/** Rebuilds single journeys from their events, with the same pure stages that analysis uses for all. */
export class JourneyQueries {
  readonly #db: Db;
  readonly #events: EventReader;
  #shared: Shared | undefined;

  constructor(db: Db, events: EventReader) {
    this.#db = db;
    this.#events = events;
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
    const shared = this.#sharedNow();
    const told = this.#events.ofJourney(root.id, shared.ranks, shared.corrections);
    const names = new Map<number, { type: string; key: string }>();
    const dataEnd = shared.dataEnd === undefined ? undefined : micros(shared.dataEnd);
    const context: DetectorContext = {
      expectations: shared.expectations,
      scope: { coverage: shared.coverage, clockErrors: shared.clockErrors },
      dataEnd,
    };
    const built = buildJourney({
      root: { type: root.type, key: root.key },
      aliases: aliasesOf(this.#db, root.id, root.key),
      events: told.map(({ event }) => event),
      record: (record) => {
        let name = names.get(record);
        if (name === undefined) {
          const row = recordById(this.#db, record);
          names.set(record, (name = { type: row?.type ?? '', key: row?.key ?? '' }));
        }
        return name;
      },
      execution: (execution) =>
        (this.#db.prepare('SELECT value FROM identifier WHERE id = ?').pluck().get(execution) as string | undefined) ?? '',
      related: relatedRecords(this.#db, root.id, MOST_RELATED),
    });
    // Parallel branches are drawn from what usually causes them; ids stay the same, so findings stay valid.
    const journey = withLearnedHops(built, context);
    const verdict = judge(journey, context);
    const cited = [...verdict.findings.flatMap((finding) => finding.evidence), ...journey.related.flatMap((related) => related.events)];
    return wireJourney(journey, verdict, {
      context,
      events: told.length,
      clocks: clocksIn(told, shared.clocks),
      raw: new RawTimes(told),
      evidence: this.#events.evidence(cited),
      documents: this.#events.documents(root.id, MOST_DOCUMENTS),
    });
  }

  events(id: string, type: string | undefined, offset: number, limit: number): { rows: WireEventRow[]; total: number } {
    const { root } = this.resolve(id, type);
    return { rows: this.#events.page(root.id, offset, limit).map(wireEventRow), total: journeyEventCount(this.#db, root.id) };
  }

  #sharedNow(): Shared {
    const now = revision(this.#db);
    if (this.#shared?.revision !== now) {
      const clocks = skewedClocks(this.#db);
      const corrections = correctionsOf(this.#db, clocks);
      this.#shared = {
        revision: now,
        clocks,
        corrections,
        clockErrors: clockErrors(this.#db),
        expectations: meta<Expectations>(this.#db, 'expectations') ?? NOTHING_LEARNED,
        coverage: coverageOf(this.#db, corrections),
        dataEnd: meta<number | null>(this.#db, 'data_end') ?? undefined,
        ranks: sourceRanks(this.#db),
      };
    }
    return this.#shared;
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
