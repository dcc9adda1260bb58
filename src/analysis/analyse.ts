import type { Expectations } from '../flows/types.ts';
import { createLearner } from '../flows/index.ts';
import { judge } from '../findings/index.ts';
import type { DetectorContext } from '../findings/types.ts';
import { createIdentityBuilder } from '../identity/index.ts';
import type { Identity, IdentifierTable } from '../identity/types.ts';
import { type Micros, micros } from '../model/time.ts';
import { columnBatches, coverageOf, eventCount, dictionary, identifierTable, sourceRanks } from '../workspace/analysis-reader.ts';
import { DerivedWriter } from '../workspace/derived-writer.ts';
import type { Db } from '../workspace/open.ts';
import type { AnalysisHooks } from './hooks.ts';
import { aliasIndex } from './alias-index.ts';
import { sampleOf } from './sample.ts';
import { JourneyBuilder } from './journey-builder.ts';
import { JourneyPairs } from './journey-groups.ts';
import { essentialLinks, relatedIndex } from './related.ts';

export interface AnalysisResult {
  readonly records: number;
  readonly journeys: number;
  readonly findings: number;
}

/**
 * Carries the whole workspace through identity → journey → flows → findings and replaces what was derived before.
 * The work: one pass over the columns to learn who is who, one to group events into journeys, one over the journeys to
 * learn what is normal, one to judge. Each journey is built twice and dropped at once: kept, a million events as objects cost more time in
 * the garbage collector than building them again. Memory grows with the records and 24 bytes an event, not with the files.
 */
export function analyse(db: Db, hooks: AnalysisHooks): AnalysisResult {
  const names = dictionary(db, 'name');
  const identifiers = identifierTable(db, names);
  const identity = resolveIdentity(db, identifiers, hooks);
  const links = essentialLinks(identity);
  const coverage = coverageOf(db);
  const texts = dictionary(db, 'text');
  const ranks = sourceRanks(db);
  const scope = { coverage };
  const builder = new JourneyBuilder(db, identity, {
    words: {
      name: (id) => names[id] ?? '',
      text: (id) => texts[id] ?? '',
      recordOf: (identifier) => identity.recordOf[identifier]!,
      sourceRank: (source) => ranks.get(source) ?? 0,
    },
    related: relatedIndex(identity, links),
    aliases: aliasIndex(identity, (id) => identifiers.value(id)),
    identifier: (id) => identifiers.value(id),
    pairs: collectPairs(db, identity, hooks),
    hooks,
  });

  const learner = createLearner();
  builder.eachJourney('Learning what is usual', (_root, journey) => learner.observe(journey), sampleOf(builder, identity));
  const context: DetectorContext = { expectations: learner.finish(scope), scope, dataEnd: endOf(coverage) };

  const writer = new DerivedWriter(db);
  try {
    writer.identity(identity, links);
    let findings = 0;
    builder.eachJourney('Looking for findings', (root, journey, events) => {
      const verdict = judge(journey, context);
      writer.journey(root, journey, verdict, events);
      findings += verdict.findings.length;
    });
    hooks.progress('Writing', 0, 1);
    storeExpectations(writer, context.expectations, context.dataEnd);
    writer.commit();
    return { records: countRecords(identity), journeys: builder.roots.length, findings };
  } catch (error) {
    writer.rollback();
    throw error;
  }
}

function resolveIdentity(db: Db, identifiers: IdentifierTable, hooks: AnalysisHooks): Identity {
  const builder = createIdentityBuilder(identifiers);
  const total = eventCount(db);
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

function countRecords(identity: Identity): number {
  let count = 0;
  for (let id = 1; id <= identity.records.count; id++) if (identity.records.technical[id] === 0 || identity.rootOf[id] === id) count++;
  return count;
}

function endOf(coverage: readonly { readonly to: number }[]): Micros | undefined {
  if (coverage.length === 0) return undefined;
  return micros(coverage.reduce((latest, { to }) => Math.max(latest, to), -Infinity));
}
