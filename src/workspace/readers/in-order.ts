import type { Db } from '../open.ts';

/** Where a walk over all journeys stands. */
export interface JourneyCursor {
  /** Start of the last journey (µs); null among those that have no time, which come first. */
  readonly from: number | null;
  readonly id: number;
}

export interface JourneyInOrder {
  readonly id: number;
  readonly type: string;
  readonly key: string;
  readonly from: number | null;
}

const COLUMNS = 'SELECT j.id, t.value AS type, j.key, j.from_us AS "from" FROM journey j JOIN name t ON t.id = j.type_id';

/** The next journeys after a cursor in the order of their starts: neighbours have their events in the same batches. */
export function journeysInOrder(db: Db, after: JourneyCursor, limit: number): JourneyInOrder[] {
  const untimed =
    after.from === null
      ? (db.prepare(`${COLUMNS} WHERE j.from_us IS NULL AND j.id > ? ORDER BY j.id LIMIT ?`).all(after.id, limit) as JourneyInOrder[])
      : [];
  if (untimed.length === limit) return untimed;
  const timed = db
    .prepare(`${COLUMNS} WHERE (j.from_us, j.id) > (?, ?) ORDER BY j.from_us, j.id LIMIT ?`)
    .all(after.from ?? Number.MIN_SAFE_INTEGER, after.id, limit - untimed.length) as JourneyInOrder[];
  return [...untimed, ...timed];
}

/** A stored finding, as far as another judgement is held against it. */
export interface StoredFinding {
  readonly id: string;
  readonly kind: string;
  readonly subkind: string;
  readonly title: string;
}

/** The stored findings of journeys, by the id of the journey. */
export function findingsOf(db: Db, journeys: readonly number[]): Map<number, StoredFinding[]> {
  const rows = db
    .prepare(
      `SELECT journey_id, id, kind, subkind, body ->> '$.title' AS title FROM finding WHERE journey_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .all(JSON.stringify(journeys)) as (StoredFinding & { journey_id: number })[];
  return Map.groupBy(rows, ({ journey_id }) => journey_id);
}
