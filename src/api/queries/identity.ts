import { decisionText } from '../../model/identity-decision.ts';
import { UserError } from '../../model/errors.ts';
import { conflictCount, conflictPage, conflictsOf, type ConflictRow } from '../../workspace/identity-conflicts.ts';
import { decidedTexts, identityDecisions } from '../../workspace/identity-decisions.ts';
import type { Db } from '../../workspace/open.ts';
import type { EventReader } from '../../workspace/readers/events.ts';
import { linksOf, spellingsOf, type SpellingRow } from '../../workspace/readers/identity.ts';
import { recordById, recordsByIdentifier, searchIdentifiers } from '../../workspace/readers/records.ts';
import type { WireConflict, WireIdentityDecision, WireRecordIdentifier, WireRecordIdentity, WireRecordLink } from '../wire.ts';
import { wireEvidence } from './to-wire.ts';

/** Conflicts that one journey tells of. */
export const MOST_CONFLICTS = 20;
const MOST_LINKS = 200;
/** Events of a journey that are looked at for spellings. */
const MOST_EVENTS = 5_000;
/** Entries shown for one spelling. */
const MOST_SHOWN = 3;

/** Answers who a record is, with the evidence. */
export class IdentityQueries {
  readonly #db: Db;
  readonly #events: EventReader;

  constructor(db: Db, events: EventReader) {
    this.#db = db;
    this.#events = events;
  }

  /** Throws `UserError` `not-found` with the nearest identifiers. */
  get(id: string, type: string | undefined): WireRecordIdentity {
    const [record] = recordsByIdentifier(this.#db, id.trim(), type);
    if (record === undefined) {
      const near = searchIdentifiers(this.#db, id.trim(), 3).map(({ matched }) => matched);
      const what = `no ${type ?? 'record'} is called ${id}`;
      throw new UserError('not-found', near.length === 0 ? what : `${what}; near it: ${near.join(', ')}`);
    }
    const root = record.journey_id === 0 ? undefined : recordById(this.#db, record.journey_id);
    const spellings = spellingsOf(this.#db, record.id);
    const names = new Set(spellings.map(({ type: of, value }) => `${of}\0${value}`));
    return {
      record: { type: record.type, key: record.key },
      journey: root === undefined ? null : { type: root.type, key: root.key },
      identifiers: this.#identifiers(spellings, root?.id ?? 0),
      links: this.#links(record.id),
      conflicts: root === undefined ? [] : this.conflictsOf(root.id),
      decisions: this.decisions().filter(({ a, b }) => names.has(`${a.type}\0${a.value}`) || names.has(`${b.type}\0${b.value}`)),
    };
  }

  /** What was decided, the latest first. */
  decisions(): WireIdentityDecision[] {
    const outcomes = new Map(decidedTexts(this.#db).map((outcome) => [outcome.decision, outcome]));
    return identityDecisions(this.#db)
      .toReversed()
      .map((decision) => {
        const outcome = outcomes.get(decision.id);
        return {
          ...decision,
          relation: decision.relation ?? null,
          text: decisionText(decision),
          state: outcome?.state ?? 'waiting',
          reason: outcome?.reason ?? 'it is applied by the next analysis',
        };
      });
  }

  conflicts(offset: number, limit: number): { rows: WireConflict[]; total: number } {
    return { rows: this.#wire(conflictPage(this.#db, offset, limit)), total: conflictCount(this.#db) };
  }

  conflictsOf(journey: number): WireConflict[] {
    return this.#wire(conflictsOf(this.#db, journey, MOST_CONFLICTS));
  }

  #wire(rows: readonly ConflictRow[]): WireConflict[] {
    const index = this.#events.evidence(rows.flatMap(({ claims }) => claims.map(({ event }) => event)));
    return rows.flatMap((row) => {
      const record = recordById(this.#db, row.record);
      if (record === undefined) return [];
      const claims = row.claims.flatMap((claim) => {
        const claiming = recordById(this.#db, claim.record);
        if (claiming === undefined) return [];
        const chosen = claiming.journey_id !== 0 && claiming.journey_id === record.journey_id;
        return [
          {
            record: { type: claiming.type, key: claiming.key },
            chosen,
            entries: claim.entries,
            evidence: wireEvidence([claim.event], index),
          },
        ];
      });
      const names = claims.map((claim) => `${claim.record.type} ${claim.record.key}`);
      const list = names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
      const says = row.kind === 'claimed' ? `is claimed by ${list}` : `stands for ${list}`;
      return [
        {
          kind: row.kind,
          record: { type: record.type, key: record.key },
          text: `${record.type} ${record.key} ${says}: ${row.reason}`,
          claims,
        },
      ];
    });
  }

  #identifiers(spellings: readonly SpellingRow[], journey: number): WireRecordIdentifier[] {
    const valueOf = new Map(spellings.map(({ id, value }) => [id, value]));
    const naming = this.#events.naming(journey, new Set(valueOf.keys()), MOST_EVENTS);
    // An entry that names several spellings shows that they are one; of those that name one, the first is enough.
    const shown = new Map(
      spellings.map(({ id }) => {
        const own = naming.filter(({ named }) => named.includes(id));
        return [id, { own, entries: own.toSorted((a, b) => b.named.length - a.named.length).slice(0, MOST_SHOWN) }];
      }),
    );
    const index = this.#events.evidence([...shown.values()].flatMap(({ entries }) => entries.map(({ event }) => event)));
    return spellings.map(({ id, type, value, rule }, at) => {
      const { own, entries } = shown.get(id)!;
      return {
        type,
        value,
        key: at === 0,
        rule: at === 0 ? 'key' : (rule?.id ?? 'same'),
        explanation: at === 0 ? 'the spelling that the record is known by' : (rule?.explanation ?? ''),
        confidence: at === 0 ? 1 : (rule?.confidence ?? 1),
        systems: [...new Set(own.map(({ system }) => system))].toSorted(),
        entries: own.length,
        evidence: entries.flatMap(({ event, named }) =>
          wireEvidence([event], index).map((one) => ({ ...one, names: named.map((name) => valueOf.get(name)!).toSorted() })),
        ),
      };
    });
  }

  #links(record: number): WireRecordLink[] {
    const rows = linksOf(this.#db, record, MOST_LINKS);
    const index = this.#events.evidence(rows.map(({ event }) => event));
    return rows.map(({ type, key, relation, described, entries, event }) => {
      const decision = described?.decision ?? null;
      return {
        record: { type, key },
        relation,
        cardinality: decision === null ? (described?.cardinality ?? null) : null,
        reason: described?.reason ?? '',
        // As in `relatedRecords`: one shared entry may be a coincidence, a few are not. What people say is no guess.
        confidence: decision === null ? (entries + 1) / (entries + 2) : 1,
        entries,
        evidence: wireEvidence([event], index),
        decision,
      };
    });
  }
}
