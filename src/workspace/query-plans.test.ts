import { beforeAll, describe, expect, test } from 'vitest';
import { company } from '../../test/support/company.ts';
import { bench, finish, importPaths } from '../../test/support/engine.ts';
import { put, tempFolder } from '../../test/support/temp.ts';
import { recordSort } from '../api/contract.ts';
import { createQueries, type Queries } from '../api/queries/index.ts';
import { openReader, openWriter, type Db } from './open.ts';

/** A statement that was run, with what was bound to it. */
interface Run {
  readonly sql: string;
  readonly plan: readonly string[];
}

/** Wraps a connection so that the plan of every statement that is prepared is kept. */
function watched(db: Db, runs: Run[]): Db {
  return new Proxy(db, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (name !== 'prepare') return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      return (sql: string) => {
        // Parameters may stay unbound: SQLite plans without them.
        const rows = target.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...unbound(sql)) as { detail: string }[];
        runs.push({ sql, plan: rows.map((row) => row.detail) });
        return target.prepare(sql);
      };
    },
  });
}

/** Orders that fail at one step in the same words: an incident. */
function failing(i: number): string {
  const entry = {
    timestamp: `2031-05-04T08:0${i}:00Z`,
    system: 'desk',
    step: 'approve',
    order_id: `DSK-${i}`,
    status: 'failed',
    error: 'no budget',
  };
  return `${JSON.stringify(entry)}\n`;
}

function unbound(sql: string): unknown[] {
  const named = [...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name!, null] as const);
  return named.length > 0 ? [Object.fromEntries(named)] : [...sql.matchAll(/\?/g)].map(() => null);
}

const PASSPORT = 'passport: order\nrecord: order\nowner: test\nsteps:\n  - step: shop.checkout\n';

let db: Db;
let key: string;
let finding: string;
/** Of another record of its type. */
let other: string;
/** A rejected entry. */
let rejected: number;
beforeAll(async () => {
  const logs = await company(250);
  const { client, engine, workspace } = await bench();
  await importPaths(client, [
    logs,
    put(tempFolder(), 'failing.ndjson', Array.from({ length: 6 }, (_, i) => failing(i)).join('')),
    put(tempFolder(), 'broken.ndjson', '{"timestamp":"2031-05-04T08:00:00Z","order_id":"SO-1"}\n{"broken": \n'),
  ]);
  rejected = (await client.sources.rejects({})).rows[0]!.id!;
  const [first] = (await client.findings.page({ limit: 1 })).rows;
  key = first!.record!.key;
  finding = first!.id;
  other = (await client.records.page({ filter: { type: first!.record!.type } })).rows.find((row) => row.key !== key)!.key;
  await finish(client, (await client.flows.put({ yaml: PASSPORT })).job);
  await engine.close();
  // Without the statistics of a few rows, for which a scan is the best plan: what counts is a workspace that has outgrown them.
  const writer = openWriter(workspace);
  writer.exec('DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4');
  writer.close();
  db = openReader(workspace);
  return () => db.close();
});

