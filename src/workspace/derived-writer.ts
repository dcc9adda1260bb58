import type { Statement } from 'better-sqlite3';
import type { Identity, LinkTable } from '../identity/types.ts';
import { SEVERITIES, type Finding } from '../model/finding.ts';
import type { Journey } from '../model/journey.ts';
import type { Verdict } from '../findings/types.ts';
import { BulkInsert } from './bulk-insert.ts';
import { Dictionary } from './dictionary.ts';
import { derivedIndexes } from './migrations/001-initial.ts';
import type { Db } from './open.ts';

const DERIVED_TABLES = ['record', 'alias', 'link', 'system_set', 'journey', 'finding'];

/**
 * Replaces everything that analysis derives, in one transaction: readers see the old result until `commit()`, then the new one.
 * Indexes are dropped first and made when the tables are full.
 */
export class DerivedWriter {
  readonly #db: Db;
  readonly #names: Dictionary;
  readonly #journeys: BulkInsert;
  readonly #findings: BulkInsert;
  readonly #systemSet: Statement<[number, string]>;
  readonly #systemSets = new Map<string, number>();

  constructor(db: Db) {
    this.#db = db;
    db.exec('BEGIN IMMEDIATE');
    for (const index of derivedIndexes) db.exec(`DROP INDEX IF EXISTS ${index.name}`);
    for (const table of DERIVED_TABLES) db.exec(`DELETE FROM ${table}`);
    this.#names = new Dictionary(db, 'name');
    this.#journeys = new BulkInsert(db, 'INTO journey', 15);
    this.#findings = new BulkInsert(db, 'OR IGNORE INTO finding', 10);
    this.#systemSet = db.prepare('INSERT INTO system_set (id, systems) VALUES (?, ?)');
  }

  /**
   * Records, spellings and links. Executions and traces that are part of a business record's journey are no records of their own:
   * their ids become further names of that record, so that any id that is searched for leads to a journey.
   */
  identity(identity: Identity, links: LinkTable): void {
    const { records, recordOf, ruleOf, rootOf } = identity;
    const recordRows = new BulkInsert(this.#db, 'INTO record', 8);
    for (let id = 1; id <= records.count; id++) {
      if (isPartOfAnother(identity, id)) continue;
      recordRows.row(
        id,
        this.#names.id(records.type[id]!),
        records.key[id]!,
        records.technical[id]!,
        rootOf[id]!,
        numberOrNull(records.first[id]!),
        numberOrNull(records.last[id]!),
        records.events[id]!,
      );
    }
    recordRows.flush();
    const aliasRows = new BulkInsert(this.#db, 'INTO alias', 3);
    for (let identifier = 1; identifier < recordOf.length; identifier++) {
      const record = recordOf[identifier]!;
      if (record !== 0) aliasRows.row(identifier, isPartOfAnother(identity, record) ? rootOf[record]! : record, ruleOf[identifier]!);
    }
    aliasRows.flush();
    const linkRows = new BulkInsert(this.#db, 'OR IGNORE INTO link', 5);
    for (let i = 0; i < links.count; i++) {
      linkRows.row(links.parent[i]!, links.child[i]!, links.relation[i]!, links.entries[i]!, links.evidence[i]!);
    }
    linkRows.flush();
    this.meta('rules', identity.rules);
    this.meta('relations', identity.relations);
    this.meta('hubs', identity.hubs);
  }

  /** `events` are the ids of all its events, ascending. */
  journey(id: number, journey: Journey, verdict: Verdict, events: readonly number[]): void {
    let attempts = 0;
    for (const step of journey.steps) attempts += step.attempts.length;
    let severity = 0;
    for (const finding of verdict.findings) severity = Math.max(severity, SEVERITIES.indexOf(finding.severity) + 1);
    const from = journey.startedAt ?? null;
    const to = journey.endedAt ?? null;
    this.#journeys.row(
      id,
      this.#names.id(journey.record.type),
      journey.record.key,
      verdict.status,
      verdict.statusReason,
      from,
      to,
      from === null || to === null ? null : to - from,
      this.#systems(journey.systems),
      journey.steps.length,
      attempts,
      events.length,
      verdict.findings.length,
      severity,
      `[${events.join(',')}]`,
    );
    for (const finding of verdict.findings) this.finding(id, finding);
  }

  finding(journey: number | undefined, finding: Finding): void {
    this.#findings.row(
      finding.id,
      journey ?? null,
      finding.kind,
      finding.subkind,
      SEVERITIES.indexOf(finding.severity) + 1,
      finding.confidence,
      finding.system === undefined ? null : this.#names.id(finding.system),
      finding.step === undefined ? null : this.#names.id(finding.step),
      finding.at ?? null,
      JSON.stringify(finding),
    );
  }

  meta(key: string, value: unknown): void {
    this.#db
      .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, JSON.stringify(value));
  }

  commit(): void {
    this.#journeys.flush();
    this.#findings.flush();
    for (const index of derivedIndexes) this.#db.exec(index.sql);
    this.#db.prepare("DELETE FROM meta WHERE key = 'dirty'").run();
    const revision = Number(this.#db.prepare("SELECT value FROM meta WHERE key = 'revision'").pluck().get() ?? 0) + 1;
    this.meta('revision', revision);
    this.#db.exec('COMMIT');
  }

  rollback(): void {
    this.#db.exec('ROLLBACK');
  }

  #systems(systems: readonly string[]): number {
    const key = JSON.stringify([...systems].sort());
    let id = this.#systemSets.get(key);
    if (id === undefined) {
      id = this.#systemSets.size + 1;
      this.#systemSets.set(key, id);
      this.#systemSet.run(id, key);
    }
    return id;
  }
}

function isPartOfAnother({ records, rootOf }: Identity, record: number): boolean {
  return records.technical[record] === 1 && rootOf[record] !== 0 && rootOf[record] !== record;
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
