import type { Expectations } from '../flows/types.ts';
import { createLearner } from '../flows/index.ts';
import { judge } from '../findings/index.ts';
import type { DetectorContext } from '../findings/types.ts';
import { createIdentityBuilder } from '../identity/index.ts';
import type { Identity, IdentifierTable } from '../identity/types.ts';
import { buildJourney } from '../journey/index.ts';
import type { Event } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import { type Micros, micros } from '../model/time.ts';
import { columnBatches, coverageOf, dictionary, identifierTable, sourceRanks } from '../workspace/analysis-reader.ts';
import { DerivedWriter } from '../workspace/derived-writer.ts';
import type { Db } from '../workspace/open.ts';
import type { Words } from './event-loader.ts';
import { groupEvents, JourneyPairs, rootRanges } from './journey-groups.ts';
import { essentialLinks, relatedIndex } from './related.ts';

export interface AnalysisResult {
  readonly records: number;
  readonly journeys: number;
  readonly findings: number;
}

export interface AnalysisHooks {
  /** `done` of `total` in the unit of the stage. */
  progress(stage: string, done: number, total: number): void;
  /** Throws when the user cancelled. */
  check(): void;
}

/** Events held as objects at a time. Above it the journeys are built in several passes over the column batches. */
const EVENTS_IN_MEMORY = 1_500_000;

/**
 * Carries the whole workspace through identity → journey → flows → findings and replaces what was derived before.
 * The work: one pass over the columns to learn who is who, one to group events into journeys, one over the journeys to
 * learn what is normal, one to judge. Memory grows with the records and 12 bytes an event, not with the files.
 */
export function analyse(db: Db, hooks: AnalysisHooks): AnalysisResult {
  const names = dictionary(db, 'name');
  const identifiers = identifierTable(db, names);
  const identity = resolveIdentity(db, identifiers, hooks);
  const words: Words = { names, texts: dictionary(db, 'text'), recordOf: identity.recordOf, sourceRank: sourceRanks(db) };
  const pairs = collectPairs(db, identity, hooks);
  const ranges = rootRanges(pairs.sizes, EVENTS_IN_MEMORY);
  const links = essentialLinks(identity);
  const related = relatedIndex(identity, links);
  const aliases = aliasIndex(identity, (id) => identifiers.value(id));
  const coverage = coverageOf(db);
  const scope = { coverage };
  const executionName = executionNames(db);
  const total = pairs.sizes.reduce((n, size) => n + (size > 0 ? 1 : 0), 0);

  const build = (root: number, events: readonly Event[]): Journey =>
    buildJourney({
      root: { type: identity.records.type[root]!, key: identity.records.key[root]! },
      aliases: aliases(root),
      events,
      record: (id) => ({ type: identity.records.type[id]!, key: identity.records.key[id]! }),
      execution: executionName,
      related: related.of(root),
    });

  const learner = createLearner();
  // With one range the journeys are kept for judging; with more they are built again, which is cheaper than keeping them.
  const kept: { readonly root: number; readonly journey: Journey }[] = [];
  let learned = 0;
  for (const range of ranges) {
    const groups = groupEvents(pairs, range, columnBatches(db), words);
    for (let i = 0; i < groups.length; i++) {
      const events = groups[i];
      if (events === undefined) continue;
      const journey = build(range.from + i, events);
      learner.observe(journey);
      if (ranges.length === 1) kept.push({ root: range.from + i, journey });
      if (++learned % 1000 === 0) {
        hooks.check();
        hooks.progress('Rebuilding journeys', learned, total);
      }
    }
  }
  const expectations = learner.finish(scope);
  const context: DetectorContext = { expectations, scope, dataEnd: endOf(coverage) };

  const writer = new DerivedWriter(db);
  try {
    writer.identity(identity, links);
    const eventsOf = pairs.eventsByRoot();
    let findings = 0;
    let judged = 0;
    const conclude = (root: number, journey: Journey): void => {
      const verdict = judge(journey, context);
      writer.journey(root, journey, verdict, eventsOf(root));
      findings += verdict.findings.length;
      if (++judged % 1000 === 0) {
        hooks.check();
        hooks.progress('Looking for findings', judged, total);
      }
    };
    if (ranges.length === 1) for (const { root, journey } of kept) conclude(root, journey);
    else {
      for (const range of ranges) {
        const groups = groupEvents(pairs, range, columnBatches(db), words);
        for (let i = 0; i < groups.length; i++) if (groups[i] !== undefined) conclude(range.from + i, build(range.from + i, groups[i]!));
      }
    }
    hooks.progress('Writing', 0, 1);
    storeExpectations(writer, expectations, context.dataEnd);
    writer.commit();
    return { records: countRecords(identity), journeys: judged, findings };
  } catch (error) {
    writer.rollback();
    throw error;
  }
}

function resolveIdentity(db: Db, identifiers: IdentifierTable, hooks: AnalysisHooks): Identity {
  const builder = createIdentityBuilder(identifiers);
  const total = db.prepare('SELECT coalesce(sum(count), 0) FROM column_batch').pluck().get() as number;
  let done = 0;
  for (const batch of columnBatches(db)) {
    builder.observe(batch);
    done += batch.count;
    hooks.check();
    hooks.progress('Finding records', done, total);
  }
  return builder.finish();
}

function collectPairs(db: Db, identity: Identity, hooks: AnalysisHooks): JourneyPairs {
  const pairs = new JourneyPairs(identity.records.count);
  const scratch = new Uint32Array(4096);
  for (const batch of columnBatches(db)) {
    pairs.addBatch(batch, identity, scratch);
    hooks.check();
  }
  return pairs;
}

function storeExpectations(writer: DerivedWriter, expectations: Expectations, dataEnd: Micros | undefined): void {
  writer.meta('expectations', expectations);
  writer.meta('data_end', dataEnd ?? null);
}

/** Record → its other spellings, without the key itself. Only the few records that have some are in the map. */
function aliasIndex(identity: Identity, value: (identifier: number) => string): (record: number) => readonly string[] {
  const { recordOf, records } = identity;
  const spellingCount = new Uint16Array(records.count + 1);
  for (let identifier = 1; identifier < recordOf.length; identifier++) {
    const record = recordOf[identifier]!;
    if (spellingCount[record]! < 0xffff) spellingCount[record]!++;
  }
  const spellings = new Map<number, string[]>();
  for (let identifier = 1; identifier < recordOf.length; identifier++) {
    const record = recordOf[identifier]!;
    if (record === 0 || spellingCount[record] === 1 || value(identifier) === records.key[record]) continue;
    const list = spellings.get(record);
    if (list === undefined) spellings.set(record, [value(identifier)]);
    else list.push(value(identifier));
  }
  for (const list of spellings.values()) list.sort();
  const none: readonly string[] = Object.freeze([]);
  return (record) => spellings.get(record) ?? none;
}

function executionNames(db: Db): (id: number) => string {
  const select = db.prepare('SELECT value FROM identifier WHERE id = ?').pluck();
  return (id) => (select.get(id) as string | undefined) ?? '';
}

function countRecords(identity: Identity): number {
  let count = 0;
  for (let id = 1; id <= identity.records.count; id++) if (identity.records.technical[id] === 0 || identity.rootOf[id] === id) count++;
  return count;
}

function endOf(coverage: readonly { readonly to: number }[]): Micros | undefined {
  if (coverage.length === 0) return undefined;
  return micros(coverage.reduce((latest, { to }) => Math.max(latest, to), -Infinity));
}