/** Every query of the contract, with every filter and sort that it offers. */
const CALLS: { readonly [K in keyof Queries]: (queries: Queries) => void } = {
  info: (queries) => queries.info('test'),
  sources: (queries) => queries.sources(),
  rejects: (queries) => [
    queries.rejects({}, 0, 10),
    queries.rejects({ source: 1 }, 0, 10),
    queries.rejects({ code: 'malformed' }, 0, 10),
    queries.rejects({ source: 1, code: 'malformed' }, 0, 10),
  ],
  rejectGroups: (queries) => [queries.rejectGroups(undefined), queries.rejectGroups(1)],
  rejectedText: (queries) => queries.rejectedText(rejected),
  exportRejects: (queries) => [queries.exportRejects({}, 'ndjson', true, 0), queries.exportRejects({ source: 1 }, 'csv', true, 0)],
  learned: (queries) => queries.learned(),
  mappings: (queries) => queries.mappings(),
  records: (queries) => {
    for (const sort of recordSort.options) {
      for (const descending of [true, false]) {
        queries.records({}, sort, descending, 0, 10);
        queries.records({ status: 'failed' }, sort, descending, 0, 10);
      }
    }
    for (const filter of [
      { type: 'order' },
      { system: 'erp' },
      { finding: 'gap' },
      { severity: 'warning' },
      { completeness: 'lacking' },
      { conflict: 'any' },
      { conflict: 'claimed' },
      { text: key },
      { text: `${key} type:order status:open system:erp finding:gap severity:info completeness:complete` },
    ]) {
      queries.records(filter, 'started', true, 0, 10);
    }
  },
  search: (queries) => [queries.search(key, 10), queries.search(key.slice(-4), 10), queries.search('nothing at all', 10)],
  journey: (queries) => [queries.journey(key, undefined), queries.journey(key, 'order'), queries.journey(key.toLowerCase(), undefined)],
  journeyEvents: (queries) => queries.journeyEvents(key, undefined, 0, 100),
  identity: (queries) => [queries.identity(key, undefined), queries.identity(key, 'order')],
  identityDecisions: (queries) => queries.identityDecisions(),
  identityWish: (queries) => queries.identityWish({ kind: 'merge', a: { value: key }, b: { value: other }, note: '' }),
  conflicts: (queries) => queries.conflicts(0, 10),
  event: (queries) => queries.event(1),
  findings: (queries) => {
    for (const filter of [
      {},
      { kind: 'gap' },
      { kind: 'gap', subkind: 'stopped' },
      { severity: 'critical' },
      { system: 'erp' },
      { record: key },
      { status: 'all' as const },
      { status: 'open' as const },
      { status: 'false-alarm' as const, kind: 'gap' },
    ])
      queries.findings(filter, 0, 10);
  },
  findingSummary: (queries) => [queries.findingSummary(undefined), queries.findingSummary('open'), queries.findingSummary('all')],
  finding: (queries) => queries.finding(finding),
  incidents: (queries) => queries.incidents(0, 10),
  incident: (queries) => queries.incident(queries.incidents(0, 1).rows[0]!.id),
  incidentOf: (queries) => queries.incidentOf(finding),
  taught: (queries) => queries.taught(),
  changeSets: (queries) => queries.changeSets(),
  changes: (queries) => queries.changes(1, 'new', 0, 10),
  passports: (queries) => queries.passports(),
  passport: (queries) => queries.passport('order'),
  checkPassport: (queries) => queries.checkPassport(PASSPORT, true),
  learnPassport: (queries) => queries.learnPassport('order', undefined),
  usualFlows: (queries) => queries.usualFlows(),
  backtest: (queries) => {
    for (
      let next = queries.backtest(PASSPORT, { from: null, id: 0 }).next;
      next !== undefined;
      next = queries.backtest(PASSPORT, next).next
    );
  },
  known: (queries) => queries.known(),
  missingEventRows: (queries) => queries.missingEventRows(),
};

/** Tables that grow with the events: a user's query must reach their rows by a key or an index. */
const LARGE = ['event', 'block', 'column_batch', 'alias', 'link', 'text', 'name'];
/** Tables that grow with the records: they may be walked along an index, or counted. */
const COUNTS = /^SELECT (count\(\*\)|\(SELECT|t\.value AS type, count|kind, subkind, severity, count)/;

describe('the plan of every statement that a user can set off', () => {
  for (const name of Object.keys(CALLS) as (keyof Queries)[]) {
    test(name, () => {
      const runs: Run[] = [];
      CALLS[name](createQueries(watched(db, runs), 'test.waybill'));
      expect(runs.length).toBeGreaterThan(0);
      for (const { sql, plan } of runs) {
        const aliases = aliasesOf(sql);
        for (const detail of plan) {
          const scanned = /^SCAN (\w+)/.exec(detail)?.[1];
          if (scanned === undefined) continue;
          const table = aliases.get(scanned) ?? scanned;
          const at = `${detail}\n${sql}`;
          expect(LARGE, at).not.toContain(table);
          if (table === 'identifier') {
            // A part of an identifier is looked for in all of them, and that can be stopped.
            expect(sql, at).toContain('alive()');
          } else if (table === 'journey' || table === 'finding' || table === 'record') {
            // What has to see all of them can be stopped.
            expect(/USING (COVERING )?INDEX/.test(detail) || COUNTS.test(sql) || sql.includes('alive()'), at).toBe(true);
          }
        }
      }
    });
  }

  test('a scan of the identifiers asks whether it is still wanted, found or not', () => {
    let asked = 0;
    db.function('alive', { deterministic: false }, () => {
      asked++;
      return 1;
    });
    const rows = db.prepare('SELECT count(*) FROM identifier WHERE id & 1023 = 0').pluck().get() as number;
    createQueries(db, 'test.waybill').search('nothing at all', 10);
    expect(rows).toBeGreaterThan(0);
    // Once for another case of the same text, once for a part.
    expect(asked).toBe(2 * rows);
  });
});

/** Alias → table, from `FROM t a`, `JOIN t a`, `FROM t` and `, t a`. */
function aliasesOf(sql: string): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [, table, alias] of sql.matchAll(
    /(?:FROM|JOIN|,)\s+(\w+)(?:\s+(?:AS\s+)?(?!WHERE|JOIN|LEFT|ON|ORDER|GROUP|LIMIT|UNION)(\w+))?/g,
  ))
    aliases.set(alias ?? table!, table!);
  return aliases;
}
