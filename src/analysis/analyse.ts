import type { DetectorContext } from '../findings/types.ts';
import { createIdentityBuilder, type IdentityBuilder } from '../identity/index.ts';
import type { Identity, IdentifierTable } from '../identity/types.ts';
import { type Micros, micros } from '../model/time.ts';
import { columnBatches, coverageOf, dictionary, eventCount, sourceRanks } from '../workspace/analysis-reader.ts';
import { DerivedWriter, type JudgedRows } from '../workspace/derived-writer.ts';
import { identifierTable, readIdentifiers } from '../workspace/identifier-values.ts';
import type { Db } from '../workspace/open.ts';
import { aliasIndex } from './alias-index.ts';
import type { AnalysisHooks, JourneyHelper } from './hooks.ts';
import { JourneyPairs, type JourneyGroups } from './journey-groups.ts';
import { JourneyWork, chunkCount } from './journey-work.ts';
import { countRows } from './judged.ts';
import type { ObservedLoad } from './observed-load.ts';
import { shared32, sharedLinks, type JourneyMaterial } from './material.ts';

export interface AnalysisResult {
  readonly records: number;
  readonly journeys: number;
  readonly findings: number;
}

/** Journeys below which starting another thread takes longer than it saves. */
const WORTH_A_THREAD = 4000;

/**
 * Carries the whole workspace through identity → journey → flows → findings and replaces what was derived before.
 * One pass over the columns says who is who, unless a load was observed just now, one which events belong to which journey. Then journeys are built: a sample to learn what is
 * usual, all to judge. While a helping thread learns, this one writes records and links; both judge, and this one writes.
 */
export async function analyse(db: Db, hooks: AnalysisHooks, observed?: ObservedLoad): Promise<AnalysisResult> {
  const names = dictionary(db, 'name');
  const shared = readIdentifiers(db);
  const identifiers = identifierTable(shared, names);
  const identity = resolveIdentity(db, identifiers, hooks, observed?.take(identifiers));
  const { roots, eventStart, events } = collectJourneys(db, identity, hooks);
  const coverage = coverageOf(db);
  const material: JourneyMaterial = {
    names,
    identifiers: shared,
    recordOf: shared32(identity.recordOf),
    keeper: shared32(identity.records.keeper),
    rootOf: shared32(identity.rootOf),
    roots,
    eventStart,
    events,
    links: sharedLinks(identity),
    relations: identity.relations,
    aliases: aliasIndex(identity, identifiers),
    sourceRanks: sourceRanks(db),
    coverage,
  };
  const helper = roots.length < WORTH_A_THREAD ? undefined : hooks.helper?.(material);
  const writer = new DerivedWriter(db);
  try {
    hooks.progress('Learning what is usual', 0, 1);
    const work = new JourneyWork(db, material, () => hooks.check());
    const learned = helper?.learn();
    // A failure of the helper is thrown where it is awaited; until then it must not count as unhandled.
    learned?.catch(() => undefined);
    writer.identity(identity);
    const expectations = learned === undefined ? work.learn() : await learned;
    const dataEnd = endOf(coverage);
    const findings = await judgeAll(work, helper, material, { expectations, scope: { coverage }, dataEnd }, writer, hooks);
    hooks.progress('Writing', 0, 1);
    writer.meta('expectations', expectations);
    writer.meta('data_end', dataEnd ?? null);
    writer.commit();
    return { records: countRecords(identity), journeys: roots.length, findings };
  } catch (error) {
    writer.rollback();
    throw error;
  } finally {
    await helper?.end();
  }
}

/** @param observed holds all of it already, when the workspace was loaded just now */
function resolveIdentity(db: Db, identifiers: IdentifierTable, hooks: AnalysisHooks, observed: IdentityBuilder | undefined): Identity {
  if (observed !== undefined) return observed.finish(identifiers);
  const builder = createIdentityBuilder();
  for (let id = 1; id <= identifiers.count; id++) builder.identifier(identifiers.type(id), identifiers.value(id));
  const total = eventCount(db);
  let done = 0;
  for (const batch of columnBatches(db)) {
    builder.observe(batch);
    done += batch.count;
    hooks.check();
    hooks.progress('Finding records', done, total);
  }
  return builder.finish(identifiers);
}

function collectJourneys(db: Db, identity: Identity, hooks: AnalysisHooks): JourneyGroups {
  const pairs = new JourneyPairs(identity.records.count);
  for (const batch of columnBatches(db)) {
    pairs.addBatch(batch, identity);
    hooks.check();
  }
  return pairs.group();
}

/** Judges all journeys, here and in the helper, and writes them in their order. Returns the number of findings. */
async function judgeAll(
  work: JourneyWork,
  helper: JourneyHelper | undefined,
  material: JourneyMaterial,
  context: DetectorContext,
  writer: DerivedWriter,
  hooks: AnalysisHooks,
): Promise<number> {
  const chunks = chunkCount(material);
  const cursor = new Int32Array(new SharedArrayBuffer(4));
  // What came before its turn. Two findings of one id are one: which of them is written must not depend on the threads.
  const early = new Map<number, JudgedRows>();
  let written = 0;
  let findings = 0;
  const use = (chunk: number, rows: JudgedRows): void => {
    early.set(chunk, rows);
    for (let next = early.get(written); next !== undefined; next = early.get(written)) {
      early.delete(written++);
      findings += countRows(next).findings;
      writer.journeys(next);
    }
  };
  const helping = helper?.judge(context, cursor, use);
  helping?.catch(() => undefined);
  for (let chunk = Atomics.add(cursor, 0, 1); chunk < chunks; chunk = Atomics.add(cursor, 0, 1)) {
    use(chunk, work.judge(chunk, context));
    hooks.progress('Looking for findings', chunk, chunks);
    // Lets in what the helper sent.
    if (helper !== undefined) await new Promise((resolve) => setImmediate(resolve));
  }
  await helping;
  return findings;
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
