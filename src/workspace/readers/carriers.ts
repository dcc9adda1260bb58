import type { Carrier, CarriedBy } from '../../model/carrier.ts';
import type { Carrying } from '../event-at.ts';
import type { Db } from '../open.ts';
import { prepared } from '../prepared.ts';

/** A document, or a sidecar, with what its name and content say of executions. */
export interface CarrierRow {
  readonly source: number;
  readonly name: string;
  readonly content: number;
  readonly carrier: Carrier;
}

/** All sources but logs, in no order that matters. */
export function carrierRows(db: Db): CarrierRow[] {
  const rows = db
    .prepare("SELECT id, name, content_id, carrier FROM source WHERE state = 'complete' AND carrier IS NOT NULL ORDER BY id")
    .raw()
    .all() as [number, string, number, string][];
  return rows.map(([source, name, content, carrier]) => ({ source, name, content, carrier: JSON.parse(carrier) as Carrier }));
}

/** First event and number of events of each stored batch of some sources. */
export function eventRanges(
  db: Db,
  sources: ReadonlySet<number>,
): { readonly source: number; readonly first: number; readonly count: number }[] {
  if (sources.size === 0) return [];
  const rows = db.prepare('SELECT source_id, first_event, count FROM column_batch ORDER BY first_event').raw().all();
  return (rows as [number, number, number][]).flatMap(([source, first, count]) => (sources.has(source) ? [{ source, first, count }] : []));
}

/** Which execution carried the documents of a source, and how that is known. */
interface CarriedRow extends Carrying {
  readonly how: CarriedBy;
}

/** What carried the documents of sources. Kept while one question is answered: the next analysis may say otherwise. */
export function carriedBy(db: Db): (source: number) => CarriedRow | undefined {
  const select = prepared(db, 'SELECT identifier_id, replaces, how FROM carried WHERE source_id = ?');
  const known = new Map<number, CarriedRow | undefined>();
  return (source) => {
    if (!known.has(source)) {
      const row = select.get(source) as { identifier_id: number; replaces: string; how: string } | undefined;
      known.set(
        source,
        row && {
          execution: row.identifier_id,
          replaces: new Set(JSON.parse(row.replaces) as number[]),
          how: JSON.parse(row.how) as CarriedBy,
        },
      );
    }
    return known.get(source);
  };
}
