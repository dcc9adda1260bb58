import { SETTLED } from '../finding-decisions.ts';
import type { Db } from '../open.ts';

export interface WorkspaceCounts {
  /** What several sources tell counts once. */
  readonly events: number;
  readonly records: number;
  readonly journeys: number;
  readonly sources: number;
  readonly rejected: number;
  readonly from_us: number | null;
  readonly to_us: number | null;
  readonly info: number;
  readonly warning: number;
  readonly critical: number;
}

export function workspaceCounts(db: Db): WorkspaceCounts {
  return db
    .prepare(
      `SELECT (SELECT coalesce(sum(events), 0) FROM source WHERE state = 'complete')
         - (SELECT coalesce(sum(last_event - first_event + 1), 0) FROM shadowed) AS events,
       (SELECT count(*) FROM record WHERE technical = 0 OR journey_id = id) AS records,
       (SELECT count(*) FROM journey) AS journeys,
       (SELECT count(*) FROM source WHERE state = 'complete') AS sources,
       (SELECT coalesce(sum(rejected), 0) FROM source WHERE state = 'complete') + (SELECT count(*) FROM refused) AS rejected,
       (SELECT min(from_us) FROM source) AS from_us, (SELECT max(to_us) FROM source) AS to_us,
       (SELECT count(*) FROM finding WHERE severity = 1 AND status < ${SETTLED}) AS info, (SELECT count(*) FROM finding WHERE severity = 2 AND status < ${SETTLED}) AS warning,
       (SELECT count(*) FROM finding WHERE severity = 3 AND status < ${SETTLED}) AS critical`,
    )
    .get() as WorkspaceCounts;
}

export function recordTypes(db: Db): { type: string; journeys: number }[] {
  return db
    .prepare(
      'SELECT t.value AS type, count(*) AS journeys FROM journey j JOIN name t ON t.id = j.type_id GROUP BY j.type_id ORDER BY 2 DESC, 1',
    )
    .all() as ReturnType<typeof recordTypes>;
}
