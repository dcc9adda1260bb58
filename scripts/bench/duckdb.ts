import { DuckDBInstance } from '@duckdb/node-api';

/** What DuckDB took for each part of equal work. Seconds. */
export interface DuckDbTimes {
  readonly load: number;
  readonly identifiers: number;
  readonly findings: number;
  readonly total: number;
  readonly lookupMs: number;
  readonly events: number;
}

/**
 * The yardstick: the same NDJSON file read into a table, its identifiers unnested and indexed, and attempts, gaps and delays found
 * with window functions; into a database file, as Waybill's workspace is one.
 */
export async function benchDuckDb(file: string, database: string): Promise<DuckDbTimes> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  const timed = async (statements: readonly string[]): Promise<number> => {
    const started = performance.now();
    for (const statement of statements) await connection.run(statement);
    return (performance.now() - started) / 1000;
  };
  const load = await timed([
    `CREATE TABLE event AS SELECT row_number() OVER () AS id, * FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited')`,
  ]);
  const identifiers = await timed([
    `CREATE TABLE mention AS SELECT id AS event_id, unnest([order_id, payment_id, shipment_id, customer_id, trace_id]) AS value FROM event`,
    `DELETE FROM mention WHERE value IS NULL`,
    `CREATE INDEX mention_value ON mention (value)`,
    `CREATE INDEX event_id ON event (id)`,
  ]);
  const findings = await timed([
    `CREATE TABLE step AS SELECT id, order_id, system, step, ts, status,
       row_number() OVER (PARTITION BY order_id, system, step ORDER BY ts) AS attempt,
       lag(ts) OVER (PARTITION BY order_id ORDER BY ts) AS previous_ts,
       lag(system || '.' || step) OVER (PARTITION BY order_id ORDER BY ts) AS previous_step
     FROM event WHERE order_id IS NOT NULL`,
    `CREATE TABLE hop AS SELECT previous_step, system || '.' || step AS step, quantile_cont(epoch(ts) - epoch(previous_ts), [0.5, 0.95, 0.99]) AS q, count(*) AS n
     FROM step WHERE previous_ts IS NOT NULL GROUP BY ALL`,
    `CREATE TABLE delay AS SELECT s.id, epoch(s.ts) - epoch(s.previous_ts) AS latency, h.q[1] AS usual FROM step s
     JOIN hop h ON h.previous_step = s.previous_step AND h.step = s.system || '.' || s.step
     WHERE h.n >= 30 AND epoch(s.ts) - epoch(s.previous_ts) > greatest(3 * h.q[1], h.q[3])`,
    `CREATE TABLE usual AS SELECT system, step, count(DISTINCT order_id) AS orders FROM step GROUP BY ALL`,
    `CREATE TABLE gap AS SELECT o.order_id, u.system, u.step FROM (SELECT DISTINCT order_id FROM step) o CROSS JOIN usual u
     LEFT JOIN (SELECT DISTINCT order_id, system, step FROM step) s ON s.order_id = o.order_id AND s.system = u.system AND s.step = u.step
     WHERE u.orders > 0.9 * (SELECT count(DISTINCT order_id) FROM step) AND s.order_id IS NULL`,
    `CREATE TABLE retry AS SELECT order_id, system, step, max(attempt) AS attempts FROM step GROUP BY ALL HAVING max(attempt) > 1`,
    `CHECKPOINT`,
  ]);
  const rows = await connection.runAndReadAll('SELECT count(*) FROM event');
  const events = Number(rows.getRows()[0]![0]);
  const sample = await connection.runAndReadAll(`SELECT order_id FROM event WHERE order_id IS NOT NULL USING SAMPLE 50`);
  const ids = sample.getRows().map((row) => String(row[0]));
  const started = performance.now();
  for (const id of ids) {
    await connection.runAndReadAll(
      `SELECT e.* FROM mention m JOIN event e ON e.id = m.event_id WHERE m.value = '${id.replaceAll("'", "''")}' ORDER BY e.ts`,
    );
  }
  const lookupMs = (performance.now() - started) / ids.length;
  connection.closeSync();
  instance.closeSync();
  return { load, identifiers, findings, total: load + identifiers + findings, lookupMs, events };
}
